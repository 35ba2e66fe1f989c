/**
 * When each row next crosses a limit, in whole seconds, because displayed clocks change on the second. Setting, moving
 * and removing one costs the same for any number of rows. It knows no clock, and nothing about what a row is.
 */

const SECOND_MS = 1000;

export class Crossings<T> {
  readonly #seconds = new Map<T, number>();
  readonly #bySecond = new Map<number, Set<T>>();

  /** When the row crosses next; null for never. Milliseconds, rounded up to the second. */
  set(row: T, at: number | null): void {
    const second = at === null ? undefined : Math.ceil(at / SECOND_MS);
    const before = this.#seconds.get(row);
    if (before === second) return;
    if (before !== undefined) this.#remove(row, before);
    if (second === undefined) {
      this.#seconds.delete(row);
      return;
    }
    this.#seconds.set(row, second);
    const others = this.#bySecond.get(second);
    if (others === undefined) this.#bySecond.set(second, new Set([row]));
    else others.add(row);
  }

  /** The earliest crossing; null if there is none. Milliseconds. */
  get next(): number | null {
    if (this.#bySecond.size === 0) return null;
    let least = Infinity;
    for (const second of this.#bySecond.keys()) if (second < least) least = second;
    return least * SECOND_MS;
  }

  /** Removes and returns the rows that have crossed by now, in no particular order. Milliseconds. */
  takeDue(now: number): readonly T[] {
    const due: T[] = [];
    for (const [second, rows] of this.#bySecond) {
      if (second * SECOND_MS > now) continue;
      this.#bySecond.delete(second);
      for (const row of rows) {
        this.#seconds.delete(row);
        due.push(row);
      }
    }
    return due;
  }

  clear(): void {
    this.#seconds.clear();
    this.#bySecond.clear();
  }

  #remove(row: T, second: number): void {
    const rows = this.#bySecond.get(second);
    rows?.delete(row);
    if (rows?.size === 0) this.#bySecond.delete(second);
  }
}
