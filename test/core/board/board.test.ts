/** What the board does for each event, as docs/PROTOCOL.md describes it. */
import { describe, expect, test } from 'vitest';
import { Board } from '../../../src/core/board/board.ts';
import { decodeMessage } from '../../../src/core/link/message.ts';
import { member, type BareMember, type BareTeam } from '../../../lab/bare-processor.ts';
import { FakeClock, START } from '../../../lab/fake-clock.ts';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';

function setUp() {
  const clock = new FakeClock();
  const violations: string[] = [];
  let changes = 0;
  const board = new Board({
    onChange: () => {
      changes += 1;
    },
    onViolation: (kind) => violations.push(kind),
  });
  const send = (name: string, team: BareTeam, agentId = 'a'): void => {
    const { message } = decodeMessage({ name: `report.teamstatus.${name}`, data: { agentId, team } });
    if (message?.type !== 'event') throw new Error('It is no event');
    board.apply(message, agentId, clock.now());
  };
  const team = (teamId: string) => board.snapshot().teams.find((one) => one.team.teamId === teamId);
  /** The rows of a team as “id status reason”. */
  const rows = (teamId: string) =>
    (team(teamId)?.members ?? []).map(({ memberId, status, reason }) => `${memberId} ${status} ${reason}`.trim());
  const row = (teamId: string, memberId: string) => team(teamId)?.members.find((one) => one.memberId === memberId);
  const update = () => board.takeUpdate();
  return { clock, board, violations, send, team, rows, row, update, changes: () => changes };
}

function named(teamId: string, ...members: (BareMember | { memberId: string })[]): BareTeam {
  return { teamId, teamName: `Team ${teamId}`, members };
}

describe('each event', () => {
  test('[BOARD-1] teamadded shows the team with all its members', () => {
    const { send, team, violations } = setUp();
    send('teamadded', named('t', member('m', { status: 'not_ready', reason: '7' }), member('n')));
    expect(team('t')?.team).toEqual({
      teamId: 't',
      teamName: 'Team t',
      agentIds: ['a'],
      isAnnounced: true,
      counts: { ...NO_COUNTS, ready: 1, not_ready: 1 },
      confirmedIn: 1,
      confirmed: 2,
    });
    expect(team('t')?.members[0]).toEqual({
      memberId: 'm',
      memberName: 'Name of m',
      memberType: 'Agent',
      status: 'not_ready',
      reason: '7',
      since: { at: START, known: 'at-least' },
      reasonSince: { at: START, known: 'at-least' },
      confirmedIn: 1,
    });
    expect(violations).toEqual([]);
  });

  test('[BOARD-2] teamchanged gives the team its new name and touches nobody in it', () => {
    const { send, team, rows, update } = setUp();
    send('teamadded', named('t', member('m')));
    update();
    send('teamchanged', { teamId: 't', teamName: 'New' });
    expect(team('t')?.team.teamName).toBe('New');
    expect(rows('t')).toEqual(['m ready']);
    expect(update()?.changes.map(({ type }) => type)).toEqual(['team']);
  });

  test('[BOARD-3] teamremoved takes the team away, and its members with it', () => {
    const { send, board, update } = setUp();
    send('teamadded', named('t', member('m')));
    update();
    send('teamremoved', { teamId: 't', teamName: '' });
    expect(board.snapshot().teams).toEqual([]);
    expect(update()).toMatchObject({
      head: { counts: NO_COUNTS },
      changes: [{ type: 'team-gone', teamId: 't' }],
    });
  });

  test('[BOARD-4] memberadded adds those members and leaves the others', () => {
    const { send, rows, row } = setUp();
    send('teamadded', named('t', member('m', { status: 'ACW' })));
    send('memberadded', named('t', member('n'), member('o', { status: 'not_ready' })));
    expect(rows('t')).toEqual(['m ACW', 'n ready', 'o not_ready']);
    expect(row('t', 'n')?.since.known).toBe('at-least');
  });

  test('[BOARD-5] memberstatuschanged changes those members and leaves the others', () => {
    const { clock, send, rows, row, update } = setUp();
    send('teamadded', named('t', member('m'), member('n'), member('o')));
    update();
    clock.advance(5000);
    send('memberstatuschanged', named('t', member('n', { status: 'not_ready', reason: '7' })));
    expect(rows('t')).toEqual(['m ready', 'n not_ready 7', 'o ready']);
    expect(row('t', 'n')).toMatchObject({ since: { at: START + 5000, known: 'exact' } });
    const changes = update()?.changes ?? [];
    expect(changes.map((change) => (change.type === 'member' ? change.member.memberId : change.type))).toEqual([
      'team',
      'n',
    ]);
  });

  test('[BOARD-6] memberremoved takes those members out and leaves the others', () => {
    const { send, rows, board } = setUp();
    send('teamadded', named('t', member('m'), member('n'), member('o')));
    send('memberremoved', named('t', { memberId: 'm' }, { memberId: 'o' }));
    expect(rows('t')).toEqual(['n ready']);
    expect(board.head.counts.ready).toBe(1);
  });

  test('an event with several members does for each what it would do for one', () => {
    const { send, rows } = setUp();
    send('teamadded', named('t', member('m'), member('n')));
    send('memberstatuschanged', named('t', member('m', { status: 'ACW' }), member('n', { status: 'not_ready' })));
    expect(rows('t')).toEqual(['m ACW', 'n not_ready']);
  });
});

