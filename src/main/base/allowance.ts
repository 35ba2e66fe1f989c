/** Bounds how often something may be done in a span of time. It knows nothing of what that is. */
export class Allowance {
  readonly #most: number;
  readonly #spanMs: number;
  readonly #taken: number[] = [];

  constructor(most: number, spanMs: number) {
    this.#most = most;
    this.#spanMs = spanMs;
  }

  /** Whether it may be done at `now` (milliseconds, never going back); if so, it counts as done. */
  take(now: number): boolean {
    while (this.#taken[0] !== undefined && this.#taken[0] <= now - this.#spanMs) this.#taken.shift();
    if (this.#taken.length >= this.#most) return false;
    this.#taken.push(now);
    return true;
  }
}
