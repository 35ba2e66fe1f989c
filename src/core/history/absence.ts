/**
 * Detects when nobody looked or nothing could be seen, and when to report what changed meanwhile: not before the board
 * is complete again. The length of blind time comes from the ledger of gaps and excludes the time that the board then
 * took to be complete. It does not know what changed.
 */
import type { BlindGap } from '../../shared/link/blind-time.ts';
import type { AwayReason, Digest } from '../../shared/history/record.ts';

/** A shorter absence misses nothing worth a digest. */
const MIN_MS = 30_000;

export type Absence = Pick<Digest, 'from' | 'to' | 'reason' | 'awayMs'>;

export interface AbsenceWatchOptions {
  readonly now: () => number;
  /** The ledger of gaps, latest last. */
  readonly gaps: () => readonly BlindGap[];
  /** The user is back and the board is complete: report what changed since then. */
  readonly onBack: (absence: Absence) => void;
}

/** An absence that is not over. */
interface Beginning {
  readonly from: number;
  /** Why nothing could be seen, if that was so. */
  readonly blindReason: Exclude<AwayReason, 'locked'>;
}

export class AbsenceTracker {
  readonly #options: AbsenceWatchOptions;
  #absence: Beginning | null = null;
  /** The part of the absence during which nobody was there, if any. */
  #locked: { readonly from: number; readonly to: number | null } | null = null;
  /** Before the board was first complete there is nothing to compare with. */
  #board: 'not-yet-complete' | 'complete' | 'incomplete' = 'not-yet-complete';

  constructor(options: AbsenceWatchOptions) {
    this.#options = options;
  }

  /** The user locked the screen and left. */
  leave(): void {
    const from = this.#options.now();
    this.#locked = { from: this.#locked?.from ?? from, to: null };
    this.#absence ??= { from, blindReason: 'blind' };
  }

  comeBack(): void {
    if (this.#locked !== null) this.#locked = { ...this.#locked, to: this.#options.now() };
    this.#report();
  }

  /** Nothing is known since then. If the user had already left, the report covers all of that time. */
  goBlind(from: number, blindReason: Beginning['blindReason']): void {
    if (this.#board === 'complete') this.#board = 'incomplete';
    this.#absence ??= { from, blindReason };
  }

  /** The board is complete again after a break. */
  markComplete(): void {
    if (this.#board === 'not-yet-complete') {
      this.#absence = null;
      if (this.#locked?.to === null) this.leave();
      else this.#locked = null;
    }
    this.#board = 'complete';
    this.#report();
  }

  clear(): void {
    this.#absence = null;
    if (this.#locked?.to !== null) this.#locked = null;
    this.#board = 'not-yet-complete';
  }

  #report(): void {
    const absence = this.#absence;
    const locked = this.#locked;
    if (absence === null || locked?.to === null || this.#board !== 'complete') return;
    this.#absence = null;
    this.#locked = null;
    const { from, blindReason } = absence;
    const gaps = this.#options.gaps().filter(({ to }) => to === null || to > from);
    const to = Math.max(from, locked?.to ?? from, gaps.at(-1)?.to ?? from);
    if (to - from < MIN_MS) return;
    const blindMs = gaps.reduce((sum, gap) => sum + (gap.to ?? to) - gap.from, 0);
    const lockedMs = locked === null ? 0 : locked.to - locked.from;
    this.#options.onBack(
      lockedMs > blindMs
        ? { from, to, reason: 'locked', awayMs: lockedMs }
        : { from, to, reason: blindReason, awayMs: blindMs },
    );
  }
}
