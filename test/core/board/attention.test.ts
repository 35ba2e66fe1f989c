/**
 * When rows come near and over their limits, as published to readers of the board, on a clock under the test's control.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byAttention, levelAfter, type FloorRule, type LimitRule } from '../../../src/shared/board/attention.ts';
import type { MemberRow } from '../../../src/shared/board/board.ts';
import { attentiveBoard, member } from '../../../lab/attentive-board.ts';
import { sorted } from '../../../lab/board-reader.ts';

const LIMITS: readonly LimitRule[] = [
  { status: 'not_ready', seconds: 100 },
  { reason: '101', seconds: 200 },
  { status: 'acw', team: 'Sales', seconds: 40 },
];

/** A board with marked rows, as its reader has them. */
function marked(limits: readonly LimitRule[] = LIMITS, floors: readonly FloorRule[] = []) {
  const all = attentiveBoard(limits, floors);
  const row = (memberId: string, teamId = 't1') =>
    all.reader.view.find(({ team }) => team.teamId === teamId)?.members.find((one) => one.memberId === memberId);
  const level = (memberId: string, teamId = 't1') => row(memberId, teamId)?.attention?.level;
  const team = (teamId = 't1') => all.reader.view.find((one) => one.team.teamId === teamId)?.team;
  return { ...all, row, level, team };
}

describe('a row with a limit', () => {
  test.each([75, 100])(
    'that got to it (after %i s) since when nothing was known is told anew, to readers as in the whole board',
    (crossed) => {
      const all = marked();
      all.added([member('m', 'not_ready')]);
      all.seconds(crossed - 1);
      const heardAt = all.clock.now();
      const before = all.level('m');
      all.seconds(3);
      expect(all.level('m')).not.toBe(before);
      all.board.breakFeed(heardAt);
      all.marks.blindSince = heardAt;
      all.publish();
      const whole = all.marks.markSnapshot(all.board.snapshot());
      expect(all.level('m')).toBe(before);
      expect(all.reader.view).toEqual(sorted(whole.teams));
      expect(all.reader.head.levels).toEqual(whole.head.levels);
      expect(whole.head.levels).toEqual({ amber: before === 'amber' ? 1 : 0, red: 0 });
    },
  );

  test('is amber from three quarters of it and red from the whole, told at that second', () => {
    const all = marked();
    all.added([member('m', 'not_ready')]);
    expect(all.row('m')?.attention).toEqual({ of: 'status', limitMs: 100_000, level: 'none' });
    all.seconds(74);
    expect(all.level('m')).toBe('none');
    all.seconds(1);
    expect(all.level('m')).toBe('amber');
    expect(all.team()?.levels).toEqual({ amber: 1, red: 0 });
    all.seconds(24);
    expect(all.level('m')).toBe('amber');
    all.seconds(1);
    expect(all.level('m')).toBe('red');
    expect(all.team()?.levels).toEqual({ amber: 0, red: 1 });
    expect(all.reader.head.levels).toEqual({ amber: 0, red: 1 });
  });

  test('is well again when its status changes, and no timer is left', () => {
    const all = marked();
    all.added([member('m', 'not_ready')]);
    all.seconds(100);
    all.changed([member('m', 'ready')]);
    expect(all.row('m')).not.toHaveProperty('attention');
    expect(all.reader.head.levels).toEqual({ amber: 0, red: 0 });
    expect(all.clock.timers).toBe(0);
  });

  test('on its reason counts the time in the reason', () => {
    const all = marked();
    all.added([member('m', 'not_ready', '7')]);
    all.seconds(90);
    expect(all.level('m')).toBe('amber');
    all.changed([member('m', 'not_ready', '101')]);
    expect(all.row('m')?.attention).toEqual({ of: 'reason', limitMs: 200_000, level: 'none' });
    all.seconds(150);
    expect(all.level('m')).toBe('amber');
    all.changed([member('m', 'not_ready', '7')]);
    expect(all.level('m'), 'the status has lasted for all that time').toBe('red');
  });

  test('of a person in two teams is each team’s own, and the person counts once, at the worst', () => {
    const all = marked();
    all.added([member('m', 'acw')]);
    all.added([member('m', 'acw')], { teamId: 't2', teamName: 'Service' });
    all.rules([...LIMITS, { status: 'acw', seconds: 80 }]);
    all.seconds(60);
    expect([all.level('m'), all.level('m', 't2')]).toEqual(['red', 'amber']);
    expect(all.reader.head.levels).toEqual({ amber: 0, red: 1 });
    expect(all.team('t2')?.levels).toEqual({ amber: 1, red: 0 });
    all.event({ name: 'report.teamstatus.memberremoved', memberIds: ['m'] });
    expect(all.reader.head.levels).toEqual({ amber: 1, red: 0 });
    all.event({ name: 'report.teamstatus.teamremoved', teamId: 't2' });
    expect(all.reader.head.levels).toEqual({ amber: 0, red: 0 });
    expect(all.clock.timers).toBe(0);
  });

  test('follows the rules when they change, and the team’s name where they name it', () => {
    const all = marked([]);
    all.added([member('m', 'acw')]);
    expect(all.row('m')).not.toHaveProperty('attention');
    expect(all.team()).not.toHaveProperty('levels');
    all.seconds(50);
    all.rules(LIMITS);
    expect(all.level('m')).toBe('red');
    all.event({ name: 'report.teamstatus.teamchanged', teamName: 'Service' });
    expect(all.row('m')).not.toHaveProperty('attention');
    all.event({ name: 'report.teamstatus.teamchanged', teamName: 'Sales' });
    expect(all.level('m')).toBe('red');
    all.rules([]);
    expect(all.row('m')).not.toHaveProperty('attention');
    expect(all.reader.head).not.toHaveProperty('levels');
    expect(all.clock.timers).toBe(0);
  });
});

