/**
 * Keeps the ledger of blind time: the beginning, end and reason of each gap in the feed. Its size is bounded. It
 * follows the state of the link and decides nothing.
 */
import type { BlindGap, BlindTime, BlindTimeSummary, EarlierGaps } from '../../shared/link/blind-time.ts';
import type { LinkView } from '../../shared/link/link.ts';

/** Older gaps are kept only as a sum. */
const MAX_GAPS = 1000;

export class BlindTimeLedger {
  readonly #now: () => number;
  #watchedSince: number | null = null;
  #gaps: BlindGap[] = [];
  #earlier: EarlierGaps | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  get summary(): BlindTimeSummary {
    const last = this.#gaps.at(-1);
    return { gaps: this.#gaps.length + (this.#earlier?.count ?? 0), blindSince: last?.to === null ? last.from : null };
  }

  get whole(): BlindTime {
    return { watchedSince: this.#watchedSince, now: this.#now(), gaps: this.#gaps, earlier: this.#earlier };
  }

  /** Follows the state of the link after each change. */
  follow({ state, blindSince, blindReason }: LinkView): void {
    const last = this.#gaps.at(-1);
    const isOpen = last?.to === null;
    if (state.name === 'live') {
      this.#watchedSince ??= state.since;
      if (isOpen) this.#gaps = [...this.#gaps.slice(0, -1), { ...last, to: this.#now() }];
    } else if (!isOpen && blindSince !== null && blindReason !== null) {
      this.#add({ from: blindSince, to: null, reason: blindReason, isLost: false });
    }
  }

  /** The connection was lost: events until the link is live again will never arrive. */
  markLost(): void {
    const last = this.#gaps.at(-1);
    if (last?.to === null && !last.isLost) this.#gaps = [...this.#gaps.slice(0, -1), { ...last, isLost: true }];
  }

  /** Starts over, for another processor. */
  clear(): void {
    this.#watchedSince = null;
    this.#gaps = [];
    this.#earlier = null;
  }

  #add(gap: BlindGap): void {
    // A link that was late before it was live may have been blind from before that; no time is counted twice.
    const from = Math.max(gap.from, this.#gaps.at(-1)?.to ?? this.#watchedSince ?? gap.from);
    this.#gaps = [...this.#gaps, { ...gap, from }];
    if (this.#gaps.length <= MAX_GAPS) return;
    const [oldest, ...rest] = this.#gaps;
    if (oldest === undefined) return;
    const to = oldest.to ?? this.#now();
    this.#gaps = rest;
    this.#earlier = {
      count: (this.#earlier?.count ?? 0) + 1,
      totalMs: (this.#earlier?.totalMs ?? 0) + to - oldest.from,
      from: this.#earlier?.from ?? oldest.from,
      to,
    };
  }
}
