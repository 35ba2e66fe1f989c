/** Lengths of time as on a clock. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockText } from '../../../src/shared/texts/spans.ts';

describe('a clock', () => {
  test.each([
    [0, '0:00'],
    [7999, '0:07'],
    [60_000, '1:00'],
    [724_000, '12:04'],
    [3_753_000, '1:02:33'],
    [183_845_000, '2d 3:04:05'],
    [-5000, '0:00'],
  ])('of %d ms reads “%s”', (milliseconds, text) => {
    expect(clockText(milliseconds)).toBe(text);
  });

  test('never runs backwards, and reads back as its whole seconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 12 }), (milliseconds) => {
        const [, days, clock] = /^(?:(\d+)d )?([\d:]+)$/.exec(clockText(milliseconds)) ?? [];
        const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(Number(days ?? 0) * 86_400 + seconds).toBe(Math.floor(milliseconds / 1000));
      }),
    );
  });
});