test('[VALUE-3] ids of members that differ in letter case or in a blank are those of different people', () => {
  const { send, rows } = setUp();
  send('teamadded', named('t', member('kstone'), member('KStone'), member('kstone ')));
  expect(rows('t')).toEqual(['kstone ready', 'KStone ready', 'kstone  ready']);
});

describe('times', () => {
  test('[CLOCK-11] a change of the reason alone begins a new time in the reason, not in the status', () => {
    const { clock, send, row } = setUp();
    send('teamadded', named('t', member('m', { status: 'not_ready', reason: '7' })));
    clock.advance(1000);
    send('memberstatuschanged', named('t', member('m', { status: 'not_ready', reason: '8' })));
    expect(row('t', 'm')).toMatchObject({
      since: { at: START, known: 'at-least' },
      reasonSince: { at: START + 1000, known: 'exact' },
    });
  });

  test('[CLOCK-11] a repeat begins nothing, in whatever case', () => {
    const { clock, send, row } = setUp();
    send('teamadded', named('t', member('m')));
    clock.advance(1000);
    send('memberstatuschanged', named('t', member('m', { status: 'ACW' })));
    clock.advance(1000);
    send('memberstatuschanged', named('t', member('m', { status: 'acw' })));
    expect(row('t', 'm')).toMatchObject({ status: 'acw', since: { at: START + 1000, known: 'exact' } });
  });
});

describe('somebody who is in no team for a moment', () => {
  const acw = member('m', { status: 'ACW' });
  function known() {
    const all = setUp();
    all.send('teamadded', named('t', member('m')));
    all.send('teamadded', named('u', member('n')));
    all.clock.advance(60_000);
    all.send('memberstatuschanged', named('t', acw));
    all.clock.advance(60_000);
    return all;
  }
  type All = ReturnType<typeof setUp>;
  const SINCE = { at: START + 60_000, known: 'exact' };

  test.each<[how: string, leave: (all: All) => void, back: (all: All) => void]>([
    [
      'moved to another team',
      ({ send }) => send('memberremoved', named('t', { memberId: 'm' })),
      ({ send }) => send('memberadded', named('u', acw)),
    ],
    [
      'moved, and told of by a status first',
      ({ send }) => send('memberremoved', named('t', { memberId: 'm' })),
      ({ send }) => send('memberstatuschanged', named('u', acw)),
    ],
    [
      'taken out and put back',
      ({ send }) => send('memberremoved', named('t', { memberId: 'm' })),
      ({ send }) => send('memberadded', named('t', acw)),
    ],
    [
      'in a team that goes, and then in another',
      ({ send }) => send('teamremoved', { teamId: 't', teamName: '' }),
      ({ send }) => send('memberadded', named('u', acw)),
    ],
    [
      'in a team that goes and comes back',
      ({ send }) => send('teamremoved', { teamId: 't', teamName: '' }),
      ({ send }) => send('teamadded', named('t', acw)),
    ],
    [
      'left out of a list and named by the next one',
      ({ send }) => {
        send('teamadded', named('t', acw, member('o')));
        send('teamadded', named('t', member('o')));
      },
      ({ send }) => send('teamadded', named('t', member('o'), acw)),
    ],
  ])('[CLOCK-8] keeps the clock: %s', (_, leave, back) => {
    const all = known();
    leave(all);
    expect([...all.board.namesAndIds()]).not.toContain('m');
    all.clock.advance(5000);
    back(all);
    const rows = [all.row('t', 'm'), all.row('u', 'm')].filter((row) => row !== undefined);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ status: 'ACW', since: SINCE, reasonSince: SINCE });
    const { ready, acw: inAcw } = all.board.head.counts;
    expect(inAcw).toBe(1);
    expect(ready).toBe(all.rows('t').concat(all.rows('u')).length - 1);
    expect(all.board.head.unconfirmed).toBe(0);
  });

  test('has another status since then: how it came about was not seen', () => {
    const { send, clock, row } = known();
    send('memberremoved', named('t', { memberId: 'm' }));
    clock.advance(1000);
    send('memberstatuschanged', named('u', member('m', { status: 'not_ready', reason: '7' })));
    expect(row('u', 'm')).toMatchObject({
      status: 'not_ready',
      since: { at: START + 121_000, known: 'at-least' },
      reasonSince: { at: START + 121_000, known: 'at-least' },
    });
  });

  test('[CLOCK-8] is met anew after more than a moment', () => {
    const { send, clock, row } = known();
    send('memberremoved', named('t', { memberId: 'm' }));
    clock.advance(5001);
    send('memberadded', named('t', acw));
    expect(row('t', 'm')?.since).toEqual({ at: START + 125_001, known: 'at-least' });
  });

  test('goes on across a gap where the feed broke meanwhile', () => {
    const { send, clock, row, board } = known();
    send('memberremoved', named('t', { memberId: 'm' }));
    board.breakFeed(clock.now());
    clock.advance(3000);
    send('memberadded', named('u', acw));
    expect(row('u', 'm')?.since).toEqual({ at: START + 60_000, known: 'across-gap', unwatchedMs: 3000 });
  });

  test('[CLOCK-9] goes on across a gap where the board let go, after a break, who then comes late', () => {
    const { send, clock, row, board } = known();
    board.breakFeed(clock.now());
    clock.advance(13_000);
    board.settle('a', clock.now());
    expect(row('t', 'm')).toBeUndefined();
    clock.advance(2000);
    send('teamadded', named('t', acw));
    expect(row('t', 'm')?.since).toEqual({ at: START + 60_000, known: 'across-gap', unwatchedMs: 15_000 });
  });

  test('goes on across a gap where nobody watched the team for a moment', () => {
    const { send, clock, row, board } = known();
    board.forgetAgent('a', clock.now());
    clock.advance(2000);
    send('teamadded', named('t', acw), 'b');
    expect(row('t', 'm')?.since).toEqual({ at: START + 60_000, known: 'across-gap', unwatchedMs: 2000 });
  });

  test('is somebody else with another processor', () => {
    const { send, clock, row, board } = known();
    send('memberremoved', named('t', { memberId: 'm' }));
    board.forgetEnds();
    send('memberadded', named('t', acw));
    expect(row('t', 'm')?.since).toEqual({ at: clock.now(), known: 'at-least' });
  });
});