describe('what is not known to be true any more', () => {
  test('gets no further while the link is blind, and is right at once when it is live again', () => {
    const all = marked();
    all.added([member('m', 'not_ready')]);
    all.seconds(70);
    all.marks.blindSince = all.clock.now();
    all.seconds(60);
    expect(all.level('m')).toBe('none');
    expect(all.clock.timers).toBe(0);
    all.changed([member('m', 'not_ready')]);
    expect(all.level('m'), 'told again, still blind').toBe('none');
    all.marks.blindSince = null;
    all.seconds(1);
    expect(all.level('m')).toBe('red');
  });

  test('keeps the level it had when its feed broke, until it is confirmed', () => {
    const all = marked();
    all.added([member('m', 'not_ready'), member('n', 'not_ready')]);
    all.seconds(80);
    all.marks.blindSince = all.clock.now();
    all.board.breakFeed(all.clock.now());
    all.publish();
    all.seconds(60);
    all.marks.blindSince = null;
    all.seconds(1);
    expect(all.level('m')).toBe('amber');
    all.board.touch('t1', 'm');
    all.publish();
    expect(all.level('m'), 'told again, still old').toBe('amber');
    all.added([member('m', 'not_ready'), member('n', 'acw')]);
    expect(all.level('n'), 'another status since then').toBe('none');
    expect(all.level('m'), 'the clock goes on across the gap').toBe('red');
  });
});

describe('what is marked', () => {
  const SERVICE = { teamId: 't2', teamName: 'Service' };

  test('is counted rightly where limits are taken away while somebody is over, and set again', () => {
    const all = marked();
    all.added([member('m', 'not_ready'), member('n', 'not_ready')]);
    all.seconds(80);
    all.rules([]);
    all.changed([member('n', 'ready')]);
    all.rules(LIMITS);
    expect(all.reader.head.levels).toEqual({ amber: 1, red: 0 });
    all.seconds(20);
    expect(all.reader.head.levels).toEqual({ amber: 0, red: 1 });
    expect(all.team()?.levels).toEqual({ amber: 0, red: 1 });
  });

  test('on a board of the past is counted as it was, each person once and at the worst', () => {
    const all = marked([...LIMITS, { status: 'not_ready', team: 'Service', seconds: 60 }]);
    all.added([member('m', 'not_ready'), member('n', 'not_ready')]);
    all.added([member('m', 'not_ready')], SERVICE);
    const moment = all.clock.now() + 80_000;
    const { head, teams } = all.marks.markPast(all.board.snapshot(), moment);
    expect(head.levels).toEqual({ amber: 1, red: 1 });
    expect(teams.map(({ team }) => team.levels)).toEqual([
      { amber: 2, red: 0 },
      { amber: 0, red: 1 },
    ]);
  });

  test('of rows of two earlier feeds goes by the end of each', () => {
    const all = marked();
    const breakFeed = (): void => {
      all.board.breakFeed(all.clock.now());
      all.publish();
    };
    all.added([member('m', 'not_ready')]);
    all.added([member('n', 'not_ready')], SERVICE);
    all.seconds(40);
    breakFeed();
    all.added([member('n', 'not_ready')], SERVICE);
    all.seconds(45);
    breakFeed();
    all.rules([{ status: 'not_ready', seconds: 80 }]);
    expect(all.level('m'), 'known for forty seconds').toBe('none');
    expect(all.level('n', 't2'), 'known for longer').toBe('red');
  });

  test('leaves one timer for a row that is told twice, and none for one that is red', () => {
    const all = marked();
    all.added([member('m', 'not_ready')]);
    all.changed([member('m', 'not_ready')]);
    all.board.touch('t1', 'm');
    all.publish();
    expect(all.clock.timers).toBe(1);
    all.seconds(100);
    expect(all.level('m')).toBe('red');
    expect(all.clock.timers).toBe(0);
  });

  test('crosses a limit on its reason by the reason’s own clock', () => {
    const all = marked();
    all.added([member('m', 'not_ready', '7')]);
    all.seconds(60);
    all.changed([member('m', 'not_ready', '101')]);
    all.seconds(199);
    expect(all.level('m')).toBe('amber');
    all.seconds(1);
    expect(all.level('m')).toBe('red');
  });
});

