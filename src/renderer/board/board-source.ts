/** Where a board's rows come from, and how far they are known to be true: the live board, or a past moment. */
import type { MemberRow } from '../../shared/board/board.ts';
import type { ReasonBook } from '../../shared/reasons/reasons.ts';
import type { BoardStore } from './board.svelte.ts';

export interface BoardSource {
  readonly board: BoardStore;
  readonly reasons: ReasonBook;
  /** Whether people are named rather than only counted. */
  readonly isNamed: boolean;
  /** How many of those counted in all teams are old. */
  readonly unconfirmed: number;
  /** The moment shown; null for now. */
  readonly moment: number | null;
  /** Whether a row last confirmed in this feed is old: no longer known to be true. */
  isOld(confirmedIn: MemberRow['confirmedIn']): boolean;
  /** Until when a row was known to be true; null if it still is. */
  knownUntil(confirmedIn: MemberRow['confirmedIn']): number | null;
}
