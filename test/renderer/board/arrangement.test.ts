/** What is shown of the board, and in which order: search, filters, sorting and folding. */
import { describe, expect, test } from 'vitest';
import { Arrangement } from '../../../src/renderer/board/arrangement.svelte.ts';
import { BoardStore } from '../../../src/renderer/board/board.svelte.ts';
import type { Level } from '../../../src/shared/board/attention.ts';
import type { MemberRow, TeamSnapshot } from '../../../src/shared/board/board.ts';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';
import type { Layout } from '../../../src/shared/board/layout.ts';
import { ReasonBook } from '../../../src/shared/reasons/reasons.ts';

interface Person {
  readonly name: string;
  readonly id?: string;
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly at?: number;
  readonly reasonAt?: number;
  readonly level?: Level;
}

function row({
  name,
  id = name,
  type = 'Agent',
  status = 'ready',
  reason = '',
  at = 0,
  reasonAt = at,
  level,
}: Person): MemberRow {
  return {
    memberId: id,
    memberName: name,
    memberType: type,
    status,
    reason,
    since: { at, known: 'exact' },
    reasonSince: { at: reasonAt, known: 'exact' },
    confirmedIn: 1,
    ...(level === undefined ? {} : { attention: { of: 'status', limitMs: 10, level } }),
  };
}

function team(name: string, ...people: Person[]): TeamSnapshot {
  const red = people.filter(({ level }) => level === 'red').length;
  return {
    team: {
      teamId: name,
      teamName: name,
      agentIds: [],
      isAnnounced: true,
      counts: NO_COUNTS,
      confirmed: people.length,
      confirmedIn: 1,
      levels: { amber: 0, red },
    },
    members: people.map(row),
  };
}

async function arranged(...teams: TeamSnapshot[]) {
  const remembered: Layout[] = [];
  const book = new ReasonBook([{ code: '7', label: 'Café', cause: null, isFailure: null }]);
  const arrangement = new Arrangement({ reasons: () => book, onArrange: (layout) => remembered.push(layout) });
  const snapshot = { version: 1, head: { feed: 1, ends: [], counts: NO_COUNTS, unconfirmed: 0 }, teams };
  const store = new BoardStore(() => Promise.resolve(snapshot), arrangement);
  await store.refresh();
  const shown = (): string[] =>
    store.shown.map(({ name, shown }) => `${name}: ${shown.map((member) => member.name).join(' ')}`.trim());
  const search = (text: string): string[] => {
    arrangement.search = text;
    return shown();
  };
  return { arrangement, store, shown, search, remembered };
}

describe('the search', () => {
  const board = () =>
    arranged(
      team('Ventas', { name: 'José Núñez', id: 'jn1' }, { name: 'Zoë', status: 'not_ready', reason: '7' }),
      team('Service', { name: 'Ann', type: 'Supervisor', status: 'not_ready', reason: '32759' }),
    );

  test.each([
    ['a name, whatever its case and accents', 'jose nunez', ['Ventas: José Núñez']],
    ['a part of a name', 'ZO', ['Ventas: Zoë']],
    ['an id', 'JN1', ['Ventas: José Núñez']],
    ['a status in words', 'not ready', ['Service: Ann', 'Ventas: Zoë']],
    ['a status as it came', 'not_ready', ['Service: Ann', 'Ventas: Zoë']],
    ['a status in another spelling', 'Not–Ready', ['Service: Ann', 'Ventas: Zoë']],
    ['a name with something in it that can’t be seen', 'Jo\u200bsé', ['Ventas: José Núñez']],
    ['a reason in UCCX’s words', 'phone', ['Service: Ann']],
    ['a reason in the site’s words', 'cafe', ['Ventas: Zoë']],
    ['a reason’s code', '32759', ['Service: Ann']],
    ['a team', 'ventas', ['Ventas: José Núñez Zoë']],
    ['a type', 'supervisor', ['Service: Ann']],
    ['several words, each somewhere', 'ventas café', ['Ventas: Zoë']],
    ['nothing that is there', 'nobody at all', []],
    ['nothing but spaces', '   ', ['Service: Ann', 'Ventas: José Núñez Zoë']],
  ])('finds %s', async (_what, text, found) => {
    expect((await board()).search(text)).toEqual(found);
  });

  test('follows changes that come after it began', async () => {
    const { search, store, shown } = await board();
    search('not ready');
    const head = { feed: 1, ends: [], counts: NO_COUNTS, unconfirmed: 0 };
    store.follow({
      version: 2,
      head,
      changes: [
        { type: 'member', teamId: 'Ventas', member: row({ name: 'José Núñez', id: 'jn1', status: 'not_ready' }) },
        { type: 'member', teamId: 'Service', member: row({ name: 'Ann' }) },
      ],
    });
    expect(shown()).toEqual(['Ventas: José Núñez Zoë']);
  });

  test('looks into folded teams', async () => {
    const { arrangement, search, store } = await board();
    arrangement.fold(['Ventas'], true);
    expect(store.teams.map(({ isFolded }) => isFolded)).toEqual([false, true]);
    search('zoe');
    expect(store.shown.map(({ isFolded }) => isFolded)).toEqual([false]);
    search('');
    expect(store.shown.map(({ isFolded }) => isFolded)).toEqual([false, true]);
  });
});

