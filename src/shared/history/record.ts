/** The past as plain data: the board at a moment, one member's statuses, and what changed between two moments. */
import type { BlindGap } from '../link/blind-time.ts';
import type { BoardSnapshot, MemberRow, Since } from '../board/board.ts';

/** The time for which the board is on record. On the core's clock. */
export interface RecordSpan {
  readonly from: number;
  readonly to: number;
}

/** The board as known at a moment. `at` is the current time for the times of its rows. */
export interface PastBoardView {
  readonly at: number;
  readonly span: RecordSpan;
  /**
   * The gap in the feed that contains the moment: the board then shows what was last known. Null if the link was live.
   */
  readonly gap: BlindGap | null;
  readonly board: BoardSnapshot;
}

/** One status and reason of a member, for as long as the widget saw both unchanged. */
export interface HistorySpan {
  /** When the widget saw it begin, or first saw it. */
  readonly at: number;
  /** When the next one began, or until when anything was seen; null while it lasts. */
  readonly to: number | null;
  /** Null for a time in which the member was in no team. */
  readonly state: {
    readonly status: string;
    readonly reason: string | null;
    readonly since: Since;
    readonly reasonSince: Since;
  } | null;
}

export interface MemberHistory {
  readonly memberId: string;
  readonly memberName: string;
  /** The names of the member's current teams. */
  readonly teamNames: readonly string[];
  readonly span: RecordSpan;
  /** Earliest first. */
  readonly spans: readonly HistorySpan[];
  /** Times when nothing was known, as far as they fall into the record. */
  readonly gaps: readonly BlindGap[];
}

/** Why the user was away. */
export type AwayReason = 'locked' | 'asleep' | 'blind';

export interface DigestChange {
  readonly memberId: string;
  readonly memberName: string;
  readonly before: { readonly status: string; readonly reason: string | null };
  readonly now: MemberRow;
}

/** What changed between two moments. Each person appears once, whatever their teams. Sorted by name. */
export interface Digest {
  readonly from: number;
  readonly to: number;
  readonly reason: AwayReason;
  /**
   * How long the user was away for that reason: how long the screen was locked, or the total of the gaps in the ledger.
   */
  readonly awayMs: number;
  readonly left: readonly { readonly memberId: string; readonly memberName: string }[];
  readonly joined: readonly MemberRow[];
  readonly changed: readonly DigestChange[];
  /** People near or over a limit, or not ready or in after-call work the whole time; by attention. */
  readonly long: readonly MemberRow[];
}

/** A digest in numbers, published with every change of the state. */
export interface DigestSummary {
  readonly from: number;
  readonly to: number;
  readonly reason: AwayReason;
  readonly awayMs: number;
  readonly left: number;
  readonly joined: number;
  readonly changed: number;
  readonly long: number;
}
