/** Keeps commands from outside the page until there is a page to receive them. It must not know what they mean. */
import type { PageCommand } from '../../shared/desktop/requests.ts';

export interface PendingCommandsOptions {
  readonly send: (command: PageCommand) => void;
  /** Whether the page may receive the command at present. */
  readonly maySend: (command: PageCommand) => boolean;
  /** Resolves once we know what we are connected to, and whether people are named. */
  readonly ready: () => Promise<void>;
}

/** At most this many commands wait for a page. */
const MAX_PENDING = 10;

export class PendingCommands {
  readonly #options: PendingCommandsOptions;
  #isReceiving = false;
  #pending: readonly PageCommand[] = [];

  constructor(options: PendingCommandsOptions) {
    this.#options = options;
  }

  add(command: PageCommand): void {
    const { send, maySend } = this.#options;
    if (this.#isReceiving) send(command);
    else if (maySend(command)) this.#pending = [...this.#pending, command].slice(-MAX_PENDING);
  }

  /** The page is ready: returns the commands that waited for it. From now on commands are sent to it directly. */
  async take(): Promise<readonly PageCommand[]> {
    await this.#options.ready();
    const commands = this.#pending;
    this.#pending = [];
    this.#isReceiving = true;
    return commands;
  }

  /** The page has gone or is reloading: commands wait until it asks for them. */
  pageGone(): void {
    this.#isReceiving = false;
  }
}
