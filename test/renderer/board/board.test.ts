/** The page's copy of the board follows the core's, in whatever order snapshot and updates arrive. */
import { describe, expect, test } from 'vitest';
import { BoardStore } from '../../../src/renderer/board/board.svelte.ts';
import type { BoardSnapshot, BoardUpdate, MemberRow, TeamHead } from '../../../src/shared/board/board.ts';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';

const team = (teamId: string, teamName = teamId): TeamHead => ({
  teamId,
  teamName,
  agentIds: ['1001'],
  isAnnounced: true,
  counts: NO_COUNTS,
  confirmed: 0,
  confirmedIn: 1,
});
const row = (memberId: string, status = 'ready', memberName = memberId): MemberRow => ({
  memberId,
  memberName,
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

/** In mixed case, with accents and numbers, and each twice, so that ids must decide. */
const NAMES = ['zoe', 'Ágnes', 'agnes', 'Agent 10', 'agent 9', 'Émile', 'emile', '', 'محمد', '王芳', 'Ö', 'o'];
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => row(`m${index}`, 'ready', NAMES[(index * 7) % NAMES.length]));

/** A store whose snapshot requests the test answers. */
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

  test('a gap in the versions requests one new snapshot, and loses nothing', async () => {
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

  test('ids that are properties of every object work like any other', async () => {
    const { store, asked, shown } = newStore();
    const refreshed = store.refresh();
    asked[0]?.(snapshot(0, { team: team('__proto__'), members: [row('constructor')] }));
    await refreshed;
    store.follow(update(1, { type: 'member', teamId: '__proto__', member: row('__proto__') }));
    expect(shown()).toEqual([['__proto__', '__proto__ ready', 'constructor ready']]);
  });

  test('after single changes, the order is the same as after sorting everything', async () => {
    const { store, asked } = newStore();
    const refreshed = store.refresh();
    asked[0]?.(snapshot(0, { team: team('t1'), members: people(100) }));
    await refreshed;
    const changes = people(300).map(({ memberId }, index): BoardUpdate['changes'][number] =>
      index % 5 === 4
        ? { type: 'member-gone', teamId: 't1', memberId }
        : { type: 'member', teamId: 't1', member: row(memberId, 'ACW', NAMES[(index * 11) % NAMES.length]) },
    );
    changes.forEach((change, index) => {
      store.follow(update(index + 1, change));
    });
    const oneByOne = store.teams[0]?.members.map((member) => member.row) ?? [];
    expect(oneByOne).toHaveLength(240);

    const fresh = newStore();
    const taken = fresh.store.refresh();
    fresh.asked[0]?.(snapshot(0, { team: team('t1'), members: oneByOne.toReversed() }));
    await taken;
    expect(fresh.store.teams[0]?.members.map((member) => member.row)).toEqual(oneByOne);
    expect(oneByOne.map(({ memberName }) => memberName).slice(0, 21)).toEqual([
      ...Array.from({ length: 20 }, () => ''),
      'agent 9',
    ]);
  });

  test('what a new snapshot still contains keeps its state', async () => {
    const { store, asked } = newStore();
    const refreshed = store.refresh();
    asked[0]?.(snapshot(1, { team: team('t1'), members: [row('m1'), row('m2')] }));
    await refreshed;
    const [before] = store.teams;
    const [m1] = before?.members ?? [];
    store.follow(update(3));
    asked[1]?.(
      snapshot(
        3,
        { team: team('t1', 'Renamed'), members: [row('m0'), row('m1', 'ACW')] },
        { team: team('a'), members: [] },
      ),
    );
    await expect.poll(() => store.teams.map(({ name }) => name)).toEqual(['a', 'Renamed']);
    expect(store.teams[1]).toBe(before);
    expect(store.teams[1]?.members[1]).toBe(m1);
    expect(m1?.row.status).toBe('ACW');
  });

  test('shared names are known over all teams, as people come, are renamed and go', async () => {
    const { store, asked } = newStore();
    const refreshed = store.refresh();
    asked[0]?.(
      snapshot(
        1,
        { team: team('t1', 'Claims'), members: [row('m1', 'ready', 'Kay Stone')] },
        { team: team('t2'), members: [] },
      ),
    );
    await refreshed;
    const kay = (id: string) => store.naming.person(id, 'Kay Stone');
    expect(kay('m1')).toBe('Kay Stone');
    store.follow(update(2, { type: 'member', teamId: 't2', member: row('m1', 'ready', 'Kay Stone') }));
    expect(kay('m1'), 'one person in two teams').toBe('Kay Stone');
    store.follow(update(3, { type: 'member', teamId: 't2', member: row('m2', 'ready', 'kay stone') }));
    expect([kay('m1'), kay('m2')]).toEqual(['Kay Stone (m1)', 'Kay Stone (m2)']);
    store.follow(update(4, { type: 'member', teamId: 't2', member: row('m2', 'ready', 'Kay Stein') }));
    expect(kay('m1')).toBe('Kay Stone');
    store.follow(update(5, { type: 'member', teamId: 't2', member: row('m2', 'ready', 'Kay Stone') }));
    store.follow(update(6, { type: 'team-gone', teamId: 't2' }));
    expect(kay('m1')).toBe('Kay Stone');
    expect(kay('m2'), 'who has gone, beside one who is there').toBe('Kay Stone (m2)');
    store.follow(update(7, { type: 'team', team: team('t3', 'Claims') }));
    expect(store.naming.team('t1', 'Claims')).toBe('Claims (t1)');
    store.follow(update(8, { type: 'team', team: team('t3', 'Claims North') }));
    expect(store.naming.team('t1', 'Claims')).toBe('Claims');
  });
});
