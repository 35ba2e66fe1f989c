/** The few numbers that stand for many. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greatest, least, median, percentile } from '../../bench/statistics.ts';

test.each([
  [[5], 5],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
  [[10, 9], 9.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

const HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index);

test.each([
  [0, 1],
  [0.01, 1],
  [0.5, 50],
  [0.99, 99],
  [0.991, 100],
  [1, 100],
])('of the numbers from 1 to 100, the share %d is not above %d', (share, expected) => {
  expect(percentile(HUNDRED, share)).toBe(expected);
});

test('as many as the share asks for are not above the percentile, and fewer are below it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      (values, share) => {
        const found = percentile(values, share);
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length);
        expect(values.filter((value) => value < found).length).toBeLessThan(share * values.length);
      },
    ),
  );
});

test('the least and the greatest are what they say, and the values stay in their order', () => {
  const values = [3, 1, 2];
  expect([least(values), greatest(values)]).toEqual([1, 3]);
  expect(values).toEqual([3, 1, 2]);
});

test('of nothing there is no number', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});
