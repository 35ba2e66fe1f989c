/**
 * Creates the parts of the host and wires them together. It must hold no rules: each part has its own file in its
 * subject.
 */
import packageJson from '../../package.json' with { type: 'json' };
import type { Clock } from '../core/base/clock.ts';
import type { Log } from '../core/base/log.ts';
import { readNamedFile, type ReadNamedFile } from '../core/base/named-file.ts';
import { SerialQueue } from '../core/base/serial-queue.ts';
import { plainCodec } from '../core/link/codec.ts';
import { webSocketTransportWith } from '../core/link/web-socket-transport.ts';
import type { Layer } from '../core/settings/layers.ts';
import type { FindVault } from '../core/settings/vault.ts';
import { Widget } from '../core/widget.ts';
import { exportHead } from '../shared/base/export-head.ts';
import type { WidgetState } from '../shared/contract.ts';
import type { SettingsProblem } from '../shared/settings/settings.ts';
import { DEMO_RULES } from './board/demo-rules.ts';
import { LayoutFile } from './board/layout-file.ts';
import { HostWindow } from './desktop/host-window.ts';
import { PendingCommands } from './desktop/pending-commands.ts';
import { Gateway } from './gateway.ts';
import { RecentCalls } from './journey/recent-calls.ts';
import { ConnectionEdits } from './link/connection-edits.ts';
import { Connection } from './link/connection.ts';
import { DemoHost } from './link/demo-host.ts';
import { payloadLogged } from './link/payload-log.ts';
import { Preferences } from './preferences.ts';
import { ReasonsWatch, reasonsFileProblem } from './reasons/reasons.ts';
import { EVENT_RULES, HANDLERS, type HostParts } from './requests.ts';
import { HostSettings } from './settings/host-settings.ts';
import type { ReadPolicy } from './settings/machine-policy.ts';
import { Announcements } from './support/announcements.ts';
import { openPayloadLog } from './support/log.ts';
import { maskedLog } from './support/masked-log.ts';
import { supportBundle } from './support/support-bundle.ts';
import { UpdateChecker, type FetchFeed } from './support/update-checker.ts';

export interface WidgetHostOptions {
  readonly profileDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly commandLine: Layer;
  /** The clock of the connection, reasons, updates and profile files, so that tests control the time. */
  readonly clock: Clock;
  /** Reads the machine's policy. Without it there is no policy. */
  readonly readPolicy?: ReadPolicy;
  /** Finds the system's store for secrets. */
  readonly findVault: FindVault;
  readonly fetchFeed: FetchFeed;
  /** Tests pass one that hangs. */
  readonly readFile?: ReadNamedFile;
  readonly log: Log;
  /** The log for entries written while people may be named. */
  readonly namedLog: Log;
}

export type Assembly = ReturnType<typeof assemble>;

