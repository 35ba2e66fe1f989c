/** Describes settings in words, one per line: the name from its form, and its value. It must know no setting. */
import { keysOf } from '../base/keys-of.ts';
import { listText, t } from '../texts/texts.ts';

/** By setting: its name and its value in words. */
export type SettingWords<F> = {
  readonly [K in keyof F]-?: readonly [name: () => string, value: (value: F[K]) => string];
};

/** By part of a setting: its description, which is empty if the part is off. */
export type PartWords<T> = { readonly [K in keyof T]-?: (value: T[K]) => readonly string[] };

/** The value of each of these settings, one per line. */
export function settingLines<F extends object>(words: SettingWords<F>, values: Partial<F>): string[] {
  return keysOf(values).flatMap((key) => lineOf<F, keyof F>(words, key, values[key]));
}

export function partsOf<T extends object>(value: T, words: PartWords<T>): readonly string[] {
  return keysOf(words).flatMap((key) => words[key](value[key]));
}

/** “Sales: 3 ready”. */
export function labelled(what: string, value: string): string {
  return t('moved.of', { what, value });
}

/** The words if `isSo`, and nothing otherwise. */
export function where(isSo: boolean, words: string): readonly string[] {
  return isSo ? [words] : [];
}

export function listOrNothing(items: readonly string[]): string {
  return items.length === 0 ? t('moved.nothing') : listText(items);
}

export function textOrNothing(value: string): string {
  return value === '' ? t('moved.nothing') : value;
}

function lineOf<F extends object, K extends keyof F>(
  words: SettingWords<F>,
  key: K,
  value: F[K] | undefined,
): string[] {
  if (value === undefined) return [];
  const [name, valueWords] = words[key];
  return [t('moved.line', { name: name(), value: valueWords(value) })];
}
