/** What alerts and what does not: on a marked board, with a clock under the test's control. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AlertCenter } from '../../../src/core/alerts/alert-center.ts';
import type { MemberMessage, TeamEvent } from '../../../src/core/link/message.ts';
import { alertedPeople } from '../../../lab/alerted-people.ts';
import type { Alert } from '../../../src/shared/alerts/alert-kinds.ts';
import { ALERTS_ON, notOver, worstAlert } from '../../../src/shared/alerts/alerts.ts';
import type { FloorRule, LimitRule } from '../../../src/shared/board/attention.ts';
import type { BoardChange, MemberRow } from '../../../src/shared/board/board.ts';
import { NO_COUNTS, total } from '../../../src/shared/board/statuses.ts';
import { ReasonBook } from '../../../src/shared/reasons/reasons.ts';
import { attentiveBoard, member } from '../../../lab/attentive-board.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';

const PHONE_DOWN = '32759';
const CALL_ENDED = '32755';

const NOT_READY_LIMIT: readonly LimitRule[] = [{ status: 'not_ready', seconds: 100 }];

function watched(floors: readonly FloorRule[] = [], limits = NOT_READY_LIMIT) {
  const told: string[] = [];
  const amended: string[] = [];
  const clock = new FakeClock();
  const center = new AlertCenter({
    clock,
    onAlert: (alert) => told.push(words(alert)),
    onUpdate: (alert, isMore) => amended.push(`${isMore ? 'more ' : ''}${words(alert)}`),
    onEnd: () => undefined,
    onDue: () => {
      all.publish();
      center.look();
    },
    onLate: () => {
      live(false);
    },
    onChange: () => {
      onChange();
    },
  });
  let onChange = (): void => undefined;
  const all = attentiveBoard(limits, floors, {
    clock,
    read: (update) => {
      center.follow(update);
      center.look();
    },
  });
  center.isLive = true;
  const live = (isLive: boolean): void => {
    all.marks.blindSince = isLive ? null : all.clock.now();
    center.isLive = isLive;
    all.publish();
  };
  /** The connection is lost for this long and then live again; nothing has arrived yet. */
  const gap = (seconds: number): void => {
    live(false);
    all.board.breakFeed(all.clock.now());
    all.publish();
    all.seconds(seconds);
    live(true);
  };
  const setOnChange = (to: () => unknown): void => {
    onChange = () => void to();
  };
  return { ...all, center, told, amended, live, gap, onChange: setOnChange, list: () => center.list.map(words) };
}

function words(alert: Alert): string {
  const again = alert.times === 1 ? '' : `, ${String(alert.times)} times`;
  const end = `${again}${alert.isKnown ? '' : ', not known'}${alert.endedAt === null ? '' : ', over'}`;
  const people = alertedPeople(alert)
    .map(({ memberName }) => memberName)
    .join(' ');
  switch (alert.kind) {
    case 'limit':
      return `${people} over ${String(alert.limitMs / 1000)} in ${alert.teamName}${end}`;
    case 'failure':
      return `${alert.reason}: ${people}${end}`;
    case 'floor':
      return `${alert.teamName} ${String(alert.ready)} of ${String(alert.least)}${end}`;
  }
}

