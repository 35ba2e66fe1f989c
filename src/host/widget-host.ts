/**
 * What every host does alike: reads the settings, connects the core with the processor they name or with the demo, and
 * answers the page's requests. It knows no Electron and no browser; a host gives it a window, or none.
 */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import packageJson from '../../package.json' with { type: 'json' };
import type { Announcement } from '../shared/support/announcements.ts';
import type { BoardHead } from '../shared/board/board.ts';
import {
  REQUEST_NAMES,
  type PageCommand,
  type EventName,
  type Events,
  type Reply,
  type RequestError,
  type RequestName,
  type Requests,
  type SaveResult,
  type TestResult,
  type WidgetState,
  type WindowView,
} from '../shared/contract.ts';
import type { LinkReason } from '../shared/link/link.ts';
import { exportHead } from '../shared/base/export-head.ts';
import { SHAPES, type Shape } from '../shared/desktop/shape.ts';
import {
  CONNECTION_KEYS,
  type ConnectionForm,
  type ConnectionView,
  type SampleCall,
} from '../shared/link/connection-settings.ts';
import { PREFERENCE_KEYS, type PreferencesForm, type PreferencesView } from '../shared/preferences.ts';
import type { Edit, FixedSetting, SettingsProblem } from '../shared/settings/settings.ts';
import type { Hotkeys } from '../shared/desktop/desktop-settings.ts';
import { sayInEnglish, type Text as TextToSay } from '../shared/texts/text.ts';
import { problemText } from '../shared/settings/settings-words.ts';
import { fileFailure } from '../core/base/file-failure.ts';
import type { Log } from '../core/base/log.ts';
import { withTimeout, readNamedFile, type ReadNamedFile } from '../core/base/named-file.ts';
import type { Clock } from '../core/base/clock.ts';
import { plainCodec } from '../core/link/codec.ts';
import type { Transport } from '../core/link/transport.ts';
import { tryAddress } from '../core/link/try-address.ts';
import { webSocketTransportWith } from '../core/link/web-socket-transport.ts';
import { environmentLayer, mergeLayers, type Layer, type LayeredSettings } from '../core/settings/layers.ts';
import { SettingsFile } from '../core/settings/settings-file.ts';
import { BUILT_IN, checkSetting, type SettingKey, type Settings } from '../core/settings/settings.ts';
import type { FindVault } from '../core/settings/vault.ts';
import { SerialQueue } from '../core/base/serial-queue.ts';
import { lookAgainDelay } from '../core/link/link-machine.ts';
import {
  CONNECT_TIMEOUT_MS,
  RETRY_BASE_MS,
  RETRY_CAP_MS,
  RETURN_BASE_MS,
  RETURN_CAP_MS,
  isSameProcessor,
} from '../core/link/session.ts';
import { Widget } from '../core/widget.ts';
import { answerWithoutNames, eventWithoutNames, isRefusedWithoutNames, stateWithoutNames } from '../core/privacy.ts';
import { LayoutFile, LayoutSchema } from './board/layout-file.ts';
import { systemAddresses, watchMachine } from './link/machine-watch.ts';
import type { ReadPolicy } from './settings/machine-policy.ts';
import { openPayloadLog } from './support/log.ts';
import { maskedLog } from './support/masked-log.ts';
import { payloadLogged } from './link/payload-log.ts';
import { FILE_TIMEOUT_MS, faultText, ReasonsWatch } from './reasons/reasons.ts';
import { RecentCalls } from './journey/recent-calls.ts';
import { supportBundle } from './support/support-bundle.ts';
import { UpdateChecker, type FetchFeed } from './support/update-checker.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';

/** The host's own window. A host without one gives none. */
export interface WindowPort {
  readonly view: WindowView;
  setPinned(isPinned: boolean): void;
  setShape(shape: Shape): void;
  minimise(): void;
  hide(): void;
}