describe('a member of two teams', () => {
  function two() {
    const all = setUp();
    all.send('teamadded', named('t', member('m')));
    all.clock.advance(1000);
    all.send('teamadded', named('u', member('m'), member('n')));
    return all;
  }

  test('[CLOCK-10] has a row in each with the same clock, and counts once', () => {
    const { row, board } = two();
    expect(row('u', 'm')?.since).toEqual({ at: START, known: 'at-least' });
    expect(board.head.counts.ready).toBe(2);
  });

  test('changes in both when either tells, and the second telling begins nothing', () => {
    const { clock, send, row, board, update } = two();
    update();
    clock.advance(1000);
    send('memberstatuschanged', named('t', member('m', { status: 'ACW' })));
    clock.advance(1000);
    send('memberstatuschanged', named('u', member('m', { status: 'ACW' })));
    for (const teamId of ['t', 'u']) {
      expect(row(teamId, 'm')).toMatchObject({ status: 'ACW', since: { at: START + 2000, known: 'exact' } });
    }
    expect(board.head.counts).toEqual({ ...NO_COUNTS, ready: 1, acw: 1 });
    expect(update()?.changes).toHaveLength(4);
  });

  test('may be of another type in each', () => {
    const { send, row } = two();
    send('memberstatuschanged', named('u', member('m', { memberType: 'TeamLead' })));
    expect([row('t', 'm')?.memberType, row('u', 'm')?.memberType]).toEqual(['Agent', 'TeamLead']);
  });

  test('stays known by the other team when one goes', () => {
    const { send, row, board } = two();
    send('teamremoved', { teamId: 't', teamName: '' });
    expect(row('u', 'm')?.since).toEqual({ at: START, known: 'at-least' });
    expect(board.head.counts.ready).toBe(2);
  });
});

describe('two watched agents with a team in common', () => {
  function shared() {
    const all = setUp();
    all.send('teamadded', named('t', member('m')), 'a');
    all.send('teamadded', named('t', member('m')), 'b');
    return all;
  }

  test('show it once, as both of theirs, and nothing odd about it', () => {
    const { board, team, violations } = shared();
    expect(board.snapshot().teams).toHaveLength(1);
    expect(team('t')?.team.agentIds).toEqual(['a', 'b']);
    expect(violations).toEqual([]);
    expect([board.teamsOf('a'), board.teamsOf('b'), board.teamsOf('c')]).toEqual([1, 1, 0]);
  });

  test('[BOARD-3] keep it while it is left to one of them, and lose it with the last', () => {
    const { send, team } = shared();
    send('teamremoved', { teamId: 't', teamName: '' }, 'a');
    expect(team('t')?.team.agentIds).toEqual(['b']);
    send('teamremoved', { teamId: 't', teamName: '' }, 'b');
    expect(team('t')).toBeUndefined();
  });

  test('lose a member when both say so', () => {
    const { send, rows } = shared();
    send('memberremoved', named('t', { memberId: 'm' }), 'a');
    expect(rows('t')).toEqual(['m ready']);
    send('memberremoved', named('t', { memberId: 'm' }), 'b');
    expect(rows('t')).toEqual([]);
  });

  test('keep what the other one sees when one is not watched any more', () => {
    const { send, board, rows, clock } = shared();
    send('teamadded', named('u', member('n')), 'a');
    board.forgetAgent('a', clock.now());
    expect(rows('t')).toEqual(['m ready']);
    expect(board.snapshot().teams).toHaveLength(1);
  });
});