describe('filters', () => {
  const board = () =>
    arranged(
      team('A', { name: 'a', level: 'red', status: 'acw' }, { name: 'b', level: 'amber', status: 'not_ready' }),
      team('B', { name: 'c', status: 'not_ready' }, { name: 'd' }, { name: 'e', status: 'Daydreaming' }),
    );

  test('show members with any of the statuses, at any of the levels', async () => {
    const { arrangement, shown } = await board();
    arrangement.toggleFilter('not_ready');
    expect(shown()).toEqual(['A: b', 'B: c']);
    arrangement.toggleFilter('other');
    expect(shown()).toEqual(['A: b', 'B: c e']);
    arrangement.toggleFilter('amber');
    arrangement.toggleFilter('red');
    expect(shown()).toEqual(['A: b']);
    arrangement.toggleFilter('not_ready');
    arrangement.toggleFilter('other');
    expect(shown()).toEqual(['A: a b']);
    arrangement.search = 'b';
    expect(shown()).toEqual(['A: b']);
    arrangement.widen();
    expect(shown()).toEqual(['A: a b', 'B: c d e']);
  });
});

describe('the order', () => {
  const board = () =>
    arranged(
      team('A', { name: 'x' }),
      team(
        'B',
        { name: 'ann', status: 'ready', at: 30, type: 'TeamLead' },
        { name: 'bob', status: 'acw', at: 10, reason: '7', reasonAt: 20 },
        { name: 'cid', status: 'not_ready', at: 20, reason: '33', level: 'amber' },
        { name: 'dot', status: 'not_ready', at: 25, level: 'red', reasonAt: 5 },
      ),
    );
  const order = async (change: Partial<Layout>) => {
    const { arrangement, shown } = await board();
    arrangement.arrange(change);
    return shown();
  };

  test('is by name, with those over their limits first, and their teams before others', async () => {
    expect(await order({})).toEqual(['B: dot ann bob cid', 'A: x']);
    expect(await order({ isDescending: true })).toEqual(['B: dot cid bob ann', 'A: x']);
    expect(await order({ isRedFirst: false })).toEqual(['A: x', 'B: ann bob cid dot']);
    expect(await order({ isRedFirst: false, isDescending: true })).toEqual(['B: dot cid bob ann', 'A: x']);
  });

  test.each([
    ['attention', 'dot cid bob ann'],
    ['type', 'bob cid dot ann'],
    ['status', 'bob cid dot ann'],
    ['time', 'bob cid dot ann'],
    ['reason', 'ann bob dot cid'],
    ['reasonTime', 'dot bob cid ann'],
  ] as const)('by %s', async (sort, people) => {
    expect(await order({ sort, isRedFirst: false })).toEqual(['A: x', `B: ${people}`]);
  });

  test('is reversed by asking for it again', async () => {
    const { arrangement, shown } = await board();
    arrangement.arrange({ isRedFirst: false });
    arrangement.sortBy('time');
    expect(shown()).toEqual(['A: x', 'B: bob cid dot ann']);
    arrangement.sortBy('time');
    expect(shown()).toEqual(['A: x', 'B: ann dot cid bob']);
    arrangement.sortBy('name');
    expect(shown()).toEqual(['A: x', 'B: ann bob cid dot']);
  });
});

test('changes by the user are reported, the remembered arrangement is not', async () => {
  const { arrangement, remembered, shown } = await arranged(team('A', { name: 'x' }));
  arrangement.load({ ...arrangement.layout, filters: ['acw'] });
  expect(remembered).toEqual([]);
  expect(shown()).toEqual([]);
  arrangement.fold(['A'], true);
  arrangement.toggleFilter('acw');
  expect(remembered.at(-1)).toMatchObject({ filters: [], folded: ['A'] });
});
