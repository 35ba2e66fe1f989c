/** What the widget alerts to, what silences an alert, and what a host is asked to notify. */
import { tableOf } from '../base/keys-of.ts';
import {
  labelled,
  listOrNothing,
  partsOf,
  where,
  type PartWords,
  type SettingWords,
} from '../settings/setting-lines.ts';
import { numberText, t } from '../texts/texts.ts';
import { ALERT_KINDS, traitsOf, type Alert, type AlertKind } from './alert-kinds.ts';

/** Local times of day as “HH:MM”; past midnight if `to` is earlier than `from`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** The quiet hours in effect at a minute of the day, if any. */
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

/** Since midnight, local time. `epochMs`: by the system's clock. */
export function minuteOfDay(epochMs: number): number {
  const moment = new Date(epochMs);
  return moment.getHours() * 60 + moment.getMinutes();
}

/** What to alert to, and how. */
export interface AlertSettings extends Readonly<Record<AlertKind, boolean>> {
  readonly notifications: boolean;
  readonly sound: boolean;
  readonly quietHours: readonly QuietHours[];
  /** How long a team must be below its floor before it alerts. */
  readonly floorAfterSeconds: number;
}

export const ALERTS_ON: AlertSettings = {
  ...tableOf(ALERT_KINDS, () => true),
  notifications: true,
  sound: true,
  quietHours: [],
  floorAfterSeconds: 20,
};

const PART_WORDS: PartWords<AlertSettings> = {
  ...tableOf(ALERT_KINDS, (kind) => (isOn: boolean) => where(isOn, t(`alertSettings.${kind}`))),
  floorAfterSeconds: (seconds) => [labelled(t('alertSettings.floorAfter'), numberText(seconds))],
  notifications: (isOn) => where(isOn, t('alertSettings.notifications')),
  sound: (isOn) => where(isOn, t('alertSettings.sound')),
  quietHours: (all) => all.map(({ from, to }) => labelled(t('alertSettings.quietHours'), `${from} – ${to}`)),
};

export const ALERT_SETTING_WORDS: SettingWords<{ readonly alerts: AlertSettings }> = {
  alerts: [() => t('settingsDialog.alerts'), (alerts) => listOrNothing(partsOf(alerts, PART_WORDS))],
};

export interface AlertsView {
  /** Latest first. Of those that have ended, only the last hundred. */
  readonly list: readonly Alert[];
  /** Whether all notifications are off until the user turns them on again. */
  readonly isMuted: boolean;
  /** Until when notifications are off; null if they are not snoozed. */
  readonly snoozedUntil: number | null;
  /** How many the user has not looked at. */
  readonly unseen: number;
}

/** The choices for how long to snooze alerts. */
export const SNOOZES_MS = [15 * 60_000, 60 * 60_000, 4 * 60 * 60_000] as const;

export const NO_ALERTS: AlertsView = { list: [], isMuted: false, snoozedUntil: null, unseen: 0 };

/**
 * What a host shows or sounds: one alert, several more, or a test. A notice replaces an earlier one with the same id.
 */
export interface Notice {
  readonly id: string;
  readonly what:
    | { readonly type: 'alert'; readonly alert: Alert }
    | { readonly type: 'more'; readonly count: number }
    | { readonly type: 'test' };
  readonly isShown: boolean;
  readonly isAudible: boolean;
}

/** The id shared by all notices of an alert, so that a later one replaces an earlier one. */
export function noticeIdOf(alertId: number): string {
  return `alert-${String(alertId)}`;
}

/** The alert that a notice is about; null for several, undefined for none. */
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

/** Alerts that have not ended. */
export function notOver(list: readonly Alert[]): readonly Alert[] {
  return list.filter(({ endedAt }) => endedAt === null);
}

/**
 * The most important alert that has not ended: the most urgent kind, and within it the latest. An alert whose subject
 * is currently unknown does not count.
 */
export function worstAlert(list: readonly Alert[]): Alert | null {
  return (
    notOver(list)
      .filter(({ isKnown }) => isKnown)
      .toSorted((a, b) => traitsOf(a).urgency - traitsOf(b).urgency || b.lastAt - a.lastAt)[0] ?? null
  );
}
