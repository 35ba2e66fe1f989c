/** What the user can set besides the connection: the settings of all subjects that have a form, joined. */
import { ALERT_SETTING_WORDS, ALERTS_ON, type AlertSettings } from './alerts/alerts.ts';
import { keysOf } from './base/keys-of.ts';
import { request } from './base/requests.ts';
import { RULE_SETTING_WORDS, type Rules } from './board/rule-settings.ts';
import {
  BUILT_IN_DESKTOP,
  DESKTOP_SETTING_WORDS,
  type DesktopSettings,
  type Hotkeys,
} from './desktop/desktop-settings.ts';
import type { SiteReason } from './reasons/reasons.ts';
import { textOrNothing, type SettingWords } from './settings/setting-lines.ts';
import type { Edit, FixedSetting, SaveResult } from './settings/settings.ts';
import { t } from './texts/texts.ts';

/** Whether people are named, or only counted. */
export type Privacy = 'names' | 'counts';

export interface PreferencesForm extends Rules, DesktopSettings {
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

/** What each is called in its form, and its value. */
export const PREFERENCE_WORDS: SettingWords<PreferencesForm> = {
  ...RULE_SETTING_WORDS,
  ...ALERT_SETTING_WORDS,
  privacy: [() => t('settingsDialog.privacy'), (privacy) => t(`settingsDialog.privacyOf.${privacy}`)],
  reasonsFile: [() => t('settingsDialog.reasonsFile'), textOrNothing],
  ...DESKTOP_SETTING_WORDS,
};

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
