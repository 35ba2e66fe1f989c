/** Durations in every format that is read, and none that is guessed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDuration } from '../../../src/core/journey/duration.ts';

describe('what can be read', () => {
  test.each<[string, number]>([
    ['00:00:00', 0],
    ['00:01:05', 65],
    ['1:02:03', 3723],
    ['100:00:00', 360_000],
    ['02:03', 123],
    ['2:03', 123],
    ['90:00', 5400],
    ['45', 45],
    ['045', 45],
    ['45s', 45],
    ['45 sec', 45],
    ['1 second', 1],
    ['45 SECONDS', 45],
    ['45.5', 45.5],
    ['45,5', 45.5],
    ['00:00:01.250', 1.25],
    ['00:00:01,250', 1.25],
    ['1:5.5', 65.5],
    ['1.02:03:04', 93_784],
    ['1:02:03:04', 93_784],
    ['1d 02:03:04', 93_784],
    ['1 day, 2:03:04', 93_784],
    ['2 days 00:00:01', 172_801],
    ['  00:01:05\n', 65],
  ])('%j is %d seconds', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });
});

describe('what can’t be read is not guessed', () => {
  test.each([
    '',
    ' ',
    '-5',
    '-00:00:05',
    '1:60',
    '1:2:3',
    '00:61:00',
    '00:00:60',
    '1d 24:00:00',
    '1:02:03:04:05',
    '5 minutes',
    '5m',
    'PT5S',
    '1e3',
    'NaN',
    '0x10',
    '12:34 PM',
    '2026-01-05T09:00:00Z',
    '.5',
    '5.',
    '٥',
    'a while',
    '1,234,567',
    '99999999999',
  ])('%j', (text) => {
    expect(readDuration(text)).toBeNull();
  });
});

const two = (value: number): string => String(value).padStart(2, '0');
const parts = fc.record({
  days: fc.nat({ max: 999 }),
  hours: fc.nat({ max: 23 }),
  minutes: fc.nat({ max: 59 }),
  seconds: fc.nat({ max: 59 }),
  millis: fc.nat({ max: 999 }),
});
type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;
const FORMATS: Record<string, (p: Parts) => readonly [text: string, seconds: number]> = {
  'HH:MM:SS': (p) => [`${two(p.hours)}:${two(p.minutes)}:${two(p.seconds)}`, hms(p)],
  'H:MM:SS, hours unbounded': (p) => [
    `${String(p.days * 24 + p.hours)}:${two(p.minutes)}:${two(p.seconds)}`,
    p.days * 86_400 + hms(p),
  ],
  'MM:SS': (p) => [`${two(p.minutes)}:${two(p.seconds)}`, p.minutes * 60 + p.seconds],
  'plain seconds': (p) => [String(p.days * 86_400 + hms(p)), p.days * 86_400 + hms(p)],
  'seconds with a fraction': (p) => [
    `${String(hms(p))}.${String(p.millis).padStart(3, '0')}`,
    hms(p) + p.millis / 1000,
  ],
  'days before': (p) => [
    `${String(p.days)}d ${two(p.hours)}:${two(p.minutes)}:${two(p.seconds)}`,
    p.days * 86_400 + hms(p),
  ],
  'days with a point and a fraction': (p) => [
    `${String(p.days)}.${two(p.hours)}:${two(p.minutes)}:${two(p.seconds)}.${String(p.millis).padStart(3, '0')}`,
    p.days * 86_400 + hms(p) + p.millis / 1000,
  ],
};

function hms({ hours, minutes, seconds }: Parts): number {
  return hours * 3600 + minutes * 60 + seconds;
}

test.each(Object.keys(FORMATS))('any duration written as %s reads back as itself', (format) => {
  fc.assert(
    fc.property(parts, (p) => {
      const [text, seconds] = FORMATS[format]?.(p) ?? ['', Number.NaN];
      expect(readDuration(text)).toBeCloseTo(seconds, 6);
    }),
  );
});

test('whatever the text is, there is a number of seconds or nothing', () => {
  const clockish = fc.stringMatching(/^[0-9:., days-]{0,24}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), clockish), (text) => {
      const seconds = readDuration(text);
      if (seconds !== null) expect(Number.isFinite(seconds) && seconds >= 0).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each(['1d', '1', '1:02:03', ''])('a text of a million spaces after %j is no trouble', (start) => {
  expect(readDuration(`${start}${' '.repeat(1_000_000)}x`)).toBeNull();
});
