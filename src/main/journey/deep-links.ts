/**
 * Takes the links that the system passes on, from any source and however early, and passes on the call ids in them. It
 * must know no Electron, and not what is done with an id.
 */
import type { Log } from '../../core/base/log.ts';
import { callIdOfLink } from '../../shared/journey/deep-link.ts';

export class DeepLinks {
  readonly #log: Log;
  #listener: ((callId: string) => void) | null = null;
  /** The link that came before anybody listened. Only the last one is wanted. */
  #waiting: string | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  open(link: string): void {
    const callId = callIdOfLink(link);
    // The link is not logged: it may contain anything.
    if (callId === null) this.#log.warn('a link was handed over that names no call');
    else if (this.#listener === null) this.#waiting = callId;
    else this.#listener(callId);
  }

  listen(listener: (callId: string) => void): void {
    this.#listener = listener;
    if (this.#waiting !== null) listener(this.#waiting);
    this.#waiting = null;
  }
}
