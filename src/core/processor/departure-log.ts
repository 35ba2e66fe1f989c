/**
 * Counts departures from the contract by kind, with the last example of each, in which nobody can be recognised. Its size
 * does not depend on how many there were.
 */
import type { Departure, DepartureKind } from '../../shared/departures.ts';
import { redact, redactQuotes } from './redact.ts';

/** An example is the beginning of a frame, this many characters at most. */
const MAX_EXAMPLE_LENGTH = 500;

export class DepartureLog {
  readonly #byKind = new Map<DepartureKind, Departure>();
  readonly #now: () => number;
  readonly #onChange: (departure: Departure) => void;

  constructor(now: () => number, onChange: (departure: Departure) => void) {
    this.#now = now;
    this.#onChange = onChange;
  }

  add(kind: DepartureKind, detail: string, example: string): void {
    const at = this.#now();
    const before = this.#byKind.get(kind);
    const departure: Departure = {
      kind,
      count: (before?.count ?? 0) + 1,
      firstAt: before?.firstAt ?? at,
      lastAt: at,
      detail: redactQuotes(beginningOf(detail)),
      example: redact(beginningOf(example)),
    };
    this.#byKind.set(kind, departure);
    this.#onChange(departure);
  }

  /** By kind, the latest first. */
  list(): Departure[] {
    return [...this.#byKind.values()].sort((a, b) => b.lastAt - a.lastAt);
  }

  clear(): void {
    this.#byKind.clear();
  }
}

/** A copy: a mere slice would keep the whole frame in memory. */
function beginningOf(text: string): string {
  return text.length <= MAX_EXAMPLE_LENGTH ? text : Buffer.from(text.slice(0, MAX_EXAMPLE_LENGTH)).toString();
}
