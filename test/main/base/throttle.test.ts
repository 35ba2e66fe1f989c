import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { throttle } from '../../../src/main/base/throttle.ts';

describe('what runs at most once a second', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs at once after a rest', () => {
    const run = vi.fn();
    const ask = throttle(1000, run);
    ask();
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5000);
    expect(run).toHaveBeenCalledTimes(1);
    ask();
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('runs once at the end of the second for all calls during it', () => {
    const run = vi.fn();
    const ask = throttle(1000, run);
    for (let time = 0; time < 3000; time += 100) {
      ask();
      vi.advanceTimersByTime(100);
    }
    expect(run).toHaveBeenCalledTimes(4);
    vi.advanceTimersByTime(10_000);
    expect(run).toHaveBeenCalledTimes(4);
  });

  it('keeps going after what it runs has thrown', () => {
    const run = vi.fn(() => {
      throw new Error('no');
    });
    const ask = throttle(1000, run);
    expect(ask).toThrow('no');
    vi.advanceTimersByTime(1000);
    expect(ask).toThrow('no');
  });
});
