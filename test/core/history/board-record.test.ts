/** The board's past: whatever happened, and however little memory there is, the record is what was shown. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Board } from '../../../src/core/board/board.ts';
import type { MemberMessage, TeamEvent } from '../../../src/core/link/message.ts';
import { BoardRecord } from '../../../src/core/history/board-record.ts';
import { feedEnd, type BoardSnapshot } from '../../../src/shared/board/board.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';

const HOUR_MS = 3_600_000;

function recorded(over: Partial<{ maxEntries: number; maxAgeMs: number }> = {}) {
  const clock = new FakeClock();
  const now = (): number => clock.now();
  const record = new BoardRecord({ now, maxEntries: 1000, maxAgeMs: 8 * HOUR_MS, ...over });
  const board = new Board({ observer: record, onChange: () => undefined, onViolation: () => undefined });
  const event = (one: { name: TeamEvent['name'] } & Record<string, unknown>): void => {
    const whole = { type: 'event', agentId: 'a', teamId: 't', teamName: 'Sales', areMembersComplete: true, ...one };
    board.apply(whole as unknown as TeamEvent, 'a', clock.now());
  };
  const added = (...members: MemberMessage[]): void => event({ name: 'report.teamstatus.teamadded', members });
  const changed = (...members: MemberMessage[]): void =>
    event({ name: 'report.teamstatus.memberstatuschanged', members });
  const removed = (...memberIds: string[]): void => event({ name: 'report.teamstatus.memberremoved', memberIds });
  record.markComplete();
  return { clock, record, board, event, added, changed, removed };
}

function member(memberId: string, status: string, reason = ''): MemberMessage {
  return { memberId, memberName: `${memberId}!`, memberType: 'Agent', status, reason };
}

/** Who was where in what status, since when: everything that a past board has to show, in the order of ids. */
function shown({ head, teams }: BoardSnapshot) {
  return {
    counts: head.counts,
    unconfirmed: head.unconfirmed,
    teams: teams
      .filter(({ members }) => members.length > 0)
      .map(({ team, members }) => ({
        teamId: team.teamId,
        isAnnounced: team.isAnnounced,
        counts: team.counts,
        members: members
          .map(({ memberId, status, reason, since, reasonSince }) => ({ memberId, status, reason, since, reasonSince }))
          .toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1)),
      }))
      .toSorted((a, b) => (a.teamId < b.teamId ? -1 : 1)),
  };
}

describe('the board at a moment', () => {
  test('is what it was then, with the times of then', () => {
    const all = recorded();
    all.added(member('m', 'ready'));
    const start = all.clock.now();
    all.clock.advance(60_000);
    all.changed(member('m', 'not_ready', '7'));
    all.clock.advance(60_000);
    all.removed('m');
    const at = (seconds: number) => all.record.at(start + seconds * 1000).teams.flatMap(({ members }) => members);
    expect(at(59)).toMatchObject([{ memberName: 'm!', status: 'ready', since: { at: start, known: 'at-least' } }]);
    expect(at(60)).toMatchObject([{ status: 'not_ready', reason: '7', since: { known: 'exact' } }]);
    expect(at(119)).toHaveLength(1);
    expect(at(120)).toEqual([]);
    expect(at(-1)).toEqual([]);
  });

  test('counts a person of two teams once over all', () => {
    const all = recorded();
    all.added(member('m', 'ready'));
    all.event({
      name: 'report.teamstatus.teamadded',
      teamId: 't2',
      teamName: 'Service',
      members: [member('m', 'ready')],
    });
    const { head, teams } = all.record.at(all.clock.now());
    expect(head.counts.ready).toBe(1);
    expect(teams.map(({ team }) => [team.teamName, team.counts.ready])).toEqual([
      ['Sales', 1],
      ['Service', 1],
    ]);
  });
});

