/**
 * What changed on the board between two moments: who left, who joined, whose status changed, who has been long in one.
 * A pure comparison of two boards; it does not know what happened in between.
 */
import { byAttention, levelOf } from '../../shared/board/attention.ts';
import type { BoardSnapshot, MemberRow } from '../../shared/board/board.ts';
import { ReasonBook } from '../../shared/reasons/reasons.ts';
import type { Digest } from '../../shared/history/record.ts';
import { isSameWord } from '../../shared/base/folding.ts';
import { statusKind, STATUSES } from '../../shared/board/statuses.ts';

/** A board's rows by person. A person in two teams appears once, with the row that needs attention most. */
function people({ teams }: BoardSnapshot): Map<string, MemberRow> {
  const rows = new Map<string, MemberRow>();
  for (const row of teams.flatMap(({ members }) => members)) {
    const other = rows.get(row.memberId);
    if (other === undefined || byAttention(row, other) < 0) rows.set(row.memberId, row);
  }
  return rows;
}

export function digestOf(
  before: BoardSnapshot,
  now: BoardSnapshot,
  { from, to, reason, awayMs }: Pick<Digest, 'from' | 'to' | 'reason' | 'awayMs'>,
  book = ReasonBook.none,
): Digest {
  const were = people(before);
  const are = people(now);
  const byName = (a: { readonly memberName: string }, b: { readonly memberName: string }): number =>
    a.memberName < b.memberName ? -1 : Number(a.memberName > b.memberName);
  const rows = [...are.values()];
  const isLong = (row: MemberRow): boolean => {
    // For an old row, nobody knows how long it has lasted.
    if (row.confirmedIn !== now.head.feed) return false;
    if (row.attention !== undefined) return levelOf(row) !== 'none';
    return STATUSES[statusKind(row.status)].isLongListed && row.since.at <= from;
  };
  return {
    from,
    to,
    reason,
    awayMs,
    left: [...were.values()]
      .filter(({ memberId }) => !are.has(memberId))
      .map(({ memberId, memberName }) => ({ memberId, memberName }))
      .toSorted(byName),
    joined: rows.filter(({ memberId }) => !were.has(memberId)).toSorted(byName),
    changed: rows
      .flatMap((row) => {
        const was = were.get(row.memberId);
        if (was === undefined || isSame(was, row, book)) return [];
        const { memberId, memberName } = row;
        return [{ memberId, memberName, before: { status: was.status, reason: was.reason }, now: row }];
      })
      .toSorted(byName),
    long: rows.filter(isLong).toSorted((a, b) => byAttention(a, b) || byName(a, b)),
  };
}

/** A left-over reason that belongs to another status is no change when it disappears. */
function isSame(a: MemberRow, b: MemberRow, book: ReasonBook): boolean {
  return isSameWord(a.status, b.status) && book.shown(a) === book.shown(b);
}

/** Whether it contains anything worth reporting. */
export function isWorthReporting({ left, joined, changed }: Digest): boolean {
  return left.length + joined.length + changed.length > 0;
}