export function assemble(options: WidgetHostOptions) {
  const { profileDir, clock, readFile = readNamedFile } = options;
  // Changes of the settings, the demo and the connection run one at a time.
  const changes = new SerialQueue();
  const demo = new DemoHost();

  const log = maskedLog(options.log, options.namedLog, {
    known: people,
    isNamed: () => settings.values.logsNames,
    level: () => settings.values.logLevel,
  });
  const settings: HostSettings = new HostSettings({
    ...options,
    readFile,
    log,
    demoRules: DEMO_RULES,
    onRead: ({ settings: { reasonsFile, updatesFeed }, origins }) => {
      reasons.follow(reasonsFile, origins.get('reasonsFile')?.source ?? 'built-in');
      void updates.follow(updatesFeed);
      // Read only once we know whether people are named. Nothing waits for it, as the connection works without it.
      void recentCalls.read().then(publishState);
    },
  });
  const transport = webSocketTransportWith(readFile);
  const widget = new Widget({
    clock,
    transport: payloadLogged(
      transport,
      // Payloads name everybody, so privacy takes precedence.
      () => settings.values.logsPayloads && !settings.isAnonymous,
      openPayloadLog(profileDir),
    ),
    codec: plainCodec,
    log,
  });
  const reasons: ReasonsWatch = new ReasonsWatch({
    clock,
    read: readFile,
    onChange: () => {
      watchBoard();
      settings.logProblems(reasons.site.problems);
      publishState();
    },
  });
  const connection = new Connection({
    clock,
    settings,
    core: widget,
    demo,
    changes,
    onSettings: watchBoard,
    onConnect: () => {
      settings.logProblems(problems());
    },
    onChange: publishState,
  });
  const connectionEdits = new ConnectionEdits({
    clock,
    settings,
    transport,
    changes,
    connect: () => connection.connect(),
  });
  const preferences = new Preferences({
    settings,
    changes,
    reasonsFileProblem: (file) => reasonsFileProblem(file, readFile),
    adopt: (before, wasInError) => connection.adopt(before, wasInError),
    onChange: publishState,
  });
  const layout = new LayoutFile(profileDir, log, clock);
  const recentCalls = new RecentCalls(profileDir, log, clock);
  const updates = new UpdateChecker({ ...options, version: packageJson.version, log, onChange: publishState });
  const announcements = new Announcements({ clock, updates, onChange: publishState });
  const window = new HostWindow(publishState);
  const commands = new PendingCommands({
    send: (command) => {
      gateway.publish('command', command);
    },
    maySend: (command) => gateway.shown('command', command) !== null,
    ready: () => changes.run(() => Promise.resolve()),
  });
  const parts: HostParts = {
    // A getter, since the state changes.
    get state() {
      return state();
    },
    get blindTime() {
      return widget.blindTime;
    },
    preferences,
    connection,
    connectionEdits,
    boardSnapshot: () => widget.boardSnapshot(),
    layout,
    history: widget.supervision,
    alerts: widget.supervision,
    askJourney: (callId) => widget.askJourney(callId),
    rememberCall: (callId) => {
      // Calls of the demo are not worth remembering.
      if (demo.isShown) return;
      recentCalls.add(callId);
      publishState();
    },
    commands,
    window,
    announcements,
    supportBundle: () => {
      const { now } = widget.state;
      const aheadMs = Date.now() - now;
      return supportBundle({
        head: exportHead(state(), (at) => at + aheadMs),
        layered: settings.layered,
        violations: widget.state.violations,
        blindTime: widget.blindTime,
        profileDir,
        people: people(),
      });
    },
  };
  const gateway: Gateway<HostParts> = new Gateway({
    handlers: HANDLERS,
    eventRules: EVENT_RULES,
    parts,
    isAnonymous: () => settings.isAnonymous,
    clock,
    log,
  });
  widget.subscribe({
    onBoard: (update) => {
      gateway.publish('board', update);
    },
    onNotice: (notice) => {
      gateway.publish('notice', notice);
    },
    onState: publishState,
  });

  /** The full state, including people's names. */
  function state(): WidgetState {
    return {
      ...widget.state,
      version: packageJson.version,
      announcements: announcements.list,
      connection: connection.view(problems()),
      preferences: preferences.view(reasons.site.reasons),
      recentCalls: recentCalls.list,
      window: window.view,
    };
  }

  function publishState(): void {
    gateway.publish('state', state());
  }

  /** Passes the current rules on to the widget's supervision of the board. */
  function watchBoard(): void {
    const { limits, floors, alerts } = settings.inUse;
    widget.supervision.rules = { limits, floors, alerts, reasons: reasons.site.reasons };
  }

  function problems(): readonly SettingsProblem[] {
    return [...settings.layered.problems, ...reasons.site.problems];
  }

  /** The people whom the log must not name. */
  function* people(): Iterable<string> {
    yield* settings.values.agentIds;
    yield* widget.namesAndIds;
  }

  /** Writes what is pending, cancels what waits, and then ends the connection. */
  function stop(): Promise<void> {
    layout.flush();
    recentCalls.flush();
    reasons.end();
    return changes.run(() => {
      updates.end();
      return connection.stop();
    });
  }

  return {
    log,
    settings,
    widget,
    connection,
    preferences,
    announcements,
    window,
    commands,
    gateway,
    state,
    publishState,
    stop,
  };
}
