/** Durations in every format that can be read, without guessing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_PLAIN_SECONDS, MAX_STEP_SECONDS, readDuration, readSeconds } from '../../../src/core/journey/duration.ts';

describe('[JOURNEY-3] what can be read', () => {
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
    ['\u200b00:01:05\ufeff', 65],
    ['168:00:00', 604_800],
    ['26:03:04', 93_784],
    ['86400', 86_400],
    ['192,5', 192.5],
    ['192.5', 192.5],
    // No digit grouping looks like these.
    ['0,450', 0.45],
    ['1234,567', 1234.567],
    ['1,2345', 1.2345],
    // Machines write fractions with a point.
    ['1.234', 1.234],
  ])('%j is %d seconds', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });
});

describe('[JOURNEY-3] what can’t be read is not guessed', () => {
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
    // Longer than any step.
    '4294967295',
    '-1:-1:-33',
    '2147483647',
    '192000',
    '86401',
    '168:00:01',
    '7d 00:00:01',
    '8.00:00:00',
    // Times of day rather than durations.
    '1899-12-31 00:03:12',
    '12/31/1899 12:00:41 AM',
    '30.12.1899 00:01:30',
    'Thu Sep 25 09:14:03 CEST 2025',
    '2025-09-25T09:14:03.000+02:00',
    '1758784443000',
    // Grouped, or perhaps not.
    '1,234',
    '12,345',
    '123,456 s',
    '1 234',
    '1\u00a0234',
    '1\u202f234',
    '1’234',
    "1'234",
    '1.234.567',
    'PT3M12S',
    'P1DT2H',
    'true',
    'n/a',
  ])('%j', (text) => {
    expect(readDuration(text)).toBeNull();
  });
});

const two = (value: number): string => String(value).padStart(2, '0');
const parts = fc.record({
  days: fc.oneof(fc.nat({ max: 6 }), fc.nat({ max: 999 })),
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

test.each(Object.keys(FORMATS))(
  'any duration of a step written as %s reads back as itself, and no longer one does',
  (format) => {
    fc.assert(
      fc.property(parts, (p) => {
        const [text, seconds] = FORMATS[format]?.(p) ?? ['', Number.NaN];
        const most = format.startsWith('plain') ? MAX_PLAIN_SECONDS : MAX_STEP_SECONDS;
        if (seconds > most) expect(readDuration(text)).toBeNull();
        else expect(readDuration(text)).toBeCloseTo(seconds, 6);
      }),
    );
  },
);

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

test.each([
  [0, 0],
  [-0, 0],
  [192, 192],
  [192.5, 192.5],
  [86_400, 86_400],
  [86_401, null],
  [4_294_967_295, null],
  [-5, null],
  [1e300, null],
  [Infinity, null],
  [NaN, null],
])('the number %d is %j seconds', (number, seconds) => {
  expect(readSeconds(number)).toBe(seconds);
});