describe('a team that may be incomplete', () => {
  test('[TEAM-6] is one in the past, too, for as long as it was', () => {
    const all = recorded();
    const start = all.clock.now();
    const next = (): void => all.clock.advance(1000);
    all.event({ name: 'report.teamstatus.memberadded', members: [member('m', 'ready')] });
    next();
    all.added(member('m', 'ready'));
    next();
    all.event({ name: 'report.teamstatus.memberadded', members: [], areMembersComplete: false });
    next();
    all.added(member('m', 'ready'));
    next();
    all.board.breakFeed(all.clock.now());
    next();
    all.changed(member('m', 'ready'));
    next();
    all.board.settle('a', all.clock.now());
    const was = Array.from({ length: 7 }, (_, at) => {
      const [team] = all.record.at(start + at * 1000).teams;
      return team?.team.isAnnounced;
    });
    expect(was).toEqual([false, true, false, true, true, true, false]);
  });

  test('is as it was when nobody was in it yet', () => {
    const all = recorded();
    all.added();
    all.clock.advance(1000);
    all.event({ name: 'report.teamstatus.memberadded', members: [member('m', 'ready')] });
    expect(all.record.at(all.clock.now()).teams).toMatchObject([{ team: { isAnnounced: true } }]);
  });

  test('is so once the agent whose list was complete is gone', () => {
    const all = recorded();
    all.added(member('m', 'ready'));
    all.board.apply(
      {
        ...{ type: 'event', name: 'report.teamstatus.memberadded', agentId: 'b', teamId: 't', teamName: 'Sales' },
        ...{ members: [member('m', 'ready')], areMembersComplete: true },
      } as const,
      'b',
      all.clock.now(),
    );
    const before = all.clock.now();
    all.clock.advance(1000);
    all.board.forgetAgent('a', all.clock.now());
    const at = (moment: number) => all.record.at(moment).teams.map(({ team }) => team.isAnnounced);
    expect([at(before), at(all.clock.now())]).toEqual([[true], [false]]);
  });

  test('uses bounded memory, however often it changes', () => {
    const all = recorded({ maxEntries: 10 });
    all.added(member('m', 'ready'));
    for (let count = 0; count < 100; count += 1) {
      all.clock.advance(1000);
      all.event({ name: 'report.teamstatus.memberadded', members: [], areMembersComplete: count % 2 === 0 });
      all.added(member('m', 'ready'));
    }
    expect(all.clock.now() - all.record.horizon).toBeLessThan(30_000);
  });
});

describe('people not reported again after a break', () => {
  test('are old in the past, too, for as long as they were, and since when', () => {
    const all = recorded();
    const start = all.clock.now();
    const next = (): void => all.clock.advance(1000);
    all.added(member('m', 'ready'), member('n', 'ready'));
    next();
    all.board.breakFeed(all.clock.now() - 400);
    next();
    all.changed(member('m', 'ready'));
    next();
    all.board.breakFeed(all.clock.now());
    next();
    // Nothing was reported in this feed.
    all.board.breakFeed(all.clock.now());
    next();
    all.added(member('m', 'ready'), member('n', 'acw'));
    const at = (second: number): string => {
      const { head, teams } = all.record.at(start + second * 1000);
      const end = (feed: number): string => {
        const ended = feedEnd(head, feed);
        return feed === head.feed ? 'now' : ended === null ? '?' : String((ended - start) / 1000);
      };
      const rows = teams.flatMap(({ members }) => members.map((row) => `${row.memberId} ${end(row.confirmedIn)}`));
      const [team] = teams;
      const fresh = team?.team.confirmedIn === head.feed ? team.team.confirmed : 0;
      return `${rows.join(', ')}; ${String(fresh)} of the team, ${String(head.unconfirmed)} old`;
    };
    expect([0, 1, 2, 3, 4, 5].map(at)).toEqual([
      'm now, n now; 2 of the team, 0 old',
      'm 0.6, n 0.6; 0 of the team, 2 old',
      'm now, n 0.6; 1 of the team, 1 old',
      'm 3, n 0.6; 0 of the team, 2 old',
      'm 3, n 0.6; 0 of the team, 2 old',
      'm now, n now; 2 of the team, 0 old',
    ]);
  });
});

describe('names in the past', () => {
  test('are the present ones, of teams and of people', () => {
    const all = recorded();
    all.added(member('m', 'ready'));
    const start = all.clock.now();
    all.clock.advance(1000);
    all.changed({ ...member('m', 'acw'), memberName: 'Renamed' });
    all.event({ name: 'report.teamstatus.teamchanged', teamName: 'Sales North' });
    const [team] = all.record.at(start).teams;
    expect(team?.team.teamName).toBe('Sales North');
    expect(team?.members).toMatchObject([{ memberName: 'Renamed', status: 'ready' }]);
    expect(all.record.of('m')?.name).toBe('Renamed');
  });
});

