/**
 * All settings joined from their subjects, and the check of a value. It does not know where a value came from;
 * layers.ts does.
 */
import * as v from 'valibot';
import type { Text } from '../shared/texts/text.ts';
import { ALERT_SETTINGS } from './alerts/alert-settings.ts';
import { PRIVACY_SETTINGS, RULE_SETTINGS } from './board/board-settings.ts';
import { DESKTOP_SETTINGS } from './desktop/desktop-settings.ts';
import { LINK_SETTINGS } from './link/link-settings.ts';
import { REASONS_SETTINGS } from './reasons/reasons-settings.ts';
import { SUPPORT_SETTINGS } from './support/support-settings.ts';
import { keysOf } from '../shared/base/keys-of.ts';
import { isProblemKey, type Setting } from './settings/setting.ts';

/** In the order of the documentation. */
const DECLARED = {
  ...LINK_SETTINGS,
  ...REASONS_SETTINGS,
  ...RULE_SETTINGS,
  ...ALERT_SETTINGS,
  ...PRIVACY_SETTINGS,
  ...DESKTOP_SETTINGS,
  ...SUPPORT_SETTINGS,
};

export type SettingKey = keyof typeof DECLARED;
export type Settings = { readonly [K in SettingKey]: v.InferOutput<(typeof DECLARED)[K]['check']> };

export const SETTINGS: { readonly [K in SettingKey]: Setting<v.GenericSchema<unknown, Settings[K]>> } = DECLARED;
export const SETTING_KEYS = keysOf(SETTINGS);

export const BUILT_IN = Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].builtIn])) as {
  readonly [K in SettingKey]: Settings[K];
};

export function isSettingKey(key: string): key is SettingKey {
  return (SETTING_KEYS as readonly string[]).includes(key);
}

export function unknownKeyText(): Text {
  return { key: 'settings.unknownKey', values: { settings: SETTING_KEYS.join(', ') } };
}

/** Checks one value. A problem is a clause that says which part is wrong, and how. */
export function checkSetting<K extends SettingKey>(
  key: K,
  value: unknown,
): { readonly ok: true; readonly value: Settings[K] } | { readonly ok: false; readonly problem: Text } {
  const { check, bounds } = SETTINGS[key];
  const parsed = v.safeParse(check, value, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  if (!isProblemKey(issue.message)) return { ok: false, problem: issue.message };
  const given = typeof issue.input === 'string' ? shown(key, issue.input) : null;
  const what = partText(issue.path?.[0]?.key, given);
  return { ok: false, problem: { key: issue.message, values: { what, ...bounds } } };
}

/** Names the part of a setting: a list entry, a name, or all of it, with the given value if it may be repeated. */
function partText(item: unknown, given: string | null): Text {
  if (typeof item === 'number') {
    const number = item + 1;
    return given === null
      ? { key: 'settings.what.entry', values: { number } }
      : { key: 'settings.what.entryGiven', values: { number, given } };
  }
  if (typeof item === 'string') return { key: 'settings.what.name', values: { name: item } };
  return given === null ? { key: 'settings.what.value' } : { key: 'settings.what.valueGiven', values: { given } };
}

/** The beginning of a value, as its author may see it; null if nobody may. */
function shown(key: SettingKey, value: string): string | null {
  const { holds } = SETTINGS[key];
  if (typeof holds === 'object') return value.slice(0, 100);
  switch (holds) {
    case 'secret':
      return null;
    case 'address':
      // It may hold a password before the host or a token in the query.
      return value
        .replace(/^(\w+:\/\/)?.*@/s, '$1…@')
        .replace(/\?.*$/s, '?…')
        .slice(0, 100);
    case 'plain':
    case 'path':
    case 'person':
      return value.slice(0, 100);
  }
}
