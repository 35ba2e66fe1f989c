/** Moments of the core's clock as the reader's own clock and locale would write them. */
import { now } from '../state/now.svelte.ts';

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** The time of day; with the date where it was on another day than today. */
export function timeText(at: number): string {
  const moment = new Date(now.wall(at));
  const isToday = moment.toDateString() === new Date().toDateString();
  return (isToday ? time : dateAndTime).format(moment);
}