describe('where the record begins', () => {
  const subscribed = () => {
    const all = recorded();
    all.record.clear();
    return all;
  };
  const joins = (all: ReturnType<typeof recorded>, memberId: string): void => {
    all.event({ name: 'report.teamstatus.memberadded', members: [member(memberId, 'ready')] });
  };

  test('moves with everyone who joins until the board is complete, and no further', () => {
    const all = subscribed();
    joins(all, 'm');
    all.clock.advance(1000);
    joins(all, 'n');
    const last = all.clock.now();
    expect(all.record.horizon).toBe(last);
    all.record.markComplete();
    all.clock.advance(1000);
    joins(all, 'o');
    all.record.markComplete();
    expect(all.record.horizon).toBe(last);
  });

  test('is where an empty board was complete: the first member does not move it', () => {
    const all = subscribed();
    all.clock.advance(1000);
    all.record.markComplete();
    const whole = all.clock.now();
    all.clock.advance(1000);
    joins(all, 'm');
    expect(all.record.horizon).toBe(whole);
    expect(all.record.at(whole).teams).toEqual([]);
  });

  test('moves again with everyone who joins once another processor’s board arrives', () => {
    const all = subscribed();
    all.record.markComplete();
    all.record.clear();
    all.clock.advance(1000);
    joins(all, 'm');
    expect(all.record.horizon).toBe(all.clock.now());
  });
});

describe('a person’s history', () => {
  test('has each status as it was seen, and the times away', () => {
    const all = recorded();
    all.added(member('m', 'ready'));
    const start = all.clock.now();
    all.clock.advance(10_000);
    all.changed(member('m', 'not_ready', '7'));
    all.clock.advance(10_000);
    all.changed(member('m', 'not_ready', '7'));
    all.clock.advance(10_000);
    all.removed('m');
    all.clock.advance(10_000);
    all.added(member('m', 'ready'));
    const spans = all.record.of('m')?.spans.map(({ at, to, state }) => {
      return [(at - start) / 1000, to === null ? null : (to - start) / 1000, state?.status ?? null];
    });
    expect(spans).toEqual([
      [0, 10, 'ready'],
      [10, 30, 'not_ready'],
      [30, 40, null],
      [40, null, 'ready'],
    ]);
    expect(all.record.teamNamesOf('m')).toEqual(['Sales']);
    expect(all.record.of('n')).toBeNull();
  });

  test('has no time away if the person only moved to another team', () => {
    const all = recorded();
    all.added(member('m', 'ready'));
    all.event({ name: 'report.teamstatus.teamadded', teamId: 't2', teamName: 'Service', members: [] });
    const start = all.clock.now();
    all.clock.advance(10_000);
    all.removed('m');
    all.event({ name: 'report.teamstatus.memberadded', teamId: 't2', members: [member('m', 'ready')] });
    all.clock.advance(1000);
    all.event({ name: 'report.teamstatus.memberremoved', teamId: 't2', memberIds: ['m'] });
    all.clock.advance(2000);
    all.added(member('m', 'ready'));
    expect(all.record.of('m')?.spans.map(({ at, state }) => [at - start, state?.since.at ?? null])).toEqual([
      [0, start],
      [10_000, start],
      [11_000, null],
      [13_000, start],
    ]);
  });

  test('names the teams that the person is in now, by their present names, and no other', () => {
    const all = recorded();
    all.added(member('m', 'ready'), member('n', 'ready'));
    for (const teamId of ['t2', 't3']) {
      all.event({ name: 'report.teamstatus.teamadded', teamId, teamName: teamId, members: [member('m', 'ready')] });
    }
    all.event({ name: 'report.teamstatus.teamadded', teamId: 't4', teamName: 't4', members: [member('n', 'ready')] });
    all.event({ name: 'report.teamstatus.teamremoved', teamId: 't3' });
    all.clock.advance(1000);
    all.event({ name: 'report.teamstatus.teamchanged', teamName: 'Sales North' });
    expect(all.record.teamNamesOf('m')).toEqual(['Sales North', 't2']);
    expect(all.record.teamNamesOf('n')).toEqual(['Sales North', 't4']);
  });

  test('shows where the same status was seen again after a break', () => {
    const all = recorded();
    all.added(member('m', 'ready'));
    all.clock.advance(10_000);
    all.board.breakFeed(all.clock.now());
    all.clock.advance(5000);
    all.added(member('m', 'ready'));
    expect(all.record.of('m')?.spans.map(({ state }) => state?.since.known)).toEqual(['at-least', 'across-gap']);
  });
});

