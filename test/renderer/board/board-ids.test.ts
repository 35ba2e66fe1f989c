/** Readers of an export can't ask who is meant, so it always has the ids. */
import { expect, test } from 'vitest';
import { boardCsv, boardJson, boardText, type BoardExport } from '../../../src/renderer/board/board-export.ts';
import { BoardStore } from '../../../src/renderer/board/board.svelte.ts';
import type { MemberRow, TeamHead } from '../../../src/shared/board/board.ts';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';
import { ReasonBook } from '../../../src/shared/reasons/reasons.ts';

const team = (teamId: string, teamName: string): TeamHead => ({
  teamId,
  teamName,
  agentIds: ['1001'],
  isAnnounced: true,
  counts: NO_COUNTS,
  confirmed: 0,
  confirmedIn: 1,
});
const row = (memberId: string, memberName: string): MemberRow => ({
  memberId,
  memberName,
  memberType: 'Agent',
  status: 'ready',
  reason: '',
  since: { at: 0, known: 'exact' },
  reasonSince: { at: 0, known: 'exact' },
  confirmedIn: 1,
});

async function exported(): Promise<BoardExport> {
  const board = new BoardStore(() =>
    Promise.resolve({
      version: 1,
      head: { feed: 1, ends: [], counts: NO_COUNTS, unconfirmed: 0 },
      teams: [
        { team: team('t1', 'Claims'), members: [row('kstone', 'Kay Stone'), row('kstone ', 'Kay Stone')] },
        { team: team('t2', 'Claims'), members: [row('1003', 'Ana Torres')] },
        { team: team('t3', 'Sales'), members: [row('1003', 'Ana Torres')] },
      ],
    }),
  );
  await board.refresh();
  return {
    head: { version: '0', processor: 'p', createdAt: 0, wall: (at) => at },
    at: 60_000,
    isPast: false,
    rows: board.teams.flatMap(({ id: teamId, name: teamName, members }) =>
      members.map(({ row }) => ({ teamId, teamName, row, knownUntil: null })),
    ),
    gaps: [],
    reasons: new ReasonBook([]),
  };
}

test('text has each member’s id, made visible, and a team’s if its name is not enough', async () => {
  const text = boardText(await exported());
  expect(text).toContain('Claims (t1)  Kay Stone (kstone)  Agent');
  expect(text).toContain('Claims (t1)  Kay Stone (kstone␣)  Agent');
  expect(text).toContain('Claims (t2)  Ana Torres (1003)  Agent');
  expect(text).toContain('Sales (t3)  Ana Torres (1003)  Agent');
});

test('CSV and JSON have the ids of members and teams as sent', async () => {
  const csv = boardCsv(await exported()).split('\r\n');
  expect(csv[0]).toMatch(/^team,name,id,.*,team id$/);
  expect(csv[2]).toMatch(/^Claims,Kay Stone,"?kstone "?,.*,t1$/);
  const json: unknown = JSON.parse(boardJson(await exported()));
  expect(json).toMatchObject({
    rows: [
      { teamId: 't1', memberId: 'kstone' },
      { teamId: 't1', memberId: 'kstone ' },
      { teamId: 't2' },
      { teamId: 't3' },
    ],
  });
});
