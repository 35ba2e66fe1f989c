/** Problems in the settings, and who fixed one, in words. It must not know which settings exist. */
import { translate, type Text } from '../texts/text.ts';
import { t } from '../texts/texts.ts';
import type { FixedSetting, SettingsProblem } from './settings.ts';

/** A problem in the settings: where, which key if it could be several, and what. */
export function problemText({ source, place, key, message }: SettingsProblem): Text {
  if (place === null) return message;
  return (source === 'file' || source === 'policy') && key !== null
    ? { key: 'settings.atKey', values: { place, key, message } }
    : { key: 'settings.at', values: { place, message } };
}

/** Who fixed a setting. */
export function fixedWords({ source, place }: FixedSetting<string>): string {
  return t(source === 'policy' ? 'connection.fixedByPolicy' : 'connection.fixed', { place });
}

/** The same in the current language. */
export function problemWords(problem: SettingsProblem): string {
  return translate(problemText(problem));
}
