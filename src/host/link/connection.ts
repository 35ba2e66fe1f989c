/**
 * Connects the core as the settings want it: with the processor, with the demo if none is named, with nothing if they
 * are in error. Settings in error are read again: they may be corrected where they stand.
 */
import type { Clock } from '../../core/base/clock.ts';
import type { SerialQueue } from '../../core/base/serial-queue.ts';
import { lookAgainDelay } from '../../core/link/link-machine.ts';
import {
  RETRY_BASE_MS,
  RETRY_CAP_MS,
  RETURN_BASE_MS,
  RETURN_CAP_MS,
  isSameProcessor,
} from '../../core/link/session.ts';
import type { Settings } from '../../core/settings.ts';
import { pick } from '../../shared/base/keys-of.ts';
import { isSame } from '../../shared/base/same.ts';
import type { LinkReason } from '../../shared/link/link.ts';
import { CONNECTION_KEYS, type ConnectionView } from '../../shared/link/connection-settings.ts';
import type { SettingsProblem } from '../../shared/settings/settings.ts';
import { problemText } from '../../shared/settings/settings-words.ts';
import type { HostSettings } from '../settings/host-settings.ts';
import type { DemoHost } from './demo-host.ts';

/** The core, as far as it is connected and disconnected. */
export interface ConnectedCore {
  connect(settings: Settings): Promise<void>;
  disconnect(reason: LinkReason, nextLookAt?: number | null): Promise<void>;
  tryNow(): void;
}

export interface ConnectionOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly settings: HostSettings;
  readonly core: ConnectedCore;
  readonly demo: DemoHost;
  /** Settings, demo and connection change together, one change after the other. */
  readonly changes: SerialQueue;
  /** Whoever watches the board takes up what the settings want of it. */
  readonly onSettings: () => void;
  /** It is about to connect: what is wrong with the settings is to be said. */
  readonly onConnect: () => void;
  readonly onChange: () => void;
}

export class Connection {
  readonly #options: ConnectionOptions;
  /** How often settings in error have been read, one time after the other. */
  #looks = 0;
  #cancelLook: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** `problems`: all that is wrong with the settings and what they name. */
  view(problems: readonly SettingsProblem[]): ConnectionView {
    const { settings, demo } = this.#options;
    return {
      isDemo: demo.isShown,
      sampleCalls: demo.sampleCalls,
      form: pick(settings.values, CONNECTION_KEYS),
      headerNames: Object.keys(settings.values.headers),
      fixed: settings.fixed(CONNECTION_KEYS),
      settingsFile: settings.filePath,
      problems,
    };
  }

  /** Reads the settings and connects. */
  start(): Promise<void> {
    return this.#options.changes.run(() => this.connect());
  }

  /** Ends what was begun at the processor and stops the demo. */
  async stop(): Promise<void> {
    const { core, demo } = this.#options;
    this.#cancelLook();
    await core.disconnect({ code: 'stopped', message: { key: 'link.quitting' }, remedy: '' });
    await demo.end();
  }

  async tryNow(): Promise<void> {
    // Settings in error are read again: they may have been corrected where they stand.
    if (this.#options.settings.error === undefined) this.#options.core.tryNow();
    else await this.start();
  }

  showDemo(): Promise<void> {
    return this.#options.changes.run(async () => {
      await this.#showDemo();
      this.#options.onChange();
    });
  }

  /** What `start` does, for who has the turn already. */
  async connect(): Promise<void> {
    const { settings, core, demo, onSettings, onConnect, onChange } = this.#options;
    await settings.read();
    onSettings();
    onConnect();
    const { error } = settings;
    this.#cancelLook();
    if (error === undefined) this.#looks = 0;
    if (error !== undefined) {
      await demo.end();
      const reason = {
        code: 'settings',
        message: problemText(error),
        remedy: { key: 'link.correctSettings' },
        ...(error.details === undefined ? {} : { details: error.details }),
      } as const;
      await core.disconnect(reason, this.#lookLater(reason, error.isPassing === true));
    } else if (settings.values.processorUrls.length === 0) {
      await this.#showDemo();
    } else {
      await core.connect(settings.values);
      await demo.end();
    }
    onChange();
  }

  /** Takes up settings that were read again. The connection stays, unless they name another one by now. */
  async adopt(before: Settings, wasInError: boolean): Promise<void> {
    const { settings, onSettings, onChange } = this.#options;
    // What was wrong may be right now; a policy may have been broken meanwhile, or the connection changed in the file.
    const isAsBefore = !wasInError && settings.error === undefined && isSameConnection(before, settings.values);
    if (!isAsBefore) {
      await this.connect();
      return;
    }
    onSettings();
    onChange();
  }

  /** Returns when settings in error are read again; the sooner if their file only does not answer. */
  #lookLater(reason: LinkReason, isPassing: boolean): number | null {
    const { clock, changes } = this.#options;
    this.#looks += 1;
    const pace = isPassing
      ? { returnBaseMs: RETRY_BASE_MS, returnCapMs: RETRY_CAP_MS }
      : { returnBaseMs: RETURN_BASE_MS, returnCapMs: RETURN_CAP_MS };
    const delayMs = lookAgainDelay(reason, this.#looks, pace);
    if (delayMs === null) return null;
    this.#cancelLook = clock.after(delayMs, () => {
      void changes.run(() => this.connect());
    });
    return clock.now() + delayMs;
  }

  async #showDemo(): Promise<void> {
    const { demo, core } = this.#options;
    await demo.show((settings) => core.connect(settings));
  }
}

/** Whether both are connected with alike, and ask for the same agents. */
function isSameConnection(a: Settings, b: Settings): boolean {
  return isSameProcessor(a, b) && isSame(a.agentIds, b.agentIds);
}
