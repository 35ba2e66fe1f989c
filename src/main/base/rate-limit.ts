/** Limits how often something may happen within a time span. It must not know what that is. */
export class RateLimit {
  readonly #max: number;
  readonly #spanMs: number;
  readonly #times: number[] = [];

  constructor(max: number, spanMs: number) {
    this.#max = max;
    this.#spanMs = spanMs;
  }

  /** Whether it may happen at `now` (milliseconds, never going backwards). If so, it counts. */
  allows(now: number): boolean {
    while (this.#times[0] !== undefined && this.#times[0] <= now - this.#spanMs) this.#times.shift();
    if (this.#times.length >= this.#max) return false;
    this.#times.push(now);
    return true;
  }
}