describe('a break of the feed', () => {
  function broken() {
    const all = setUp();
    all.send('teamadded', named('t', member('m'), member('n')));
    all.send('teamadded', named('u', member('o')));
    all.update();
    all.clock.advance(60_000);
    all.board.breakFeed(START + 30_000);
    return all;
  }
  const isOld = (all: ReturnType<typeof setUp>, teamId: string, memberId: string): boolean =>
    (all.row(teamId, memberId)?.confirmedIn ?? 0) < all.board.head.feed;

  test('[BREAK-1] makes everything old at once, and says since when', () => {
    const all = broken();
    expect(all.update()).toMatchObject({ head: { feed: 2, ends: [{ feed: 1, at: START + 30_000 }] }, changes: [] });
    expect(isOld(all, 't', 'm')).toBe(true);
    expect(all.board.teamsOf('a')).toBe(0);
  });

  test('leaves each row known until the end of the feed that last confirmed it', () => {
    const all = broken();
    all.board.breakFeed(START + 90_000);
    expect(all.update()?.head).toMatchObject({ feed: 3, ends: [{ feed: 1, at: START + 30_000 }] });
    all.send('memberstatuschanged', named('t', member('m')));
    all.board.breakFeed(START + 120_000);
    expect(all.update()?.head.ends).toEqual([
      { feed: 1, at: START + 30_000 },
      { feed: 3, at: START + 120_000 },
    ]);
  });

  test('[BREAK-1] leaves counts that say how many of those counted are old', () => {
    const all = broken();
    expect(all.update()?.head.unconfirmed).toBe(3);
    all.send('memberstatuschanged', named('t', member('m')));
    expect(all.team('t')?.team).toMatchObject({ confirmedIn: 2, confirmed: 1 });
    expect(all.update()?.head.unconfirmed).toBe(2);
    all.send('memberremoved', { teamId: 't', teamName: 'T', members: [{ memberId: 'm' }] });
    expect(all.team('t')?.team).toMatchObject({ confirmedIn: 2, confirmed: 0 });
    expect(all.update()?.head.unconfirmed).toBe(2);
  });

  test('[BREAK-2] is over for what is announced again, whose clock goes on across the gap', () => {
    const all = broken();
    all.send('teamadded', named('t', member('m'), member('n', { status: 'ACW' })));
    expect(isOld(all, 't', 'm')).toBe(false);
    expect(all.row('t', 'm')?.since).toEqual({ at: START, known: 'across-gap', unwatchedMs: 30_000 });
    expect(all.row('t', 'n')?.since).toEqual({ at: START + 60_000, known: 'at-least' });
    expect(isOld(all, 'u', 'o')).toBe(true);
    expect(all.violations).toEqual([]);
  });

  test('[BREAK-2] keeps a member who is not in the new announcement until it settles, and then lets go', () => {
    const all = broken();
    all.send('teamadded', named('t', member('m')));
    expect(all.rows('t')).toEqual(['m ready', 'n ready']);
    all.board.settle('a', all.clock.now());
    expect(all.rows('t')).toEqual(['m ready']);
    expect(all.team('u')).toBeUndefined();
    expect(all.board.head.counts.ready).toBe(1);
  });

  test('settles for one agent without taking what another one’s begin may still confirm', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m')), 'a');
    all.send('teamadded', named('t', member('m')), 'b');
    all.board.breakFeed(START);
    all.board.settle('a', all.clock.now());
    expect(all.team('t')?.team).toMatchObject({ agentIds: ['b'], confirmedIn: 1 });
    all.board.settle('b', all.clock.now());
    expect(all.team('t')).toBeUndefined();
  });

  test('settles to a team that may miss members where only events named it', () => {
    const all = broken();
    all.send('memberstatuschanged', named('t', member('m', { status: 'ACW' })));
    all.board.settle('a', all.clock.now());
    expect(all.team('t')?.team.isAnnounced).toBe(false);
    expect(all.rows('t')).toEqual(['m ACW']);
  });

  test('that nothing followed settles to nothing; whose clock goes on when they come late', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m')));
    all.send('teamadded', named('u', member('o')));
    all.clock.advance(60_000);
    all.board.breakFeed(all.clock.now());
    all.board.settle('a', all.clock.now());
    expect(all.rows('t')).toEqual([]);
    all.clock.advance(60_000);
    all.send('teamadded', named('t', member('m')));
    expect(all.row('t', 'm')?.since).toEqual({ at: START, known: 'across-gap', unwatchedMs: 60_000 });
    // By then the gap is longer than the time known before it.
    all.clock.advance(1);
    all.send('teamadded', named('u', member('o')));
    expect(all.row('u', 'o')?.since).toEqual({ at: all.clock.now(), known: 'at-least' });
  });

  test.each<[string, unknown]>([
    ['is missing', undefined],
    ['is null', null],
    ['has somebody in it who can’t be read', [{ memberName: 'n' }]],
  ])('[BREAK-3] keeps whoever was there where the new list %s, until one can be read', (_, members) => {
    const all = broken();
    all.send('teamadded', { teamId: 't', teamName: 'Team t', members } as BareTeam);
    all.board.settle('a', all.clock.now());
    expect(all.rows('t')).toEqual(['m ready', 'n ready']);
    expect(isOld(all, 't', 'm')).toBe(true);
    expect(all.team('t')?.team.isAnnounced).toBe(false);
    expect(all.team('u')).toBeUndefined();
    all.send('teamadded', named('t', member('n')));
    expect(all.rows('t')).toEqual(['n ready']);
    expect(all.row('t', 'n')?.since).toEqual({ at: START, known: 'across-gap', unwatchedMs: 30_000 });
    expect(all.team('t')?.team.isAnnounced).toBe(true);
  });

  test('[BREAK-3] keeps old rows against a piece of a list that could not be read', () => {
    const all = broken();
    all.send('teamadded', { teamId: 't', teamName: 'Team t', members: [member('x'), null] } as unknown as BareTeam);
    all.board.settle('a', all.clock.now());
    all.send('teamadded', named('t', member('y')));
    expect(all.rows('t')).toEqual(['m ready', 'n ready', 'x ready', 'y ready']);
  });

  test('[BREAK-5] leaves the rows of an agent of whom nothing is told, but not against the list of another one', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m'), member('n')), 'a');
    all.send('teamadded', named('t', member('m'), member('n')), 'b');
    all.send('teamadded', named('u', member('o')), 'b');
    all.clock.advance(30_000);
    all.board.breakFeed(all.clock.now());
    all.send('teamadded', named('t', member('m')), 'a');
    all.board.settle('a', all.clock.now());
    // The other agent's begin is in progress, and may list them.
    expect(all.rows('t')).toEqual(['m ready', 'n ready']);
    all.board.ignore('b', all.clock.now());
    expect(all.rows('t')).toEqual(['m ready']);
    expect(all.rows('u')).toEqual(['o ready']);
    expect(isOld(all, 'u', 'o')).toBe(true);
    all.clock.advance(20_000);
    all.send('teamadded', named('u', member('o')), 'b');
    expect(all.row('u', 'o')?.since).toEqual({ at: START, known: 'across-gap', unwatchedMs: 20_000 });
  });

  test('leaves them against that list, too, once that agent’s teams are asked for again', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m'), member('n')), 'a');
    all.send('teamadded', named('t', member('m'), member('n')), 'b');
    all.board.breakFeed(all.clock.now());
    all.board.ignore('b', all.clock.now());
    all.board.awaitTeams('b');
    all.send('teamadded', named('t', member('m')), 'a');
    all.board.settle('a', all.clock.now());
    expect(all.rows('t')).toEqual(['m ready', 'n ready']);
    all.board.settle('b', all.clock.now());
    expect(all.rows('t')).toEqual(['m ready']);
  });

  test('[CLOCK-9] goes on with the clocks of an agent who is watched again before long', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m')));
    all.clock.advance(60_000);
    all.board.forgetAgent('a', all.clock.now());
    all.clock.advance(40_000);
    all.send('teamadded', named('t', member('m')));
    expect(all.row('t', 'm')?.since).toEqual({ at: START, known: 'across-gap', unwatchedMs: 40_000 });
  });

  test('that nothing followed settles to nothing, and settling again changes nothing', () => {
    const all = broken();
    all.board.settle('a', all.clock.now());
    expect(all.board.snapshot().teams).toEqual([]);
    all.update();
    all.board.settle('a', all.clock.now());
    expect(all.update()).toBeNull();
  });

  test('[CLOCK-6] is remembered for a hundred feeds, and where it is not, the clock goes on from what was told last', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m')));
    for (let feed = 1; feed <= 101; feed += 1) {
      all.clock.advance(1000);
      all.board.breakFeed(all.clock.now());
      all.clock.advance(10);
      all.send('teamchanged', { teamId: 't', teamName: 'T' });
    }
    expect(all.board.head.ends.map(({ feed }) => feed)).toEqual(Array.from({ length: 100 }, (_, at) => at + 2));
    all.send('teamadded', named('t', member('m')));
    expect(all.row('t', 'm')?.since).toEqual({ at: all.clock.now(), known: 'at-least' });
  });

  test('is over for each row by itself: one confirmed later, in another team, is fresh when it is', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m')));
    all.send('teamadded', named('u', member('m')));
    all.update();
    all.board.breakFeed(all.clock.now());
    all.send('teamadded', named('t', member('m')));
    expect([isOld(all, 't', 'm'), isOld(all, 'u', 'm')]).toEqual([false, true]);
    all.update();
    all.send('teamadded', named('u', member('m')));
    expect(isOld(all, 'u', 'm')).toBe(false);
    expect(all.update()?.changes).toMatchObject([
      { type: 'team', team: { teamId: 'u' } },
      { type: 'member', teamId: 'u', member: { confirmedIn: 2 } },
    ]);
  });

  test('leaves, when the agent of the latest feed is let go, the counts that the other one’s rows confirm', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m'), member('n')), 'a');
    all.send('teamadded', named('t', member('m')), 'b');
    all.board.breakFeed(all.clock.now());
    all.send('teamadded', named('t', member('m')), 'b');
    expect(all.team('t')?.team).toMatchObject({ confirmedIn: 2, confirmed: 1 });
    all.board.forgetAgent('b', all.clock.now());
    expect(all.team('t')?.team).toMatchObject({ agentIds: ['a'], confirmedIn: 1, confirmed: 2 });
  });

  test('means nothing any more once the ends of feeds are forgotten', () => {
    const all = broken();
    all.board.forgetEnds();
    expect(all.update()?.head.ends).toEqual([]);
  });
});

