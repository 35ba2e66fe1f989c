/**
 * Takes the links that the system hands over, from wherever they come and however early, and passes on the call ids that
 * they name. It must know no Electron, and not what is done with an id.
 */
import type { Log } from '../../core/base/log.ts';
import { callIdOfLink } from '../../shared/journey/deep-link.ts';

export class DeepLinks {
  readonly #log: Log;
  #listener: ((callId: string) => void) | null = null;
  /** What came before anybody listened: the last one is what somebody wants to see. */
  #waiting: string | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  open(link: string): void {
    const callId = callIdOfLink(link);
    // Not repeated in the log: it may be anything.
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