export interface WidgetHostOptions {
  readonly profileDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly commandLine: Layer;
  /** Of all that waits here, so that a test decides how long that is. */
  readonly clock: Clock;
  /** The machine's policy; none where it is not named. */
  readonly readPolicy?: ReadPolicy;
  /** Finds the system's store for secrets. */
  readonly findVault: FindVault;
  readonly fetchFeed: FetchFeed;
  /** Another one in tests, which hangs. */
  readonly readFile?: ReadNamedFile;
  readonly log: Log;
  /** For what is logged while people may be named. */
  readonly namedLog: Log;
}

/** So many commands wait for a page. */
const MAX_PENDING_COMMANDS = 10;

export type EventListener = <N extends EventName>(name: N, payload: Events[N]) => void;

/** What the demo is watched for, so that it shows what limits and floors do. */
const DEMO_WATCH: Pick<PreferencesForm, 'limits' | 'floors'> = {
  limits: [
    { status: 'not_ready', seconds: 900 },
    { status: 'acw', seconds: 120 },
  ],
  floors: [{ ready: 2 }],
};
const MAX_TEXT = 4096;
const MAX_SNOOZE_MS = 24 * 3_600_000;

const Text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const Texts = v.pipe(v.array(Text), v.maxLength(1000));
const Connection = v.strictObject({ processorUrls: Texts, agentIds: Texts, subprotocol: Text, caFile: Text });
const ConnectionPart = v.strictObject({
  processorUrls: v.exactOptional(Texts),
  agentIds: v.exactOptional(Texts),
  subprotocol: v.exactOptional(Text),
  caFile: v.exactOptional(Text),
});
const Rules = v.exactOptional(v.pipe(v.array(v.any()), v.maxLength(10_000)));
/** What is in it is checked as settings are, so that what is wrong can be told. */
const PreferencesPart = v.strictObject({
  limits: Rules,
  floors: Rules,
  alerts: v.exactOptional(v.any()),
  privacy: v.exactOptional(v.any()),
  reasonsFile: v.exactOptional(Text),
  language: v.exactOptional(Text),
  theme: v.exactOptional(v.any()),
  opacity: v.exactOptional(v.any()),
  hotkeys: v.exactOptional(v.any()),
  startsWithComputer: v.exactOptional(v.any()),
});
/** How each request's arguments are checked. */
const ARGUMENTS: { readonly [N in RequestName]: v.GenericSchema<unknown, Requests[N]['args']> } = {
  'widget.state': v.null(),
  'board.snapshot': v.null(),
  'board.at': v.strictObject({ at: v.pipe(v.number(), v.finite()) }),
  'member.history': v.strictObject({ memberId: Text }),
  'digest.get': v.null(),
  'digest.dismiss': v.null(),
  'announcements.dismiss': v.variant('type', [
    v.strictObject({ type: v.literal('update'), version: Text }),
    v.strictObject({ type: v.literal('crash'), at: v.number() }),
  ]),
  'alerts.see': v.null(),
  'alerts.test': v.null(),
  'alerts.mute': v.strictObject({ isMuted: v.boolean() }),
  'alerts.snooze': v.strictObject({
    forMs: v.nullable(v.pipe(v.number(), v.minValue(1000), v.maxValue(MAX_SNOOZE_MS))),
  }),
  'preferences.save': v.strictObject({ changes: PreferencesPart, base: PreferencesPart }),
  'layout.load': v.null(),
  'layout.save': LayoutSchema,
  'blind-time.list': v.null(),
  'commands.take': v.null(),
  'journey.ask': v.strictObject({ callId: Text }),
  'support.bundle': v.null(),
  'link.try-now': v.null(),
  'connection.save': v.strictObject({
    changes: ConnectionPart,
    base: ConnectionPart,
    needsAgents: v.exactOptional(v.boolean()),
  }),
  'connection.test': Connection,
  'connection.show-demo': v.null(),
  'window.set-pinned': v.strictObject({ isPinned: v.boolean() }),
  'window.set-shape': v.strictObject({ shape: v.picklist(SHAPES) }),
  'window.minimise': v.null(),
  'window.hide': v.null(),
};

