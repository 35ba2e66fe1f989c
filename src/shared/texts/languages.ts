/** The languages of the widget, each with its own name and its catalogue. English has every text. */
import ar from './ar.json' with { type: 'json' };
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import ja from './ja.json' with { type: 'json' };

/** Texts by area; each name leads to a text or to another area. */
export interface Catalogue {
  readonly [name: string]: string | Catalogue;
}

export const CATALOGUES = {
  en: { name: 'English', texts: en },
  es: { name: 'Español', texts: es },
  de: { name: 'Deutsch', texts: de },
  fr: { name: 'Français', texts: fr },
  ja: { name: '日本語', texts: ja },
  ar: { name: 'العربية', texts: ar },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly texts: Catalogue }>>;

export type LanguageCode = keyof typeof CATALOGUES;

export interface Language {
  readonly code: LanguageCode;
  /** In the language itself. */
  readonly name: string;
}

export const LANGUAGES: readonly Language[] = (Object.keys(CATALOGUES) as readonly LanguageCode[]).map((code) => ({
  code,
  name: CATALOGUES[code].name,
}));

type Base<Name extends string> = Name extends `${infer Stem}_${Intl.LDMLPluralRule}` ? Stem : Name;
type KeyOf<Texts, Before extends string = ''> = {
  [Name in keyof Texts & string]: Texts[Name] extends string
    ? `${Before}${Base<Name>}`
    : KeyOf<Texts[Name], `${Before}${Name}.`>;
}[keyof Texts & string];
type PluralKeyOf<Texts, Before extends string = ''> = {
  [Name in keyof Texts & string]: Texts[Name] extends string
    ? Name extends `${infer Stem}_other`
      ? `${Before}${Stem}`
      : never
    : PluralKeyOf<Texts[Name], `${Before}${Name}.`>;
}[keyof Texts & string];

/** The name of a text, such as `link.cut`. */
export type TextKey = KeyOf<typeof en>;
/** The name of a text that depends on a number: it is always given a `count`. */
export type PluralKey = PluralKeyOf<typeof en>;
export type PlainKey = Exclude<TextKey, PluralKey>;

/**
 * The best language: the wanted one, otherwise the system's first available one, otherwise English. Tags follow BCP 47;
 * a language without a region matches the same language with one.
 */
export function chooseLanguage(wanted: string, systemTags: readonly string[]): LanguageCode {
  return bestOf(Object.keys(CATALOGUES) as readonly LanguageCode[], wanted, systemTags) ?? 'en';
}

/** The same for any set of languages; undefined if none matches. */
export function bestOf<Code extends string>(
  codes: readonly Code[],
  wanted: string,
  systemTags: readonly string[],
): Code | undefined {
  for (const tag of [wanted, ...systemTags]) {
    // `pt-BR` before `pt`: the tag is shortened from its end.
    for (let name = tag.toLowerCase().replaceAll('_', '-'); name !== ''; name = name.replace(/(^|-)[^-]*$/, '')) {
      const found = codes.find((code) => code.toLowerCase() === name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/**
 * The locale for numbers, times and lists: the system's own tag if it is of that language, with its region's
 * conventions; otherwise the language itself.
 */
export function formatLocaleOf(language: string, systemTags: readonly string[]): string {
  return (
    systemTags.find((tag) => tag.split(/[-_]/, 1)[0]?.toLowerCase() === language.split('-', 1)[0] && isTag(tag)) ??
    language
  );
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language.split('-', 1)[0] ?? '') ? 'rtl' : 'ltr';
}
