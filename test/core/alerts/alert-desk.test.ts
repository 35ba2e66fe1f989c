/** What is alerted to, and what is not: on a marked board, with a clock that the test turns. */
import { describe, expect, test } from 'vitest';
import { AlertDesk } from '../../../src/core/alerts/alert-desk.ts';
import { ALERTS_ON, worstAlert, type Alert } from '../../../src/shared/alerts.ts';
import type { FloorRule } from '../../../src/shared/attention.ts';
import { ReasonBook } from '../../../src/shared/reasons.ts';
import { attentiveBoard, member } from '../../support/attentive-board.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const PHONE_DOWN = '32759';
const CALL_ENDED = '32755';

function watched(floors: readonly FloorRule[] = []) {
  const told: string[] = [];
  const amended: string[] = [];
  const clock = new FakeClock();
  const desk = new AlertDesk({
    clock,
    onAlert: (alert) => told.push(words(alert)),
    onAmend: (alert) => amended.push(words(alert)),
    onChange: () => undefined,
  });
  const limits = [{ status: 'not_ready', seconds: 100 }];
  const all = attentiveBoard(limits, floors, {
    clock,
    read: (update) => {
      desk.follow(update);
    },
  });
  desk.isLive = true;
  const live = (isLive: boolean): void => {
    all.marks.blindSince = isLive ? null : all.clock.now();
    desk.isLive = isLive;
    all.publish();
  };
  return { ...all, desk, told, amended, live, list: () => desk.list.map(words) };
}

function words(alert: Alert): string {
  const end = alert.endedAt === null ? '' : ', over';
  switch (alert.kind) {
    case 'limit':
      return `${alert.memberName} over ${String(alert.limitMs / 1000)} in ${alert.teamName}${end}`;
    case 'failure':
      return `${alert.reason}: ${alert.people.map(({ memberName }) => memberName).join(' ')}${end}`;
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
        },
        'a',
        all.clock.now(),
      );
      all.removed('m');
    };
    both();
    expect(all.told).toHaveLength(1);
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
    expect(all.told).toEqual(['m over 40 in Sales', 'm over 45 in Sales']);
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
    all.desk.settings = { ...ALERTS_ON, limit: false };
    all.added([member('m', 'not_ready')]);
    all.seconds(100);
    all.desk.settings = ALERTS_ON;
    all.seconds(100);
    all.changed([member('m', 'not_ready')]);
    expect(all.told).toEqual([]);
    expect(all.list()).toEqual([]);
  });
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
    expect(all.amended).toEqual([`${PHONE_DOWN}: a b c`]);
    all.changed(['a', 'b', 'c'].map((id) => member(id, 'ready')));
    expect(all.list()).toEqual([`${PHONE_DOWN}: a b c, over`]);
    all.changed([member('d', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    expect(all.told, 'after all are well again it is another one').toEqual([`${PHONE_DOWN}: a b`, `${PHONE_DOWN}: d`]);
  });

  test('that are far apart, or unlike, are incidents of their own', () => {
    const all = watched();
    all.added(['a', 'b', 'c'].map((id) => member(id, 'ready')));
    all.changed([member('a', 'not_ready', PHONE_DOWN), member('b', 'logout', '255')]);
    all.seconds(70);
    all.changed([member('c', 'not_ready', PHONE_DOWN)]);
    all.seconds(2);
    expect(all.told).toEqual([`${PHONE_DOWN}: a`, '255: b', `${PHONE_DOWN}: c`]);
  });

  test('are those that have broken, not all that the system does', () => {
    const all = watched();
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', CALL_ENDED)]);
    all.seconds(5);
    expect(all.told).toEqual([]);
  });

  test('that were there when the widget came are no news, nor those told again', () => {
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
    all.desk.book = new ReasonBook([{ code: '7', label: 'Headset broken', cause: null, isFailure: true }]);
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', '7')]);
    all.seconds(2);
    expect(all.told).toEqual(['7: a']);
    all.removed('a');
    expect(all.list()).toEqual(['7: a, over']);
  });

  test('that pass before they are told are told as over', () => {
    const all = watched();
    all.added([member('a', 'ready')]);
    all.changed([member('a', 'not_ready', PHONE_DOWN)]);
    all.changed([member('a', 'ready')]);
    all.seconds(2);
    expect(all.list()).toEqual([`${PHONE_DOWN}: a, over`]);
  });
});

describe('a floor', () => {
  test('is told when it has been passed for some seconds, and over when enough are ready again', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'acw')]);
    all.seconds(4);
    expect(all.told).toEqual([]);
    all.seconds(30);
    expect(all.told).toEqual(['Sales 1 of 2']);
    all.changed([member('a', 'ready')]);
    expect(all.list()).toEqual(['Sales 1 of 2, over']);
    expect(all.clock.timers).toBe(0);
  });

  test('that is passed only for a moment is not told', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready'), member('b', 'ready')]);
    all.changed([member('a', 'acw')]);
    all.seconds(3);
    all.changed([member('a', 'ready')]);
    all.seconds(10);
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
    all.seconds(5);
    expect(all.told).toEqual(['Sales 0 of 2']);
  });

  test('is not told of a team that was never announced', () => {
    const all = watched([{ ready: 2 }]);
    all.changed([member('a', 'ready')]);
    all.seconds(30);
    expect(all.told).toEqual([]);
  });

  test('goes with its team', () => {
    const all = watched([{ ready: 2 }]);
    all.added([member('a', 'ready')]);
    all.seconds(5);
    all.event({ name: 'report.teamstatus.teamremoved' });
    expect(all.list()).toEqual(['Sales 1 of 2, over']);
  });
});

test('the list has the latest first, and those that are over only so far back', () => {
  const all = watched();
  all.added([member('long', 'not_ready')]);
  all.seconds(100);
  for (let count = 0; count < 150; count += 1) {
    all.added([member('m', 'not_ready')], { teamId: 't2', teamName: 'Service' });
    all.changed([member('m', 'ready')], { teamId: 't2', teamName: 'Service' });
    all.changed([member('m', 'not_ready')], { teamId: 't2', teamName: 'Service' });
    all.seconds(100);
  }
  expect(all.list()).toHaveLength(102);
  expect(all.list()[0]).toBe('m over 100 in Service');
  expect(all.list().at(-1)).toBe('long over 100 in Sales');
});

test('how many were not seen is counted until somebody looks', () => {
  const all = watched();
  all.added([member('a', 'not_ready'), member('b', 'not_ready')]);
  all.seconds(100);
  expect(all.desk.unseen).toBe(2);
  all.desk.see();
  expect(all.desk.unseen).toBe(0);
});

test('nothing is left of another processor, and no timer', () => {
  const all = watched([{ ready: 2 }]);
  all.added([member('a', 'ready')]);
  all.changed([member('a', 'not_ready', PHONE_DOWN)]);
  all.desk.clear();
  all.event({ name: 'report.teamstatus.teamremoved' });
  expect(all.clock.timers).toBe(0);
  expect(all.list()).toEqual([]);
});

test('the worst is a failure before a floor before a limit, the latest first, of those that are not over', () => {
  const all = watched([{ ready: 1 }]);
  all.added([member('a', 'not_ready'), member('b', 'not_ready')]);
  all.seconds(100);
  const worst = (): string => {
    const alert = worstAlert(all.desk.list);
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
