/** What stands behind “Details”, whatever the processor put there. */
import { expect, test } from 'vitest';
import { failureDetails } from '../../../src/core/processor/failure-details.ts';

test.each<[string, string, unknown, string]>([
  ['nothing', '', undefined, ''],
  ['a context', 'at X', undefined, 'at X'],
  ['the original', '', { a: 1 }, 'Original request:\n{\n  "a": 1\n}'],
  ['both', 'at X', null, 'at X\n\nOriginal request:\nnull'],
])('tells %s', (_, context, original, text) => {
  expect(failureDetails(context, original)).toBe(text);
});

test('is never longer than a person would read', () => {
  expect(failureDetails('x'.repeat(1_000_000), 'y'.repeat(1_000_000)).length).toBeLessThanOrEqual(20_000);
});

test('says so where the original is nested too deeply to be shown', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(failureDetails('at X', deep)).toMatch(/^at X\n\nOriginal request:\n\(can’t be shown/);
});
