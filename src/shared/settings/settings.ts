/** What the page may know and change of the settings. Header values are secrets and never come here. */
import type { Text } from '../texts/text.ts';

import { ALERTS_ON, type AlertSettings } from '../alerts/alerts.ts';
import type { FloorRule, LimitRule } from '../board/attention.ts';
import type { SiteReason } from '../reasons/reasons.ts';

/** Where a setting comes from, from the weakest to the strongest. */
export type SettingsSource = 'built-in' | 'file' | 'environment' | 'command line' | 'policy';

/** A setting that comes from a stronger source than the user's file, so that no form can change it. */
export interface FixedSetting<K> {
  readonly key: K;
  readonly source: SettingsSource;
  readonly place: string;
}

/** Something wrong in the settings: where, what, and what to do. */
export interface SettingsProblem {
  readonly source: SettingsSource | 'form';
  /** The file's path, the variable's or the option's name; empty for the form. */
  readonly place: string;
  /** The setting's key, such as `processorUrls`; empty where the source as a whole is at fault. */
  readonly key: string;
  /** A clause, such as “entry 2 is not text”. */
  readonly message: Text;
  /**
   * An `error` stops the link, so that nothing is guessed; a `warning` leaves the widget running; a `note` costs nothing
   * and is told only where the settings are.
   */
  readonly severity: 'error' | 'warning' | 'note';
  /** Whether it may be gone soon, though nobody corrects anything. */
  readonly isPassing?: boolean;
  /** What the system said in words of its own, for who looks into it. */
  readonly details?: string;
}

/** What somebody changed in a form. Nothing else of it is written. */
export interface Edit<F> {
  readonly changes: Partial<F>;
  /** What those keys were when somebody began, so that a change made elsewhere since is not written over unseen. */
  readonly base: Partial<F>;
}

/** What the form for connecting sends. Text as typed; the host checks it. */
export interface ConnectionForm {
  readonly processorUrls: readonly string[];
  readonly agentIds: readonly string[];
  readonly subprotocol: string;
  readonly caFile: string;
}

export interface SampleCall {
  readonly callId: string;
  readonly title: Text;
}

export interface ConnectionView {
  /** Whether the board shows the built-in simulator's invented data. */
  readonly isDemo: boolean;
  /** Calls that the demo knows; empty otherwise. */
  readonly sampleCalls: readonly SampleCall[];
  /** What is configured, whether or not the demo is shown. */
  readonly form: ConnectionForm;
  readonly headerNames: readonly string[];
  readonly fixed: readonly FixedSetting<keyof ConnectionForm>[];
  readonly settingsFile: string;
  readonly problems: readonly SettingsProblem[];
}

/** Whether people are named, or only counted. */
export type Privacy = 'names' | 'counts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Keys that are heard whatever has the focus, as Electron names them; empty for none. */
export interface Hotkeys {
  readonly whoIsFree: string;
  /** Asks for the journey of the call whose id is on the clipboard. */
  readonly journey: string;
  readonly shape: string;
  readonly show: string;
}

/** What somebody can set beside the connection. */
export interface PreferencesForm {
  readonly limits: readonly LimitRule[];
  readonly floors: readonly FloorRule[];
  readonly alerts: AlertSettings;
  readonly privacy: Privacy;
  readonly reasonsFile: string;
  /** Empty for that of the system. */
  readonly language: string;
  readonly theme: Theme;
  /** Of the window, from `MIN_OPACITY` to 1. */
  readonly opacity: number;
  readonly hotkeys: Hotkeys;
  readonly startsWithComputer: boolean;
}

/** Less would be hard to find again. */
export const MIN_OPACITY = 0.4;

export const NO_PREFERENCES: PreferencesForm = {
  limits: [],
  floors: [],
  alerts: ALERTS_ON,
  privacy: 'names',
  reasonsFile: '',
  language: '',
  theme: 'system',
  opacity: 1,
  hotkeys: {
    whoIsFree: 'CommandOrControl+Alt+F',
    journey: 'CommandOrControl+Alt+J',
    shape: 'CommandOrControl+Alt+S',
    show: '',
  },
  startsWithComputer: false,
};

export const NO_CONNECTION: ConnectionForm = { processorUrls: [], agentIds: [], subprotocol: '', caFile: '' };

// Out of what has each of them, so that none can be missing.
export const CONNECTION_KEYS = keysOf(NO_CONNECTION);
export const PREFERENCE_KEYS = keysOf(NO_PREFERENCES);
export const HOTKEY_NAMES = keysOf(NO_PREFERENCES.hotkeys);

/** The keys of an object that has just those of its type. */
export function keysOf<F extends object>(form: F): readonly (keyof F)[] {
  return Object.keys(form) as (keyof F)[];
}

export interface PreferencesView {
  readonly form: PreferencesForm;
  /** The site's own reasons. */
  readonly reasons: readonly SiteReason[];
  readonly fixed: readonly FixedSetting<keyof PreferencesForm>[];
  /** Hotkeys that another program has already. */
  readonly takenHotkeys: readonly (keyof Hotkeys)[];
}
