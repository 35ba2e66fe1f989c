/**
 * Notices when nobody looked, or nothing could be seen, and from when on somebody can be told what changed meanwhile:
 * not before the board is whole again. How long nothing could be seen is what the ledger of gaps says, not how long the
 * board then took to become whole. It does not know what changed.
 */
import type { BlindGap } from '../../shared/link/blind-time.ts';
import type { AwayReason, Digest } from '../../shared/history/record.ts';

/** Who was away for less than this has missed nothing that is worth a digest. */
const MIN_MS = 30_000;

export type Absence = Pick<Digest, 'from' | 'to' | 'reason' | 'awayMs'>;

export interface AbsenceWatchOptions {
  readonly now: () => number;
  /** The ledger of gaps, the latest last. */
  readonly gaps: () => readonly BlindGap[];
  /** Somebody is back and the board is whole: what changed since then can be told. */
  readonly onBack: (absence: Absence) => void;
}

/** What is known of an absence that is not over. */
interface Beginning {
  readonly from: number;
  /** Why nothing could be seen, where that was so. */
  readonly blindReason: Exclude<AwayReason, 'locked'>;
}

export class AbsenceTracker {
  readonly #options: AbsenceWatchOptions;
  #absence: Beginning | null = null;
  /** From when to when, within the absence, nobody was there; none where somebody always was. */
  #locked: { readonly from: number; readonly to: number | null } | null = null;
  #isComplete = false;
  /** Whether the board has ever been whole: before that there is nothing to compare with. */
  #wasComplete = false;

  constructor(options: AbsenceWatchOptions) {
    this.#options = options;
  }

  /** Somebody has locked the screen, and so gone. */
  leave(): void {
    const from = this.#options.now();
    this.#locked = { from: this.#locked?.from ?? from, to: null };
    this.#absence ??= { from, blindReason: 'blind' };
  }

  comeBack(): void {
    if (this.#locked !== null) this.#locked = { ...this.#locked, to: this.#options.now() };
    this.#report();
  }

  /** Nothing is known since then. One who had gone before is told of all the time. */
  goBlind(from: number, blindReason: Beginning['blindReason']): void {
    this.#isComplete = false;
    this.#absence ??= { from, blindReason };
  }

  /** The board is whole again after a break. */
  markComplete(): void {
    if (!this.#wasComplete) {
      this.#wasComplete = true;
      this.#absence = null;
      if (this.#locked?.to === null) this.leave();
      else this.#locked = null;
    }
    this.#isComplete = true;
    this.#report();
  }

  clear(): void {
    this.#absence = null;
    if (this.#locked?.to !== null) this.#locked = null;
    this.#isComplete = false;
    this.#wasComplete = false;
  }

  #report(): void {
    const absence = this.#absence;
    const locked = this.#locked;
    if (absence === null || locked?.to === null || !this.#isComplete) return;
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
