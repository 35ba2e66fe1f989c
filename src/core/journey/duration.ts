/** Reads a step's duration; the reports do not document its format. It never guesses. */
import { trimInvisible } from '../../shared/base/folding.ts';

const SECONDS = String.raw`(\d{1,2})(?:[.,](\d{1,9}))?`;
// H:MM:SS or HH:MM:SS with any number of hours, optionally with days before it: “1 day, 2:03:04”, “2d 03:04:05”,
// “1.02:03:04”.
const CLOCK = new RegExp(
  String.raw`^(?:(\d{1,6})(?:\s*d(?:ays?)?\s*,?\s*|\.|:(?=\d{1,2}:\d{2}:)))?(\d{1,6}):(\d{2}):${SECONDS}$`,
  'i',
);
const MINUTES = new RegExp(String.raw`^(\d{1,6}):${SECONDS}$`);
const PLAIN = /^(\d{1,10})(?:[.,](\d{1,9}))?\s*(?:s|sec|secs|seconds?)?$/i;

// 1,234 may be a thousand or a fraction; a thousand is likelier, since machines write fractions with a point.
const GROUPED = /^[1-9]\d{0,2},\d{3}(?!\d)/;

// No duration is longer, and on a long text with many spaces the expressions above would take minutes.
const MAX_LENGTH = 64;

/**
 * No step lasts longer: a call is over within hours, and one that waits over a long weekend is answered within the
 * week. A larger value is an error value, such as 4294967295, or not in seconds.
 */
export const MAX_STEP_SECONDS = 7 * 86_400;
/**
 * The same for a bare number: days are usually written differently, and 192000 is probably 192 seconds in milliseconds.
 */
export const MAX_PLAIN_SECONDS = 86_400;

/** The duration in seconds, or null if the text is not a duration or is longer than any step can be. */
export function readDuration(text: string): number | null {
  const seconds = readClock(trimInvisible(text));
  return seconds !== null && seconds <= MAX_STEP_SECONDS ? seconds : null;
}

/** The same for a number of seconds. */
export function readSeconds(number: number): number | null {
  return number >= 0 && number <= MAX_PLAIN_SECONDS ? Math.abs(number) : null;
}

function readClock(trimmed: string): number | null {
  if (trimmed.length > MAX_LENGTH) return null;
  const clock = CLOCK.exec(trimmed);
  if (clock !== null) {
    const [, days, hours, minutes, seconds, fraction] = clock;
    if (days !== undefined && Number(hours) > 23) return null;
    return inRange(minutes) && inRange(seconds)
      ? number(days) * 86_400 + number(hours) * 3600 + number(minutes) * 60 + number(seconds) + part(fraction)
      : null;
  }
  const minutes = MINUTES.exec(trimmed);
  if (minutes !== null) {
    const [, whole, seconds, fraction] = minutes;
    return inRange(seconds) ? number(whole) * 60 + number(seconds) + part(fraction) : null;
  }
  const plain = PLAIN.exec(trimmed);
  return plain === null || GROUPED.test(trimmed) ? null : readSeconds(number(plain[1]) + part(plain[2]));
}

function inRange(text: string | undefined): boolean {
  return number(text) < 60;
}

function number(text: string | undefined): number {
  return text === undefined ? 0 : Number(text);
}

function part(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(`0.${digits}`);
}
