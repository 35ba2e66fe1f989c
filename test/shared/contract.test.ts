/** The small rules that both sides of the contract share. */
import { describe, expect, test } from 'vitest';
import { applies, type BoardUpdate } from '../../src/shared/board/board.ts';
import { NO_COUNTS, statusKind, total } from '../../src/shared/board/statuses.ts';
import { REPORT_COMMANDS, REPORT_EVENT_NAMES, MAX_FRAME_BYTES } from '../../src/shared/link/report.ts';

test.each([
  [3, 'drop'],
  [4, 'drop'],
  [5, 'apply'],
  [6, 'gap'],
] as const)('a reader at version 4 does with update %d: %s', (version, what) => {
  const update: BoardUpdate = { version, head: { feed: 1, ends: [], counts: NO_COUNTS, unconfirmed: 0 }, changes: [] };
  expect(applies(4, update)).toBe(what);
});

test('the total is the sum of all counts', () => {
  expect(total({ ...NO_COUNTS, ready: 1, not_ready: 20, acw: 300, other: 4000 })).toBe(4321);
  expect(total(NO_COUNTS)).toBe(0);
});

describe('a status', () => {
  test.each([
    ['ready', 'ready'],
    ['Ready', 'ready'],
    [' not_READY\n', 'not_ready'],
    ['acw', 'acw'],
    ['ACW', 'acw'],
    ['', 'other'],
    ['daydreaming', 'other'],
    ['ready!', 'other'],
    ['notready', 'not_ready'],
    ['Not Ready', 'not_ready'],
    ['NotReady', 'not_ready'],
    ['not-ready', 'not_ready'],
    ['not\u00a0ready', 'not_ready'],
    ['A C W', 'acw'],
    ['WORK_READY', 'other'],
    ['-', 'other'],
    ['toString', 'other'],
  ])('[VALUE-1] %j is of kind %s', (status, kind) => {
    expect(statusKind(status)).toBe(kind);
  });
});

test('the words of the reports are exactly those that are given', () => {
  expect(REPORT_COMMANDS).toEqual(['report.calljourney', 'report.teamstatus.begin', 'report.teamstatus.end']);
  expect(REPORT_EVENT_NAMES.map((name) => name.replace('report.teamstatus.', ''))).toEqual([
    'teamadded',
    'teamchanged',
    'teamremoved',
    'memberadded',
    'memberstatuschanged',
    'memberremoved',
  ]);
  expect(MAX_FRAME_BYTES).toBe(4_194_304);
});