describe('a team that is announced again', () => {
  function announced() {
    const all = setUp();
    all.send('teamadded', named('t', member('m'), member('n')));
    return all;
  }

  test('[TEAM-2] [TEAM-4] with some of its members has only those, and is told as a departure', () => {
    const { send, rows, violations } = announced();
    send('teamadded', named('t', member('n'), member('o')));
    expect(rows('t')).toEqual(['n ready', 'o ready']);
    expect(violations).toEqual(['team-announced-again']);
  });

  test('[TEAM-3] with only others is taken for the next piece of a big one', () => {
    const { send, rows } = announced();
    send('teamadded', named('t', member('o')));
    send('teamadded', named('t', member('p')));
    expect(rows('t')).toEqual(['m ready', 'n ready', 'o ready', 'p ready']);
  });

  test.each(['memberadded', 'memberstatuschanged', 'teamchanged'])(
    'is still taken for the next piece where a stray of it came before it: %s',
    (name) => {
      const { send, rows, team } = announced();
      send(name, named('t', member('p')));
      send('teamadded', named('t', member('o'), member('p'), member('q')));
      expect(rows('t').map((row) => row.charAt(0))).toEqual(['m', 'n', 'p', 'o', 'q']);
      expect(team('t')?.team.isAnnounced).toBe(name !== 'teamchanged');
      send('teamadded', named('t', member('p'), member('q')));
      expect(rows('t')).toEqual(['p ready', 'q ready']);
    },
  );

  test('is no piece where nobody of the earlier announcement is left or could be read', () => {
    const { send, rows, team } = setUp();
    send('teamadded', { teamId: 't', teamName: 'Team t', members: null } as unknown as BareTeam);
    send('memberstatuschanged', named('t', member('m')));
    send('teamadded', named('t', member('m'), member('n')));
    expect(rows('t')).toEqual(['m ready', 'n ready']);
    expect(team('t')?.team.isAnnounced).toBe(true);
  });

  test('with nobody is empty', () => {
    const { send, rows } = announced();
    send('teamadded', named('t'));
    expect(rows('t')).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['without a list', undefined],
    ['with a list that is none', 'all'],
    ['with a list in which somebody can’t be read', [member('m', { status: 'ACW' }), { memberName: 'n, perhaps' }]],
  ])('%s takes nobody out: who is meant is not known', (_, members) => {
    const { send, rows } = announced();
    send('teamadded', { teamId: 't', teamName: 'Team t', members } as BareTeam);
    expect(rows('t').map((row) => row.charAt(0))).toEqual(['m', 'n']);
  });

  test('begins no new time for those who were there', () => {
    const { clock, send, row } = announced();
    clock.advance(1000);
    send('teamadded', named('t', member('m'), member('n')));
    expect(row('t', 'm')?.since).toEqual({ at: START, known: 'at-least' });
  });
});

