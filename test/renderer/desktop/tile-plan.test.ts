/**
 * A wall's tiles fill the wall with the largest letters that fit, and it scrolls only if smaller letters would be
 * unreadable.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planTiles } from '../../../src/renderer/desktop/tile-plan.ts';

const LETTER = 16;
const plan = (count: number, width: number, height: number) => planTiles(count, width, height, LETTER);
const rows = (count: number, columns: number) => Math.ceil(count / columns);

test('few teams have larger letters than many', () => {
  const scales = [1, 6, 12, 24].map((count) => plan(count, 1600, 850).scale);
  expect(scales).toEqual(scales.toSorted((a, b) => b - a));
  expect(new Set(scales).size).toBe(scales.length);
});

test('a wide wall has more columns than a high one', () => {
  expect(plan(6, 2400, 600).columns).toBeGreaterThan(plan(6, 600, 2400).columns);
});

test('there are never more columns than teams', () => {
  expect(plan(1, 4000, 300).columns).toBe(1);
  expect(plan(0, 4000, 300).columns).toBe(1);
});

test('letters have a maximum size, however little there is to show', () => {
  expect(plan(1, 8000, 8000).scale).toBe(3);
});

test('before letters get too small to read, names are left out, and the wall scrolls', () => {
  const crowded = plan(80, 1600, 850);
  expect(crowded.scale).toBe(0.75);
  expect(crowded.lines).toBe(2);
  expect(crowded.height * crowded.scale * LETTER * rows(80, crowded.columns)).toBeGreaterThan(850);
});

test('a wall without a size yet has a plan', () => {
  expect(plan(6, 0, 0)).toMatchObject({ columns: 1, lines: 2 });
});

test('whatever there is to show, tiles that do not scroll fit the wall', () => {
  const sizes = fc.integer({ min: 200, max: 6000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), sizes, sizes, (count, width, height) => {
      const { columns, scale, height: high, lines } = plan(count, width, height);
      expect(lines).toBeGreaterThanOrEqual(2);
      expect(columns).toBeLessThanOrEqual(count);
      if (scale <= 0.75) return;
      expect(rows(count, columns) * high * scale * LETTER).toBeLessThanOrEqual(height + 1e-6);
    }),
  );
});
