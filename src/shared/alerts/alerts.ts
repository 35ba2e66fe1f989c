/** What the widget alerts to, what stands against telling it aloud, and what a host is asked to tell. Plain data. */

interface AlertBase {
  /** Counts up from 1. What comes again keeps its id. */
  readonly id: number;
  /** When it first began, by the core's clock. */
  readonly at: number;
  /** When it last began. */
  readonly lastAt: number;
  /** How often it has begun. */
  readonly times: number;
  /** When it was last over; null while it is not. */
  readonly endedAt: number | null;
  /** Whether somebody has looked at it since it last began. */
  readonly isSeen: boolean;
  /** Whether what it is about is known at present; what is over is. */
  readonly isKnown: boolean;
}

/** Somebody is over a limit. */
export interface LimitAlert extends AlertBase {
  readonly kind: 'limit';
  readonly memberId: string;
  readonly memberName: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly status: string;
  readonly reason: string | null;
  readonly of: 'status' | 'reason';
  readonly limitMs: number;
}

export interface StruckPerson {
  readonly memberId: string;
  readonly memberName: string;
  /** Whether it is over for them, while others still have it. */
  readonly isOver: boolean;
}

/** Something has broken for one or many: one incident. */
export interface FailureAlert extends AlertBase {
  readonly kind: 'failure';
  readonly reason: string;
  /** In the order in which it struck them. */
  readonly people: readonly StruckPerson[];
}

/** Fewer are ready in a team than should be. */
export interface FloorAlert extends AlertBase {
  readonly kind: 'floor';
  readonly teamId: string;
  readonly teamName: string;
  readonly least: number;
  /** How many are, or were when it was over. */
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
  /** For how long a team must be below its floor. */
  readonly floorAfterSeconds: number;
}

export const ALERTS_ON: AlertSettings = {
  limit: true,
  failure: true,
  floor: true,
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

/** Whom a failure is about: those who still have it; once it is over, all who had. */
export function peopleIn({ people, endedAt }: FailureAlert): readonly StruckPerson[] {
  return endedAt === null ? people.filter(({ isOver }) => !isOver) : people;
}

/**
 * The one that wants attention most of those that are not over: a failure before a floor before a limit, the latest
 * first. What is not known at present wants none.
 */
export function worstAlert(list: readonly Alert[]): Alert | null {
  const order: readonly AlertKind[] = ['failure', 'floor', 'limit'];
  return (
    notOver(list)
      .filter(({ isKnown }) => isKnown)
      .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.lastAt - a.lastAt)[0] ?? null
  );
}