describe('somebody over a limit', () => {
  test('is told once, and is over when the status is', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.seconds(99);
    expect(all.told).toEqual([]);
    all.seconds(60);
    expect(all.told).toEqual(['m over 100 in Sales']);
    all.changed([member('m', 'ready')]);
    expect(all.list()).toEqual(['m over 100 in Sales, over']);
    all.changed([member('m', 'not_ready')]);
    all.seconds(100);
    expect(all.told, 'another time is another thing').toHaveLength(2);
  });

  test('in two teams is told once, and over only when it is in both', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.added([member('m', 'not_ready')], { teamId: 't2', teamName: 'Service' });
    all.seconds(100);
    expect(all.told).toHaveLength(1);
    all.removed('m');
    expect(all.list()[0]).not.toContain('over,');
    expect(all.list()[0]).not.toMatch(/, over$/);
    all.event({ name: 'report.teamstatus.teamremoved', teamId: 't2' });
    expect(all.list()[0]).toMatch(/, over$/);
  });

  test('is not told again after a gap, if the status is still the same', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.seconds(100);
    all.live(false);
    all.board.breakFeed(all.clock.now());
    all.publish();
    all.seconds(10);
    all.live(true);
    all.added([member('m', 'not_ready')]);
    all.seconds(200);
    expect(all.told).toHaveLength(1);
  });

  test('is not told while the link is blind, but as soon as it is live again', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.seconds(90);
    all.live(false);
    all.changed([member('n', 'not_ready')]);
    all.seconds(200);
    expect(all.told).toEqual([]);
    all.live(true);
    all.seconds(1);
    expect(all.told.toSorted()).toEqual(['m over 100 in Sales', 'n over 100 in Sales']);
  });

  test('is not told again for who only goes from one team to another', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.added([], { teamId: 't2', teamName: 'Service' });
    all.seconds(100);
    const both = (): void => {
      all.board.touch('t1', 'm');
      all.board.apply(
        {
          type: 'event',
          name: 'report.teamstatus.memberadded',
          agentId: 'a',
          teamId: 't2',
          teamName: 'Service',
          members: [member('m', 'not_ready')],
          areMembersComplete: true,
        },
        'a',
        all.clock.now(),
      );
      all.removed('m');
    };
    both();
    expect(all.told).toHaveLength(1);
  });

  test('is told once for one stay, whatever limit the team has to which they go, until it is raised there', () => {
    const limits = (ofService: number): readonly LimitRule[] => [
      { status: 'not_ready', seconds: 60 },
      { status: 'not_ready', team: 'Service', seconds: ofService },
    ];
    const all = watched([], limits(120));
    const service = { teamId: 't2', teamName: 'Service' };
    all.added([member('m', 'not_ready')]);
    all.added([], service);
    all.seconds(60);
    all.removed('m');
    all.seconds(1);
    all.event({ name: 'report.teamstatus.memberadded', members: [member('m', 'not_ready')], ...service });
    expect(all.list()).toEqual(['m over 60 in Sales, over']);
    all.seconds(60);
    expect(all.list()).toEqual(['m over 120 in Service']);
    expect(all.told).toEqual(['m over 60 in Sales']);
    all.rules(limits(150));
    all.seconds(60);
    expect(all.told).toEqual(['m over 60 in Sales', 'm over 150 in Service, 2 times']);
  });

  test('that is set while the link is blind is told when it is live, and one that is raised when it is passed anew', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.seconds(50);
    all.live(false);
    all.rules([{ status: 'not_ready', seconds: 40 }]);
    expect(all.told).toEqual([]);
    all.live(true);
    expect(all.told).toEqual(['m over 40 in Sales']);
    all.rules([{ status: 'not_ready', seconds: 100 }]);
    all.rules([{ status: 'not_ready', seconds: 45 }]);
    expect(all.told).toEqual(['m over 40 in Sales', 'm over 45 in Sales, 2 times']);
    all.rules([{ status: 'not_ready', seconds: 30 }]);
    expect(all.told).toHaveLength(2);
  });

  test('is not told of old rows', () => {
    const all = watched();
    all.added([member('m', 'not_ready'), member('n', 'not_ready')]);
    all.seconds(90);
    all.board.breakFeed(all.clock.now());
    all.publish();
    all.seconds(200);
    expect(all.told).toEqual([]);
  });

  test('is not told where it is not wanted, nor afterwards', () => {
    const all = watched();
    all.center.settings = { ...ALERTS_ON, limit: false };
    all.added([member('m', 'not_ready')]);
    all.seconds(100);
    all.center.settings = ALERTS_ON;
    all.seconds(100);
    all.changed([member('m', 'not_ready')]);
    expect(all.told).toEqual([]);
    expect(all.list()).toEqual([]);
  });

  test('[ALERT-2] is told once for one stay, whatever other limits are passed meanwhile and whatever gap there is', () => {
    const all = watched([], [...NOT_READY_LIMIT, { reason: '27', seconds: 50 }]);
    all.added([member('m', 'ready')]);
    all.changed([member('m', 'not_ready', '9')]);
    all.seconds(100);
    expect(all.told).toEqual(['m over 100 in Sales']);
    all.gap(20);
    all.added([member('m', 'not_ready', '9')]);
    all.changed([member('m', 'not_ready', '27')]);
    expect(all.list()).toEqual(['m over 100 in Sales, over']);
    all.seconds(50);
    expect(all.told, 'a second reason over its own limit is another matter').toEqual([
      'm over 100 in Sales',
      'm over 50 in Sales',
    ]);
    all.changed([member('m', 'not_ready', '9')]);
    all.changed([member('m', 'not_ready', '27')]);
    all.seconds(50);
    all.changed([member('m', 'not_ready', '9')]);
    all.seconds(10);
    expect(all.told).toHaveLength(2);
    expect(all.list(), 'it is over its limit, and so the line is open').toEqual([
      'm over 50 in Sales, over',
      'm over 100 in Sales',
    ]);
  });

  test('[ALERT-11] stays open while the rows are old, and is over where the status comes back as another', () => {
    const all = watched();
    all.added([member('m', 'not_ready'), member('n', 'not_ready')]);
    all.seconds(200);
    all.gap(40);
    expect(all.list()).toEqual(['n over 100 in Sales, not known', 'm over 100 in Sales, not known']);
    expect(worstAlert(all.center.list), 'what is not known wants nothing').toBeNull();
    all.added([member('m', 'not_ready'), member('n', 'ready')]);
    expect(all.list()).toEqual(['n over 100 in Sales, over', 'm over 100 in Sales']);
    expect(all.told).toHaveLength(2);
  });

  test('[ALERT-11] is over with the person and with the team, live or not, and not told later', () => {
    const all = watched();
    all.added([member('m', 'not_ready'), member('n', 'not_ready'), member('o', 'not_ready')]);
    all.added([member('o', 'not_ready')], { teamId: 't2', teamName: 'Service' });
    all.seconds(100);
    all.live(false);
    all.removed('m');
    all.event({ name: 'report.teamstatus.teamremoved' });
    expect(all.list().filter((line) => !line.endsWith(', over'))).toEqual(['o over 100 in Sales, not known']);
    all.live(true);
    all.seconds(300);
    expect(all.told).toHaveLength(3);
    expect(all.list().filter((line) => !line.endsWith(', over'))).toEqual(['o over 100 in Service']);
    all.event({ name: 'report.teamstatus.teamremoved', teamId: 't2' });
    expect(all.list().every((line) => line.endsWith(', over'))).toBe(true);
  });

  test('leads to a team that they are still in when another goes', () => {
    const all = watched();
    all.added([member('m', 'not_ready'), member('n', 'not_ready')]);
    all.added([member('m', 'not_ready'), member('n', 'not_ready')], { teamId: 't2', teamName: 'Service' });
    all.seconds(100);
    all.removed('n');
    expect(all.list().toSorted()).toEqual(['m over 100 in Sales', 'n over 100 in Service']);
    all.event({ name: 'report.teamstatus.teamremoved' });
    expect(all.list().toSorted()).toEqual(['m over 100 in Service', 'n over 100 in Service']);
    expect(all.told).toHaveLength(2);
  });

  test('is not told of somebody whose team went while the link was not live', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.added([member('m', 'not_ready')], { teamId: 't2', teamName: 'Service' });
    all.seconds(90);
    all.live(false);
    all.seconds(60);
    all.event({ name: 'report.teamstatus.teamremoved', teamId: 't2' });
    all.event({ name: 'report.teamstatus.teamremoved' });
    all.live(true);
    all.seconds(10);
    expect(all.list()).toEqual([]);
  });

  test('[ALERT-1] is not told of a status that has changed on the board and is not told yet', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.seconds(90);
    all.live(false);
    all.seconds(60);
    // The board knows, but has not published it when the link is live again.
    const { clock, board } = all;
    board.apply(
      {
        type: 'event',
        name: 'report.teamstatus.memberstatuschanged',
        agentId: 'a',
        teamId: 't1',
        teamName: 'Sales',
        members: [member('m', 'ready')],
        areMembersComplete: true,
      },
      'a',
      clock.now(),
    );
    all.live(true);
    expect(all.told).toEqual([]);
  });

  test('is told once for one stay, however long somebody was not told of in it', () => {
    const { center, told, clock, list } = watched([], []);
    const at = clock.now();
    const since = { at, known: 'exact' } as const;
    const row: MemberRow = {
      ...{ memberId: 'm', memberName: 'm', memberType: 'Agent', status: 'not_ready', reason: PHONE_DOWN },
      ...{ since, reasonSince: since, confirmedIn: 1 },
      attention: { of: 'status', limitMs: 100_000, level: 'red' },
    };
    let version = 0;
    const tell = (...changes: BoardChange[]): void => {
      version += 1;
      center.follow({ version, head: { feed: 1, ends: [], counts: NO_COUNTS, unconfirmed: 0 }, changes });
      center.look();
    };
    tell({ type: 'member', teamId: 't1', member: row });
    clock.advance(2000);
    const lines = [`${PHONE_DOWN}: m`, 'm over 100 in t1'];
    expect(list()).toEqual(lines);
    const ofM = (): string[] => told.filter((line) => /^m | m$/.test(line)).toSorted();
    tell({ type: 'member-gone', teamId: 't1', memberId: 'm' });
    for (let others = 0; others < 40; others += 1) {
      clock.advance(60_000);
      const other = { ...row, memberId: `other ${String(others)}`, memberName: 'other' };
      tell({ type: 'member', teamId: 't2', member: other });
      tell({ type: 'member-gone', teamId: 't2', memberId: other.memberId });
    }
    expect(ofM()).toEqual(lines);
    tell({
      type: 'member',
      teamId: 't1',
      member: { ...row, since: { ...since, known: 'across-gap', unwatchedMs: 1 } },
    });
    clock.advance(60_000);
    expect(ofM()).toEqual(lines);
    expect(
      list()
        .filter((line) => !line.endsWith('over'))
        .toSorted(),
    ).toEqual(lines.toSorted());
  });

  test('[ALERT-14] [ALERT-15] of another stay is the same line with a count, and told', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.seconds(100);
    all.changed([member('m', 'ready')]);
    all.changed([member('m', 'not_ready')]);
    all.seconds(100);
    expect(all.list()).toEqual(['m over 100 in Sales, 2 times']);
    expect(all.told).toEqual(['m over 100 in Sales', 'm over 100 in Sales, 2 times']);
  });

  test('is not told before the link was ever live', () => {
    const all = watched();
    all.center.isLive = false;
    all.center.clear();
    all.added([member('m', 'not_ready')]);
    all.seconds(200);
    expect(all.told).toEqual([]);
  });
});

test('[ALERT-17] of alerts that are over the last hundred are kept: those that were over last, whenever they began', () => {
  const all = watched([], NOT_READY_LIMIT);
  const ids = Array.from({ length: 8000 }, (_one, index) => `m${String(index)}`);
  all.added([member('long', 'not_ready')]);
  all.seconds(100);
  all.changed(ids.map((id) => member(id, 'not_ready')));
  all.seconds(100);
  expect(all.told).toHaveLength(8001);
  all.changed(ids.map((id) => member(id, 'ready')));
  expect(all.list()).toHaveLength(101);
  all.changed([member('long', 'ready')]);
  expect(all.list()).toHaveLength(100);
  expect(all.list().at(-1)).toBe('long over 100 in Sales, over');
});

