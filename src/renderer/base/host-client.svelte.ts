/**
 * The page's client of its host: sends requests, listens, and knows whether the host is reachable. It must not know
 * what any request is about.
 */
import type { Bridge, RequestName, Requests } from '../../shared/contract.ts';
import { valueOf } from './bridge.ts';
import { now } from './now.svelte.ts';

export class HostClient {
  readonly #bridge: Bridge;
  #lostAt: number | null = $state(null);

  /** `open` gets a callback for when the host becomes unreachable, and when it is back. */
  constructor(open: (onHostLost: (isLost: boolean) => void) => Bridge) {
    this.#bridge = open((isLost) => {
      if (isLost !== (this.#lostAt !== null)) this.#lostAt = isLost ? now.exact : null;
    });
  }

  /**
   * Since when the host has been unreachable, so that nothing shown is known to be true; null while it is reachable.
   */
  get lostAt(): number | null {
    return this.#lostAt;
  }

  get on(): Bridge['on'] {
    return this.#bridge.on;
  }

  /** Rejects with a `RefusedError` if the host refuses. */
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['result']> {
    return valueOf(this.#bridge.requests[name](args));
  }

  /** Sends a request whose effect shows by itself. If the host is unreachable, the page already says so. */
  send<N extends RequestName>(name: N, args: Requests[N]['args']): void {
    this.ask(name, args).catch((error: unknown) => {
      console.warn(`${name}:`, error);
    });
  }
}
