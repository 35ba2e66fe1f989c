/** The board without anything that names people: only the teams and the counts of each status. */
import type { BoardSnapshot, BoardUpdate } from '../../shared/board/board.ts';

export function updateWithoutNames(update: BoardUpdate): BoardUpdate {
  return { ...update, changes: update.changes.filter(({ type }) => type === 'team' || type === 'team-gone') };
}

export function snapshotWithoutNames(snapshot: BoardSnapshot): BoardSnapshot {
  return { ...snapshot, teams: snapshot.teams.map(({ team }) => ({ team, members: [] })) };
}