describe('failures', () => {
  test('that are like each other and close together are one incident', () => {
    const all = watched();
    all.added(['a', 'b', 'c', 'd'].map((id) => member(id, 'ready')));
    all.changed([member('a', 'not_ready', PHONE_DOWN), member('b', 'not_ready', PHONE_DOWN)]);
    expect(all.told, 'it gathers first').toEqual([]);
    all.seconds(2);
    expect(all.told).toEqual([`${PHONE_DOWN}: a b`]);
    all.seconds(50);
    all.changed([member('c', 'not_ready', PHONE_DOWN)]);
    expect(all.told).toHaveLength(1);
    expect(all.amended).toEqual([`more ${PHONE_DOWN}: a b c`]);
    all.changed(['a', 'b', 'c'].map((id) => member(id, 'ready')));
    expect(all.list()).toEqual([`${PHONE_DOWN}: a b c, over`]);
    all.changed([member('d', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    expect(all.told, 'after all are well again it has come again').toEqual([
      `${PHONE_DOWN}: a b`,
      `${PHONE_DOWN}: d, 2 times`,
    ]);
  });

  test('that are unlike are incidents of their own, and one that comes long after is told again with them', () => {
    const all = watched();
    all.added(['a', 'b', 'c'].map((id) => member(id, 'ready')));
    all.changed([member('a', 'not_ready', PHONE_DOWN), member('b', 'logout', '255')]);
    all.seconds(70);
    all.changed([member('c', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`, '255: b', `${PHONE_DOWN}: a c, 2 times`]);
  });

  test('are those that have broken, not all that the system does', () => {
    const all = watched();
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', CALL_ENDED)]);
    all.seconds(5);
    expect(all.told).toEqual([]);
  });

  test('[ALERT-5] that were there when the widget came are no news, nor those told again', () => {
    const all = watched();
    all.added([member('a', 'not_ready', PHONE_DOWN), member('b', 'ready')]);
    all.seconds(5);
    expect(all.told).toEqual([]);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    all.added([member('b', 'not_ready', PHONE_DOWN)], { teamId: 't2', teamName: 'Service' });
    all.seconds(5);
    expect(all.told).toEqual([`${PHONE_DOWN}: b`]);
    expect(all.amended).toEqual([]);
  });

  test('are none where the reason has outlived its status, or comes with one that nobody knows', () => {
    const all = watched();
    all.added(['a', 'b', 'c'].map((id) => member(id, 'not_ready')));
    all.changed([member('a', 'ready', PHONE_DOWN), member('b', 'TALKING', PHONE_DOWN), member('c', 'Odd', PHONE_DOWN)]);
    all.seconds(5);
    expect(all.told).toEqual([]);
  });

  test('are over with their status, though the reason is sent on', () => {
    const all = watched();
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    all.changed([member('a', 'ready', PHONE_DOWN)]);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a, over`]);
  });

  test('are what the site says they are', () => {
    const all = watched();
    all.center.book = new ReasonBook([{ code: '7', label: 'Headset broken', cause: null, isFailure: true }]);
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', '7')]);
    all.seconds(2);
    expect(all.told).toEqual(['7: a']);
    all.removed('a');
    expect(all.list()).toEqual(['7: a, over']);
  });

  test('[ALERT-3] that pass before they are told are not told: the board shows them no more', () => {
    const all = watched();
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.changed([member('a', 'ready')]);
    all.seconds(2);
    expect(all.list()).toEqual([]);
    expect(all.clock.timers).toBe(0);
  });

  test('name those who still have them, and all who had when all are well again', () => {
    const all = watched();
    all.added(['a', 'b', 'c'].map((id) => member(id, 'ready')));
    all.changed(['a', 'b', 'c'].map((id) => member(id, 'not_ready', PHONE_DOWN)));
    all.changed([member('c', 'ready')]);
    all.seconds(2);
    expect(all.told, 'who is well again before it is told is not named').toEqual([`${PHONE_DOWN}: a b`]);
    all.changed([member('a', 'ready')]);
    expect(all.list()).toEqual([`${PHONE_DOWN}: b`]);
    expect(all.amended, 'one less is not shown anew').toEqual([`${PHONE_DOWN}: b`]);
    all.changed([member('b', 'ready')]);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a b, over`]);
  });

  test('name one who is struck twice once', () => {
    const all = watched();
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN), member('b', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    all.changed([member('a', 'ready')]);
    all.seconds(3);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a b`]);
  });

  test('[ALERT-3] that pass while they gather do not tell again of who has it all the time', () => {
    const all = watched([], []);
    all.added(['a', 'b', 'c'].map((id) => member(id, 'ready')));
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(400);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    all.seconds(1);
    all.changed([member('b', 'ready')]);
    expect(all.clock.timers).toBe(0);
    all.seconds(30);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a`]);
    all.changed([member('c', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    expect(all.told, 'nor does what was not told keep the next one quiet').toEqual([
      `${PHONE_DOWN}: a`,
      `${PHONE_DOWN}: a c, 2 times`,
    ]);
    all.changed([member('a', 'ready'), member('c', 'ready')]);
    expect(all.list(), 'who was never told of is not named').toEqual([`${PHONE_DOWN}: a c, 2 times, over`]);
  });

  test('that gather while others have been told are told when they are seen again after a gap', () => {
    const all = watched([], []);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(100);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    all.gap(10);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(5);
    expect(all.told, 'nobody new is seen yet').toEqual([`${PHONE_DOWN}: a`]);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`, `${PHONE_DOWN}: a b, 2 times`]);
  });

  test('[ALERT-6] that come while the link is not live are told once it is, and a reason that was not told is none', () => {
    const all = watched();
    all.added(['a', 'b', 'c', 'd'].map((id) => member(id, 'ready')));
    all.live(false);
    all.changed([member('a', 'not_ready', PHONE_DOWN), member('c', 'not_ready', PHONE_DOWN)]);
    all.seconds(90);
    expect(all.list(), 'nobody knows whether it is still so').toEqual([]);
    all.changed([member('c', 'ready')]);
    all.changed([{ ...member('b', 'not_ready'), reason: null }]);
    all.live(true);
    all.seconds(2);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a`]);
    all.live(false);
    all.changed([member('d', 'not_ready', PHONE_DOWN)]);
    expect(all.list(), 'nor does anybody join').toEqual([`${PHONE_DOWN}: a, not known`]);
    all.live(true);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a d`]);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
    expect(all.amended).toEqual([`more ${PHONE_DOWN}: a d`]);
  });

  test('[ALERT-6] that were seen to happen while the link was not live are told if they last when they are seen after a break', () => {
    const all = watched([], []);
    all.added(['a', 'b', 'c', 'd'].map((id) => member(id, 'ready')));
    all.live(false);
    all.seconds(60);
    const down = (...ids: string[]): MemberMessage[] => ids.map((id) => member(id, 'not_ready', PHONE_DOWN));
    all.changed(down('a', 'b', 'c'));
    all.gap(1);
    all.seconds(5);
    expect(all.list(), 'nothing is told from old rows').toEqual([]);
    all.added([...down('a', 'd'), member('b', 'ready'), member('c', 'logout', '255')]);
    all.seconds(2);
    expect(all.told, 'what nobody saw happen is no news').toEqual([`${PHONE_DOWN}: a`]);
    all.gap(1);
    all.added(down('a', 'b'));
    all.seconds(5);
    expect(all.told).toHaveLength(1);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a`]);
  });

  test('that come with the end of their feed are told if they last when they are seen again', () => {
    const all = watched([], []);
    all.added([member('a', 'ready'), member('b', 'not_ready', PHONE_DOWN)]);
    const team = { teamId: 't1', teamName: 'Sales', agentId: 'a', areMembersComplete: true } as const;
    const members = [member('a', 'not_ready', PHONE_DOWN)];
    all.board.apply({ type: 'event', name: 'report.teamstatus.memberstatuschanged', ...team, members }, 'a', 0);
    all.gap(5);
    expect(all.list()).toEqual([]);
    all.added(['a', 'b'].map((id) => member(id, 'not_ready', PHONE_DOWN)));
    all.seconds(2);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
  });

  test('that come before a break and were not wanted then are not told after it', () => {
    const all = watched([], []);
    all.added([member('a', 'ready')]);
    all.live(false);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.center.settings = { ...ALERTS_ON, failure: false };
    all.gap(1);
    all.center.settings = ALERTS_ON;
    all.added([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(5);
    expect(all.list()).toEqual([]);
  });

  test('[ALERT-5] that come late are told: that they have happened is known, though not when', () => {
    const all = watched([], []);
    const late = (name: 'memberstatuschanged' | 'memberadded', ...members: MemberMessage[]): void => {
      const team = { teamId: 't1', teamName: 'Sales', agentId: 'a' };
      const event = { type: 'event', name: `report.teamstatus.${name}`, ...team, members, areMembersComplete: true };
      all.board.apply(event as TeamEvent, 'a', all.clock.now(), false);
      all.publish();
    };
    const down = (id: string) => member(id, 'not_ready', PHONE_DOWN);
    all.added([member('a', 'ready'), member('b', 'ready'), { ...member('c', 'ready'), reason: null }]);
    late('memberstatuschanged', down('a'), down('c'));
    late('memberadded', down('met'));
    expect(all.reader.view[0]?.members[0]?.reasonSince.known).toBe('at-least');
    all.seconds(2);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
    all.gap(1);
    late('memberstatuschanged', down('b'));
    all.seconds(2);
    expect(all.list(), 'but not what may have come in a gap').toEqual([`${PHONE_DOWN}: a, not known`]);
  });

  test('that come while the link is not live and were not wanted then are not told when it is', () => {
    const all = watched();
    all.added([member('a', 'ready')]);
    all.live(false);
    all.center.settings = { ...ALERTS_ON, failure: false };
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.center.settings = ALERTS_ON;
    all.live(true);
    all.seconds(5);
    expect(all.list()).toEqual([]);
  });

  describe('where the site changes what is one', () => {
    const headset = (isFailure: boolean) =>
      new ReasonBook([{ code: '7', label: 'Headset broken', cause: null, isFailure }]);

    test('[ALERT-7] are over when they are none any more, and go on when they are again', () => {
      const all = watched();
      all.center.book = headset(true);
      all.added([member('a', 'ready'), member('b', 'ready')]);
      all.changed([member('a', 'not_ready', '7')]);
      all.seconds(2);
      all.changed([member('b', 'not_ready', PHONE_DOWN)]);
      all.seconds(2);
      all.center.book = headset(false);
      expect(all.list()).toEqual([`${PHONE_DOWN}: b`, '7: a, over']);
      all.center.book = headset(true);
      expect(all.list()).toEqual([`${PHONE_DOWN}: b`, '7: a']);
      expect(all.told).toEqual(['7: a', `${PHONE_DOWN}: b`]);
      all.center.book = new ReasonBook([{ code: PHONE_DOWN, label: 'Phone', cause: null, isFailure: false }]);
      expect(all.list(), 'a code of UCCX too, and one that the file names no more').toEqual([
        `${PHONE_DOWN}: b, over`,
        '7: a, over',
      ]);
    });

    test('[ALERT-8] are no news of who had the reason before, only of whom it strikes since', () => {
      const all = watched();
      all.added(['a', 'b', 'c'].map((id) => member(id, 'ready')));
      all.changed([member('a', 'not_ready', '7')]);
      all.seconds(30);
      all.center.book = headset(true);
      all.rules([{ reason: '7', seconds: 600 }]);
      all.seconds(5);
      expect(all.list()).toEqual([]);
      all.removed('a');
      all.added([member('a', 'not_ready', '7')], { teamId: 't2', teamName: 'Service' });
      all.seconds(5);
      expect(all.list(), 'wherever they are moved').toEqual([]);
      all.changed([member('b', 'not_ready', '7')]);
      all.seconds(2);
      expect(all.told).toEqual(['7: b']);
      all.changed([member('a', 'ready')]);
      all.changed([member('a', 'not_ready', '7')]);
      expect(all.list(), 'and of them when it comes again').toEqual(['7: b a']);
    });

    test('are not told where they were only gathering', () => {
      const all = watched([], []);
      all.center.book = headset(true);
      all.added([member('a', 'ready')]);
      all.changed([member('a', 'not_ready', '7')]);
      all.center.book = headset(false);
      all.seconds(5);
      expect(all.list()).toEqual([]);
      expect(all.clock.timers).toBe(0);
    });

    test('are over while nothing is known, too', () => {
      const all = watched();
      all.center.book = headset(true);
      all.added([member('a', 'ready')]);
      all.changed([member('a', 'not_ready', '7')]);
      all.seconds(2);
      all.live(false);
      all.board.breakFeed(all.clock.now());
      all.publish();
      all.center.book = headset(false);
      expect(all.list()).toEqual(['7: a, over']);
    });
  });

  test('stay open across a gap, not known in it, and are over where another reason comes back', () => {
    const all = watched();
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN), member('b', 'not_ready', PHONE_DOWN)]);
    all.seconds(20);
    all.gap(40);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a b, not known`]);
    all.added([member('a', 'not_ready', PHONE_DOWN), member('b', 'ready')]);
    all.seconds(5);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a`]);
    expect(all.told).toHaveLength(1);
  });

  test('of two kinds are two, though one is seen to go on and the other begins in the same moment', () => {
    const all = watched([], []);
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(5);
    all.gap(10);
    all.added([member('a', 'not_ready', PHONE_DOWN)]);
    all.changed([member('a', 'logout', '255')]);
    all.seconds(2);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`, '255: a']);
    expect(all.list()).toEqual(['255: a', `${PHONE_DOWN}: a, over`]);
  });

  test('[ALERT-16] that wait to be told again wait on where others are told of before whoever waits is seen again', () => {
    const all = watched([], []);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    all.changed([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(250);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    all.gap(1);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    all.seconds(10);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`, `${PHONE_DOWN}: b, 3 times`]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(38);
    expect(all.told).toHaveLength(2);
    all.seconds(1);
    expect(all.told[2]).toBe(`${PHONE_DOWN}: b a, 3 times`);
    all.seconds(600);
    expect(all.told).toHaveLength(3);
    expect(all.clock.timers).toBe(0);
  });

  test('that wait to be told again are not told where whoever waits is well again by then', () => {
    const all = watched([], []);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN), member('b', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    all.changed([member('b', 'ready')]);
    all.seconds(100);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    all.seconds(5);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a b, 2 times`]);
    all.changed([member('b', 'ready')]);
    all.seconds(600);
    expect(all.told, 'the other one has been told of').toEqual([`${PHONE_DOWN}: a b`]);
  });

  test('name somebody once within five minutes, whoever else is told of in between', () => {
    const all = watched([], []);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    for (const id of ['a', 'b', 'a']) {
      all.changed([member(id, 'not_ready', PHONE_DOWN)]);
      all.seconds(3);
      all.changed([member(id, 'ready')]);
      all.seconds(70);
    }
    expect(all.told).toEqual([`${PHONE_DOWN}: a`, `${PHONE_DOWN}: b, 2 times`]);
  });

  test('that strike and leave thousands at once are amended once for all of them', () => {
    const all = watched([], []);
    const ids = Array.from({ length: 2000 }, (_one, index) => `m${String(index)}`);
    const become = (some: readonly string[], status: string, reason = ''): void => {
      all.changed(some.map((id) => member(id, status, reason)));
    };
    all.added(ids.map((id) => member(id, 'ready')));
    become(ids.slice(0, 1), 'not_ready', PHONE_DOWN);
    all.seconds(2);
    become(ids.slice(1), 'not_ready', PHONE_DOWN);
    expect(all.amended).toEqual([`more ${PHONE_DOWN}: ${ids.join(' ')}`]);
    become(ids.slice(2), 'ready');
    expect(all.amended.slice(1)).toEqual([`${PHONE_DOWN}: m0 m1`]);
    become(ids.slice(0, 2), 'ready');
    expect(all.amended).toHaveLength(2);
    expect(notOver(all.center.list)).toEqual([]);
  });

  test('[ALERT-15] that come again soon are told again only where they strike somebody else', () => {
    const all = watched();
    all.added([member('a', 'ready'), member('b', 'ready')]);
    const blip = (id: string): void => {
      all.changed([member(id, 'not_ready', PHONE_DOWN)]);
      all.seconds(3);
      all.changed([member(id, 'ready')]);
      all.seconds(70);
    };
    blip('a');
    blip('a');
    expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a, 2 times, over`]);
    blip('b');
    expect(all.told).toEqual([`${PHONE_DOWN}: a`, `${PHONE_DOWN}: b, 3 times`]);
  });

  test('that go on after somebody was moved are open again, and not told again', () => {
    const all = watched();
    const service = { teamId: 't2', teamName: 'Service' };
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.added([], service);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(3);
    const move = (): void => {
      all.removed('a');
      expect(all.list()).toEqual([`${PHONE_DOWN}: a, over`]);
      all.seconds(1);
    };
    move();
    all.event({ name: 'report.teamstatus.memberadded', members: [member('a', 'not_ready', PHONE_DOWN)], ...service });
    expect(all.list()).toEqual([`${PHONE_DOWN}: a`]);
    all.changed([member('b', 'not_ready', PHONE_DOWN)]);
    expect(all.list(), 'it is still the same incident').toEqual([`${PHONE_DOWN}: a b`]);
    all.event({ name: 'report.teamstatus.memberremoved', memberIds: ['a'], ...service });
    expect(all.list()).toEqual([`${PHONE_DOWN}: b`]);
    all.seconds(1);
    all.added([member('a', 'not_ready', PHONE_DOWN)], service);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a b`]);
    all.changed([member('a', 'ready'), member('b', 'ready')]);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a b, over`]);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
  });

  test('that go on after a gap in which somebody was gone are open again, and not told again', () => {
    const all = watched();
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(20);
    all.removed('a');
    all.gap(2);
    all.added([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(5);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a`]);
    expect(all.told).toHaveLength(1);
  });

  test('of somebody who is moved before they are told are told from there', () => {
    const all = watched();
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(1);
    all.removed('a');
    all.added([member('a', 'not_ready', PHONE_DOWN)], { teamId: 't2', teamName: 'Service' });
    all.seconds(2);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
  });

  test('that were not wanted when they came are not on the list later, wherever somebody is moved', () => {
    const all = watched();
    all.center.settings = { ...ALERTS_ON, failure: false };
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.seconds(3);
    all.center.settings = ALERTS_ON;
    all.removed('a');
    all.added([member('a', 'not_ready', PHONE_DOWN)], { teamId: 't2', teamName: 'Service' });
    all.seconds(3);
    expect(all.list()).toEqual([]);
  });

  test('[ALERT-4] that gather over a gap are told when they are seen again, of those who are', () => {
    const all = watched();
    all.added(['a', 'b', 'c', 'd'].map((id) => member(id, 'ready')));
    all.seconds(60);
    all.changed(['a', 'b', 'c'].map((id) => member(id, 'not_ready', PHONE_DOWN)));
    all.seconds(1);
    all.gap(10);
    all.seconds(5);
    expect(all.list(), 'nothing is told from old rows').toEqual([]);
    all.changed([member('b', 'ready')]);
    expect(all.list()).toEqual([]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
    all.changed([member('c', 'not_ready', PHONE_DOWN)]);
    expect(all.list(), 'who is seen later is added').toEqual([`${PHONE_DOWN}: a c`]);
    expect(all.amended).toEqual([`more ${PHONE_DOWN}: a c`]);
    expect(all.told).toHaveLength(1);
  });
});

