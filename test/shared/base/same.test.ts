/** Plain data is compared by content. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame } from '../../../src/shared/base/same.ts';

test.each([
  [
    { a: 1, b: [2] },
    { b: [2], a: 1 },
  ],
  [{ a: 1, b: undefined }, { a: 1 }],
  [Number.NaN, Number.NaN],
  [[], []],
])('%j is the same as %j', (a, b) => {
  expect(isSame(a, b)).toBe(true);
  expect(isSame(b, a)).toBe(true);
});

test.each([
  [
    [1, 2],
    [2, 1],
  ],
  [[1], [1, 2]],
  [[], {}],
  [{ a: null }, {}],
  [
    { a: undefined, b: 1 },
    { a: 1, b: undefined },
  ],
  ['1', 1],
  [null, {}],
  [{ a: { b: 1 } }, { a: { b: 2 } }],
])('%j is not the same as %j', (a, b) => {
  expect(isSame(a, b)).toBe(false);
  expect(isSame(b, a)).toBe(false);
});

test('whatever crosses a process boundary as JSON is the same as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // JSON has no negative zero.
      const text = JSON.stringify(value);
      expect(isSame(JSON.parse(text), JSON.parse(text))).toBe(true);
    }),
  );
});

test('two values are the same just where their JSON is, keys in order', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
      const [one, other] = [JSON.parse(JSON.stringify(a)) as unknown, JSON.parse(JSON.stringify(b)) as unknown];
      expect(isSame(one, other)).toBe(sorted(one) === sorted(other));
    }),
  );
});

/** As JSON, with the keys of each object in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