describe('[TEAM-5] a team that is not told in full', () => {
  const isAnnounced = (all: ReturnType<typeof setUp>): boolean | undefined => all.team('t')?.team.isAnnounced;

  test.each<[string, unknown]>([
    ['a missing list', undefined],
    ['null', null],
    ['an object', {}],
    ['text', ''],
    ['a list of which one can’t be read', [member('m'), { memberName: 'n' }]],
    ['lists in a list', [[member('m')]]],
    ['one member without a list', member('m')],
  ])('may be incomplete: %s', (_, members) => {
    const all = setUp();
    all.send('teamadded', { teamId: 't', teamName: 'Team t', members } as BareTeam);
    expect(isAnnounced(all)).toBe(false);
    all.board.settle('a', START);
    expect(isAnnounced(all)).toBe(false);
    all.send('teamadded', named('t', member('m'), member('n')));
    expect(isAnnounced(all)).toBe(true);
    expect(all.rows('t')).toEqual(['m ready', 'n ready']);
  });

  test('has the member that stands where the list should', () => {
    const all = setUp();
    all.send('teamadded', { teamId: 't', teamName: 'Team t', members: member('m') } as unknown as BareTeam);
    expect(all.rows('t')).toEqual(['m ready']);
  });

  test('which says that it is empty is empty', () => {
    const all = setUp();
    all.send('teamadded', named('t'));
    expect(isAnnounced(all)).toBe(true);
  });

  test('is in doubt again once a list of it can’t be read', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m')));
    all.send('teamadded', { teamId: 't', teamName: 'Team t', members: null } as unknown as BareTeam);
    expect(isAnnounced(all)).toBe(false);
    expect(all.rows('t')).toEqual(['m ready']);
  });

  test.each<[string, (all: ReturnType<typeof setUp>) => void]>([
    ['the team is removed for that agent', ({ send }) => send('teamremoved', { teamId: 't', teamName: '' }, 'a')],
    ['that agent is watched no more', ({ board }) => board.forgetAgent('a', START)],
  ])('is what remains where only one agent’s list told of everybody: %s', (_, end) => {
    const all = setUp();
    all.send('teamadded', named('t', member('m'), member('n')), 'a');
    all.send('memberstatuschanged', named('t', member('m')), 'b');
    expect(isAnnounced(all)).toBe(true);
    all.update();
    end(all);
    expect(all.rows('t')).toEqual(['m ready']);
    expect(isAnnounced(all)).toBe(false);
    expect(all.update()?.changes).toMatchObject([{ type: 'team', team: { isAnnounced: false } }, {}, {}]);
  });

  test('stays whole where another agent’s list told of everybody, too', () => {
    const all = setUp();
    all.send('teamadded', named('t', member('m')), 'a');
    all.send('teamadded', named('t', member('m')), 'b');
    all.board.forgetAgent('a', START);
    expect(isAnnounced(all)).toBe(true);
  });

  test('of which one list could not be read stays in doubt when a further piece of it comes', () => {
    const all = setUp();
    all.send('teamadded', { teamId: 't', teamName: 'Team t', members: [member('m'), null] } as unknown as BareTeam);
    all.send('teamadded', named('t', member('n')));
    expect(all.rows('t')).toEqual(['m ready', 'n ready']);
    expect(isAnnounced(all)).toBe(false);
  });
});