test('[ALERT-15] a failure that comes again soon and lasts is told after five minutes', () => {
  const all = watched([], []);
  all.added([member('a', 'ready')]);
  all.changed([member('a', 'not_ready', PHONE_DOWN)]);
  all.seconds(2);
  all.changed([member('a', 'ready')]);
  all.seconds(70);
  all.changed([member('a', 'not_ready', PHONE_DOWN)]);
  all.seconds(100);
  all.removed('a');
  expect(all.clock.timers).toBe(0);
  all.added([member('a', 'not_ready', PHONE_DOWN)], { teamId: 't2', teamName: 'Service' });
  all.seconds(129);
  expect(all.told).toEqual([`${PHONE_DOWN}: a`]);
  all.seconds(1);
  expect(all.told).toEqual([`${PHONE_DOWN}: a`, `${PHONE_DOWN}: a, 2 times`]);
});

test('a failure that came again too soon to be told is told when it strikes somebody whom it has not named, and then not once more', () => {
  const all = watched([], []);
  all.added([member('m', 'ready'), member('n', 'ready')]);
  all.changed([member('m', 'not_ready', PHONE_DOWN)]);
  all.seconds(3);
  all.changed([member('m', 'ready')]);
  all.seconds(61);
  all.changed([member('m', 'not_ready', PHONE_DOWN)]);
  all.seconds(3);
  expect(all.told).toEqual([`${PHONE_DOWN}: m`]);
  all.changed([member('n', 'not_ready', PHONE_DOWN)]);
  all.seconds(3);
  expect(all.told).toEqual([`${PHONE_DOWN}: m`, `${PHONE_DOWN}: m n, 2 times`]);
  all.seconds(600);
  expect(all.told).toHaveLength(2);
});

