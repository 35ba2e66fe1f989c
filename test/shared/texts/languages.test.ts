/** Every language has every text, in its own words and plural forms. The test can't judge their quality. */
import { describe, expect, test } from 'vitest';
import { complaintsAbout } from '../../../scripts/check-texts.ts';
import {
  CATALOGUES,
  directionOf,
  LANGUAGES,
  type Catalogue,
  type LanguageCode,
  type PluralKey,
} from '../../../src/shared/texts/languages.ts';
import { numberText, translatorFor } from '../../../src/shared/texts/texts.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const VARIABLE = /\{\{\w+\}\}/g;

/** Texts by their full key. */
function flat(catalogue: Catalogue, before = ''): [key: string, text: string][] {
  return Object.entries(catalogue).flatMap(([name, part]): [string, string][] =>
    typeof part === 'string' ? [[before + name, part]] : flat(part, `${before}${name}.`),
  );
}

const english = new Map(flat(CATALOGUES.en.texts));
const pluralKeys = [...english.keys()]
  .filter((key) => key.endsWith('_other') && english.has(key.replace(PLURAL, '_one')))
  .map((key) => key.replace(PLURAL, '') as PluralKey);
const codes = LANGUAGES.map(({ code }) => code);
const others = codes.filter((code) => code !== 'en');

test.each(LANGUAGES)(
  '$name is what $code is called by its speakers, and it is written as its script is',
  (language) => {
    const { code, name } = language;
    const own = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? '';
    expect(name).toBe(own.charAt(0).toLocaleUpperCase(code) + own.slice(1));
    const isRightToLeft = /^[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(name);
    expect(directionOf(code)).toBe(isRightToLeft ? 'rtl' : 'ltr');
    expect(translatorFor(code, []).direction).toBe(directionOf(code));
  },
);

test.each(codes)('%s has each text, with its variables and its plural forms', (code) => {
  expect(complaintsAbout({ en: CATALOGUES.en.texts, [code]: CATALOGUES[code].texts })).toEqual([]);
});

describe.each(codes)('in %s', (code) => {
  const { translate, formatLocale } = translatorFor(code, []);
  const own = new Map(flat(CATALOGUES[code].texts));

  test.each([0, 1, 2, 3, 11, 100, 1_000_000])('what is told of %i has all it needs', (count) => {
    const form = new Intl.PluralRules(code).select(count);
    for (const key of pluralKeys) {
      const model = own.get(`${key}_${form}`) ?? '';
      const names = Array.from(model.matchAll(VARIABLE), ([name]) => name.slice(2, -2));
      const values = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const text = translate(key, { ...values, count });
      expect(text, key).not.toBe('');
      expect(text, key).not.toMatch(/\{\{|\}\}/);
      // The form for this number, not one borrowed from English.
      expect(text.replaceAll(/[\u2068\u2069]/g, ''), key).toBe(
        model.replaceAll(VARIABLE, (name) => {
          const plain = name.slice(2, -2);
          return plain === 'count' ? numberText(count, formatLocale) : `<${plain}>`;
        }),
      );
    }
  });
});

/** An address is the same in every language. */
const SAME_IN_ALL = ['connection.urlExample'];
/** What is rightly the same as in English: by language, the keys without their plural form. */
const SAME: Partial<Readonly<Record<LanguageCode, readonly string[]>>> = {
  es: ['sampleCalls.chat', 'member.id', 'limits.minutes', 'memberType.supervisor', 'shape.panel'],
  de: [
    'memberType.agent',
    'memberType.supervisor',
    'link.words.live',
    'board.columns.name',
    'board.columns.status',
    'sampleCalls.chat',
    'page.details',
    'view.sort.name',
    'view.sort.status',
    'member.teams',
    'member.id',
    'settingsDialog.limits',
    'limits.title',
    'limits.team',
    'limits.minutes',
  ],
  fr: [
    'memberType.agent',
    'reason.code',
    'reason.withCode',
    'board.columns.type',
    'journey.columns.description',
    'sampleCalls.chat',
    'menu.services',
    'view.sort.attention',
    'view.sort.type',
    'past.moment',
    'member.id',
    'limits.minutes',
  ],
  ja: ['member.id'],
};

test.each(others)('no text of %s was left in English', (code) => {
  const left = flat(CATALOGUES[code].texts)
    // A text without letters other than those of its variables, such as “{{from}} – {{to}}”, belongs to no language.
    .filter(([key, text]) => text === english.get(key) && /\p{L}/u.test(text.replaceAll(VARIABLE, '')))
    .map(([key]) => key.replace(PLURAL, ''));
  expect([...new Set(left)].toSorted()).toEqual([...SAME_IN_ALL, ...(SAME[code] ?? [])].toSorted());
});