export class WidgetHost {
  readonly #options: WidgetHostOptions;
  readonly #clock: Clock;
  #commandLine: Layer;
  readonly #file: SettingsFile;
  readonly #layout: LayoutFile;
  readonly #recentCalls: RecentCalls;
  readonly #updates: UpdateChecker;
  readonly #widget: Widget;
  readonly #listeners = new Set<EventListener>();
  readonly #handlers: { readonly [N in RequestName]: (args: Requests[N]['args']) => Promise<Requests[N]['result']> };
  #layered: LayeredSettings = { settings: BUILT_IN, origins: new Map(), problems: [] };
  #takenHotkeys: readonly (keyof Hotkeys)[] = [];
  readonly #reasons: ReasonsWatch;
  /** Whether there is a page that hears what is asked for from outside; until then it is kept. */
  #isHeard = false;
  #unheard: readonly PageCommand[] = [];
  /** Names nobody, and has what the settings want of it. */
  readonly log: Log;
  /** When the first thing went wrong that nobody had thought of; null once somebody has read of it. */
  #crashedAt: number | null = null;
  #hasCrashed = false;
  #demo: Simulator | null = null;
  #window: WindowPort | null = null;
  /** The shape of the page where there is no window to have one. */
  #pageShape: Shape = 'panel';
  #endWatch: (() => void) | null = null;
  /** How often settings in error have been read, one time after the other. */
  #looks = 0;
  #cancelLook: () => void = () => undefined;
  /** Settings, demo and connection change together, one change after the other. */
  readonly #changes = new SerialQueue();

  readonly #readFile: ReadNamedFile;
  readonly #transport: Transport;

