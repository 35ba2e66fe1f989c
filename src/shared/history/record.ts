/** What is told of the past: the board as it was at a moment, one member's statuses, and what changed between two moments. */
import type { BlindGap } from '../link/blind-time.ts';
import type { BoardSnapshot, MemberRow, Since } from '../board/board.ts';

/** From when to when the board is on record. By the core's clock. */
export interface RecordSpan {
  readonly from: number;
  readonly to: number;
}

/** The board as the widget knew it at a moment. Its rows' times are such that `at` is their now. */
export interface PastBoardView {
  readonly at: number;
  readonly span: RecordSpan;
  /** The gap in the feed in which the moment lies: then the board shows what was last known. Null where it was live. */
  readonly gap: BlindGap | null;
  readonly board: BoardSnapshot;
}

/** One status of a member, with one reason, for as long as the widget saw both unchanged. */
export interface HistorySpan {
  /** When the widget saw it begin, or met it. */
  readonly at: number;
  /** When it saw the next one, or until when it saw anything; null while it lasts. */
  readonly to: number | null;
  /** Null for a time in which the member was in none of the teams. */
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
  /** The names of the teams that the member is in now. */
  readonly teamNames: readonly string[];
  readonly span: RecordSpan;
  /** The earliest first. */
  readonly spans: readonly HistorySpan[];
  /** When nothing was known, as far as it falls into the record. */
  readonly gaps: readonly BlindGap[];
}

/** Why one was away. */
export type AwayReason = 'locked' | 'asleep' | 'blind';

export interface DigestChange {
  readonly memberId: string;
  readonly memberName: string;
  readonly before: { readonly status: string; readonly reason: string | null };
  readonly now: MemberRow;
}

/** What changed between two moments. Each person once, whatever teams they are in. By name. */
export interface Digest {
  readonly from: number;
  readonly to: number;
  readonly reason: AwayReason;
  /** How long one was away for that reason: as long as the screen was locked, or as the gaps in the ledger last. */
  readonly awayMs: number;
  readonly left: readonly { readonly memberId: string; readonly memberName: string }[];
  readonly joined: readonly MemberRow[];
  readonly changed: readonly DigestChange[];
  /** Who is near or over a limit, or has been not ready or in after-call work all the time; by attention. */
  readonly long: readonly MemberRow[];
}

/** A digest in numbers, told with every change of the state. */
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
