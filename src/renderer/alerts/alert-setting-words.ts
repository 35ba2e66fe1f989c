/** Words for the alert settings. It decides nothing. */
import { ALERT_KINDS } from '../../shared/alerts/alert-kinds.ts';
import type { AlertSettings } from '../../shared/alerts/alerts.ts';
import { tableOf } from '../../shared/base/keys-of.ts';
import { numberText, t } from '../../shared/texts/texts.ts';
import {
  labelled,
  listOrNothing,
  partsOf,
  where,
  type PartWords,
  type SettingWords,
} from '../settings/setting-lines.ts';

const PARTS: PartWords<AlertSettings> = {
  ...tableOf(ALERT_KINDS, (kind) => (isOn: boolean) => where(isOn, t(`alertSettings.${kind}`))),
  floorAfterSeconds: (seconds) => [labelled(t('alertSettings.floorAfter'), numberText(seconds))],
  notifications: (isOn) => where(isOn, t('alertSettings.notifications')),
  sound: (isOn) => where(isOn, t('alertSettings.sound')),
  quietHours: (all) => all.map(({ from, to }) => labelled(t('alertSettings.quietHours'), `${from} – ${to}`)),
};

export const ALERT_SETTING_WORDS: SettingWords<{ readonly alerts: AlertSettings }> = {
  alerts: [() => t('settingsDialog.alerts'), (alerts) => listOrNothing(partsOf(alerts, PARTS))],
};
