/** The board as one list of lines: which are drawn, and where each one is after a change. */
import { beforeEach, describe, expect, test } from 'vitest';
import { Arrangement } from '../../../src/renderer/board/arrangement.svelte.ts';
import { drawnMembers, drawnTeams, lineNow, linesOf } from '../../../src/renderer/board/board-lines.ts';
import { TeamState } from '../../../src/renderer/board/board.svelte.ts';
import type { MemberRow } from '../../../src/shared/board/board.ts';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';

const row = (memberId: string): MemberRow => ({
  memberId,
  memberName: memberId,
  memberType: 'Agent',
  status: 'ready',
  reason: '',
  since: { at: 0, known: 'exact' },
  reasonSince: { at: 0, known: 'exact' },
  confirmedIn: 1,
});

let arrangement = new Arrangement();
beforeEach(() => {
  arrangement = new Arrangement();
});

function team(teamId: string, ...members: string[]): TeamState {
  const head = { teamId, teamName: teamId, agentIds: [], isAnnounced: true, counts: NO_COUNTS, confirmed: 0 };
  const state = new TeamState({ ...head, confirmedIn: 1 }, arrangement);
  state.load(members.map(row));
  return state;
}

/** The content of each line. */
function written(teams: readonly TeamState[]): string[] {
  const lines = linesOf(teams);
  return drawnTeams(lines, 0, lines.count, null).flatMap((drawn) => [
    drawn.team.name,
    ...(drawn.members.length === 0 && drawn.from < drawn.to ? ['none'] : drawnMembers(drawn).map(({ name }) => name)),
  ]);
}

describe('the lines of the board', () => {
  test('are a head, then its members, or a note if there are none, and nothing if folded', () => {
    const folded = team('F', 'f1', 'f2');
    folded.isFolded = true;
    const teams = [team('A', 'a1', 'a2'), team('E'), folded];
    expect(written(teams)).toEqual(['A', 'a1', 'a2', 'E', 'none', 'F']);
    expect(linesOf(teams).count).toBe(6);
  });

  test('are drawn as asked for, with the heads of their teams and the heads around the focus', () => {
    const teams = [team('A', 'a1'), team('B', 'b1', 'b2', 'b3'), team('C', 'c1'), team('D', 'd1'), team('E', 'e1')];
    const drawn = (from: number, to: number, focused: TeamState | null = null) =>
      drawnTeams(linesOf(teams), from, to, focused).map((one) => [
        one.team.name,
        ...drawnMembers(one).map(({ name }) => name),
      ]);
    expect(drawn(4, 7)).toEqual([['B', 'b2', 'b3'], ['C']]);
    expect(drawn(4, 5, teams[4])).toEqual([['B', 'b2'], ['D'], ['E']]);
    expect(drawn(8, 9, teams[1])).toEqual([['A'], ['B'], ['C'], ['D']]);
    expect(drawn(0, 0)).toEqual([]);
  });

  test('a line is found again by who is on it, or else the next', () => {
    const a = team('A', 'a1', 'a2');
    const b = team('B', 'b1', 'b2', 'b3');
    const c = team('C', 'c1');
    const was = linesOf([a, b, c]);
    const before = written([a, b, c]);
    const now = (name: string, ...teams: TeamState[]) => {
      const { line, isThere } = lineNow(was, before.indexOf(name), linesOf(teams));
      return [written(teams)[line], isThere];
    };
    b.put(row('b0'));
    a.remove('a1');
    b.remove('b2');
    expect(now('b1', a, b, c)).toEqual(['b1', true]);
    expect(now('b2', a, b, c)).toEqual(['b3', true]);
    expect(now('C', a, b, c)).toEqual(['C', true]);
    b.remove('b3');
    expect(now('b3', a, b, c)).toEqual(['b1', false]);
    b.isFolded = true;
    expect(now('b1', a, b, c)).toEqual(['B', false]);
    expect(now('b1', a, c)).toEqual(['C', false]);
    expect(now('c1', a, b)).toEqual([undefined, false]);
  });
});
