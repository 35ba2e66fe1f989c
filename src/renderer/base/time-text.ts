/** Formats moments of the core's clock in the reader's time zone and language. */
import { perLocale } from '../../shared/texts/texts.ts';
import { now } from './now.svelte.ts';

const time = perLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }));
const hour = perLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const dateAndTime = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }),
);

/** The time of day, with the date if it was not today. */
export function timeText(at: number): string {
  const moment = new Date(now.wall(at));
  const isToday = moment.toDateString() === new Date().toDateString();
  return (isToday ? time : dateAndTime)().format(moment);
}

/** The date and time of day, for texts read on another day. */
export function dateAndTimeText(at: number): string {
  return dateAndTime().format(new Date(now.wall(at)));
}

/** The time of day to the minute. */
export function hourText(at: number): string {
  return hour().format(new Date(now.wall(at)));
}
