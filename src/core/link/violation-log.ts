/**
 * Counts violations of the contract by kind, with the last example of each, in which nobody can be recognised. Its size
 * does not depend on their number.
 */
import type { ViolationRecord, ViolationKind } from '../../shared/link/violations.ts';
import { redact, redactQuotes } from './redact.ts';

/** An example is the beginning of a frame, with at most this many characters. */
const MAX_EXAMPLE_LENGTH = 500;

export interface ViolationLogOptions {
  readonly now: () => number;
  /** The first of its kind, to be reported at once. */
  readonly onFirst: (violation: ViolationRecord) => void;
  readonly onChange: () => void;
}

export class ViolationLog {
  /** Unredacted: they are redacted when read, because one frame may have thousands. */
  readonly #byKind = new Map<ViolationKind, ViolationRecord>();
  readonly #options: ViolationLogOptions;

  constructor(options: ViolationLogOptions) {
    this.#options = options;
  }

  add(kind: ViolationKind, detail: string, example: string): void {
    const at = this.#options.now();
    const before = this.#byKind.get(kind);
    const violation: ViolationRecord = {
      kind,
      count: (before?.count ?? 0) + 1,
      firstAt: before?.firstAt ?? at,
      lastAt: at,
      detail: beginningOf(detail),
      example: beginningOf(example),
    };
    this.#byKind.set(kind, violation);
    if (before === undefined) this.#options.onFirst(redacted(violation));
    this.#options.onChange();
  }

  /** By kind, latest first. */
  list(): ViolationRecord[] {
    return Array.from(this.#byKind.values(), redacted).sort((a, b) => b.lastAt - a.lastAt);
  }

  clear(): void {
    this.#byKind.clear();
  }
}

/** A copy: a mere slice would keep the whole frame in memory. */
function beginningOf(text: string): string {
  return text.length <= MAX_EXAMPLE_LENGTH ? text : Buffer.from(text.slice(0, MAX_EXAMPLE_LENGTH)).toString();
}

function redacted(violation: ViolationRecord): ViolationRecord {
  return { ...violation, detail: redactQuotes(violation.detail), example: redact(violation.example) };
}
