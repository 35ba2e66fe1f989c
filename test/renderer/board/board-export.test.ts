/** Exports of the board say how certain each time is, and how much of it was unwatched. */
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { boardCsv, boardJson, boardText, type BoardExport } from '../../../src/renderer/board/board-export.ts';
import type { Since } from '../../../src/shared/board/board.ts';
import { ReasonBook } from '../../../src/shared/reasons/reasons.ts';

const NOW = Date.UTC(2026, 0, 5, 12, 0, 48);

function exported(since: Since, reasonSince: Since = since): BoardExport {
  const row = {
    memberId: 'd1',
    memberName: 'Max Ruth',
    memberType: 'Agent',
    status: 'not_ready',
    reason: '27',
    since,
    reasonSince,
    confirmedIn: 2,
  };
  return {
    head: { version: '1', processor: 'p', createdAt: NOW, wall: (at) => at },
    at: NOW,
    isPast: false,
    rows: [{ teamId: 't1', teamName: 'Sales', row, knownUntil: null }],
    gaps: [],
    reasons: new ReasonBook([]),
  };
}

const cells = (text: string): Record<string, string> =>
  Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data[0] ?? {};

test.each<[Since, string, Record<string, string>]>([
  [
    { at: NOW - 7_248_000, known: 'across-gap', unwatchedMs: 40_000 },
    'about 2:00:48, not watched for 0:40 of it',
    { 'status known': 'about, across a gap', 'status seconds': '7248', 'status unwatched seconds': '40' },
  ],
  [
    { at: NOW - 60_000, known: 'across-gap', unwatchedMs: 400 },
    'about 1:00, not watched for < 0:01 of it',
    { 'status known': 'about, across a gap', 'status seconds': '60', 'status unwatched seconds': '1' },
  ],
  [
    { at: NOW - 60_000, known: 'at-least' },
    'at least 1:00',
    { 'status known': 'at least', 'status seconds': '60', 'status unwatched seconds': '0' },
  ],
  [
    { at: NOW - 60_000, known: 'exact' },
    '1:00',
    { 'status known': 'exact', 'status seconds': '60', 'status unwatched seconds': '0' },
  ],
])('%j is exported as “%s”', (since, text, csv) => {
  const board = exported(since);
  expect(boardText(board)).toContain(`Not ready  ${text}  `);
  expect(cells(boardCsv(board))).toMatchObject(csv);
  expect(JSON.parse(boardJson(board))).toMatchObject({
    rows: [{ since: { known: since.known, durationMs: NOW - since.at } }],
  });
});

test('the time in the reason has its own unwatched time', () => {
  const board = exported(
    { at: NOW - 7_248_000, known: 'across-gap', unwatchedMs: 80_000 },
    { at: NOW - 3_000_000, known: 'across-gap', unwatchedMs: 40_000 },
  );
  expect(cells(boardCsv(board))).toMatchObject({
    'status unwatched seconds': '80',
    'reason seconds': '3000',
    'reason known': 'about, across a gap',
    'reason unwatched seconds': '40',
  });
  expect(JSON.parse(boardJson(board))).toMatchObject({
    rows: [{ since: { unwatchedMs: 80_000 }, reasonSince: { unwatchedMs: 40_000 } }],
  });
});
