/** What is asked for from outside the page, kept until there is a page to hear it. It must not know what it means. */
import type { PageCommand } from '../../shared/desktop/requests.ts';

export interface PendingCommandsOptions {
  readonly tell: (command: PageCommand) => void;
  /** Whether the page may hear it at present. */
  readonly mayTell: (command: PageCommand) => boolean;
  /** Resolves once it is known what is connected to, and whether people are named. */
  readonly ready: () => Promise<void>;
}

/** So many commands wait for a page. */
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

  /** The page is there and takes what has waited; it is told of what comes from now on. */
  async take(): Promise<readonly PageCommand[]> {
    await this.#options.ready();
    const commands = this.#pending;
    this.#pending = [];
    this.#isHeard = true;
    return commands;
  }

  /** The page has gone, or is loaded again: until it asks, nobody hears what is asked for. */
  pageGone(): void {
    this.#isHeard = false;
  }
}
