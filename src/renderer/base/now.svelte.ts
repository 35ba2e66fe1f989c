/**
 * The page's time: the core's steady clock, kept up between its tellings, and the one ticker that all running clocks
 * share. It runs for as long as the page can be seen.
 */

const TICK_MS = 1000;
/** A system clock that is less than this off from before was not set, but only asked a moment later. */
const SET_MS = 500;

class Now {
  /** From the page's own clock, which stands still in some sleeps, to the core's, which does not. */
  #aheadMs = Date.now() - performance.now();
  #isTold = false;
  #value = $state(Date.now());
  /** From the core's clock to the system's; it changes only when that is set. */
  #wallAheadMs = $state(0);

  constructor() {
    this.#tick();
    // A hidden page is not drawn, and its timers may stop: be right at once when it is seen again.
    document.addEventListener('visibilitychange', () => {
      this.#show();
    });
  }

  /** As of the last tick. */
  get value(): number {
    return this.#value;
  }

  /** This very moment. */
  get exact(): number {
    return performance.now() + this.#aheadMs;
  }

  /** Takes what the core has just told. A telling may have been on its way for a while: the one that was quickest counts. */
  hear(coreNow: number): void {
    const aheadMs = coreNow - performance.now();
    if (this.#isTold && aheadMs <= this.#aheadMs) return;
    this.#isTold = true;
    this.#aheadMs = aheadMs;
    this.#show();
  }

  /** The moment as the system clock, set as it is now, would tell it. Milliseconds since the Unix epoch. */
  wall(at: number): number {
    return at + this.#wallAheadMs;
  }

  #show(): void {
    if (document.hidden) return;
    this.#value = this.exact;
    const wallAheadMs = Date.now() - this.exact;
    if (Math.abs(wallAheadMs - this.#wallAheadMs) > SET_MS) this.#wallAheadMs = wallAheadMs;
  }

  #tick(): void {
    this.#show();
    // To the next full second, so that the clocks do not drift against the true time.
    setTimeout(
      () => {
        this.#tick();
      },
      TICK_MS - (this.exact % TICK_MS),
    );
  }
}

export const now = new Now();
