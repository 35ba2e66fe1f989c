/**
 * The ledger of blind time as plain data: when the widget did not know what the processor had to tell, and why. All
 * times are milliseconds of the core's steady clock, durations are milliseconds.
 */
import type { LinkReason } from './link.ts';

/** One gap in the feed of events. */
export interface BlindGap {
  /** Until when the feed was known to be whole. */
  readonly from: number;
  /** When the link was live again; null while it is not. */
  readonly to: number | null;
  /** What made the link blind; later troubles of the same gap do not change it. */
  readonly reason: LinkReason;
  /**
   * Whether the connection was lost, and with it whatever happened meanwhile. If not, the events of the gap came after
   * all, only late.
   */
  readonly isLost: boolean;
}

/** What the ledger says in few words, told with every change of the state. */
export interface BlindTimeSummary {
  /** How many gaps there were, the present one included. */
  readonly gaps: number;
  /** Since when the link has been blind; null while it is live, and before it first was. */
  readonly blindSince: number | null;
}

/** The ledger as a whole. */
export interface BlindTime {
  /** When the link was first live with these settings; null before. */
  readonly watchedSince: number | null;
  /** When this was told. */
  readonly now: number;
  /** The earliest first; the last one may still be open. */
  readonly gaps: readonly BlindGap[];
  /** Gaps before those, of which only the sum is kept; null where there are none. */
  readonly earlier: EarlierGaps | null;
}

export interface EarlierGaps {
  readonly count: number;
  readonly totalMs: number;
  readonly from: number;
  readonly to: number;
}

/** How much of the time since the link was first live it was blind. Milliseconds. */
export function totalBlindMs({ gaps, earlier, now }: BlindTime): number {
  return gaps.reduce((sum, { from, to }) => sum + (to ?? now) - from, earlier?.totalMs ?? 0);
}