describe.each(['memberadded', 'memberstatuschanged'])('a team of which a %s tells', (name) => {
  const tell = (members: unknown) => {
    const all = setUp();
    all.send('teamadded', named('t', member('m')));
    all.send(name, { teamId: 't', teamName: 'Team t', members } as BareTeam);
    return all;
  };

  test.each<unknown>([
    [[{ status: 'ready' }]],
    [[member('n'), { ...member('o'), memberId: 2 ** 53 }]],
    [[member(' ')]],
    [['n']],
    [[null]],
    [{ ...member('n'), memberId: {} }],
    [null],
    [undefined],
  ])('[TEAM-6] may be incomplete where somebody can’t be read, until a whole list comes: %j', (members) => {
    const { board, send, team } = tell(members);
    expect(team('t')?.team.isAnnounced).toBe(false);
    board.settle('a', START);
    expect(team('t')?.team.isAnnounced).toBe(false);
    send('teamadded', named('t', member('m'), member('o')));
    expect(team('t')?.team.isAnnounced).toBe(true);
  });

  test.each<unknown>([[[]], [[member('m'), member('m')]], [member('m')], [[{ memberId: 7 }]]])(
    'is as complete as before where everybody can be read: %j',
    (members) => {
      expect(tell(members).team('t')?.team.isAnnounced).toBe(true);
    },
  );
});

describe('members in a change of the team, where none should be', () => {
  test('[TEAM-5] are in the team, and the team may be incomplete until it is announced as a whole', () => {
    const { send, rows, team, board } = setUp();
    send('teamadded', named('t', member('m')));
    send('teamchanged', named('t', member('n', { status: 'ACW' })));
    expect(rows('t')).toEqual(['m ready', 'n ACW']);
    expect(team('t')?.team.isAnnounced).toBe(false);
    board.settle('a', START);
    expect(team('t')?.team.isAnnounced).toBe(false);
    send('teamadded', named('t', member('o')));
    expect(rows('t')).toEqual(['m ready', 'n ACW', 'o ready']);
    expect(team('t')?.team.isAnnounced).toBe(false);
    send('teamadded', named('t', member('n'), member('o')));
    expect(rows('t')).toEqual(['n ready', 'o ready']);
    expect(team('t')?.team.isAnnounced).toBe(true);
  });

  test.each<unknown>([undefined, null, [], {}, ''])('that are %j are none', (members) => {
    const { send, team } = setUp();
    send('teamadded', named('t', member('m')));
    send('teamchanged', { teamId: 't', teamName: 'Team t', members } as BareTeam);
    expect(team('t')?.team.isAnnounced).toBe(true);
  });

  test('that can’t be read leave the team in doubt', () => {
    const { send, team, rows } = setUp();
    send('teamadded', named('t', member('m')));
    send('teamchanged', { teamId: 't', teamName: 'Team t', members: [{ status: 'ready' }] } as unknown as BareTeam);
    expect(team('t')?.team.isAnnounced).toBe(false);
    expect(rows('t')).toEqual(['m ready']);
  });
});

describe('[TEAM-1] the first announcement of a team that strays have told of', () => {
  test.each(['memberadded', 'memberstatuschanged', 'teamchanged'])('takes out whom it does not name: %s', (name) => {
    const { send, rows, team, violations } = setUp();
    send(name, named('t', member('x')));
    send('teamadded', named('t', member('m'), member('n')));
    expect(rows('t')).toEqual(['m ready', 'n ready']);
    expect(team('t')?.team.isAnnounced).toBe(true);
    expect(violations).toEqual(['unknown-team']);
  });

  test('and the pieces that follow it are put together', () => {
    const { send, rows, team } = setUp();
    send('memberstatuschanged', named('t', member('p')));
    send('teamadded', named('t', member('m'), member('n')));
    send('teamadded', named('t', member('o'), member('p')));
    expect(rows('t')).toEqual(['m ready', 'n ready', 'o ready', 'p ready']);
    expect(team('t')?.team.isAnnounced).toBe(true);
  });

  test('takes nobody out where it could not be read as a whole', () => {
    const { send, rows, team } = setUp();
    send('memberstatuschanged', named('t', member('x')));
    send('teamadded', { teamId: 't', teamName: 'Team t', members: [member('m'), 7] } as unknown as BareTeam);
    expect(rows('t')).toEqual(['x ready', 'm ready']);
    expect(team('t')?.team.isAnnounced).toBe(false);
  });

  test('takes nobody out for whom another agent’s events vouch', () => {
    const { send, rows } = setUp();
    send('teamadded', named('t', member('x')), 'b');
    send('memberstatuschanged', named('t', member('x')), 'a');
    send('teamadded', named('t', member('m')), 'a');
    expect(rows('t')).toEqual(['x ready', 'm ready']);
  });
});

describe('[VALUE-7] a name in which nothing can be seen', () => {
  test.each(['', ' ', '\u200b', '\u00a0\u3000', '\u202e\u2066'])('%j is no name', (blank) => {
    const { send, row, team } = setUp();
    const nameless = member('m', { memberName: blank, memberType: blank });
    send('teamadded', { ...named('t', nameless), teamName: blank });
    expect(team('t')?.team.teamName).toBe('t');
    expect(row('t', 'm')).toMatchObject({ memberName: 'm', memberType: '' });
    send('memberstatuschanged', named('t', member('m', { memberName: 'Ann', memberType: 'Agent' })));
    send('memberstatuschanged', { ...named('t', nameless), teamName: blank });
    send('teamchanged', { teamId: 't', teamName: blank });
    expect(team('t')?.team.teamName).toBe('Team t');
    expect(row('t', 'm')).toMatchObject({ memberName: 'Ann', memberType: 'Agent' });
  });

  test('is not one with a selector of a look in it, which stays', () => {
    const { send, row } = setUp();
    send('teamadded', named('t', member('m', { memberName: 'Ann \u2764\ufe0f' })));
    expect(row('t', 'm')?.memberName).toBe('Ann \u2764\ufe0f');
  });

  test('is not one with marks of direction around letters, which stay', () => {
    const { send, row } = setUp();
    send('teamadded', named('t', member('m', { memberName: '\u200fنور\u200f' })));
    expect(row('t', 'm')?.memberName).toBe('\u200fنور\u200f');
  });
});

