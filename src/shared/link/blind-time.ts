/**
 * The ledger of blind time as plain data: when the widget missed what the processor sent, and why. All times are
 * milliseconds on the core's steady clock; durations are milliseconds.
 */
import type { LinkReason } from './link.ts';

/** One gap in the feed of events. */
export interface BlindGap {
  /** Until when the feed was known to be complete. */
  readonly from: number;
  /** When the link was live again; null while it is not. */
  readonly to: number | null;
  /** Why the link went blind; later problems in the same gap do not change it. */
  readonly reason: LinkReason;
  /**
   * Whether the connection was lost, and all events meanwhile with it. If not, the events of the gap arrived after all,
   * only late.
   */
  readonly isLost: boolean;
}

/** A short form of the ledger, published with every change of the state. */
export interface BlindTimeSummary {
  /** The number of gaps, including the current one. */
  readonly gaps: number;
  /** Since when the link has been blind; null while it is live, and before it first was. */
  readonly blindSince: number | null;
}

/** The complete ledger. */
export interface BlindTime {
  /** When the link was first live with these settings; null before. */
  readonly watchedSince: number | null;
  /** When this was published. */
  readonly now: number;
  /** Earliest first; the last one may still be open. */
  readonly gaps: readonly BlindGap[];
  /** Earlier gaps, of which only the sum is kept; null if there are none. */
  readonly earlier: EarlierGaps | null;
}

export interface EarlierGaps {
  readonly count: number;
  readonly totalMs: number;
  readonly from: number;
  readonly to: number;
}

/** For how much of the time since the link was first live it was blind. Milliseconds. */
export function totalBlindMs({ gaps, earlier, now }: BlindTime): number {
  return gaps.reduce((sum, { from, to }) => sum + (to ?? now) - from, earlier?.totalMs ?? 0);
}