test('a team’s head tells its floor', () => {
  const all = marked([], [{ ready: 2 }, { team: 'Service', ready: 0 }]);
  all.added([member('m', 'ready')]);
  all.added([member('n', 'ready')], { teamId: 't2', teamName: 'Service' });
  expect(all.team()?.floor).toBe(2);
  expect(all.team('t2')).not.toHaveProperty('floor');
});

test('a snapshot shows what the updates showed, whatever happened', () => {
  const memberId = fc.constantFrom('m1', 'm2', 'm3');
  const status = fc.constantFrom('not_ready', 'acw', 'ready');
  const team = fc.constantFrom(
    { teamId: 't1', teamName: 'Sales' },
    { teamId: 't2', teamName: 'Service' },
    { teamId: 't2', teamName: 'Sales' },
  );
  const step = fc.oneof(
    fc.record({
      type: fc.constant('changed' as const),
      team,
      members: fc.array(fc.record({ memberId, status, reason: fc.constantFrom('', '101') }), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('removed' as const), team, memberIds: fc.array(memberId, { maxLength: 2 }) }),
    fc.record({ type: fc.constantFrom('gone' as const), team }),
    fc.record({ type: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 120 }) }),
    fc.record({ type: fc.constantFrom('blind' as const, 'live' as const, 'break' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const all = marked();
      let blindSince: number | null = null;
      for (const one of steps) {
        if (one.type === 'changed') {
          const members = one.members.map((each) => member(each.memberId, each.status, each.reason));
          all.changed(members, one.team);
        } else if (one.type === 'removed') {
          all.event({ name: 'report.teamstatus.memberremoved', memberIds: one.memberIds, ...one.team });
        } else if (one.type === 'gone') all.event({ name: 'report.teamstatus.teamremoved', ...one.team });
        else if (one.type === 'pass') all.seconds(one.seconds);
        else if (one.type === 'break') {
          all.board.breakFeed(blindSince ?? all.clock.now());
          all.publish();
        } else {
          blindSince = one.type === 'blind' ? (blindSince ?? all.clock.now()) : null;
          all.marks.blindSince = blindSince;
          all.seconds(1);
        }
        const { teams, head } = all.marks.markSnapshot(all.board.snapshot());
        expect(all.reader.view).toEqual(sorted(teams));
        const worst = new Map<string, string>();
        for (const { memberId: id, attention } of teams.flatMap(({ members }) => members)) {
          const levels = [worst.get(id), attention?.level];
          worst.set(id, levels.includes('red') ? 'red' : levels.includes('amber') ? 'amber' : 'none');
        }
        const count = (level: string): number => [...worst.values()].filter((one) => one === level).length;
        expect(head.levels).toEqual({ amber: count('amber'), red: count('red') });
        expect(all.reader.head.levels).toEqual(head.levels);
      }
    }),
    { numRuns: 300 },
  );
});

test('order by attention: over the limit first, longest over first; then near it; then by status, longest first', () => {
  const row = (memberId: string, status: string, at: number, limitMs?: number, level?: 'none' | 'amber' | 'red') => {
    const since = { at, known: 'exact' as const };
    const base = { memberId, memberName: memberId, memberType: 'Agent', status, reason: '', since, reasonSince: since };
    const plain: MemberRow = { ...base, confirmedIn: 1 };
    return limitMs === undefined
      ? plain
      : { ...plain, attention: { of: 'status' as const, limitMs, level: level ?? 'none' } };
  };
  const rows = [
    row('ready, new', 'ready', 90),
    row('ready, long', 'ready', 10),
    row('daydreaming', 'Daydreaming', 5),
    row('not ready, within', 'not_ready', 50, 1000),
    row('amber, far', 'acw', 30, 80, 'amber'),
    row('amber, near', 'not_ready', 10, 95, 'amber'),
    row('red, just', 'acw', 20, 70, 'red'),
    row('red, long', 'not_ready', 10, 20, 'red'),
    row('acw', 'acw', 80),
  ];
  expect(rows.toSorted(byAttention).map(({ memberId }) => memberId)).toEqual([
    'red, long',
    'red, just',
    'amber, near',
    'amber, far',
    'not ready, within',
    'acw',
    'daydreaming',
    'ready, long',
    'ready, new',
  ]);
});

test('a limit is reached at its very end, and near from three quarters', () => {
  expect([0, 74, 75, 99, 100].map((elapsed) => levelAfter(elapsed, 100))).toEqual([
    'none',
    'none',
    'amber',
    'amber',
    'red',
  ]);
});
