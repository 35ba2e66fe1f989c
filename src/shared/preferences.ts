/** What the user can set besides the connection: the settings of all subjects that have a form, joined. */
import { ALERTS_ON, type AlertSettings } from './alerts/alerts.ts';
import { keysOf } from './base/keys-of.ts';
import { request } from './base/requests.ts';
import type { FloorRule, LimitRule } from './board/attention.ts';
import { BUILT_IN_DESKTOP, type DesktopSettings, type Hotkeys } from './desktop/desktop-settings.ts';
import type { SiteReason } from './reasons/reasons.ts';
import type { Edit, FixedSetting, SaveResult } from './settings/settings.ts';

/** Whether people are named, or only counted. */
export type Privacy = 'names' | 'counts';

export interface PreferencesForm extends DesktopSettings {
  readonly limits: readonly LimitRule[];
  readonly floors: readonly FloorRule[];
  readonly alerts: AlertSettings;
  readonly privacy: Privacy;
  readonly reasonsFile: string;
}

export const NO_PREFERENCES: PreferencesForm = {
  limits: [],
  floors: [],
  alerts: ALERTS_ON,
  privacy: 'names',
  reasonsFile: '',
  ...BUILT_IN_DESKTOP,
};

export const PREFERENCE_KEYS = keysOf(NO_PREFERENCES);

export const preferencesRequests = {
  'preferences.save': request<Edit<PreferencesForm>, SaveResult<PreferencesForm>>(),
};

export interface PreferencesView {
  readonly form: PreferencesForm;
  /** The site's own reasons. */
  readonly reasons: readonly SiteReason[];
  readonly fixed: readonly FixedSetting<keyof PreferencesForm>[];
  /** Hotkeys that another program already uses. */
  readonly takenHotkeys: readonly (keyof Hotkeys)[];
}
