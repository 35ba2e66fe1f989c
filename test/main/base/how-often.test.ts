import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Allowance } from '../../../src/main/base/allowance.ts';
import { atMostEvery } from '../../../src/main/base/at-most-every.ts';

describe('an allowance of three a minute', () => {
  it('refuses the fourth, and allows again what is a minute old', () => {
    const allowance = new Allowance(3, 60_000);
    expect([0, 10_000, 20_000, 30_000, 59_999].map((now) => allowance.take(now))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([60_000, 60_001, 70_000].map((now) => allowance.take(now))).toEqual([true, false, true]);
  });
});

describe('what runs at most once a second', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs at once when it is asked for after a rest', () => {
    const run = vi.fn();
    const ask = atMostEvery(1000, run);
    ask();
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5000);
    expect(run).toHaveBeenCalledTimes(1);
    ask();
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('runs once at the end of the second for all that was asked for in it', () => {
    const run = vi.fn();
    const ask = atMostEvery(1000, run);
    for (let time = 0; time < 3000; time += 100) {
      ask();
      vi.advanceTimersByTime(100);
    }
    expect(run).toHaveBeenCalledTimes(4);
    vi.advanceTimersByTime(10_000);
    expect(run).toHaveBeenCalledTimes(4);
  });

  it('goes on after what it runs has thrown', () => {
    const run = vi.fn(() => {
      throw new Error('no');
    });
    const ask = atMostEvery(1000, run);
    expect(ask).toThrow('no');
    vi.advanceTimersByTime(1000);
    expect(ask).toThrow('no');
  });
});