describe('a floor', () => {
  test('[ALERT-9] is told when a team has been below it for as long as is set, and over when enough are ready again', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'acw')]);
    all.seconds(19);
    expect(all.told).toEqual([]);
    all.seconds(1);
    expect(all.told).toEqual(['Sales 1 of 2']);
    all.changed([member('a', 'ready')]);
    expect(all.list()).toEqual(['Sales 1 of 2, over']);
    expect(all.clock.timers).toBe(0);
  });

  test('that is passed only for a moment is not told', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'acw')]);
    all.seconds(18);
    all.changed([member('a', 'ready')]);
    all.seconds(30);
    expect(all.told).toEqual([]);
  });

  test('is not told of a team that is not known as a whole', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.live(false);
    all.board.breakFeed(all.clock.now());
    all.publish();
    all.seconds(10);
    all.live(true);
    all.changed([member('a', 'acw')]);
    all.seconds(30);
    expect(all.told).toEqual([]);
    all.changed([member('b', 'acw')]);
    all.seconds(20);
    expect(all.told).toEqual(['Sales 0 of 2']);
  });

  test('is not told of a team that was never announced', () => {
    const all = watched([{ ready: 2 }]);
    all.changed([member('a', 'ready')]);
    all.seconds(30);
    expect(all.told).toEqual([]);
  });

  test('[ALERT-10] is over when enough are ready, though more may be in the team', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready'), member('b', 'acw')]);
    all.seconds(20);
    all.gap(5);
    all.changed([member('a', 'ready')]);
    expect(all.list()).toEqual(['Sales 1 of 2, not known']);
    all.changed([member('b', 'ready')]);
    expect(all.list()).toEqual(['Sales 1 of 2, over']);
    all.seconds(60);
    all.added([member('a', 'ready'), member('b', 'acw')]);
    all.seconds(19);
    expect(all.list(), 'it is broken since then, and not since long ago').toEqual(['Sales 1 of 2, over']);
    all.seconds(1);
    expect(all.list()).toEqual(['Sales 1 of 2, 2 times']);
  });

  test('goes with its team', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready')]);
    all.seconds(20);
    all.event({ name: 'report.teamstatus.teamremoved' });
    expect(all.list()).toEqual(['Sales 1 of 2, over']);
  });

  test('[ALERT-14] that a team is below again soon is the same line, counted, and not told again at once', () => {
    const all = watched([{ ready: 1 }]);
    all.added([member('a', 'ready')]);
    const below = (): void => {
      all.changed([member('a', 'acw')]);
      all.seconds(25);
      all.changed([member('a', 'ready')]);
      all.seconds(25);
    };
    for (let count = 0; count < 4; count += 1) below();
    expect(all.list()).toEqual(['Sales 0 of 1, 4 times, over']);
    expect(all.told).toEqual(['Sales 0 of 1']);
    all.seconds(100);
    below();
    expect(all.told, 'after five minutes it is').toEqual(['Sales 0 of 1', 'Sales 0 of 1, 5 times']);
    all.seconds(1800);
    below();
    expect(all.list(), 'after half an hour it is another line').toEqual([
      'Sales 0 of 1, over',
      'Sales 0 of 1, 5 times, over',
    ]);
  });

  test('that is broken again soon is told after five minutes if it still is then, and seen to be', () => {
    const all = watched([{ ready: 1 }]);
    const again = (): void => {
      all.changed([member('a', 'acw')]);
      all.seconds(20);
      all.changed([member('a', 'ready')]);
      all.changed([member('a', 'acw')]);
      all.seconds(20);
    };
    all.added([member('a', 'ready')]);
    again();
    all.seconds(279);
    expect(all.told).toEqual(['Sales 0 of 1']);
    all.seconds(1);
    expect(all.told).toEqual(['Sales 0 of 1', 'Sales 0 of 1, 2 times']);
    all.seconds(600);
    expect(all.told, 'but once').toHaveLength(2);
    all.changed([member('a', 'ready')]);
    again();
    all.live(false);
    all.seconds(600);
    expect(all.told, 'not while it is not known').toHaveLength(3);
    all.live(true);
    expect(all.told).toHaveLength(4);
    again();
    expect(all.clock.timers).toBe(1);
    all.changed([member('a', 'ready')]);
    all.seconds(600);
    expect(all.told, 'nor where it is over').toHaveLength(4);
    expect(all.clock.timers).toBe(0);
    again();
    again();
    all.center.clear();
    expect(all.clock.timers).toBe(0);
  });

  test('says how many are ready now, not when it was told', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready'), member('b', 'acw')]);
    all.seconds(20);
    all.changed([member('a', 'acw')]);
    expect(all.list()).toEqual(['Sales 0 of 2']);
  });

  test('is alerted to after as long as is set, at once where that is nothing', () => {
    const all = watched([{ ready: 2 }]);
    all.center.settings = { ...ALERTS_ON, floorAfterSeconds: 60 };
    all.added([member('a', 'ready')]);
    all.seconds(59);
    expect(all.told).toEqual([]);
    all.center.settings = { ...ALERTS_ON, floorAfterSeconds: 0 };
    expect(all.told).toEqual(['Sales 1 of 2']);
  });

  test('[ALERT-9] stays open across a gap, and a team that was below before and after it has been so meanwhile', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready')]);
    all.seconds(10);
    all.gap(5);
    all.added([member('a', 'ready')]);
    all.seconds(6);
    expect(all.told).toEqual(['Sales 1 of 2']);
    all.gap(40);
    expect(all.list()).toEqual(['Sales 1 of 2, not known']);
    all.added([member('a', 'ready')]);
    expect(all.list()).toEqual(['Sales 1 of 2']);
    expect(all.told).toHaveLength(1);
  });

  test('is not alerted to from before a sleep', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready')]);
    all.clock.jump(3_600_000);
    all.seconds(30);
    expect(all.told).toEqual([]);
  });
});

