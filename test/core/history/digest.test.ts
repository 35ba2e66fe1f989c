/** What changed between two boards, as reported to a user who was away. */
import { expect, test } from 'vitest';
import { digestOf, isWorthReporting } from '../../../src/core/history/digest.ts';
import type { Attention } from '../../../src/shared/board/attention.ts';
import type { BoardSnapshot, MemberRow } from '../../../src/shared/board/board.ts';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';

function row(memberId: string, status: string, at = 500, reason = '', attention?: Attention): MemberRow {
  const since = { at, known: 'exact' as const };
  const plain = { memberId, memberName: memberId, memberType: 'Agent', status, reason, since, reasonSince: since };
  return { ...plain, confirmedIn: 1, ...(attention === undefined ? {} : { attention }) };
}

function board(...teams: readonly (readonly MemberRow[])[]): BoardSnapshot {
  const head = { feed: 1, ends: [], counts: NO_COUNTS, unconfirmed: 0 };
  return {
    version: 0,
    head,
    teams: teams.map((members, index) => ({
      team: {
        teamId: String(index),
        teamName: `Team ${String(index)}`,
        agentIds: [],
        isAnnounced: true,
        counts: NO_COUNTS,
        confirmedIn: 1,
        confirmed: members.length,
      },
      members,
    })),
  };
}

const away = { from: 1000, to: 2000, reason: 'locked', awayMs: 1000 } as const;

test('who left, who joined and who changed, each person once and by name', () => {
  const before = board([row('Zoe', 'ready'), row('Ann', 'ready'), row('Bob', 'ready')], [row('Ann', 'ready')]);
  const now = board(
    [row('Zoe', 'READY'), row('Cid', 'ready')],
    [row('Ann', 'not_ready', 1500, '7'), row('Cid', 'ready')],
  );
  const digest = digestOf(before, now, away);
  expect(digest.left).toEqual([{ memberId: 'Bob', memberName: 'Bob' }]);
  expect(digest.joined.map(({ memberId }) => memberId)).toEqual(['Cid']);
  expect(digest.changed).toMatchObject([{ memberId: 'Ann', before: { status: 'ready' }, now: { reason: '7' } }]);
  expect(isWorthReporting(digest)).toBe(true);
});

test('a changed reason is a change; the same status since another moment is none', () => {
  const before = board([row('Ann', 'not_ready', 500, '7'), row('Bob', 'ready')]);
  const now = board([row('Ann', 'not_ready', 500, '8'), row('Bob', 'ready', 1500)]);
  expect(digestOf(before, now, away).changed.map(({ memberId }) => memberId)).toEqual(['Ann']);
  expect(isWorthReporting(digestOf(before, before, away))).toBe(false);
});

test('a reason left over from an earlier status is no change when it goes', () => {
  const before = board([row('Ann', 'ready', 500, '27')]);
  expect(isWorthReporting(digestOf(before, board([row('Ann', 'ready')]), away))).toBe(false);
});

test('nobody is called long in a status without a report since a break', () => {
  const red = { limitMs: 1, of: 'status', level: 'red' } as const;
  const rows = [row('Ann', 'not_ready', 500, '', red), row('Bob', 'not_ready')];
  const { head, ...rest } = board(rows);
  const now = { ...rest, head: { ...head, feed: 2, ends: [{ feed: 1, at: 900 }] } };
  expect(digestOf(board(rows), now, away).long).toEqual([]);
});

test('who is long in what: near or over a limit, or, without one, not ready or in after-call work all the time', () => {
  const limit = (level: Attention['level']): Attention => ({ of: 'status', limitMs: 100, level });
  const now = board([
    row('within', 'not_ready', 100, '', limit('none')),
    row('red', 'ready', 200, '', limit('red')),
    row('amber', 'acw', 200, '', limit('amber')),
    row('long', 'not_ready', 900),
    row('only now', 'not_ready', 1100),
    row('ready', 'ready', 100),
  ]);
  expect(digestOf(now, now, away).long.map(({ memberId }) => memberId)).toEqual(['red', 'amber', 'long']);
});
