/**
 * Time and randomness under a test's control: time stands still until it is advanced, and random numbers come from a
 * list. Implements the core's `Clock`; knows no test runner.
 */
import type { Clock } from '../src/core/base/clock.ts';

interface Timer {
  at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** The time at which every fake clock starts. Milliseconds since the Unix epoch. */
export const START = Date.UTC(2026, 0, 5, 9, 0, 0);

export class FakeClock implements Clock {
  #now = START;
  #order = 0;
  readonly #timers = new Set<Timer>();
  /** The next results of `random`, one by one; once they are used up, `randomElse` for ever. */
  readonly randoms: number[] = [];
  randomElse = 0.5;

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    if (!(delayMs >= 0)) throw new Error(`A timer can't be set for ${String(delayMs)} ms`);
    this.#order += 1;
    const timer: Timer = { at: this.#now + delayMs, order: this.#order, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  random(): number {
    return this.randoms.shift() ?? this.randomElse;
  }

  /** How many timers are running: any left at the end are leaks. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time pass without running timers, as when the machine sleeps: each is delayed by that much. */
  jump(byMs: number): void {
    this.#now += byMs;
    for (const timer of this.#timers) timer.at += byMs;
  }

  /** Lets time pass and calls whatever falls due, in order, including timers set meanwhile. */
  advance(byMs: number): void {
    const end = this.#now + byMs;
    for (let due = this.#next(end); due !== null; due = this.#next(end)) {
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
    }
    this.#now = end;
  }

  /** Like `advance`, but the effects of each callback are complete before time continues. */
  async run(byMs: number, carriedOut: () => Promise<void> = settled): Promise<void> {
    const end = this.#now + byMs;
    await carriedOut();
    for (let due = this.#next(end); due !== null; due = this.#next(end)) {
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
      await carriedOut();
    }
    this.#now = end;
  }

  #next(end: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (next === null || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  }
}

/** Resolves when all promises that could run by now have run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