describe('[ALERT-12] two agents that have told of one person', () => {
  const BY_B = { teamId: 't2', teamName: 'Service', agentId: 'b' };

  /**
   * A person in a team of each agent is over a limit and has a failure. The feed breaks, and agent a's events arrive
   * again.
   */
  function broken(limits = NOT_READY_LIMIT) {
    const all = watched([], limits);
    all.added([member('m', 'ready')]);
    all.added([member('m', 'ready')], BY_B);
    all.changed([member('m', 'not_ready', PHONE_DOWN)]);
    all.seconds(100);
    all.gap(10);
    return all;
  }

  test('whom one of them has in another status, are over, though the other’s row is old', () => {
    const all = broken();
    expect(all.list()).toEqual(['m over 100 in Sales, not known', `${PHONE_DOWN}: m, not known`]);
    all.added([member('m', 'ready')]);
    expect(all.list()).toEqual(['m over 100 in Sales, over', `${PHONE_DOWN}: m, over`]);
  });

  test('whom one of them has in another status, and then not any more, are over', () => {
    const all = broken();
    all.board.apply(
      {
        ...{ type: 'event', name: 'report.teamstatus.memberadded', agentId: 'a', teamId: 't1', teamName: 'Sales' },
        ...{ members: [member('m', 'ready')], areMembersComplete: true },
      } as const,
      'a',
      all.clock.now(),
    );
    all.removed('m');
    expect(all.list()).toEqual(['m over 100 in Sales, over', `${PHONE_DOWN}: m, over`]);
  });

  test('whom one of them has as before are known, by the row that is', () => {
    const all = broken([...NOT_READY_LIMIT, { status: 'not_ready', seconds: 50, team: 'Sales' }]);
    expect(all.list()).toEqual(['m over 50 in Sales, not known', `${PHONE_DOWN}: m, not known`]);
    all.changed([member('m', 'not_ready', PHONE_DOWN)], BY_B);
    expect(all.list()).toEqual(['m over 100 in Service', `${PHONE_DOWN}: m`]);
    all.event({ name: 'report.teamstatus.memberremoved', memberIds: ['m'], ...BY_B });
    expect(all.list(), 'the row that is left is old').toEqual([
      'm over 50 in Sales, not known',
      `${PHONE_DOWN}: m, not known`,
    ]);
    all.board.settle('a', all.clock.now());
    all.publish();
    expect(all.list()).toEqual(['m over 50 in Sales, over', `${PHONE_DOWN}: m, over`]);
    expect(all.told).toHaveLength(2);
  });

  test('are known by one row of both, and not known once it is only who was not heard again that has it', () => {
    const all = watched();
    const both = (status: string): void => {
      for (const agentId of ['a', 'b']) all.added([member('m', status)], { agentId });
    };
    both('not_ready');
    all.seconds(100);
    all.gap(10);
    all.added([member('m', 'not_ready')], { agentId: 'a' });
    all.added([], { agentId: 'b' });
    expect(all.list()).toEqual(['m over 100 in Sales']);
    all.removed('m');
    expect(all.list(), 'b has not settled: it may be in the next piece').toEqual(['m over 100 in Sales, not known']);
    all.board.settle('b', all.clock.now());
    all.publish();
    expect(all.list()).toEqual(['m over 100 in Sales, over']);
  });
});

