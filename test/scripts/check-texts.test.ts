/**
 * The check of the catalogues finds each way in which one can be wrong, and finds nothing wrong with the widget's own.
 */
import { describe, expect, test } from 'vitest';
import { complaintsAbout, ownComplaints, unusedTexts } from '../../scripts/check-texts.ts';
import type { Catalogue } from '../../src/shared/texts/languages.ts';

const en: Catalogue = {
  link: { cut: 'Cut.', of: '{{host}} is gone.' },
  steps_one: '{{count}} step',
  steps_other: '{{count}} steps',
};
const de: Catalogue = {
  link: { cut: 'Getrennt.', of: '{{host}} ist weg.' },
  steps_one: 'Ein Schritt',
  steps_other: '{{count}} Schritte',
};

test('the widget’s own catalogues are complete', () => {
  expect(ownComplaints()).toEqual([]);
});

test('a complete catalogue gives no complaint', () => {
  expect(complaintsAbout({ en, de })).toEqual([]);
});

describe('is found:', () => {
  test.each<[string, string, Catalogue, string[]]>([
    ['a missing text', 'de', { ...de, link: { of: '{{host}} ist weg.' } }, ['de: link.cut: is missing; translate it']],
    [
      'a missing area',
      'de',
      { steps_one: '1', steps_other: '{{count}}' },
      ['de: link.cut: is missing; translate it', 'de: link.of: is missing; translate it'],
    ],
    [
      'a text that English has not',
      'de',
      { ...de, extra: 'Mehr' },
      ['de: extra: is not in English; take it out, or add it there'],
    ],
    ['an empty text', 'de', { ...de, link: { cut: ' ', of: '{{host}}' } }, ['de: link.cut: is empty; say it']],
    [
      'another variable',
      'de',
      { ...de, link: { cut: 'x', of: '{{name}} ist weg.' } },
      [
        'de: link.of: lacks {{host}}, which English has; put it in',
        'de: link.of: has {{name}}, which English has not; take it out',
      ],
    ],
    [
      'braces that are no variable',
      'de',
      { ...de, link: { cut: '{{}', of: '{{host}} {{ x }}' } },
      [
        'de: link.cut: has braces that are no variable; write {{name}}',
        'de: link.of: has braces that are no variable; write {{name}}',
      ],
    ],
    [
      'a plural form without its number',
      'de',
      { ...de, steps_other: 'Schritte' },
      ['de: steps_other: lacks {{count}}, which English has; put it in'],
    ],
    [
      'a missing plural form',
      'pl',
      { ...de, steps_few: '{{count}}' },
      ['pl: steps_many: is missing; this language needs it'],
    ],
    [
      'a plural form that the language has not',
      'ja',
      de,
      ['ja: steps_one: is a form that this language has not; take it out'],
    ],
  ])('%s', (_what, language, catalogue, complaints) => {
    expect(complaintsAbout({ en, [language]: catalogue })).toEqual(complaints);
  });

  test('what is wrong with English itself', () => {
    const { steps_one: _, ...rest } = en;
    expect(complaintsAbout({ en: { ...rest, empty: '' } })).toEqual([
      'en: empty: is empty; say it',
      'en: steps_one: is missing; this language needs it',
    ]);
  });

  test('a text that is not used', () => {
    const sources = ["t('link.cut')", 't("steps", { count })'];
    expect(unusedTexts(en, sources)).toEqual(['en: link.of: is used nowhere in src; take it out']);
    expect(unusedTexts(en, [...sources, 't(`link.${what}`)'])).toEqual([]);
  });
});
