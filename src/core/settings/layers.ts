/**
 * Merges the settings from their sources, later ones over earlier ones, and reports each bad value with its source and
 * key. A bad value never falls back to a weaker source's value: that would be a guess.
 */
import type { SettingsProblem, SettingsSource } from '../../shared/settings/settings.ts';
import { readHeaderLines } from './header-lines.ts';
import { BUILT_IN, checkSetting, isSettingKey, SETTING_KEYS, type SettingKey, type Settings } from '../settings.ts';

/** One source's unchecked values, each with its place. */
export interface Layer {
  readonly source: SettingsSource;
  readonly values: ReadonlyMap<SettingKey, { readonly value: unknown; readonly place: string }>;
  /** Problems of the source itself, or with unknown keys. */
  readonly problems: readonly SettingsProblem[];
}

export interface LayeredSettings {
  readonly settings: Settings;
  /** The source of each setting, and the place in it. */
  readonly origins: ReadonlyMap<SettingKey, { readonly source: SettingsSource; readonly place: string }>;
  readonly problems: readonly SettingsProblem[];
}

/** Merges the layers, which come from the weakest to the strongest. */
export function mergeLayers(layers: readonly Layer[]): LayeredSettings {
  let settings: Settings = BUILT_IN;
  const origins = new Map<SettingKey, { readonly source: SettingsSource; readonly place: string }>();
  const problems: SettingsProblem[] = layers.flatMap((layer, index) =>
    // A problem does not matter if a stronger source sets the setting.
    layer.problems.filter(
      ({ key }) => key === null || !layers.slice(index + 1).some(({ values }) => isSettingKey(key) && values.has(key)),
    ),
  );
  for (const key of SETTING_KEYS) {
    const layer = layers.findLast(({ values }) => values.has(key));
    const given = layer?.values.get(key);
    if (layer === undefined || given === undefined) continue;
    origins.set(key, { source: layer.source, place: given.place });
    const checked = checkSetting(key, given.value);
    if (checked.ok) settings = { ...settings, [key]: checked.value };
    else problems.push({ source: layer.source, place: given.place, key, message: checked.problem, severity: 'error' });
  }
  const isPrivacyUncertain = problems.some(
    ({ source, key, severity }) => severity === 'error' && (key === 'privacy' || source === 'policy'),
  );
  // The privacy setting may be unreadable, so name nobody.
  if (isPrivacyUncertain || isPrivacyUnreadable(layers)) settings = { ...settings, privacy: 'counts' };
  if (settings.processorUrls.length === 0 && settings.agentIds.length > 0) {
    const origin = origins.get('agentIds');
    problems.push({
      source: origin?.source ?? 'built-in',
      place: origin?.place ?? null,
      key: 'processorUrls',
      message: { key: 'settings.noProcessor' },
      severity: 'error',
    });
  }
  return { settings, origins, problems };
}

/** Whether an unreadable source may have set privacy and no stronger source sets it. */
function isPrivacyUnreadable(layers: readonly Layer[]): boolean {
  const from = Math.max(
    0,
    layers.findLastIndex(({ values }) => values.has('privacy')),
  );
  return layers
    .slice(from)
    .some(({ problems }) => problems.some((one) => one.key === null && one.severity === 'error'));
}

/**
 * The layer from the environment: `UCCX_PROCESSOR_URL` and `UCCX_AGENT_IDS` with commas between several, `UCCX_HEADERS`
 * with line breaks.
 */
export function environmentLayer(environment: Readonly<Record<string, string | undefined>>): Layer {
  const values = new Map<SettingKey, { value: unknown; place: string }>();
  const take = (key: SettingKey, name: string, read: (text: string) => unknown): void => {
    const text = environment[name];
    if (text !== undefined && text.trim() !== '') values.set(key, { value: read(text), place: name });
  };
  take('processorUrls', 'UCCX_PROCESSOR_URL', (text) => splitList(text, /,(?=\s*[a-z]+:\/\/)/i));
  take('agentIds', 'UCCX_AGENT_IDS', (text) => splitList(text, /,/));
  take('subprotocol', 'UCCX_SUBPROTOCOL', (text) => text);
  take('caFile', 'UCCX_CA_FILE', (text) => text);
  const problems: SettingsProblem[] = [];
  const lines = splitList(environment['UCCX_HEADERS'] ?? '', /\r?\n/);
  if (lines.length > 0) {
    const headers = readHeaderLines(lines);
    const place = 'UCCX_HEADERS';
    if (headers !== null) values.set('headers', { value: headers, place });
    else {
      const message = { key: 'settings.headerForm' } as const;
      problems.push({ source: 'environment', place, key: 'headers', message, severity: 'error' });
    }
  }
  return { source: 'environment', values, problems };
}

function splitList(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
