/** Converts the preferences of all subjects to their forms' text and back. It checks nothing. */
import type { PreferencesForm, Privacy } from '../shared/preferences.ts';
import { alertSettingsDraft, alertSettingsOf, type AlertSettingsDraft } from './alerts/alert-settings-draft.ts';
import { rulesDraft, rulesOf, type RulesDraft } from './board/rules-draft.ts';
import type { DesktopSettingsDraft } from './desktop/desktop-settings-draft.ts';

export interface PreferencesDraft extends RulesDraft, DesktopSettingsDraft {
  alerts: AlertSettingsDraft;
  privacy: Privacy;
  reasonsFile: string;
}

export function draftOf({ limits, floors, alerts, hotkeys, ...rest }: PreferencesForm): PreferencesDraft {
  return {
    ...rulesDraft({ limits, floors }),
    alerts: alertSettingsDraft(alerts),
    hotkeys: { ...hotkeys },
    ...rest,
  };
}

export function formOf({ limits, floors, alerts, hotkeys, ...rest }: PreferencesDraft): PreferencesForm {
  return {
    ...rulesOf({ limits, floors }),
    alerts: alertSettingsOf(alerts),
    hotkeys: { ...hotkeys },
    ...rest,
  };
}
