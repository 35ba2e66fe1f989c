/** What the widget alerts to, what stands against telling it aloud, and what a host is asked to tell. Plain data. */

interface Common {
  /** Counts up from 1. */
  readonly id: number;
  /** When it began, by the core's clock. */
  readonly at: number;
  /** When it was over; null while it is not. */
  readonly endedAt: number | null;
}

/** Somebody is over a limit. */
export interface LimitAlert extends Common {
  readonly kind: 'limit';
  readonly memberId: string;
  readonly memberName: string;
  readonly teamName: string;
  readonly status: string;
  readonly reason: string | null;
  readonly of: 'status' | 'reason';
  readonly limitMs: number;
}

/** Something has broken for one or many within a short time: one incident. */
export interface FailureAlert extends Common {
  readonly kind: 'failure';
  readonly reason: string;
  /** In the order in which it struck them. */
  readonly people: readonly { readonly memberId: string; readonly memberName: string }[];
}

/** Fewer are ready in a team than should be. */
export interface FloorAlert extends Common {
  readonly kind: 'floor';
  readonly teamId: string;
  readonly teamName: string;
  readonly least: number;
  /** How many were when it was told. */
  readonly ready: number;
}

export type Alert = LimitAlert | FailureAlert | FloorAlert;
export type AlertKind = Alert['kind'];

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
export interface AlertSettings {
  readonly limit: boolean;
  readonly failure: boolean;
  readonly floor: boolean;
  readonly notifications: boolean;
  readonly sound: boolean;
  readonly quietHours: readonly QuietHours[];
}

export const ALERTS_ON: AlertSettings = {
  limit: true,
  failure: true,
  floor: true,
  notifications: true,
  sound: true,
  quietHours: [],
};

export interface AlertsView {
  /** The latest first; those that are over for long are left out. */
  readonly list: readonly Alert[];
  /** Whether nothing is told aloud until somebody lets it be again. */
  readonly isMuted: boolean;
  /** Until when nothing is told aloud; null where it is. */
  readonly snoozedUntil: number | null;
  /** Alerts that came since somebody last looked at them. */
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

/** The one that wants attention most of those that are not over: a failure before a floor before a limit, the latest first. */
export function worstAlert(list: readonly Alert[]): Alert | null {
  const open = list.filter(({ endedAt }) => endedAt === null);
  const order: readonly AlertKind[] = ['failure', 'floor', 'limit'];
  return open.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.at - a.at)[0] ?? null;
}
