/**
 * Looks up texts of the catalogue in the current language, and formats numbers and lists for it. It must not know who
 * chooses the language; where the language can change while something is shown, `setTranslator` supplies a source that
 * can be tracked.
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
/** The values for a text: a `count` for one that depends on a number, and whatever variables it names. */
export type ValuesOf<Key extends TextKey> = Key extends PluralKey
  ? [values: Values & { readonly count: number }]
  : [values?: Values];

export interface Translator {
  readonly language: LanguageCode;
  readonly direction: 'ltr' | 'rtl';
  /** The locale for numbers, times and lists: a tag for `Intl`. */
  readonly formatLocale: string;
  /**
   * Numbers among the values are formatted for the language. Texts are inserted verbatim, wrapped in isolation marks if
   * they may run in the other direction. They are not escaped, because the result is never used as markup, and never
   * treated as texts with variables of their own.
   */
  readonly translate: (key: TextKey, values?: Values) => string;
}

const i18n = createInstance();
// Synchronous, because the catalogues are bundled.
void i18n.init({
  initAsync: false,
  lng: 'en',
  fallbackLng: 'en',
  resources: Object.fromEntries(Object.entries(CATALOGUES).map(([code, { texts }]) => [code, { translation: texts }])),
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** `systemTags`: the system's languages, most wanted first. */
export function translatorFor(language: LanguageCode, systemTags: readonly string[]): Translator {
  const formatLocale = formatLocaleOf(language, systemTags);
  const fixed = i18n.getFixedT(language);
  const plurals = new Intl.PluralRules(language);
  const direction = directionOf(language);
  // i18next takes about 20 µs to find a text, too long for rows drawn during scrolling, so each text is found once.
  // Even entries are literal text, odd ones names of variables.
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
          (typeof value === 'number' ? numberText(value, formatLocale) : isolate(value, direction)) +
          (parts[index + 1] ?? '');
      }
      return text;
    },
  };
}

/**
 * Wraps a text that has its own direction in Unicode's isolation marks (first strong isolate, and its end). Without
 * them a Hebrew name reverses an English sentence, and an id in an Arabic sentence changes the order of its parts.
 */
function isolate(text: string, direction: Translator['direction']): string {
  const mayReverseOrder = direction === 'rtl' ? text !== MARK && text !== '' : RUNS_LEFT.test(text);
  return mayReverseOrder ? `\u2068${text}\u2069` : text;
}

const RUNS_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const VARIABLE = /\{\{(\w+)\}\}/;
const NO_VALUES: Values = {};

export const ENGLISH = translatorFor('en', []);

let current = (): Translator => ENGLISH;

/** From now on the translator comes from `get`, called anew each time. */
export function setTranslator(get: () => Translator): void {
  current = get;
}

/** The translator for a wanted language (empty for no preference) on a system with these languages. */
export function bestTranslator(wanted: string, systemTags: readonly string[]): Translator {
  return translatorFor(chooseLanguage(wanted, systemTags), systemTags);
}

export function translator(): Translator {
  return current();
}

/** The current locale for numbers, times and lists: a tag for `Intl`. */
export function formatLocale(): string {
  return current().formatLocale;
}

/** A text in the current language. */
export function t<Key extends TextKey>(key: Key, ...[values]: ValuesOf<Key>): string {
  return current().translate(key, values);
}

/**
 * The parts of a text before and after one variable, for drawing that variable separately: because it looks different,
 * or changes more often than the rest.
 */
export function around(key: TextKey, variable: string, values: Values = {}): readonly [string, string] {
  const [before = '', behind = ''] = current()
    .translate(key, { ...values, [variable]: MARK })
    .split(MARK);
  return [before, behind];
}

/** A character that no text contains. */
const MARK = '\u0000';

/** Formatters are costly to create and cheap to use, so there is one per locale. */
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

/** A number in the digits of the language, without thousands separators. */
export function numberText(value: number, locale?: string): string {
  return numbers(locale).format(value);
}

/** A fraction of one as a whole percentage. */
export function percentText(share: number, locale?: string): string {
  return percents(locale).format(share);
}

/** “a, b, c”. */
export function listText(items: readonly string[], locale?: string): string {
  return lists(locale).format(items);
}
