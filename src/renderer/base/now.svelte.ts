/**
 * The page's time: follows the core's steady clock, and holds the one ticker that all running clocks share. It runs
 * while the page is visible.
 */

const TICK_MS = 1000;
/** A smaller change of the system clock is not an adjustment, just the time between two reads. */
const SET_MS = 500;

class Now {
  /** From the page's own clock, which stops during some kinds of sleep, to the core's, which does not. */
  #aheadMs = Date.now() - performance.now();
  #isSynced = false;
  #value = $state(Date.now());
  /** From the core's clock to the system's; changes only when somebody sets the system clock. */
  #wallAheadMs = $state(0);

  constructor() {
    this.#tick();
    // A hidden page is not drawn, and its timers may stop. Catch up as soon as it is visible.
    document.addEventListener('visibilitychange', () => {
      this.#show();
    });
  }

  /** As of the last tick. */
  get value(): number {
    return this.#value;
  }

  /** Right now. */
  get exact(): number {
    return performance.now() + this.#aheadMs;
  }

  /** Takes the core's time from a message. Messages may arrive late, so the quickest one counts. */
  sync(coreNow: number): void {
    const aheadMs = coreNow - performance.now();
    if (this.#isSynced && aheadMs <= this.#aheadMs) return;
    this.#isSynced = true;
    this.#aheadMs = aheadMs;
    this.#show();
  }

  /** The moment on the system clock as it is set now, in milliseconds since the Unix epoch. */
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
    // At the next full second, so that the clocks do not drift.
    setTimeout(
      () => {
        this.#tick();
      },
      TICK_MS - (this.exact % TICK_MS),
    );
  }
}

export const now = new Now();
