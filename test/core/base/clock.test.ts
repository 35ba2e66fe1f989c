/** Steady time on a machine whose three clocks the test sets. */
import { describe, expect, test } from 'vitest';
import { steadyTime, systemClock } from '../../../src/core/base/clock.ts';

const START = Date.UTC(2026, 0, 5, 9, 0, 0);
const HOUR = 3_600_000;

/** A machine that can pass time, sleep, and have its clock set. Its uptime is in whole seconds, as on macOS. */
function machine({ isMonotonicAwake = false } = {}) {
  const is = { wall: START, monotonic: 7, uptime: 100_400 };
  let asked = 0;
  const now = steadyTime({
    wall: () => is.wall,
    monotonic: () => is.monotonic,
    uptime: () => {
      asked += 1;
      return Math.floor(is.uptime / 1000) * 1000;
    },
  });
  return {
    passed: () => now() - START,
    asked: () => asked,
    pass: (ms: number) => {
      is.wall += ms;
      is.monotonic += ms;
      is.uptime += ms;
    },
    sleep: (ms: number) => {
      is.wall += ms;
      is.uptime += ms;
      if (isMonotonicAwake) is.monotonic += ms;
    },
    setClock: (byMs: number) => {
      is.wall += byMs;
    },
  };
}

describe('[BLIND-4] steady time', () => {
  test('starts at the system clock and advances with it', () => {
    const { passed, pass } = machine();
    expect(passed()).toBe(0);
    pass(1234);
    expect(passed()).toBe(1234);
  });

  test.each([HOUR, -HOUR, 48 * HOUR, 2500, -2500])('does not follow a system clock that is set by %d ms', (byMs) => {
    const { passed, pass, setClock } = machine();
    pass(1000);
    setClock(byMs);
    pass(1000);
    expect(passed()).toBe(2000);
  });

  test.each([false, true])('counts a sleep, also where the monotonic time does (%s)', (isMonotonicAwake) => {
    const { passed, pass, sleep } = machine({ isMonotonicAwake });
    pass(1000);
    sleep(8 * HOUR);
    pass(1000);
    // The largest error of the uptime.
    expect(Math.abs(passed() - 8 * HOUR - 2000)).toBeLessThan(1000);
  });

  test('tells sleep from a clock that is set on waking', () => {
    const { passed, pass, sleep, setClock } = machine();
    pass(1000);
    sleep(HOUR);
    setClock(-5 * HOUR);
    pass(1000);
    expect(Math.abs(passed() - HOUR - 2000)).toBeLessThan(1000);
  });

  test('does not take a gradually corrected clock for sleep', () => {
    const { passed, pass, setClock } = machine();
    for (let minute = 0; minute < 600; minute += 1) {
      pass(60_000);
      setClock(25);
      passed();
    }
    expect(passed()).toBe(600 * 60_000);
  });

  test('never goes back', () => {
    const { passed, pass, sleep, setClock } = machine();
    let before = passed();
    for (const change of [() => setClock(-HOUR), () => sleep(5000), () => setClock(HOUR), () => pass(1)]) {
      change();
      expect(passed()).toBeGreaterThanOrEqual(before);
      before = passed();
    }
  });

  test('reads the uptime only in case of doubt', () => {
    const { passed, pass, setClock, asked } = machine();
    for (let i = 0; i < 1000; i += 1) {
      pass(1000);
      passed();
    }
    expect(asked()).toBe(1);
    setClock(HOUR);
    passed();
    passed();
    expect(asked()).toBe(2);
  });
});

test('the system’s own clock gives the present time', () => {
  const before = Date.now();
  const now = systemClock.now();
  // A second for whatever a busy machine does between two lines, or for a clock set since the tests began.
  expect(Number.isInteger(now)).toBe(true);
  expect(Math.abs(now - before)).toBeLessThan(60_000);
});
