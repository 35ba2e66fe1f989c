/**
 * A reader of the board as described by docs and contract: takes a snapshot, then applies updates in the order of their
 * versions. Written independently of the page's own reader; knows no test runner.
 */
import type { BoardHead, BoardSnapshot, BoardUpdate, MemberRow, TeamHead } from '../src/shared/board/board.ts';
import { applies } from '../src/shared/board/board.ts';

export interface TeamView {
  readonly team: TeamHead;
  readonly members: readonly MemberRow[];
}

export class BoardReader {
  version: number;
  head: BoardHead;
  readonly #teams = new Map<string, { team: TeamHead; readonly members: Map<string, MemberRow> }>();

  constructor(snapshot: BoardSnapshot) {
    this.version = snapshot.version;
    this.head = snapshot.head;
    for (const { team, members } of snapshot.teams) {
      this.#teams.set(team.teamId, { team, members: new Map(members.map((row) => [row.memberId, row])) });
    }
  }

  /** Throws on a gap, on a row of a missing team, and on two changes to the same thing in one update. */
  apply(update: BoardUpdate): void {
    const what = applies(this.version, update);
    if (what === 'drop') return;
    if (what === 'gap') throw new Error(`Update ${String(update.version)} for a reader at ${String(this.version)}`);
    this.version = update.version;
    this.head = update.head;
    const seen = new Set<string>();
    for (const change of update.changes) {
      const key = JSON.stringify(
        change.type === 'team'
          ? [change.team.teamId]
          : change.type === 'team-gone'
            ? [change.teamId]
            : [change.teamId, change.type === 'member' ? change.member.memberId : change.memberId],
      );
      if (seen.has(key)) throw new Error(`Two changes of ${key} in one update`);
      seen.add(key);
      switch (change.type) {
        case 'team': {
          const known = this.#teams.get(change.team.teamId);
          if (known === undefined) this.#teams.set(change.team.teamId, { team: change.team, members: new Map() });
          else known.team = change.team;
          break;
        }
        case 'team-gone':
          this.#teams.delete(change.teamId);
          break;
        case 'member':
          this.#team(change.teamId).members.set(change.member.memberId, change.member);
          break;
        case 'member-gone':
          this.#team(change.teamId).members.delete(change.memberId);
          break;
      }
    }
  }

  get view(): readonly TeamView[] {
    return sorted(Array.from(this.#teams.values(), ({ team, members }) => ({ team, members: [...members.values()] })));
  }

  #team(teamId: string): { readonly members: Map<string, MemberRow> } {
    const team = this.#teams.get(teamId);
    if (team === undefined) throw new Error(`A row of team ${teamId}, which is not there`);
    return team;
  }
}

/** Teams and rows in the order of their ids, because the order of arrival is not promised to readers. */
export function sorted(teams: readonly TeamView[]): readonly TeamView[] {
  const by =
    <T>(id: (one: T) => string) =>
    (a: T, b: T): number =>
      id(a) < id(b) ? -1 : 1;
  return teams
    .map(({ team, members }) => ({
      team: { ...team, agentIds: [...team.agentIds].sort() },
      members: [...members].sort(by((row) => row.memberId)),
    }))
    .sort(by(({ team }) => team.teamId));
}
