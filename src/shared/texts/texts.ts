/**
 * Says texts of the catalogue in the current language, and writes numbers and lists as it does. It must not know who
 * chooses the language; where that can change while something is shown, `useTranslator` gives what can be followed.
 */
import { createInstance } from 'i18next';
import {
  CATALOGUES,
  chooseLanguage,
  directionOf,
  formatLocaleOf,
  type LanguageCode,
  type PluralKey,
  type TextKey,
} from './languages.ts';

export type Values = Readonly<Record<string, string | number>>;
/** What a text is given: one that depends on a number its `count`, any other what it names, if it names anything. */
export type ValuesOf<Key extends TextKey> = Key extends PluralKey
  ? [values: Values & { readonly count: number }]
  : [values?: Values];

export interface Translator {
  readonly language: LanguageCode;
  readonly direction: 'ltr' | 'rtl';
  /** By what numbers, times and lists are written: a tag for `Intl`. */
  readonly formatLocale: string;
  /**
   * Numbers among the values are written as the language does. Texts are put in as they are, those that may run the other
   * way between marks that keep their order apart from the sentence's: they are not escaped, since nothing of it is ever
   * taken for markup, and are themselves never taken for a text with variables.
   */
  readonly translate: (key: TextKey, values?: Values) => string;
}

const i18n = createInstance();
// At once, since the catalogues are bundled: there is nothing to wait for.
void i18n.init({
  initAsync: false,
  lng: 'en',
  fallbackLng: 'en',
  resources: Object.fromEntries(Object.entries(CATALOGUES).map(([code, { texts }]) => [code, { translation: texts }])),
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** `systemTags`: what the system is set to, the most wanted first. */
export function translatorFor(language: LanguageCode, systemTags: readonly string[]): Translator {
  const formatLocale = formatLocaleOf(language, systemTags);
  const fixed = i18n.getFixedT(language);
  const plurals = new Intl.PluralRules(language);
  const direction = directionOf(language);
  // i18next takes some 20 µs to find a text, which is too long for rows that are drawn while one scrolls: each is found
  // once. In turns what is said as it is, and the name of a variable.
  const found = new Map<string, readonly string[]>();
  const partsOf = (key: TextKey, count: unknown): readonly string[] => {
    const isCounted = typeof count === 'number';
    const name = isCounted ? `${key} ${plurals.select(count)}` : key;
    let parts = found.get(name);
    if (parts === undefined) {
      const options = { skipInterpolation: true };
      parts = fixed(key, isCounted ? { ...options, count } : options).split(VARIABLE);
      found.set(name, parts);
    }
    return parts;
  };
  return {
    language,
    direction,
    formatLocale,
    translate: (key, values = NO_VALUES) => {
      const parts = partsOf(key, values['count']);
      let text = parts[0] ?? '';
      for (let index = 1; index < parts.length; index += 2) {
        const value = values[parts[index] ?? ''] ?? '';
        text +=
          (typeof value === 'number' ? numberText(value, formatLocale) : apart(value, direction)) +
          (parts[index + 1] ?? '');
      }
      return text;
    },
  };
}

/**
 * A text of its own direction within a sentence, between Unicode's marks for that (first strong isolate, and its end):
 * without them a Hebrew name turns an English sentence round, and an id in an Arabic one changes the order of its parts.
 */
function apart(text: string, direction: Translator['direction']): string {
  const mayTurn = direction === 'rtl' ? text !== MARK && text !== '' : RUNS_LEFT.test(text);
  return mayTurn ? `\u2068${text}\u2069` : text;
}

const RUNS_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const VARIABLE = /\{\{(\w+)\}\}/;
const NO_VALUES: Values = {};

export const ENGLISH = translatorFor('en', []);

let current = (): Translator => ENGLISH;

/** From now on the translator is the one that `get` gives, asked anew each time. */
export function setTranslator(get: () => Translator): void {
  current = get;
}

/** The language that is best for what is wanted, empty for no wish, on a system that is set to these. */
export function bestTranslator(wanted: string, systemTags: readonly string[]): Translator {
  return translatorFor(chooseLanguage(wanted, systemTags), systemTags);
}

export function translator(): Translator {
  return current();
}

/** By what numbers, times and lists are written now: a tag for `Intl`. */
export function formatLocale(): string {
  return current().formatLocale;
}

/** A text in the current language. */
export function t<Key extends TextKey>(key: Key, ...[values]: ValuesOf<Key>): string {
  return current().translate(key, values);
}

/**
 * What stands before and behind one variable of a text, for where that one is drawn by itself: in another look, or
 * since it changes more often than the rest.
 */
export function around(key: TextKey, variable: string, values: Values = {}): readonly [string, string] {
  const [before = '', behind = ''] = current()
    .translate(key, { ...values, [variable]: MARK })
    .split(MARK);
  return [before, behind];
}

/** No text has it. */
const MARK = '\u0000';

/** Formatters are costly to make and cheap to use: one for each locale. */
export function perLocale<T>(make: (locale: string) => T): (locale?: string) => T {
  const made = new Map<string, T>();
  return (locale = formatLocale()) => {
    let one = made.get(locale);
    if (one === undefined) {
      one = make(locale);
      made.set(locale, one);
    }
    return one;
  };
}

const numbers = perLocale((locale) => new Intl.NumberFormat(locale, { useGrouping: false }));
const percents = perLocale((locale) => new Intl.NumberFormat(locale, { style: 'percent' }));
const lists = perLocale((locale) => new Intl.ListFormat(locale, { type: 'unit', style: 'short' }));

/** A number in the digits of the language, without marks between the thousands. */
export function numberText(value: number, locale?: string): string {
  return numbers(locale).format(value);
}

/** A share of one as a whole number of percent. */
export function percentText(share: number, locale?: string): string {
  return percents(locale).format(share);
}

/** “a, b, c”. */
export function listText(items: readonly string[], locale?: string): string {
  return lists(locale).format(items);
}