describe('an open alert', () => {
  test('[ALERT-13] has the present names of person and team, live or not', () => {
    const all = watched([{ ready: 1 }]);
    all.added([member('m', 'ready')]);
    all.changed([member('m', 'not_ready', PHONE_DOWN)]);
    all.seconds(100);
    const names = (person: string, team: string, rest = ''): string[] => [
      `${person} over 100 in ${team}${rest}`,
      `${team} 0 of 1${rest}`,
      `${PHONE_DOWN}: ${person}${rest}`,
    ];
    expect(all.list()).toEqual(names('m', 'Sales'));
    all.changed([{ ...member('m', 'not_ready', PHONE_DOWN), memberName: 'Ana' }]);
    all.event({ name: 'report.teamstatus.teamchanged', teamName: 'Sales North' });
    expect(all.list()).toEqual(names('Ana', 'Sales North'));
    all.live(false);
    all.changed([{ ...member('m', 'not_ready', PHONE_DOWN), memberName: 'Ana Torres' }]);
    all.event({ name: 'report.teamstatus.teamchanged', teamName: 'Sales South' });
    expect(all.list()).toEqual(names('Ana Torres', 'Sales South', ', not known'));
    expect(all.told).toHaveLength(3);
  });

  test('stays open where its row is told again while nothing is known, with a clock from before the limit', () => {
    const all = watched();
    all.added([member('m', 'not_ready')]);
    all.seconds(100);
    // The link reports that its last proof was a while ago.
    all.marks.blindSince = all.clock.now() - 10_000;
    all.center.isLive = false;
    all.changed([{ ...member('m', 'not_ready'), memberName: 'Ana' }]);
    expect(all.reader.view[0]?.members[0]?.attention?.level).toBe('amber');
    expect(all.list()).toEqual(['Ana over 100 in Sales, not known']);
    all.rules([{ status: 'not_ready', seconds: 500 }]);
    expect(all.list(), 'nothing says that this limit was passed').toEqual(['Ana over 100 in Sales, over']);
  });

  test('to a floor is not known once its team may be incomplete, and over once no floor is set', () => {
    const all = watched([{ ready: 2 }], []);
    let changes = 0;
    all.onChange(() => (changes += 1));
    all.added([member('m', 'ready')]);
    all.seconds(20);
    expect(all.list()).toEqual(['Sales 1 of 2']);
    changes = 0;
    all.event({ name: 'report.teamstatus.memberadded', members: [], areMembersComplete: false });
    expect(all.list()).toEqual(['Sales 1 of 2, not known']);
    expect(changes, 'whoever shows it is told').toBe(1);
    all.changed([member('m', 'ready')]);
    expect(changes).toBe(1);
    all.event({ name: 'report.teamstatus.memberstatuschanged', members: [member('m', 'ready')], teamName: 'North' });
    expect(all.list()).toEqual(['North 1 of 2, not known']);
    all.rules([], [{ ready: 3 }]);
    expect(all.list()).toEqual(['North 1 of 3, not known']);
    all.added([member('m', 'ready')], { teamName: 'North' });
    expect(all.list()).toEqual(['North 1 of 3']);
    all.gap(10);
    all.rules([], [{ ready: 2 }]);
    expect(all.list()).toEqual(['North 1 of 2, not known']);
    all.rules([], []);
    expect(all.list()).toEqual(['North 1 of 2, over']);
    all.rules([], [{ ready: 2 }]);
    all.seconds(60);
    expect(all.told).toHaveLength(1);
  });

  test('[ALERT-10] to a floor that is lowered to what was last known while nothing is known is over', () => {
    const all = watched([{ ready: 2 }], []);
    all.added([member('m', 'ready')]);
    all.seconds(20);
    all.gap(10);
    all.rules([], [{ ready: 1 }]);
    expect(all.list()).toEqual(['Sales 1 of 2, over']);
  });
});

test('the list has the latest first, and those that are over only so far back', () => {
  const all = watched();
  all.added([member('long', 'not_ready')]);
  all.seconds(100);
  for (let count = 0; count < 150; count += 1) {
    const team = { teamId: 't2', teamName: 'Service' };
    all.added([member(`m${String(count - 1)}`, 'ready'), member(`m${String(count)}`, 'not_ready')], team);
    all.seconds(100);
  }
  expect(all.list()).toHaveLength(102);
  expect(all.list()[0]).toBe('m149 over 100 in Service');
  expect(all.list().at(-1)).toBe('long over 100 in Sales');
});

test('how many were not seen is counted until somebody looks, and what comes again has not been seen', () => {
  const all = watched();
  all.added([member('a', 'not_ready'), member('b', 'not_ready')]);
  all.seconds(100);
  expect(all.center.unseen).toBe(2);
  all.center.markSeen();
  expect(all.center.unseen).toBe(0);
  all.changed([member('a', 'ready')]);
  all.changed([member('a', 'not_ready')]);
  expect(all.center.unseen).toBe(0);
  all.seconds(100);
  expect(all.center.unseen).toBe(1);
});

test('nothing is left of another processor, and no timer', () => {
  const all = watched([{ ready: 2 }]);
  all.added([member('a', 'ready')]);
  all.changed([member('a', 'not_ready', PHONE_DOWN)]);
  all.center.clear();
  all.event({ name: 'report.teamstatus.teamremoved' });
  expect(all.clock.timers).toBe(0);
  expect(all.list()).toEqual([]);
});

test('[ALERT-11] the worst is a failure before a floor before a limit, the latest first, of those that are not over', () => {
  const all = watched([{ ready: 1 }]);
  all.added([member('a', 'not_ready'), member('b', 'not_ready')]);
  all.seconds(100);
  expect(notOver(all.center.list)).toHaveLength(3);
  const worst = (): string => {
    const alert = worstAlert(all.center.list);
    return alert === null ? '' : words(alert);
  };
  expect(worst()).toBe('Sales 0 of 1');
  all.changed([member('a', 'not_ready', PHONE_DOWN)]);
  all.seconds(2);
  expect(worst()).toBe(`${PHONE_DOWN}: a`);
  all.changed([member('a', 'ready')]);
  expect(worst()).toMatch(/^b over/);
  all.changed([member('b', 'ready')]);
  expect(worst()).toBe('');
});

test('whatever happens, what is open is so on the board, ends with it, and leaves no timer', () => {
  const status = fc.constantFrom(
    ['ready', ''],
    ['ready', '27'],
    ['not_ready', ''],
    ['not_ready', '27'],
    ['not_ready', PHONE_DOWN],
    ['ready', PHONE_DOWN],
  );
  const step = fc.record({
    act: fc.constantFrom('change', 'change', 'change', 'wait', 'wait', 'remove', 'team-gone', 'gap', 'stale', 'live'),
    who: fc.constantFrom('a', 'b', 'c'),
    team: fc.constantFrom('t1', 't2'),
    status,
    seconds: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const limits = [
        { status: 'not_ready', seconds: 50 },
        { reason: '27', seconds: 30 },
      ];
      const all = watched([{ ready: 1 }], limits);
      let isLive = true;
      for (const {
        act,
        who,
        team,
        status: [word = '', reason = ''],
        seconds,
      } of steps) {
        const where = { teamId: team, teamName: team };
        if (act === 'change') all.changed([member(who, word, reason)], where);
        else if (act === 'wait') all.seconds(seconds);
        else if (act === 'remove') all.event({ name: 'report.teamstatus.memberremoved', ...where, memberIds: [who] });
        else if (act === 'team-gone') all.event({ name: 'report.teamstatus.teamremoved', ...where });
        else if (act === 'gap') all.gap(seconds);
        else all.live(act === 'live');
        isLive = act === 'stale' ? false : act === 'live' || act === 'gap' ? true : isLive;
        const rows = all.reader.view.flatMap(({ members }) => members);
        const teams = all.reader.view.map((one) => one.team);
        for (const alert of notOver(all.center.list)) {
          if (!isLive) expect(alert.isKnown).toBe(false);
          if (alert.kind === 'floor') expect(teams.map(({ teamId }) => teamId)).toContain(alert.teamId);
          else {
            const ids = alertedPeople(alert).map(({ memberId }) => memberId);
            expect(ids).not.toEqual([]);
            for (const id of ids) expect(rows.map(({ memberId }) => memberId)).toContain(id);
          }
          if (alert.kind === 'limit' && alert.isKnown) {
            const red = rows.filter(
              ({ memberId, attention }) => memberId === alert.person?.memberId && attention?.level === 'red',
            );
            expect(red).not.toEqual([]);
          }
        }
      }
      for (const team of ['t1', 't2']) {
        all.event({ name: 'report.teamstatus.teamremoved', teamId: team, teamName: team });
      }
      expect(notOver(all.center.list)).toEqual([]);
      expect(all.clock.timers).toBe(0);
    }),
    { numRuns: 200 },
  );
});

