/** Keeps commands from outside the page until there is a page to receive them. It must not know what they mean. */
import type { PageCommand } from '../../shared/desktop/requests.ts';

export interface PendingCommandsOptions {
  readonly tell: (command: PageCommand) => void;
  /** Whether the page may receive the command at present. */
  readonly mayTell: (command: PageCommand) => boolean;
  /** Resolves once we know what we are connected to, and whether people are named. */
  readonly ready: () => Promise<void>;
}

/** At most this many commands wait for a page. */
const MAX_PENDING = 10;

export class PendingCommands {
  readonly #options: PendingCommandsOptions;
  #isHeard = false;
  #pending: readonly PageCommand[] = [];

  constructor(options: PendingCommandsOptions) {
    this.#options = options;
  }

  add(command: PageCommand): void {
    const { tell, mayTell } = this.#options;
    if (this.#isHeard) tell(command);
    else if (mayTell(command)) this.#pending = [...this.#pending, command].slice(-MAX_PENDING);
  }

  /** The page is ready: returns the commands that waited for it. From now on commands are sent to it directly. */
  async take(): Promise<readonly PageCommand[]> {
    await this.#options.ready();
    const commands = this.#pending;
    this.#pending = [];
    this.#isHeard = true;
    return commands;
  }

  /** The page has gone or is reloading: commands wait until it asks for them. */
  pageGone(): void {
    this.#isHeard = false;
  }
}