describe('what is long past', () => {
  test('is forgotten after its time, and the horizon says so', () => {
    const all = recorded({ maxAgeMs: HOUR_MS });
    all.added(member('m', 'ready'), member('n', 'ready'));
    all.clock.advance(HOUR_MS / 2);
    all.changed(member('m', 'acw'));
    const changedAt = all.clock.now();
    all.clock.advance(HOUR_MS + 1);
    expect(all.record.horizon).toBeLessThan(changedAt);
    all.changed(member('n', 'acw'));
    expect(all.record.horizon).toBe(changedAt);
    expect(all.record.of('m')?.spans).toHaveLength(1);
    expect(all.record.of('n')?.spans).toHaveLength(2);
  });

  test('is forgotten if there is too much, and for people who left, all of it', () => {
    const all = recorded({ maxEntries: 10 });
    all.added(member('m', 'ready'));
    for (let count = 0; count < 100; count += 1) {
      all.clock.advance(1000);
      all.added(member('m', 'ready'), member(`guest ${String(count)}`, 'ready'));
      all.removed(`guest ${String(count)}`);
      all.changed(member('m', count % 2 === 0 ? 'acw' : 'ready'));
    }
    expect(all.record.of('guest 0')).toBeNull();
    expect(all.record.of('guest 99')).not.toBeNull();
    expect(all.record.of('m')?.spans.length).toBeLessThan(10);
    expect(all.clock.now() - all.record.horizon).toBeLessThan(5000);
  });

  test('takes stays that are over with it: a team that nobody has been in for long is not known', () => {
    const all = recorded({ maxAgeMs: HOUR_MS });
    all.added(member('m', 'ready'));
    all.event({
      name: 'report.teamstatus.teamadded',
      teamId: 't2',
      teamName: 'Service',
      members: [member('m', 'ready')],
    });
    const start = all.clock.now();
    all.clock.advance(1000);
    all.event({ name: 'report.teamstatus.memberremoved', teamId: 't2', memberIds: ['m'] });
    expect(all.record.at(start).teams).toHaveLength(2);
    all.clock.advance(HOUR_MS + 1);
    all.event({ name: 'report.teamstatus.memberadded', members: [member('n', 'ready')] });
    all.removed('n');
    expect(all.record.horizon).toBe(start + 1000);
    expect(all.record.at(start).teams.map(({ team }) => team.teamName)).toEqual(['Sales']);
  });

  test('of another processor is forgotten at once', () => {
    const all = recorded();
    all.added(member('m', 'ready'));
    all.clock.advance(1000);
    all.record.clear();
    expect(all.record.of('m')).toBeNull();
    expect(all.record.at(all.clock.now()).teams).toEqual([]);
    expect(all.record.horizon).toBe(all.clock.now());
  });
});

test('whatever happened, each moment on record is what was shown then', () => {
  const memberId = fc.constantFrom('m1', 'm2', 'm3', '__proto__');
  const members = fc.array(
    fc.record({ memberId, status: fc.constantFrom('ready', 'not_ready', 'acw'), reason: fc.constantFrom('', '7') }),
    { maxLength: 3 },
  );
  const teamId = fc.constantFrom('t1', 't2');
  const step = fc.oneof(
    fc.record({
      type: fc.constantFrom('teamadded', 'memberadded', 'memberstatuschanged'),
      teamId,
      members,
      areMembersComplete: fc.boolean(),
    }),
    fc.record({ type: fc.constant('memberremoved'), teamId, memberIds: fc.array(memberId, { maxLength: 2 }) }),
    fc.record({ type: fc.constantFrom('teamremoved', 'break', 'settle'), teamId }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 30 }), (steps, maxEntries) => {
      const all = recorded({ maxEntries });
      const then: { at: number; shown: ReturnType<typeof shown> }[] = [];
      for (const one of steps) {
        all.clock.advance(1000);
        if (one.type === 'break') all.board.breakFeed(all.clock.now());
        else if (one.type === 'settle') all.board.settle('a', all.clock.now());
        else {
          const those =
            'members' in one ? one.members.map((each) => member(each.memberId, each.status, each.reason)) : [];
          all.event({ ...one, name: `report.teamstatus.${one.type}` as TeamEvent['name'], members: those });
        }
        then.push({ at: all.clock.now(), shown: shown(all.board.snapshot()) });
      }
      for (const { at, shown: was } of then) {
        if (at >= all.record.horizon) expect(shown(all.record.at(at))).toEqual(was);
      }
    }),
    { numRuns: 500 },
  );
});