describe('whatever two agents tell, and whatever is set', () => {
  const WORDS = [
    ['ready', ''],
    ['ready', PHONE_DOWN],
    ['not_ready', ''],
    ['not_ready', '27'],
    ['not_ready', PHONE_DOWN],
  ] as const;
  const RULES: readonly (readonly LimitRule[])[] = [
    [
      { status: 'not_ready', seconds: 50 },
      { reason: '27', seconds: 30 },
    ],
    [
      { status: 'not_ready', seconds: 80 },
      { status: 'not_ready', seconds: 20, team: 't2' },
    ],
    [{ reason: PHONE_DOWN, seconds: 40 }],
    [],
  ];
  const BOOKS = [
    new ReasonBook([]),
    new ReasonBook([{ code: '27', label: 'Headset', cause: null, isFailure: true }]),
    new ReasonBook([{ code: PHONE_DOWN, label: 'Phone', cause: null, isFailure: false }]),
  ];
  const ACTS = [
    ...(['change', 'change', 'change', 'change', 'add', 'add', 'announce', 'announce', 'remove', 'rename'] as const),
    ...(['team-gone', 'doubt', 'wait', 'wait', 'gap', 'gap', 'stale', 'live', 'settle', 'rules', 'book'] as const),
  ];
  const step = fc.record({
    act: fc.constantFrom(...ACTS),
    agentId: fc.constantFrom('a', 'b'),
    who: fc.constantFrom('m', 'n'),
    team: fc.constantFrom('t1', 't2'),
    word: fc.constantFrom(...WORDS),
    number: fc.nat({ max: 40 }),
    /** Whether the board publishes at once, or only once the next action is over. */
    isTold: fc.boolean(),
  });

  test('each open alert is one that the board shows, known where the board shows it as true, and none is missing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const all = watched([{ ready: 1 }], RULES[0]);
        let [isLive, limits, book, bookAt] = [true, RULES[0] ?? [], BOOKS[0] ?? new ReasonBook([]), 0];
        const names = new Map<string, string>();
        let [shown, isChanged] = [all.center.list, false];
        all.onChange(() => (isChanged = true));
        const check = (isLast = false): void => {
          if (isChanged) shown = all.center.list;
          isChanged = false;
          expect(all.center.list, 'whoever shows them is told of each change').toEqual(shown);
          const { teams } = all.marks.markSnapshot(all.board.snapshot());
          const rows = teams.flatMap(({ team, members }) => members.map((row) => ({ team, row })));
          const isTrue = ({ confirmedIn }: { readonly confirmedIn: number }): boolean =>
            isLive && confirmedIn === all.board.head.feed;
          const open = notOver(all.center.list);
          for (const alert of open) {
            if (alert.kind === 'floor') {
              const team = teams.find((one) => one.team.teamId === alert.teamId)?.team;
              expect(team).toMatchObject({ teamName: alert.teamName, floor: alert.least });
              const isComplete = team?.confirmed === total(team?.counts ?? NO_COUNTS);
              expect(alert.isKnown).toBe(team !== undefined && team.isAnnounced && isComplete && isTrue(team));
              if (alert.isKnown) expect(alert.ready).toBe(team?.counts.ready);
              expect(alert.ready).toBeLessThan(alert.least);
              continue;
            }
            const struck = alertedPeople(alert);
            expect(struck).not.toEqual([]);
            const about = struck.flatMap(({ memberId, memberName }) => {
              const those = rows.filter(({ row }) => row.memberId === memberId);
              expect(those, 'is on the board').not.toEqual([]);
              for (const { row } of those) expect(row.memberName).toBe(memberName);
              return those.filter(({ row }) => {
                if (alert.kind === 'failure') {
                  return book.explaining(row) === alert.reason && book.isFailure(alert.reason);
                }
                return (
                  row.attention?.of === alert.of &&
                  (alert.of === 'reason' ? row.reason === alert.reason : row.status === alert.status)
                );
              });
            });
            for (const { memberId } of struck) expect(about.map(({ row }) => row.memberId)).toContain(memberId);
            const isRed = ({ row }: (typeof about)[number]): boolean =>
              alert.kind === 'failure' || row.attention?.level === 'red';
            expect(alert.isKnown, words(alert)).toBe(about.some((one) => isRed(one) && isTrue(one.row)));
          }
          const isAlertedTo = (one: (typeof rows)[number], kind: Alert['kind']): boolean =>
            open.some((alert) => {
              if (alert.kind !== kind) return false;
              return alertedPeople(alert).some(({ memberId }) => memberId === one.row.memberId);
            });
          for (const one of rows.filter(({ row }) => isTrue(row))) {
            if (one.row.attention?.level === 'red') expect(isAlertedTo(one, 'limit'), one.row.memberId).toBe(true);
            const { known, at } = one.row.reasonSince;
            if (!isLast || !book.isFailure(book.explaining(one.row)) || known !== 'exact' || at <= bookAt) continue;
            expect(isAlertedTo(one, 'failure'), one.row.memberId).toBe(true);
          }
        };
        for (const { act, agentId, who, team, word, number, isTold } of steps) {
          const [status, reason] = word;
          const where = { type: 'event', agentId, teamId: team, teamName: team } as const;
          const members = [{ ...member(who, status, reason), memberName: names.get(who) ?? who }];
          const known = (['m', 'n'] as const)
            .filter((_one, index) => (number & (index + 1)) > 0)
            .map((one) => ({ ...member(one, status, reason), memberName: names.get(one) ?? one }));
          const apply = (event: TeamEvent): void => {
            all.board.apply(event, agentId, all.clock.now());
          };
          switch (act) {
            case 'change':
              apply({ ...where, name: 'report.teamstatus.memberstatuschanged', members, areMembersComplete: true });
              break;
            case 'add':
              apply({ ...where, name: 'report.teamstatus.memberadded', members, areMembersComplete: true });
              break;
            case 'announce':
              apply({ ...where, name: 'report.teamstatus.teamadded', members: known, areMembersComplete: true });
              break;
            case 'remove':
              apply({ ...where, name: 'report.teamstatus.memberremoved', memberIds: [who] });
              break;
            case 'rename':
              names.set(who, `${who}${String(number)}`);
              apply({ ...where, name: 'report.teamstatus.teamchanged', teamName: `${team} ${String(number)}` });
              break;
            case 'team-gone':
              apply({ ...where, name: 'report.teamstatus.teamremoved' });
              break;
            case 'doubt':
              apply({ ...where, name: 'report.teamstatus.memberadded', members: [], areMembersComplete: false });
              break;
            case 'wait':
              all.seconds(number);
              break;
            case 'gap':
              all.gap(number);
              isLive = true;
              break;
            case 'stale':
            case 'live':
              all.live(act === 'live');
              isLive = act === 'live';
              break;
            case 'settle':
              all.board.settle(agentId, all.clock.now());
              break;
            case 'rules':
              limits = RULES[number % RULES.length] ?? [];
              all.rules(limits, [{ ready: 1 + (number % 2) }], book);
              break;
            case 'book':
              all.publish();
              book = BOOKS[number % BOOKS.length] ?? book;
              bookAt = all.clock.now();
              all.center.book = book;
              all.rules(limits, [{ ready: 1 }], book);
              break;
          }
          if (!isTold) continue;
          all.publish();
          // What is due at once.
          all.clock.advance(0);
          all.publish();
          check();
        }
        all.publish();
        all.live(true);
        isLive = true;
        all.seconds(3);
        check(true);
        for (const agentId of ['a', 'b']) {
          all.board.forgetAgent(agentId, all.clock.now());
          all.publish();
        }
        expect(notOver(all.center.list)).toEqual([]);
        expect(all.clock.timers).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
