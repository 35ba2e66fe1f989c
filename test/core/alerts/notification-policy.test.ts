/** Which alerts become notifications, and when none do. */
import { describe, expect, test } from 'vitest';
import { NotificationPolicy } from '../../../src/core/alerts/notification-policy.ts';
import type { AlertOf } from '../../../src/shared/alerts/alert-kinds.ts';
import { ALERTS_ON, type AlertSettings, type Notice } from '../../../src/shared/alerts/alerts.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';

function policyWith(settings: Partial<AlertSettings> = {}) {
  const clock = new FakeClock();
  const notices: Notice[] = [];
  let minute = 12 * 60;
  const policy = new NotificationPolicy({
    clock,
    minuteOfDay: () => minute,
    onNotice: (notice) => notices.push(notice),
    onChange: () => undefined,
  });
  policy.settings = { ...ALERTS_ON, ...settings };
  const told = (): string[] =>
    notices.splice(0).map(({ id, what, isShown, isAudible }) => {
      const count = what.type === 'more' ? ` ${String(what.count)}` : '';
      return `${id}${count}${isShown ? '' : ' unseen'}${isAudible ? '' : ' unheard'}`;
    });
  const tell = (...ids: number[]): string[] => {
    for (const id of ids) policy.notify(alert(id));
    return told();
  };
  const at = (time: number): void => {
    minute = time;
  };
  return { clock, policy, told, tell, at };
}

function alert(id: number): AlertOf<'floor'> {
  const common = { at: 0, lastAt: 0, times: 1, endedAt: null, isSeen: false, isKnown: true };
  return { id, ...common, kind: 'floor', teamId: 't', teamName: 'Sales', least: 2, ready: 1 };
}

describe('many at once', () => {
  test('are shown up to five, and then as one count of further ones', () => {
    const { tell } = policyWith();
    expect(tell(1, 2, 3, 4, 5)).toEqual(['alert-1', 'alert-2', 'alert-3', 'alert-4', 'alert-5']);
    expect(tell(6, 7)).toEqual(['more 1 unheard', 'more 2 unheard']);
  });

  test('are shown one by one again after a quiet minute', () => {
    const { tell, clock } = policyWith();
    tell(1, 2, 3, 4, 5, 6);
    clock.advance(60_000);
    expect(tell(7, 8)).toEqual(['alert-7', 'alert-8']);
  });
});

test('one that grows is shown again in its place, without a sound', () => {
  const { policy, tell, told, clock } = policyWith();
  tell(1);
  for (let more = 0; more < 300; more += 1) policy.update(alert(1), true);
  expect(told(), 'not three hundred times').toEqual([]);
  clock.advance(2000);
  expect(told()).toEqual(['alert-1 unheard']);
  policy.update(alert(1), false);
  clock.advance(2000);
  expect(told(), 'less is not shown anew').toEqual([]);
  policy.update(alert(1), true);
  policy.end(1);
  expect(clock.timers).toBe(0);
});

test('the settings decide whether one is only shown, only sounded, or neither', () => {
  expect(policyWith({ sound: false }).tell(1)).toEqual(['alert-1 unheard']);
  expect(policyWith({ notifications: false }).tell(1)).toEqual(['alert-1 unseen']);
  expect(policyWith({ sound: false, notifications: false }).tell(1)).toEqual([]);
});

test('nothing is shown while muted, not even afterwards', () => {
  const { policy, tell, told } = policyWith();
  policy.isMuted = true;
  expect(tell(1, 2)).toEqual([]);
  policy.isMuted = false;
  expect(told()).toEqual([]);
  expect(tell(3)).toEqual(['alert-3']);
});

describe('a snooze', () => {
  test('ends by itself, and then shows in one what is new and not over', () => {
    const { policy, tell, told, clock } = policyWith();
    policy.snooze(600_000);
    expect(policy.snoozedUntil).toBe(clock.now() + 600_000);
    expect(tell(1, 2, 3)).toEqual([]);
    policy.end(2);
    clock.advance(600_000);
    expect(policy.snoozedUntil).toBeNull();
    expect(told()).toEqual(['more 2']);
    expect(clock.timers).toBe(0);
  });

  test('without new alerts ends silently', () => {
    const { policy, told, clock } = policyWith();
    policy.snooze(600_000);
    clock.advance(600_000);
    expect(told()).toEqual([]);
  });

  test('ends on time even if the machine slept and its timer stood still', () => {
    const { policy, tell, clock } = policyWith();
    policy.snooze(900_000);
    clock.jump(36_000_000);
    expect(tell(1)).toEqual(['alert-1']);
    expect(policy.snoozedUntil).toBeNull();
  });

  test('does not repeat what an earlier one has shown', () => {
    const { policy, tell, told } = policyWith();
    policy.snooze(900_000);
    tell(1, 2);
    policy.snooze(null);
    expect(told()).toEqual(['more 2']);
    policy.snooze(900_000);
    policy.snooze(null);
    expect(told()).toEqual([]);
  });

  test('can be ended by hand, and started again', () => {
    const { policy, tell, told, clock } = policyWith();
    policy.snooze(600_000);
    policy.snooze(1_200_000);
    clock.advance(600_000);
    expect(tell(1)).toEqual([]);
    policy.snooze(null);
    expect(told()).toEqual(['more 1']);
    expect(clock.timers).toBe(0);
  });
});

describe('quiet hours', () => {
  test('silence notifications from their first minute to their last, even past midnight', () => {
    const { tell, at } = policyWith({
      quietHours: [
        { from: '22:00', to: '06:30' },
        { from: '12:00', to: '13:00' },
      ],
    });
    const isStill = (time: number): boolean => {
      at(time);
      return tell(time).length === 0;
    };
    expect([0, 389, 390, 719, 720, 779, 780, 1319, 1320, 1439].map(isStill)).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
      false,
      false,
      true,
      true,
    ]);
  });
});

test('a test is shown and sounded whatever is muted, each in a place of its own', () => {
  const { policy, told } = policyWith({ sound: false, notifications: false });
  policy.isMuted = true;
  policy.test();
  policy.test();
  expect(told()).toEqual(['test-1', 'test-2']);
});
