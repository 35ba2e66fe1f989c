/**
 * The board as one list of lines: each team's head, followed by its members' rows, or a note if it has none. It knows
 * which line belongs to whom, which lines a view needs, and where a line is after the board has changed. It must not
 * know heights or the screen.
 */
import type { MemberState, TeamState } from './board.svelte.ts';

/** The lines of one team: its head, and the line after its last. Lines are counted from 0 over the whole board. */
export interface TeamLines {
  readonly team: TeamState;
  readonly members: readonly MemberState[];
  readonly head: number;
  readonly end: number;
}

export interface BoardLines {
  readonly teams: readonly TeamLines[];
  readonly heads: ReadonlySet<number>;
  readonly count: number;
}

export function linesOf(teams: readonly TeamState[]): BoardLines {
  let count = 0;
  const lines = teams.map((team) => {
    const { shown: members } = team;
    const head = count;
    count += 1 + (team.isFolded ? 0 : Math.max(1, members.length));
    return { team, members, head, end: count };
  });
  return { teams: lines, heads: new Set(lines.map(({ head }) => head)), count };
}

/** The drawn part of a team: its head, and its lines from `from` up to `to`. */
export interface DrawnTeam extends TeamLines {
  readonly from: number;
  readonly to: number;
}

/**
 * What to draw to show the lines from `from` up to `to`: those lines and the heads of their teams. The focused head is
 * drawn too, so that scrolling does not lose it, and so are its neighbours, so that Tab finds them.
 */
export function drawnTeams(
  { teams }: BoardLines,
  from: number,
  to: number,
  focused: TeamState | null,
): readonly DrawnTeam[] {
  const focusedAt = teams.findIndex(({ team }) => team === focused);
  return teams
    .filter(
      ({ head, end }, index) =>
        (head < to && from < end) || (focusedAt >= 0 && index >= focusedAt - 1 && index <= focusedAt + 1),
    )
    .map((lines) => {
      const within = (line: number): number => Math.min(Math.max(line, lines.head + 1), lines.end);
      return { ...lines, from: within(from), to: within(to) };
    });
}

/** The members of a drawn team whose rows are drawn. */
export function drawnMembers({ members, head, from, to }: DrawnTeam): readonly MemberState[] {
  return members.slice(from - head - 1, to - head - 1);
}

/**
 * Where a line of the earlier board is now. If it has gone, this is the next member's line, or the team's head if the
 * team was folded, and `isThere` is false.
 */
export function lineNow(was: BoardLines, line: number, is: BoardLines): { line: number; isThere: boolean } {
  const itsTeam = was.teams.findIndex(({ end }) => line < end);
  for (const { team, members, head } of was.teams.slice(itsTeam)) {
    const now = is.teams.find((lines) => lines.team === team);
    if (now === undefined) continue;
    // Below 0 for the head after a team that has gone.
    const wanted = line <= head ? line - head : placeNow(members, line - head - 1, now.members);
    const found = Math.min(Math.max(0, wanted), now.end - now.head - 1);
    return { line: now.head + found, isThere: found === wanted };
  }
  return { line: is.count, isThere: false };
}

/** The position below the team's head: where a member is now, or else the next member that is still there. */
function placeNow(were: readonly MemberState[], index: number, are: readonly MemberState[]): number {
  for (const member of were.slice(index)) {
    const place = are.indexOf(member);
    if (place >= 0) return 1 + place;
  }
  return 1 + are.length;
}