describe('what was not announced', () => {
  test('a status for a member nobody announced adds that member', () => {
    const { send, rows, row, violations } = setUp();
    send('teamadded', named('t', member('m')));
    send('memberstatuschanged', named('t', member('x', { status: 'ACW' })));
    expect(rows('t')).toEqual(['m ready', 'x ACW']);
    expect(row('t', 'x')?.since.known).toBe('at-least');
    expect(violations).toEqual(['unknown-member']);
  });

  test.each(['memberadded', 'memberstatuschanged'])(
    '%s for a team nobody announced shows what is known of it',
    (name) => {
      const { send, team, rows, violations } = setUp();
      send(name, named('t', member('m')));
      expect(team('t')?.team).toMatchObject({ teamName: 'Team t', isAnnounced: false });
      expect(rows('t')).toEqual(['m ready']);
      expect(violations).toEqual(['unknown-team']);
      send('teamadded', named('t', member('m')));
      expect(team('t')?.team.isAnnounced).toBe(true);
      expect(violations).toEqual(['unknown-team']);
    },
  );

  test.each(['memberremoved', 'teamremoved'])('%s for a team nobody announced shows nothing', (name) => {
    const { send, board, violations } = setUp();
    send(name, named('t', { memberId: 'm' }));
    expect(board.snapshot().teams).toEqual([]);
    expect(violations).toEqual(['unknown-team']);
  });

  test('the removal of a member nobody announced changes nobody', () => {
    const { send, rows, violations } = setUp();
    send('teamadded', named('t', member('m')));
    send('memberremoved', named('t', { memberId: 'x' }));
    expect(rows('t')).toEqual(['m ready']);
    expect(violations).toEqual(['unknown-member']);
  });

  test('a team without a name is called by its id, and an empty name takes none away', () => {
    const { send, team } = setUp();
    send('teamadded', { teamId: 't', teamName: '', members: [] });
    expect(team('t')?.team.teamName).toBe('t');
    send('teamchanged', { teamId: 't', teamName: 'Sales' });
    send('memberadded', { teamId: 't', teamName: '', members: [] });
    expect(team('t')?.team.teamName).toBe('Sales');
  });
});

test('what has just gone has nothing told again', () => {
  const { send, update, board } = setUp();
  send('teamadded', named('t', member('m')));
  send('teamremoved', { teamId: 't', teamName: '' });
  send('teamadded', named('u', member('n')));
  send('memberremoved', named('u', { memberId: 'n' }));
  update();
  board.touch('t', 'm');
  board.touch('u', 'n');
  expect(update()).toBeNull();
});

describe('updates', () => {
  test('tell many events on one row as one change, with what came last', () => {
    const { send, update, changes } = setUp();
    send('teamadded', named('t', member('m')));
    for (const status of ['ACW', 'ready', 'not_ready'])
      send('memberstatuschanged', named('t', member('m', { status })));
    expect(update()?.changes).toMatchObject([{ type: 'team' }, { type: 'member', member: { status: 'not_ready' } }]);
    expect(changes()).toBe(1);
  });

  test('have versions one after the other, and there is none where nothing has changed', () => {
    const { send, update, board } = setUp();
    expect(update()).toBeNull();
    send('teamadded', named('t'));
    expect(update()?.version).toBe(1);
    expect(update()).toBeNull();
    send('teamchanged', named('t'));
    expect(update()?.version).toBe(2);
    expect(board.snapshot().version).toBe(2);
  });

  test('tell of a team that went and came back as it is now, without those who did not come back', () => {
    const { send, update } = setUp();
    send('teamadded', named('t', member('m'), member('n')));
    update();
    send('teamremoved', { teamId: 't', teamName: '' });
    send('teamadded', named('t', member('n')));
    expect(
      update()
        ?.changes.map(({ type }) => type)
        .sort(),
    ).toEqual(['member', 'member-gone', 'team']);
  });

  test('cost what the event costs, not what the board holds', () => {
    const { send, update } = setUp();
    for (let team = 0; team < 50; team += 1) {
      const ids = Array.from({ length: 20 }, (_, n) => member(`${String(team)}-${String(n)}`));
      send('teamadded', named(`t${String(team)}`, ...ids));
    }
    expect(update()?.changes).toHaveLength(50 * 21);
    send('memberstatuschanged', named('t7', member('7-3', { status: 'ACW' })));
    expect(update()?.changes).toHaveLength(2);
  });
});

test.each(['__proto__', 'constructor', 'hasOwnProperty'])('%s is a team and a member like any other', (id) => {
  const { send, rows, board, violations } = setUp();
  send('memberadded', named(id, member(id)), id);
  send('teamadded', named(id, member(id, { status: 'ACW' })), id);
  expect(rows(id)).toEqual([`${id} ACW`]);
  expect(board.head.counts.acw).toBe(1);
  expect(violations).toEqual(['unknown-team']);
  send('memberremoved', named(id, { memberId: id }), id);
  expect(rows(id)).toEqual([]);
});
