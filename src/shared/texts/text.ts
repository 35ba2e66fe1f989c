/**
 * A text as data, for what is said in one process or moment and read in another: it names a text of the catalogue
 * instead of holding it, and so can be read in any language. It must not know who reads it.
 */
import type { PlainKey, PluralKey } from './languages.ts';
import { ENGLISH, translator, type Translator, type Values } from './texts.ts';

/** A plain string is verbatim, such as what the processor itself said; empty for nothing. A value may be a text too. */
export type Text =
  | string
  | { readonly key: PlainKey; readonly values?: TextValues }
  | { readonly key: PluralKey; readonly values: TextValues & { readonly count: number } };

export interface TextValues {
  readonly [name: string]: Text | number;
}

/** In the current language. */
export function say(text: Text): string {
  return sayBy(text, translator());
}

/** For the log, and for what goes to a vendor. */
export function sayInEnglish(text: Text): string {
  return sayBy(text, ENGLISH);
}

/** One sentence behind the other. Empty ones are left out, and so are those that say the same again. */
export function sentences(texts: readonly Text[]): Text {
  const told = new Map(texts.filter((text) => text !== '').map((text) => [JSON.stringify(text), text]));
  const [first, ...others] = told.values();
  return others.reduce<Text>((before, next) => ({ key: 'sentences', values: { first: before, next } }), first ?? '');
}

function sayBy(text: Text, by: Translator): string {
  if (typeof text === 'string') return text;
  const { key, values } = text;
  if (values === undefined) return by.say(key);
  const said: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) said[name] = typeof value === 'number' ? value : sayBy(value, by);
  return by.say(key, said satisfies Values);
}
