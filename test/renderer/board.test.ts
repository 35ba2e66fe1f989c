/** The page's copy of the board follows the core's, whatever the order in which snapshot and updates come. */
import { describe, expect, test } from 'vitest';
import { BoardStore } from '../../src/renderer/state/board.svelte.ts';
import {
  NO_COUNTS,
  type BoardSnapshot,
  type BoardUpdate,
  type MemberRow,
  type TeamHead,
} from '../../src/shared/board.ts';

const team = (teamId: string, teamName = teamId): TeamHead => ({
  teamId,
  teamName,
  agentIds: ['1001'],
  isAnnounced: true,
  counts: NO_COUNTS,
  confirmed: 0,
  confirmedIn: 1,
});
const row = (memberId: string, status = 'ready'): MemberRow => ({
  memberId,
  memberName: memberId,
  memberType: 'Agent',
  status,
  reason: '',
  since: { at: 0, known: 'exact' },
  reasonSince: { at: 0, known: 'exact' },
  confirmedIn: 1,
});
const head = { feed: 1, ends: [], counts: NO_COUNTS, unconfirmed: 0 };
const snapshot = (version: number, ...teams: BoardSnapshot['teams']): BoardSnapshot => ({ version, head, teams });
const update = (version: number, ...changes: BoardUpdate['changes']): BoardUpdate => ({ version, head, changes });

/** A store whose snapshots are answered by hand. */
function newStore() {
  const asked: ((snapshot: BoardSnapshot) => void)[] = [];
  const store = new BoardStore(() => new Promise((resolve) => asked.push(resolve)));
  const shown = () =>
    store.teams.map(({ name, members }) => [name, ...members.map(({ row }) => `${row.memberId} ${row.status}`)]);
  return { store, asked, shown };
}

describe('the page’s board', () => {
  test('updates that come before the snapshot are kept: older ones are dropped, later ones applied', async () => {
    const { store, asked, shown } = newStore();
    const refreshed = store.refresh();
    store.follow(update(4, { type: 'member', teamId: 't1', member: row('old', 'ACW') }));
    store.follow(update(5, { type: 'member', teamId: 't1', member: row('m1', 'ACW') }));
    asked[0]?.(snapshot(4, { team: team('t1'), members: [row('m1')] }));
    await refreshed;
    expect(shown()).toEqual([['t1', 'm1 ACW']]);
  });

  test('a gap in the versions asks for a new snapshot, once, and nothing is left over', async () => {
    const { store, asked, shown } = newStore();
    const refreshed = store.refresh();
    asked[0]?.(snapshot(1, { team: team('t1'), members: [row('m1'), row('m2')] }, { team: team('t2'), members: [] }));
    await refreshed;
    store.follow(update(3, { type: 'member', teamId: 't1', member: row('m1', 'ACW') }));
    store.follow(update(4, { type: 'member', teamId: 't1', member: row('m1', 'not_ready') }));
    expect(asked).toHaveLength(2);
    asked[1]?.(snapshot(3, { team: team('t1'), members: [row('m1', 'ACW')] }));
    await expect.poll(shown).toEqual([['t1', 'm1 not_ready']]);
  });

  test('teams and members come, change and go by updates', async () => {
    const { store, asked, shown } = newStore();
    const refreshed = store.refresh();
    asked[0]?.(snapshot(0));
    await refreshed;
    store.follow(
      update(
        1,
        { type: 'team', team: team('t2', 'Sales') },
        { type: 'team', team: team('t1', 'Billing') },
        { type: 'member', teamId: 't2', member: row('b') },
        { type: 'member', teamId: 't2', member: row('a') },
      ),
    );
    expect(shown()).toEqual([['Billing'], ['Sales', 'a ready', 'b ready']]);
    store.follow(
      update(2, { type: 'team', team: team('t2', 'Aardvark') }, { type: 'member-gone', teamId: 't2', memberId: 'a' }),
    );
    expect(shown()).toEqual([['Aardvark', 'b ready'], ['Billing']]);
    store.follow(update(3, { type: 'team-gone', teamId: 't1' }));
    expect(shown()).toEqual([['Aardvark', 'b ready']]);
  });

  test('ids of every object are ids like any other', async () => {
    const { store, asked, shown } = newStore();
    const refreshed = store.refresh();
    asked[0]?.(snapshot(0, { team: team('__proto__'), members: [row('constructor')] }));
    await refreshed;
    store.follow(update(1, { type: 'member', teamId: '__proto__', member: row('__proto__') }));
    expect(shown()).toEqual([['__proto__', '__proto__ ready', 'constructor ready']]);
  });
});
