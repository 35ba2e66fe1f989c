/**
 * A text as data, for texts made in one process or at one time and read in another. It names a text of the catalogue
 * instead of containing it, so it can be read in any language. It must not know who reads it.
 */
import { isSame } from '../base/same.ts';
import type { PlainKey, PluralKey } from './languages.ts';
import { ENGLISH, translator, type Translator, type Values } from './texts.ts';

/** A plain string is verbatim, such as the processor's own words; empty for nothing. A value may be a text too. */
export type Text =
  | string
  | { readonly key: PlainKey; readonly values?: TextValues }
  | { readonly key: PluralKey; readonly values: TextValues & { readonly count: number } };

export interface TextValues {
  readonly [name: string]: Text | number;
}

/** In the current language. */
export function translate(text: Text): string {
  return translateWith(text, translator());
}

/** For the log and for vendors. */
export function translateToEnglish(text: Text): string {
  return translateWith(text, ENGLISH);
}

/** Joins sentences. Empty and repeated ones are left out. */
export function sentences(texts: readonly Text[]): Text {
  const distinct = texts.filter((text, index) => texts.findIndex((other) => isSame(other, text)) === index);
  const [first, ...others] = distinct.filter((text) => text !== '');
  return others.reduce<Text>((before, next) => ({ key: 'sentences', values: { first: before, next } }), first ?? '');
}

function translateWith(text: Text, by: Translator): string {
  if (typeof text === 'string') return text;
  const { key, values } = text;
  if (values === undefined) return by.translate(key);
  const filled: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values))
    filled[name] = typeof value === 'number' ? value : translateWith(value, by);
  return by.translate(key, filled satisfies Values);
}
