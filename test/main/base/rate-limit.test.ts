import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../../src/main/base/rate-limit.ts';

describe('a limit of three a minute', () => {
  it('refuses the fourth, and allows more once they are a minute old', () => {
    const limit = new RateLimit(3, 60_000);
    expect([0, 10_000, 20_000, 30_000, 59_999].map((now) => limit.allows(now))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([60_000, 60_001, 70_000].map((now) => limit.allows(now))).toEqual([true, false, true]);
  });
});
