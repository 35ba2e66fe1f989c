/**
 * Time and chance as a test decides them: time stands still until it is advanced, and random numbers come from a list.
 * Fits the core's `Clock`; knows no test runner.
 */
import type { Clock } from '../src/core/base/clock.ts';

interface Timer {
  at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** The moment at which every fake clock starts. Milliseconds since the Unix epoch. */
export const START = Date.UTC(2026, 0, 5, 9, 0, 0);

export class FakeClock implements Clock {
  #now = START;
  #order = 0;
  readonly #timers = new Set<Timer>();
  /** The numbers that `random` gives next, one by one; when they are used up, `randomElse` for ever. */
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

  /** How many timers run: what is left when all is over leaks. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time pass while timers stand still, as in a sleep of the machine: each falls due that much later. */
  jump(byMs: number): void {
    this.#now += byMs;
    for (const timer of this.#timers) timer.at += byMs;
  }

  /** Lets time pass and calls back what falls due, in its order, also what is only set meanwhile. */
  advance(byMs: number): void {
    const end = this.#now + byMs;
    for (let due = this.#next(end); due !== null; due = this.#next(end)) {
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
    }
    this.#now = end;
  }

  /** As `advance`, but after every callback what it led to is carried out before time goes on. */
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

/** Resolves when all promises that could be carried out by now have been. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
