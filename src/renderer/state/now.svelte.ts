/** The one ticker that all running clocks share: the present second, for as long as the page can be seen. */

const TICK_MS = 1000;

class Now {
  #value = $state(Date.now());

  constructor() {
    this.#tick();
    // A hidden page is not drawn, and its timers may stop: be right at once when it is seen again.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#value = Date.now();
    });
  }

  /** Milliseconds since the Unix epoch, as of the last tick. */
  get value(): number {
    return this.#value;
  }

  #tick(): void {
    if (!document.hidden) this.#value = Date.now();
    // To the next full second, so that the clocks do not drift against the true time.
    setTimeout(
      () => {
        this.#tick();
      },
      TICK_MS - (Date.now() % TICK_MS),
    );
  }
}

export const now = new Now();
