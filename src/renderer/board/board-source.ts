/** Where a board's rows come from, and how far they are known to be true: the live one, or that of a moment in the past. */
import type { MemberRow } from '../../shared/board/board.ts';
import type { ReasonBook } from '../../shared/reasons/reasons.ts';
import type { BoardStore } from './board.svelte.ts';

export interface BoardSource {
  readonly board: BoardStore;
  readonly reasons: ReasonBook;
  /** Whether people are named, and not only counted. */
  readonly isNamed: boolean;
  /** How many of those counted over all teams are old. */
  readonly unconfirmed: number;
  /** The moment that it is of; null for now. */
  readonly moment: number | null;
  /** Whether a row, confirmed in this feed, is old: not known to be true any more. */
  isOld(confirmedIn: MemberRow['confirmedIn']): boolean;
  /** Until when a row was known to be true; null while it is. */
  knownUntil(confirmedIn: MemberRow['confirmedIn']): number | null;
}
