/** What somebody can set beside the connection, as it is typed into the form, and back. It checks nothing. */
import type { AlertSettings, QuietHours } from '../shared/alerts/alerts.ts';
import type { FloorRule, LimitRule } from '../shared/board/attention.ts';
import { isBlank } from '../shared/base/folding.ts';
import { DOCUMENTED_STATUSES, statusKind, type DocumentedStatus } from '../shared/board/statuses.ts';
import type { Hotkeys, Theme } from '../shared/desktop/desktop-settings.ts';
import type { PreferencesForm, Privacy } from '../shared/preferences.ts';

/** What a limit is on: one of the documented statuses, another one by its word, or a reason by its code. */
export type LimitOn = DocumentedStatus | 'status' | 'reason';
export const LIMITS_ON: readonly LimitOn[] = [...DOCUMENTED_STATUSES, 'status', 'reason'];

export interface LimitDraft {
  on: LimitOn;
  /** The word of another status, or the code of a reason. */
  text: string;
  /** Empty for all. */
  team: string;
  minutes: number | null;
}

export interface FloorDraft {
  team: string;
  ready: number | null;
}

export interface PreferencesDraft {
  limits: LimitDraft[];
  floors: FloorDraft[];
  alerts: { -readonly [K in Exclude<keyof AlertSettings, 'quietHours' | 'floorAfterSeconds'>]: AlertSettings[K] } & {
    quietHours: { from: string; to: string }[];
    floorAfterSeconds: number | null;
  };
  privacy: Privacy;
  reasonsFile: string;
  language: string;
  theme: Theme;
  opacity: number;
  hotkeys: { -readonly [K in keyof Hotkeys]: Hotkeys[K] };
  startsWithComputer: boolean;
}

export function draftOf({ limits, floors, alerts, hotkeys, ...rest }: PreferencesForm): PreferencesDraft {
  return {
    limits: limits.map(limitDraft),
    floors: floors.map(({ team = '', ready }) => ({ team, ready })),
    alerts: { ...alerts, quietHours: alerts.quietHours.map((hours) => ({ ...hours })) },
    hotkeys: { ...hotkeys },
    ...rest,
  };
}

/** What is left empty is given as 0, which is no limit and no floor. */
export function formOf({ limits, floors, alerts, hotkeys, ...rest }: PreferencesDraft): PreferencesForm {
  return {
    limits: limits.map(limitRule),
    floors: floors.map(({ team, ready }): FloorRule => ({ ...named(team), ready: ready ?? 0 })),
    alerts: {
      ...alerts,
      quietHours: alerts.quietHours.map((hours): QuietHours => ({ ...hours })),
      floorAfterSeconds: alerts.floorAfterSeconds ?? 0,
    },
    hotkeys: { ...hotkeys },
    ...rest,
  };
}

function limitDraft({ status, reason, team = '', seconds }: LimitRule): LimitDraft {
  // To the second, and no longer than anybody would type it.
  const minutes = Math.round((seconds / 60) * 100) / 100;
  if (reason !== undefined) return { on: 'reason', text: reason, team, minutes };
  const kind = statusKind(status ?? '');
  return kind === 'other' ? { on: 'status', text: status ?? '', team, minutes } : { on: kind, text: '', team, minutes };
}

function limitRule({ on, text, team, minutes }: LimitDraft): LimitRule {
  const seconds = Math.round((minutes ?? 0) * 60);
  if (on === 'reason') return { reason: text, ...named(team), seconds };
  return { status: on === 'status' ? text : on, ...named(team), seconds };
}

function named(team: string): { readonly team?: string } {
  return isBlank(team) ? {} : { team };
}
