/** What a setting is called in the forms, and what it is set to, in words. It decides nothing. */
import type { ConnectionForm, Hotkeys, PreferencesForm } from '../../shared/settings.ts';
import { LANGUAGES } from '../../shared/texts/languages.ts';
import { listText, percentText, t } from '../../shared/texts/texts.ts';
import { statusWord } from '../../shared/words.ts';

type Form = ConnectionForm & PreferencesForm;
/** A setting with its name and its value in words. */
type Words<K extends keyof Form> = readonly [name: () => string, value: (value: Form[K]) => string];

const WORDS: { readonly [K in keyof Form]: Words<K> } = {
  processorUrls: [() => t('connection.url'), list],
  agentIds: [() => t('connection.agents'), list],
  subprotocol: [() => t('connection.subprotocol'), text],
  caFile: [() => t('connection.caFile'), text],
  limits: [
    () => t('limits.title'),
    (limits) =>
      list(
        limits.map(({ status, reason, team, seconds }) => {
          const of = status === undefined ? `${t('limits.reasonCode')} ${reason ?? ''}` : statusWord(status);
          return `${[of, ...given(team)].join(' ')} ${String(Math.round((seconds / 60) * 100) / 100)} ${t('limits.minutes')}`;
        }),
      ),
  ],
  floors: [
    () => t('limits.floors'),
    (floors) =>
      list(floors.map(({ team, ready }) => `${team ?? t('limits.eachTeam')} ${String(ready)} ${t('limits.ready')}`)),
  ],
  alerts: [
    () => t('settingsDialog.alerts'),
    ({ quietHours, ...alerts }) =>
      list([
        ...(['limit', 'failure', 'floor', 'notifications', 'sound'] as const).flatMap((key) =>
          alerts[key] ? [t(`alertSettings.${key}`)] : [],
        ),
        ...quietHours.map(({ from, to }) => `${t('alertSettings.quietHours')} ${from} – ${to}`),
      ]),
  ],
  privacy: [() => t('settingsDialog.privacy'), (privacy) => t(`settingsDialog.privacyOf.${privacy}`)],
  reasonsFile: [() => t('settingsDialog.reasonsFile'), text],
  language: [
    () => t('appearance.language'),
    (code) => LANGUAGES.find((language) => language.code === code)?.name ?? t('appearance.ofSystem'),
  ],
  theme: [() => t('appearance.theme'), (theme) => t(`appearance.themes.${theme}`)],
  opacity: [() => t('appearance.opacity'), (opacity) => percentText(opacity)],
  hotkeys: [
    () => t('appearance.hotkeys'),
    (hotkeys) =>
      list(
        (['whoIsFree', 'journey', 'shape', 'show'] as const satisfies readonly (keyof Hotkeys)[]).flatMap((name) =>
          hotkeys[name] === '' ? [] : [`${t(`appearance.hotkeysOf.${name}`)} ${hotkeys[name]}`],
        ),
      ),
  ],
  startsWithComputer: [() => t('appearance.startsWithComputer'), (isOn) => t(isOn ? 'moved.on' : 'moved.off')],
};

/** What each of these settings is, a line each. */
export function settingLines(values: Partial<Form>): string[] {
  return (Object.keys(values) as (keyof Form)[]).flatMap((key) => lineOf(key, values[key]));
}

function lineOf<K extends keyof Form>(key: K, value: Form[K] | undefined): string[] {
  if (value === undefined) return [];
  const [name, words] = WORDS[key];
  return [t('moved.line', { name: name(), value: words(value) })];
}

function list(items: readonly string[]): string {
  return items.length === 0 ? t('moved.nothing') : listText(items);
}

function text(value: string): string {
  return value === '' ? t('moved.nothing') : value;
}

function given(team: string | undefined): readonly string[] {
  return team === undefined ? [] : [team];
}
