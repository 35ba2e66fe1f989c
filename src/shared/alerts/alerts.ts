/** What the widget alerts to, what stands against telling it aloud, and what a host is asked to tell. Plain data. */

import { tableOf } from '../base/keys-of.ts';
import { ALERT_KINDS, traitsOf, type Alert, type AlertKind } from './alert-kinds.ts';

/** From and to as “HH:MM” of the day here; over midnight where `to` is the earlier one. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** The quiet hours that hold at a minute of the day, if any do. */
export function quietHoursAt(all: readonly QuietHours[], minuteOfDay: number): QuietHours | null {
  return (
    all.find(({ from, to }) => {
      const [begin, end] = [minutes(from), minutes(to)];
      return begin <= end ? minuteOfDay >= begin && minuteOfDay < end : minuteOfDay >= begin || minuteOfDay < end;
    }) ?? null
  );
}

function minutes(time: string): number {
  const [hours = '0', rest = '0'] = time.split(':');
  return Number(hours) * 60 + Number(rest);
}

/** Since midnight, here. `epochMs`: by the system's clock. */
export function minuteOfDay(epochMs: number): number {
  const moment = new Date(epochMs);
  return moment.getHours() * 60 + moment.getMinutes();
}

/** What is alerted to, and how. */
export interface AlertSettings extends Readonly<Record<AlertKind, boolean>> {
  readonly notifications: boolean;
  readonly sound: boolean;
  readonly quietHours: readonly QuietHours[];
  /** For how long a team must be below its floor. */
  readonly floorAfterSeconds: number;
}

export const ALERTS_ON: AlertSettings = {
  ...tableOf(ALERT_KINDS, () => true),
  notifications: true,
  sound: true,
  quietHours: [],
  floorAfterSeconds: 20,
};

export interface AlertsView {
  /** The latest first; of those that are over only the last hundred. */
  readonly list: readonly Alert[];
  /** Whether nothing is told aloud until somebody lets it be again. */
  readonly isMuted: boolean;
  /** Until when nothing is told aloud; null where it is. */
  readonly snoozedUntil: number | null;
  /** How many of them nobody has looked at. */
  readonly unseen: number;
}

/** For how long alerts can be kept still. */
export const SNOOZES_MS = [15 * 60_000, 60 * 60_000, 4 * 60 * 60_000] as const;

export const NO_ALERTS: AlertsView = { list: [], isMuted: false, snoozedUntil: null, unseen: 0 };

/** What a host tells aloud: one alert, that there are more, or a test. One with the id of an earlier one takes its place. */
export interface Notice {
  readonly id: string;
  readonly what:
    | { readonly type: 'alert'; readonly alert: Alert }
    | { readonly type: 'more'; readonly count: number }
    | { readonly type: 'test' };
  readonly isShown: boolean;
  readonly isHeard: boolean;
}

/** The id of every notice of an alert, so that a later one takes the place of an earlier one. */
export function noticeIdOf(alertId: number): string {
  return `alert-${String(alertId)}`;
}

/** The alert that a notice is about; null where it is about several, undefined where it is about none. */
export function alertOf({ what }: Notice): number | null | undefined {
  switch (what.type) {
    case 'alert':
      return what.alert.id;
    case 'more':
      return null;
    case 'test':
      return undefined;
  }
}

/** Those that are not over. */
export function notOver(list: readonly Alert[]): readonly Alert[] {
  return list.filter(({ endedAt }) => endedAt === null);
}

/**
 * The one that wants attention most of those that are not over: the most urgent kind first, and of
 * that the latest. What is not known at present wants none.
 */
export function worstAlert(list: readonly Alert[]): Alert | null {
  return (
    notOver(list)
      .filter(({ isKnown }) => isKnown)
      .toSorted((a, b) => traitsOf(a).urgency - traitsOf(b).urgency || b.lastAt - a.lastAt)[0] ?? null
  );
}
