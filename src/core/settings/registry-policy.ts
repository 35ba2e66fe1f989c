/**
 * The machine's policy from the Windows registry: reads the output of `reg export` as a layer. Each setting is one
 * value of the key, of the kind that the Windows policy editor writes (build/policy). It must not know how the text was
 * obtained.
 */
import type { SettingsProblem } from '../../shared/settings/settings.ts';
import type { Text } from '../../shared/texts/text.ts';
import { describeJsonError } from '../base/json-errors.ts';
import type { Layer } from './layers.ts';
import type { RegistryKind } from './setting.ts';
import { SETTING_KEYS, SETTINGS, unknownKeyText, type SettingKey } from '../settings.ts';

export const REGISTRY_KEY = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\OpenMethods\UCCX Team Widget`;

type RegistryValue = string | number | readonly string[];

/**
 * `text` is the decoded text of a `reg export` file, which is UTF-16. An unreadable value is a problem and never
 * skipped.
 */
export function registryLayer(text: string): Layer {
  const values = new Map<SettingKey, { value: unknown; place: string }>();
  const problems: SettingsProblem[] = [];
  const problem = (key: string, message: Text, severity: SettingsProblem['severity']): void => {
    problems.push({ source: 'policy', place: REGISTRY_KEY, key, message, severity });
  };
  for (const [written, value] of valuesOfKey(text)) {
    // The registry ignores letter case.
    const name = SETTING_KEYS.find((key) => key.toLowerCase() === written.toLowerCase());
    if (name === undefined) problem(written, unknownKeyText(), 'warning');
    else if (value === null) problem(name, { key: 'settings.registryKind' }, 'error');
    else {
      try {
        values.set(name, { value: settingOf(SETTINGS[name].inRegistry, value), place: `${REGISTRY_KEY}\\${name}` });
      } catch {
        problem(name, { key: 'settings.fileNotJson', values: { message: describeJsonError(jsonOf(value)) } }, 'error');
      }
    }
  }
  return { source: 'policy', values, problems };
}

function jsonOf(value: RegistryValue): string {
  return typeof value === 'object' ? value.join('\n') : String(value);
}

/**
 * A value of another kind is passed through, so that the setting's own check reports it. Throws if it should be JSON
 * and is not.
 */
function settingOf(kind: RegistryKind, value: RegistryValue): unknown {
  switch (kind) {
    case 'switch':
      return value === 1 ? true : value === 0 ? false : value;
    case 'list':
      return typeof value === 'object' ? value.filter((line) => line.trim() !== '') : value;
    case 'json':
      return JSON.parse(jsonOf(value)) as unknown;
    case 'text':
    case 'number':
      return value;
  }
}

/** The values of our key by name; null if a value is of a kind that no setting uses. */
function valuesOfKey(text: string): readonly (readonly [string, RegistryValue | null])[] {
  // A backslash at the end of a line continues a long value.
  const lines = text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/);
  const all: (readonly [string, RegistryValue | null])[] = [];
  let isOurs = false;
  for (const line of lines) {
    if (line.startsWith('[')) isOurs = line.toLowerCase() === `[${REGISTRY_KEY}]`.toLowerCase();
    const [, name, written] = /^"((?:[^"\\]|\\.)*)"=(.*)$/s.exec(line) ?? [];
    if (isOurs && name !== undefined && written !== undefined) all.push([unescaped(name), valueOf(written)]);
  }
  return all;
}

function valueOf(written: string): RegistryValue | null {
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/s.exec(written) ?? [];
  if (quoted !== undefined) return unescaped(quoted);
  const [, word] = /^dword:([0-9a-f]{8})$/i.exec(written) ?? [];
  if (word !== undefined) return Number.parseInt(word, 16);
  // 1: REG_SZ with a line break in it, 2: REG_EXPAND_SZ, whose variables are not expanded, 7: REG_MULTI_SZ.
  const [, kind, bytes] = /^hex\(([127])\):([0-9a-f,]*)$/i.exec(written) ?? [];
  if (kind === undefined || bytes === undefined) return null;
  const decoded = Buffer.from(bytes.replaceAll(',', ''), 'hex').toString('utf16le').replace(/\0+$/, '');
  return kind === '7' ? decoded.split('\0') : decoded;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
