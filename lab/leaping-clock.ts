/**
 * The machine's time, which a test can make leap ahead: it passes as real time does, but a wait of half a minute can be
 * over at once. Implements the core's `Clock`; knows no test runner.
 */
import { systemClock, type Clock } from '../src/core/base/clock.ts';
import { settled } from './fake-clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  cancel: () => void;
}

/**
 * Enough for a ping or a connection attempt to come back from a server in this process: each takes a few turns of the
 * event loop.
 */
const TURNS = 50;

export class LeapingClock implements Clock {
  #aheadMs = 0;
  /** In the order in which they were set. */
  readonly #timers = new Set<Timer>();

  now(): number {
    return systemClock.now() + this.#aheadMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { at: this.now() + delayMs, callback, cancel: () => undefined };
    this.#timers.add(timer);
    this.#wait(timer);
    return () => {
      this.#drop(timer);
    };
  }

  random(): number {
    return systemClock.random();
  }

  /** How many timers are running. */
  get timers(): number {
    return this.#timers.size;
  }

  /**
   * Lets this much more time pass and calls whatever falls due, in order, including timers set meanwhile. The effects
   * of each in this process are complete before the next.
   */
  async leap(byMs: number): Promise<void> {
    const end = this.now() + byMs;
    await done();
    for (let due = this.#next(end); due !== null; due = this.#next(end)) {
      this.#aheadMs += Math.max(0, due.at - this.now());
      this.#fire(due);
      await done();
    }
    this.#aheadMs += Math.max(0, end - this.now());
    for (const timer of this.#timers) this.#wait(timer);
  }

  #wait(timer: Timer): void {
    timer.cancel();
    timer.cancel = systemClock.after(Math.max(0, timer.at - this.now()), () => {
      this.#fire(timer);
    });
  }

  #fire(timer: Timer): void {
    this.#drop(timer);
    timer.callback();
  }

  #drop(timer: Timer): void {
    this.#timers.delete(timer);
    timer.cancel();
  }

  #next(end: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) if (timer.at <= end && (next === null || timer.at < next.at)) next = timer;
    return next;
  }
}

async function done(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await settled();
}