  constructor(options: WidgetHostOptions) {
    const { clock } = options;
    this.#options = options;
    this.#clock = clock;
    this.#readFile = options.readFile ?? readNamedFile;
    this.#transport = webSocketTransportWith(this.#readFile);
    this.#commandLine = options.commandLine;
    this.#file = new SettingsFile(options.profileDir, options.findVault, this.#readFile);
    this.log = maskedLog(options.log, options.namedLog, {
      known: () => this.#people(),
      isNamed: () => this.#layered.settings.logsNames,
      level: () => this.#layered.settings.logLevel,
    });
    this.#reasons = new ReasonsWatch({
      clock,
      read: this.#readFile,
      onChange: () => {
        this.#watchBoard();
        this.#logProblems(this.#reasons.site.problems);
        this.#tellState();
      },
    });
    this.#layout = new LayoutFile(options.profileDir, this.log, clock);
    this.#recentCalls = new RecentCalls(options.profileDir, this.log, clock);
    this.#updates = new UpdateChecker({
      version: packageJson.version,
      profileDir: options.profileDir,
      clock,
      fetchFeed: options.fetchFeed,
      log: this.log,
      onChange: () => {
        this.#tellState();
      },
    });
    this.#widget = new Widget({
      clock,
      transport: payloadLogged(
        this.#transport,
        // They name everybody: where people are only counted, that goes before.
        () => this.#layered.settings.logsPayloads && !this.#isAnonymous,
        openPayloadLog(options.profileDir),
      ),
      codec: plainCodec,
      log: this.log,
    });
    this.#widget.subscribe({
      onBoard: (update) => {
        this.#tell('board', update);
      },
      onNotice: (notice) => {
        this.#tell('notice', notice);
      },
      onState: () => {
        this.#tellState();
      },
    });
    this.#handlers = {
      'widget.state': async () => this.#state,
      'board.snapshot': async () => this.#widget.boardSnapshot(),
      'board.at': async ({ at }) => this.#widget.supervision.boardAt(at),
      'member.history': async ({ memberId }) => this.#widget.supervision.historyOf(memberId),
      'digest.get': async () => this.#widget.supervision.digest,
      'digest.dismiss': async () => {
        this.#widget.supervision.dismissDigest();
        return null;
      },
      'announcements.dismiss': async (announcement) => {
        if (announcement.type === 'update') this.#updates.dismiss(announcement.version);
        else {
          this.#crashedAt = null;
          this.#tellState();
        }
        return null;
      },
      'alerts.see': async () => {
        this.#widget.supervision.seeAlerts();
        return null;
      },
      'alerts.test': async () => {
        this.#widget.supervision.testAlert();
        return null;
      },
      'alerts.mute': async ({ isMuted }) => {
        this.#widget.supervision.mute(isMuted);
        return null;
      },
      'alerts.snooze': async ({ forMs }) => {
        this.#widget.supervision.snooze(forMs);
        return null;
      },
      'preferences.save': (edit) => this.#changes.run(() => this.#savePreferences(edit)),
      'layout.load': () => this.#layout.read(),
      'layout.save': async (layout) => {
        this.#layout.remember(layout);
        return null;
      },
      'blind-time.list': async () => this.#widget.blindTime,
      'commands.take': async () => {
        // Not before it is known what is connected to, and whether people are named.
        await this.#changes.run(() => Promise.resolve());
        const commands = this.#unheard;
        this.#unheard = [];
        this.#isHeard = true;
        return commands;
      },
      'journey.ask': async ({ callId }) => {
        const answer = await this.#widget.askJourney(callId);
        // The demo's calls are nobody's.
        if (answer.ok && this.#demo === null) {
          this.#recentCalls.add(answer.journey.callId);
          this.#tellState();
        }
        return answer;
      },
      'support.bundle': async () => {
        const { state } = this;
        const aheadMs = Date.now() - state.now;
        const bundle = await supportBundle({
          head: exportHead(state, (at) => at + aheadMs),
          layered: this.#layered,
          violations: state.violations,
          blindTime: this.#widget.blindTime,
          profileDir: this.#options.profileDir,
          people: this.#people(),
        });
        return Buffer.from(bundle).toString('base64');
      },
      'link.try-now': async () => {
        // Settings in error are read again: they may have been corrected where they stand.
        if (this.#error === undefined) this.#widget.tryNow();
        else await this.start();
        return null;
      },
      'connection.save': (edit) => this.#changes.run(() => this.#save(edit)),
      'connection.test': (form) => this.#testConnection(form),
      'connection.show-demo': async () => {
        await this.#changes.run(() => this.#showDemo());
        return null;
      },
      'window.set-pinned': async ({ isPinned }) => {
        this.#needWindow().setPinned(isPinned);
        return null;
      },
      'window.set-shape': async ({ shape }) => {
        if (this.#window === null) {
          this.#pageShape = shape;
          this.windowChanged();
        } else this.#window.setShape(shape);
        return null;
      },
      'window.minimise': async () => {
        this.#needWindow().minimise();
        return null;
      },
      'window.hide': async () => {
        this.#needWindow().hide();
        return null;
      },
    };
  }

  /** What the page is told, too: it names nobody where people are only counted. */
  get state(): WidgetState {
    return this.#isAnonymous ? stateWithoutNames(this.#state) : this.#state;
  }

  get #state(): WidgetState {
    return {
      ...this.#widget.state,
      version: packageJson.version,
      announcements: this.#announcements,
      connection: this.#connection,
      preferences: this.#preferences,
      recentCalls: this.#recentCalls.list,
      window: this.#window?.view ?? { isFrameless: false, hasOpacity: false, isPinned: false, shape: this.#pageShape },
    };
  }

  get boardHead(): BoardHead {
    return this.#widget.boardHead;
  }

  /** Reads the settings and connects: with the processor, with the demo where none is named, with nothing where they are in error. */
  start(): Promise<void> {
    this.#endWatch ??= watchMachine({
      clock: this.#clock,
      addresses: systemAddresses,
      onChange: (what) => {
        this.log.info(what === 'woke' ? 'the machine woke' : 'the network changed');
        this.#widget.machineChanged();
        // Whatever the link makes of it: the page's own clock may have stood still.
        this.#tellState();
      },
    });
    return this.#changes.run(() => this.#connect());
  }

  /** Ends what was begun at the processor and stops the demo. */
  stop(): Promise<void> {
    this.#endWatch?.();
    this.#endWatch = null;
    this.#layout.flush();
    this.#recentCalls.flush();
    this.#reasons.end();
    return this.#changes.run(async () => {
      this.#cancelLook();
      this.#updates.end();
      await this.#widget.disconnect({ code: 'stopped', message: { key: 'link.quitting' }, remedy: '' });
      await this.#endDemo();
    });
  }

  async #readSettings(): Promise<void> {
    const { environment, readPolicy } = this.#options;
    this.#layered = mergeLayers([
      await this.#file.readLayer(),
      environmentLayer(environment),
      this.#commandLine,
      ...((await readPolicy?.()) ?? []),
    ]);
    const { settings, origins } = this.#layered;
    for (const [key, { source }] of origins) this.log.debug(`settings: ${key} from ${source}`);
    this.#reasons.follow(settings.reasonsFile, origins.get('reasonsFile')?.source ?? 'built-in');
    void this.#updates.follow(settings.updatesFeed);
    // Not before it is known whether people are named. What the connection can do without is not waited for.
    void this.#recentCalls.read().then(() => {
      this.#tellState();
    });
  }

  async #connect(): Promise<void> {
    await this.#readSettings();
    const { settings } = this.#layered;
    this.#watchBoard();
    this.#logProblems(this.#problems);
    const error = this.#error;
    this.#cancelLook();
    if (error === undefined) this.#looks = 0;
    if (error !== undefined) {
      await this.#endDemo();
      const reason = {
        code: 'settings',
        message: problemText(error),
        remedy: { key: 'link.correctSettings' },
        ...(error.details === undefined ? {} : { details: error.details }),
      } as const;
      await this.#widget.disconnect(reason, this.#lookLater(reason, error.isPassing === true));
    } else if (settings.processorUrls.length === 0) {
      await this.#showDemo();
    } else {
      await this.#widget.connect(settings);
      await this.#endDemo();
    }
    this.#tellState();
  }

  /**
   * Settings in error are read again by and by: they may be corrected where they stand; the sooner where their file only
   * does not answer. Returns when.
   */
  #lookLater(reason: LinkReason, isPassing: boolean): number | null {
    this.#looks += 1;
    const pace = isPassing
      ? { returnBaseMs: RETRY_BASE_MS, returnCapMs: RETRY_CAP_MS }
      : { returnBaseMs: RETURN_BASE_MS, returnCapMs: RETURN_CAP_MS };
    const delayMs = lookAgainDelay(reason, this.#looks, pace);
    if (delayMs === null) return null;
    this.#cancelLook = this.#clock.after(delayMs, () => {
      void this.#changes.run(() => this.#connect());
    });
    return this.#clock.now() + delayMs;
  }

  /** Gives the widget what it watches the board for. */
  #watchBoard(): void {
    const { limits, floors, alerts } = this.#watched(this.#layered);
    this.#widget.supervision.rules = { limits, floors, alerts, reasons: this.#reasons.site.reasons };
  }

  /** A second start named settings: they go over those of the first. */
  useCommandLine(layer: Layer): Promise<void> {
    this.#commandLine = layer;
    return this.start();
  }

  /** The machine woke from sleep, or was unlocked. */
  machineChanged(): void {
    this.#widget.machineChanged();
  }

  /** The screen was locked, or unlocked again. */
  screenLocked(isLocked: boolean): void {
    if (isLocked) this.#widget.supervision.leave();
    else this.#widget.supervision.comeBack();
  }

  /** Gives the host's window, whose buttons the page then draws. */
  setWindow(window: WindowPort): void {
    this.#window = window;
    this.windowChanged();
  }

  /** These keys could not be had. */
  hotkeysTaken(taken: readonly (keyof Hotkeys)[]): void {
    this.#takenHotkeys = taken;
    this.#tellState();
  }

  /** Something is asked for from outside the page. */
  command(command: PageCommand): void {
    if (this.#isHeard) this.#tell('command', command);
    else if (this.#shown('command', command) !== null) {
      this.#unheard = [...this.#unheard, command].slice(-MAX_PENDING_COMMANDS);
    }
  }

  /** The page has gone, or is loaded anew: until it asks, nobody hears what is asked for. */
  pageGone(): void {
    this.#isHeard = false;
  }

  /** Something went wrong that nobody had thought of, and is logged. The first is told; more would only be noise. */
  reportCrash(): void {
    if (this.#hasCrashed) return;
    this.#hasCrashed = true;
    this.#crashedAt = this.#clock.now();
    this.#tellState();
  }

  windowChanged(): void {
    this.#tellState();
  }

  /** Returns a function that ends the subscription and may be called twice. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Answers a request of the page, whose name and arguments are not yet checked. Never rejects. */
  async answer(name: unknown, args: unknown): Promise<Reply<unknown>> {
    if (!isRequestName(name)) return this.#refuse('unknown-request', `There is no request ${JSON.stringify(name)}.`);
    return this.#answer(name, args);
  }

  async #answer<N extends RequestName>(name: N, args: unknown): Promise<Reply<Requests[N]['result']>> {
    const parsed = v.safeParse(ARGUMENTS[name], args);
    if (!parsed.success) return this.#refuse('bad-arguments', `${name}: ${parsed.issues[0].message}`);
    const askedAt = this.#clock.now();
    try {
      this.#needNames(name);
      const value = await this.#handlers[name](parsed.output);
      // It may have been set meanwhile.
      this.#needNames(name);
      this.log.debug(`${name} answered after ${String(this.#clock.now() - askedAt)} ms`);
      return { ok: true, value: this.#isAnonymous ? answerWithoutNames(name, value) : value };
    } catch (error) {
      if (error instanceof NotHereError) return this.#refuse('not-here', error.message);
      this.log.error(`${name} failed`, error);
      return this.#refuse('failed', fileFailure(error).text);
    }
  }

  /** Whom the log does not name. */
  *#people(): Iterable<string> {
    yield* this.#layered.settings.agentIds;
    yield* this.#widget.namesAndIds;
  }

  get #announcements(): readonly Announcement[] {
    const version = this.#updates.newer;
    return [
      ...(this.#crashedAt === null ? [] : [{ type: 'crash', at: this.#crashedAt } as const]),
      ...(version === null ? [] : [{ type: 'update', version } as const]),
    ];
  }

  #refuse(code: string, message: TextToSay): { readonly ok: false; readonly error: RequestError } {
    this.log.warn(`request refused: ${code}, ${sayInEnglish(message)}`);
    return { ok: false, error: { code, message } };
  }

  get #connection(): ConnectionView {
    const { settings } = this.#layered;
    const { processorUrls, agentIds, subprotocol, caFile } = settings;
    return {
      isDemo: this.#demo !== null,
      sampleCalls: this.#demo?.sampleCalls ?? NO_CALLS,
      form: { processorUrls, agentIds, subprotocol, caFile },
      headerNames: Object.keys(settings.headers),
      fixed: this.#fixed(CONNECTION_KEYS),
      settingsFile: this.#file.path,
      problems: this.#problems,
    };
  }

  get #preferences(): PreferencesView {
    const settings = this.#watched(this.#layered);
    const form = Object.fromEntries(PREFERENCE_KEYS.map((key) => [key, settings[key]])) as unknown as PreferencesForm;
    return {
      form,
      reasons: this.#reasons.site.reasons,
      fixed: this.#fixed(PREFERENCE_KEYS),
      takenHotkeys: this.#takenHotkeys,
    };
  }

  get #problems(): readonly SettingsProblem[] {
    return [...this.#layered.problems, ...this.#reasons.site.problems];
  }

  get #isAnonymous(): boolean {
    return this.#layered.settings.privacy === 'counts';
  }

  /** The settings; in the demo with limits and floors of its own, where nobody has set any. */
  #watched({ settings, origins }: LayeredSettings): Settings {
    if (this.#layered.settings.processorUrls.length > 0) return settings;
    const { limits, floors } = DEMO_WATCH;
    return {
      ...settings,
      ...(origins.has('limits') ? {} : { limits }),
      ...(origins.has('floors') ? {} : { floors }),
    };
  }

  /** Which of them a stronger source than the user's file has set. */
  #fixed<K extends SettingKey>(keys: readonly K[]): readonly FixedSetting<K>[] {
    return keys.flatMap((key) => {
      const origin = this.#layered.origins.get(key);
      return origin === undefined || origin.source === 'file' ? [] : [{ key, ...origin }];
    });
  }

  /** The first thing in the settings that keeps the widget from connecting. */
  get #error(): SettingsProblem | undefined {
    return this.#layered.problems.find(({ severity }) => severity === 'error');
  }

  async #testConnection(form: ConnectionForm): Promise<TestResult> {
    const { changes, problems } = this.#checkConnection(form);
    if (problems.length > 0) return { ok: false, problems };
    const settings = { ...this.#layered.settings, ...changes };
    const { processorUrls, agentIds, subprotocol, headers, caFile, answerTimeoutMs, settleMs } = settings;
    const options = {
      transport: this.#transport,
      transportOptions: {
        subprotocol,
        caFile,
        headers: new Map(Object.entries(headers)),
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
      },
      codec: plainCodec,
      clock: this.#clock,
      agentIds: [...new Set(agentIds)],
      answerTimeoutMs,
      settleMs,
    };
    const trials = processorUrls.map((url) => tryAddress(url, options));
    return { ok: true, trials: await Promise.all(trials) };
  }

  async #save({
    changes: given,
    base,
    needsAgents = false,
  }: Requests['connection.save']['args']): Promise<SaveResult<ConnectionForm>> {
    const { changes, problems } = this.#checkConnection(given);
    const { agentIds } = { ...this.#layered.settings, ...given };
    const canName = !this.#fixed(CONNECTION_KEYS).some(({ key }) => key === 'agentIds');
    if (needsAgents && canName && agentIds.length === 0) {
      problems.push({ ...formProblem('agentIds', { key: 'settings.agentsMissing' }), severity: 'warning' });
    }
    const refused = await this.#refusal(changes, problems, base);
    if (refused !== null) return refused;
    await this.#write(changes);
    await this.#connect();
    return { ok: true };
  }

  /** Like `#save`, but the connection stays as it is, unless the file has another one by now. */
  async #savePreferences({ changes: given, base }: Edit<PreferencesForm>): Promise<SaveResult<PreferencesForm>> {
    const { changes, problems } = this.#check(PREFERENCE_KEYS, given);
    const { reasonsFile } = changes;
    if (reasonsFile !== undefined && reasonsFile !== this.#layered.settings.reasonsFile) {
      const fault = await this.#fileFault(reasonsFile);
      if (fault !== null) problems.push(formProblem('reasonsFile', fault));
    }
    const refused = await this.#refusal(changes, problems, base);
    if (refused !== null) return refused;
    const before = { settings: this.#layered.settings, isInError: this.#error !== undefined };
    await this.#write(changes);
    await this.#readSettings();
    // What was wrong may be right now; a policy may have been broken meanwhile, or the connection changed in the file.
    const isAsBefore =
      !before.isInError && this.#error === undefined && isSameConnection(before.settings, this.#layered.settings);
    if (isAsBefore) this.#watchBoard();
    else await this.#connect();
    this.#tellState();
    return { ok: true };
  }

  /** What the form can change of the connection, and what is wrong with it. */
  #checkConnection(given: Partial<ConnectionForm>) {
    const checked = this.#check(CONNECTION_KEYS, given);
    const { processorUrls } = { ...this.#layered.settings, ...given };
    const isFree = !this.#fixed(CONNECTION_KEYS).some(({ key }) => key === 'processorUrls');
    if (isFree && processorUrls.length === 0) {
      checked.problems.push(formProblem('processorUrls', { key: 'settings.processorMissing' }));
    }
    return checked;
  }

  /** What is right of what a form changed, and what is not. What it can't change is passed over. */
  #check<K extends SettingKey>(keys: readonly K[], given: { readonly [P in K]?: unknown }) {
    const fixed = this.#fixed(keys);
    const changes: Partial<Pick<Settings, K>> = {};
    const problems: SettingsProblem[] = [];
    for (const key of keys) {
      if (!(key in given) || fixed.some((one) => one.key === key)) continue;
      const checked = checkSetting(key, given[key]);
      if (checked.ok) Object.assign(changes, { [key]: checked.value });
      else problems.push(formProblem(key, checked.problem));
    }
    return { changes, problems };
  }

  /** Why nothing is to be written: something is wrong, or was changed elsewhere since the form was opened. */
  async #refusal<F extends Partial<Settings>>(
    changes: F,
    problems: readonly SettingsProblem[],
    base: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly ok: false; readonly problems: readonly SettingsProblem[]; readonly moved: Partial<F> } | null> {
    const moved: Partial<F> = {};
    if (problems.length > 0) return { ok: false, problems, moved };
    const layer = await this.#file.look();
    const now = layer === null ? {} : this.#watched(mergeLayers([layer]));
    for (const [key, value] of Object.entries(now)) {
      if (!(key in changes) || !(key in base)) continue;
      const isWanted = isDeepStrictEqual(value, (changes as Readonly<Record<string, unknown>>)[key]);
      if (!isWanted && !isDeepStrictEqual(value, base[key])) Object.assign(moved, { [key]: value });
    }
    return Object.keys(moved).length > 0 ? { ok: false, problems, moved } : null;
  }

  /** Why a file can't be read that is to be named; null where it can. */
  async #fileFault(file: string): Promise<TextToSay | null> {
    if (file === '') return null;
    try {
      await withTimeout(this.#readFile(file), FILE_TIMEOUT_MS);
      return null;
    } catch (error) {
      return faultText(error);
    }
  }

  #logProblems(problems: readonly SettingsProblem[]): void {
    for (const problem of problems) {
      const more = problem.details === undefined ? '' : ` (${problem.details})`;
      this.log.warn(`settings: ${sayInEnglish(problemText(problem))}${more}`);
    }
  }

  /** A form in which nothing was changed writes nothing. */
  async #write(changes: Partial<Settings>): Promise<void> {
    if (Object.keys(changes).length > 0) await this.#file.write(changes);
  }

  async #showDemo(): Promise<void> {
    const demo = this.#demo ?? (await startSimulator());
    await this.#widget.connect({ ...BUILT_IN, processorUrls: [demo.url], agentIds: demo.agentIds.slice(0, 1) });
    this.#demo = demo;
    this.#tellState();
  }

  async #endDemo(): Promise<void> {
    const demo = this.#demo;
    this.#demo = null;
    await demo?.close();
  }

  #needNames(name: RequestName): void {
    if (this.#isAnonymous && isRefusedWithoutNames(name))
      throw new NotHereError('People are not named here: “privacy” is set to “counts”.');
  }

  #needWindow(): WindowPort {
    if (this.#window === null) throw new NotHereError('There is no window of the widget’s own here.');
    return this.#window;
  }

  #tellState(): void {
    this.#tell('state', this.#state);
  }

  #tell<N extends EventName>(name: N, payload: Events[N]): void {
    const shown = this.#shown(name, payload);
    if (shown === null) return;
    for (const listener of this.#listeners) listener(name, shown);
  }

  /** What may be told of an event; null for nothing. */
  #shown<N extends EventName>(name: N, payload: Events[N]): Events[N] | null {
    return this.#isAnonymous ? eventWithoutNames(name, payload) : payload;
  }
}

/** Whether both are connected with alike, and ask for the same agents. */
function isSameConnection(a: Settings, b: Settings): boolean {
  return isSameProcessor(a, b) && isDeepStrictEqual(a.agentIds, b.agentIds);
}

class NotHereError extends Error {
  override readonly name = 'NotHereError';
}

const NO_CALLS: readonly SampleCall[] = [];

const requestNames: ReadonlySet<unknown> = new Set(REQUEST_NAMES);

function isRequestName(name: unknown): name is RequestName {
  return requestNames.has(name);
}

function formProblem(key: SettingKey, message: TextToSay): SettingsProblem {
  return { source: 'form', place: '', key, message, severity: 'error' };
}
