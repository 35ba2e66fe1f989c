/** What a setting is called in the forms, and what it is set to, in words. It decides nothing. */
import type { AlertSettings } from '../shared/alerts/alerts.ts';
import type { FloorRule, LimitRule } from '../shared/board/attention.ts';
import { keysOf } from '../shared/base/keys-of.ts';
import type { ConnectionForm } from '../shared/link/connection-settings.ts';
import type { Hotkeys } from '../shared/desktop/desktop-settings.ts';
import type { PreferencesForm } from '../shared/preferences.ts';
import { LANGUAGES } from '../shared/texts/languages.ts';
import { listText, numberText, percentText, t } from '../shared/texts/texts.ts';
import { countWord, statusWord } from '../shared/board/board-words.ts';
import { durationText } from '../shared/texts/spans.ts';

type Form = ConnectionForm & PreferencesForm;
/** What there is to say of each thing that is set together: nothing of what is off. A new one does not compile without. */
type Parts<T> = { readonly [K in keyof T]-?: (value: T[K]) => readonly string[] };
/** A setting with its name and its value in words. */
type Words<K extends keyof Form> = readonly [name: () => string, value: (value: Form[K]) => string];

const ALERTS: Parts<AlertSettings> = {
  limit: (isOn) => where(isOn, t('alertSettings.limit')),
  failure: (isOn) => where(isOn, t('alertSettings.failure')),
  floor: (isOn) => where(isOn, t('alertSettings.floor')),
  floorAfterSeconds: (seconds) => [of(t('alertSettings.floorAfter'), numberText(seconds))],
  notifications: (isOn) => where(isOn, t('alertSettings.notifications')),
  sound: (isOn) => where(isOn, t('alertSettings.sound')),
  quietHours: (all) => all.map(({ from, to }) => of(t('alertSettings.quietHours'), `${from} – ${to}`)),
};

const HOTKEYS: Parts<Hotkeys> = {
  whoIsFree: (keys) => where(keys !== '', of(t('appearance.hotkeysOf.whoIsFree'), keys)),
  journey: (keys) => where(keys !== '', of(t('appearance.hotkeysOf.journey'), keys)),
  shape: (keys) => where(keys !== '', of(t('appearance.hotkeysOf.shape'), keys)),
  show: (keys) => where(keys !== '', of(t('appearance.hotkeysOf.show'), keys)),
};

const WORDS: { readonly [K in keyof Form]: Words<K> } = {
  processorUrls: [() => t('connection.url'), list],
  agentIds: [() => t('connection.agents'), list],
  subprotocol: [() => t('connection.subprotocol'), text],
  caFile: [() => t('connection.caFile'), text],
  limits: [() => t('limits.title'), (limits) => list(limits.map(limitWords))],
  floors: [() => t('limits.floors'), (floors) => list(floors.map(floorWords))],
  alerts: [() => t('settingsDialog.alerts'), (alerts) => list(partsOf(alerts, ALERTS))],
  privacy: [() => t('settingsDialog.privacy'), (privacy) => t(`settingsDialog.privacyOf.${privacy}`)],
  reasonsFile: [() => t('settingsDialog.reasonsFile'), text],
  language: [
    () => t('appearance.language'),
    (code) => LANGUAGES.find((language) => language.code === code)?.name ?? t('appearance.ofSystem'),
  ],
  theme: [() => t('appearance.theme'), (theme) => t(`appearance.themes.${theme}`)],
  opacity: [() => t('appearance.opacity'), (opacity) => percentText(opacity)],
  hotkeys: [() => t('appearance.hotkeys'), (hotkeys) => list(partsOf(hotkeys, HOTKEYS))],
  startsWithComputer: [() => t('appearance.startsWithComputer'), (isOn) => t(isOn ? 'moved.on' : 'moved.off')],
};

/** What each of these settings is, a line each. */
export function settingLines(values: Partial<Form>): string[] {
  return keysOf(values).flatMap((key) => lineOf(key, values[key]));
}

function lineOf<K extends keyof Form>(key: K, value: Form[K] | undefined): string[] {
  if (value === undefined) return [];
  const [name, words] = WORDS[key];
  return [t('moved.line', { name: name(), value: words(value) })];
}

function partsOf<T extends object>(value: T, parts: Parts<T>): readonly string[] {
  return keysOf(parts).flatMap((key) => parts[key](value[key]));
}

/** “Not ready (Sales): 15 min”. */
function limitWords({ status, reason, team, seconds, ...rest }: LimitRule): string {
  nothingElse(rest);
  const what = status === undefined ? `${t('limits.reasonCode')} ${reason ?? ''}` : statusWord(status);
  return of(team === undefined ? what : t('moved.inTeam', { what, team }), durationText(seconds * 1000));
}

/** “Sales: 3 ready”. */
function floorWords({ team, ready, ...rest }: FloorRule): string {
  nothingElse(rest);
  return of(team ?? t('limits.eachTeam'), countWord('ready', ready));
}

/** Does not compile where a rule has something that is not in its words. */
function nothingElse(_rest: Readonly<Record<PropertyKey, never>>): void {}

function of(what: string, value: string): string {
  return t('moved.of', { what, value });
}

function where(isSo: boolean, words: string): readonly string[] {
  return isSo ? [words] : [];
}

function list(items: readonly string[]): string {
  return items.length === 0 ? t('moved.nothing') : listText(items);
}

function text(value: string): string {
  return value === '' ? t('moved.nothing') : value;
}
