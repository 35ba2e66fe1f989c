/**
 * Connects the core as the settings say: to the processor, to the demo if no processor is named, or to nothing if the
 * settings are in error. It reads settings in error again from time to time, as somebody may correct them in the file.
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

/** The part of the core that connects and disconnects. */
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
  /** Changes of the settings, the demo and the connection run one at a time. */
  readonly changes: SerialQueue;
  /** Makes the supervision of the board use the new settings. */
  readonly onSettings: () => void;
  /** Called just before connecting, to log what is wrong with the settings. */
  readonly onConnect: () => void;
  readonly onChange: () => void;
}

export class Connection {
  readonly #options: ConnectionOptions;
  /** How many times in a row settings in error have been read. */
  #looks = 0;
  #cancelLook: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** `problems` are those of the settings and of the files they name. */
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

  /** Ends the subscriptions at the processor and stops the demo. */
  async stop(): Promise<void> {
    const { core, demo } = this.#options;
    this.#cancelLook();
    await core.disconnect({ code: 'stopped', message: { key: 'link.quitting' }, remedy: '' });
    await demo.end();
  }

  async tryNow(): Promise<void> {
    // Settings in error are read again: somebody may have corrected them in the file.
    if (this.#options.settings.error === undefined) this.#options.core.tryNow();
    else await this.start();
  }

  showDemo(): Promise<void> {
    return this.#options.changes.run(async () => {
      await this.#showDemo();
      this.#options.onChange();
    });
  }

  /** As `start`, for callers that already run within `changes`. */
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
      await core.disconnect(reason, this.#lookLater(reason, error.isTemporary === true));
    } else if (settings.values.processorUrls.length === 0) {
      await this.#showDemo();
    } else {
      await core.connect(settings.values);
      await demo.end();
    }
    onChange();
  }

  /** Applies settings that were read again. The connection stays unless they now name another one. */
  async adopt(before: Settings, wasInError: boolean): Promise<void> {
    const { settings, onSettings, onChange } = this.#options;
    // Errors may have been fixed; a policy may have broken meanwhile, or the connection may have changed in the file.
    const isAsBefore = !wasInError && settings.error === undefined && isSameConnection(before, settings.values);
    if (!isAsBefore) {
      await this.connect();
      return;
    }
    onSettings();
    onChange();
  }

  /** Returns when settings in error will be read again. That is sooner if a file merely does not answer. */
  #lookLater(reason: LinkReason, isTemporary: boolean): number | null {
    const { clock, changes } = this.#options;
    this.#looks += 1;
    const pace = isTemporary
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

/** Whether both connect to the same processor and ask for the same agents. */
function isSameConnection(a: Settings, b: Settings): boolean {
  return isSameProcessor(a, b) && isSame(a.agentIds, b.agentIds);
}
