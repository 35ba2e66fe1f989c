/**
 * The page's client of its host: asks, listens, and knows whether the host can still be reached. It must not know what
 * any request is about.
 */
import type { Bridge, RequestName, Requests } from '../../shared/contract.ts';
import { valueOf } from './bridge.ts';
import { now } from './now.svelte.ts';

export class HostClient {
  readonly #bridge: Bridge;
  #lostAt: number | null = $state(null);

  /** `open` gets what to call when the host can no longer be reached, and when it can again. */
  constructor(open: (onHostLost: (isLost: boolean) => void) => Bridge) {
    this.#bridge = open((isLost) => {
      if (isLost !== (this.#lostAt !== null)) this.#lostAt = isLost ? now.exact : null;
    });
  }

  /** Since when the host can't be reached, so that nothing shown is known to be true; null while it can. */
  get lostAt(): number | null {
    return this.#lostAt;
  }

  get on(): Bridge['on'] {
    return this.#bridge.on;
  }

  /** Rejects with a `RefusedError` where the host refuses. */
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['result']> {
    return valueOf(this.#bridge.requests[name](args));
  }

  /** Asks for what shows its effect by itself. Where the host can't be asked any more, the page says so already. */
  tell<N extends RequestName>(name: N, args: Requests[N]['args']): void {
    this.ask(name, args).catch((error: unknown) => {
      console.warn(`${name}:`, error);
    });
  }
}
