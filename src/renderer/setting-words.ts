/** Joins the subjects' words for their preferences: what each is called in the forms, and its value. */
import type { PreferencesForm } from '../shared/preferences.ts';
import { t } from '../shared/texts/texts.ts';
import { ALERT_SETTING_WORDS } from './alerts/alert-setting-words.ts';
import { RULE_SETTING_WORDS } from './board/rule-setting-words.ts';
import { DESKTOP_SETTING_WORDS } from './desktop/desktop-setting-words.ts';
import { textOrNothing, type SettingWords } from './settings/setting-lines.ts';

export const PREFERENCE_WORDS: SettingWords<PreferencesForm> = {
  ...RULE_SETTING_WORDS,
  ...ALERT_SETTING_WORDS,
  privacy: [() => t('settingsDialog.privacy'), (privacy) => t(`settingsDialog.privacyOf.${privacy}`)],
  reasonsFile: [() => t('settingsDialog.reasonsFile'), textOrNothing],
  ...DESKTOP_SETTING_WORDS,
};
