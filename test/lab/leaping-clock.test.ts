import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/base/clock.ts';
import { LeapingClock } from '../../lab/leaping-clock.ts';

const HOUR_MS = 3_600_000;

test('time that leaps calls back what falls due, in its order, and what that sets; the rest waits on', async () => {
  const clock = new LeapingClock();
  const begin = clock.now();
  const called: string[] = [];
  clock.after(2 * HOUR_MS, () => called.push('second'));
  clock.after(HOUR_MS, () => {
    called.push('first');
    expect(clock.now()).toBeGreaterThanOrEqual(begin + HOUR_MS);
    expect(clock.now()).toBeLessThan(begin + 2 * HOUR_MS);
    clock.after(HOUR_MS / 2, () => called.push('set by the first'));
  });
  const cancel = clock.after(HOUR_MS, () => called.push('called off'));
  const cancelLast = clock.after(4 * HOUR_MS, () => called.push('not yet'));
  cancel();
  cancel();
  await clock.leap(3 * HOUR_MS);
  expect(called).toEqual(['first', 'set by the first', 'second']);
  expect(clock.now()).toBeGreaterThanOrEqual(begin + 3 * HOUR_MS);
  expect(clock.now()).toBeLessThan(begin + 4 * HOUR_MS);
  expect(clock.timers).toBe(1);
  cancelLast();
  expect(clock.timers).toBe(0);
});

test('what one callback led to is done before the next', async () => {
  const clock = new LeapingClock();
  const called: string[] = [];
  clock.after(1000, () => {
    void Promise.resolve().then(() => setImmediate(() => called.push('led to')));
  });
  clock.after(2000, () => called.push('next'));
  await clock.leap(3000);
  expect(called).toEqual(['led to', 'next']);
});

test('time passes by itself too, and a timer that a leap has brought near is called back by it', async () => {
  const clock = new LeapingClock();
  const called = new Promise<string>((resolve) => {
    clock.after(HOUR_MS, () => {
      resolve('called');
    });
  });
  await clock.leap(HOUR_MS - 5);
  expect(await called).toBe('called');
  expect(clock.timers).toBe(0);
  expect(clock.now() - systemClock.now()).toBeLessThanOrEqual(HOUR_MS);
});
