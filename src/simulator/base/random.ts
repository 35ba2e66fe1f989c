/**
 * Pseudo-random numbers from a seed (mulberry32), and the few ways of drawing that the world needs. It knows nothing
 * about what is drawn, and is not fit for secrets.
 */

/** Values with their weights; a weight is relative to the sum of all. */
export type Weighted<T> = readonly (readonly [value: T, weight: number])[];

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to, but not including, `end`. */
  int(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One item of the list, each equally likely. Throws a RangeError if the list is empty. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('Nothing to pick from');
    return list[this.int(list.length)] as T;
  }

  /** One of the values, by weight. Throws a RangeError if there are none. */
  weighted<T>(choices: Weighted<T>): T {
    const last = choices.at(-1);
    if (last === undefined) throw new RangeError('Nothing to pick from');
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return last[0];
  }
}
