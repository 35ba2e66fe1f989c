/** How a reason that has outlived its status is exported. */
import { expect, test } from 'vitest';
import { boardCsv, boardJson, boardText } from '../../../src/renderer/board/board-export.ts';
import type { MemberRow } from '../../../src/shared/board/board.ts';
import { ReasonBook } from '../../../src/shared/reasons/reasons.ts';
import { whyWord } from '../../../src/shared/reasons/reason-words.ts';

const reasons = new ReasonBook([{ code: '27', label: 'Lunch', cause: 'agent', isFailure: null }]);

test('a reason that has outlived its status is exported as sent, and explains nothing', () => {
  const since = { at: 0, known: 'exact' } as const;
  const row: MemberRow = {
    memberId: 'b1',
    memberName: 'Ola Nord',
    memberType: 'Agent',
    status: 'ready',
    reason: '27',
    since,
    reasonSince: since,
    confirmedIn: 1,
  };
  expect(whyWord(row, reasons)).toBe('');
  const all = {
    head: { version: '1', processor: 'p', createdAt: 0, wall: (at: number) => at },
    at: 1000,
    isPast: false,
    rows: [{ teamId: 't1', teamName: 'Sales', row, knownUntil: null }],
    gaps: [],
    reasons,
  };
  expect(boardText(all)).not.toContain('Lunch');
  expect(boardCsv(all)).not.toContain('Lunch');
  expect(boardCsv(all)).toContain(',ready,27,,,');
  expect(boardJson(all)).not.toContain('Lunch');
  expect(JSON.parse(boardJson(all))).toMatchObject({ rows: [{ reason: '27', reasonWords: '', causedBy: null }] });
});
