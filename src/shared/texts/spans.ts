/** Lengths of time in words and as on a clock. It must not know what lasted so long. */
import { perLocale, translator } from './texts.ts';

// Many clocks are redrawn every second, so the digits are looked up rather than formatted.
const digits = perLocale((locale) => {
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  const below60 = Array.from({ length: 60 }, (_, value) => value);
  return { plain: below60.map((value) => plain.format(value)), two: below60.map((value) => two.format(value)) };
});

/** A length of time as on a clock: “0:07”, “12:04”, “1:02:33”, “2d 3:04:05”. Whole seconds, rounded down. */
export function clockText(milliseconds: number, by = translator()): string {
  const { plain, two } = digits(by.formatLocale);
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two[seconds % 60] ?? '';
  if (days === 0 && hours === 0) return `${plain[minutes] ?? ''}:${rest}`;
  const clock = `${plain[hours] ?? ''}:${two[minutes] ?? ''}:${rest}`;
  return days > 0 ? by.translate('time.days', { days, clock }) : clock;
}

const durations = perLocale((locale) => ({
  hours: new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'short' }),
  minutes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short' }),
}));

/** A round length of time in words: “15 min”, “4 hr”. */
export function durationText(milliseconds: number): string {
  const { hours, minutes } = durations();
  const count = milliseconds / 60_000;
  return count % 60 === 0 ? hours.format(count / 60) : minutes.format(count);
}

const rough = perLocale((locale) =>
  (['minute', 'hour', 'day'] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
  ),
);

/** A length of time in its largest unit, rounded down, to read from a distance: “2 min”, “3 hr”, “1 day”. */
export function roughTimeText(milliseconds: number): string {
  const [minutes, hours, days] = rough();
  const count = Math.floor(milliseconds / 60_000);
  if (count < 60) return minutes?.format(count) ?? '';
  return count < 24 * 60
    ? (hours?.format(Math.floor(count / 60)) ?? '')
    : (days?.format(Math.floor(count / 1440)) ?? '');
}

/** The length of a gap; less than a second is not shown as zero. */
export function gapText(milliseconds: number, by = translator()): string {
  return milliseconds < 1000
    ? by.translate('time.lessThan', { clock: clockText(1000, by) })
    : clockText(milliseconds, by);
}
