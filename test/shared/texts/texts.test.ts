/** Texts by key, as data, and the choice of their language. */
import { afterEach, describe, expect, test } from 'vitest';
import type { BlindGap, BlindTime } from '../../../src/shared/link/blind-time.ts';
import { blindTimeJson, blindTimeText } from '../../../src/shared/link/blind-time-report.ts';
import { violationReportJson, violationReportText } from '../../../src/shared/link/violation-report.ts';
import type { ViolationRecord } from '../../../src/shared/link/violations.ts';
import type { ExportHead } from '../../../src/shared/base/export-head.ts';
import type { LinkReason } from '../../../src/shared/link/link.ts';
import reasonCodes from '../../../src/shared/reasons/reason-codes.json' with { type: 'json' };
import en from '../../../src/shared/texts/en.json' with { type: 'json' };
import { bestOf, chooseLanguage, directionOf, formatLocaleOf, LANGUAGES } from '../../../src/shared/texts/languages.ts';
import { translate, translateToEnglish, sentences, type Text } from '../../../src/shared/texts/text.ts';
import {
  around,
  ENGLISH,
  formatLocale,
  listText,
  numberText,
  t,
  translatorFor,
  setTranslator,
} from '../../../src/shared/texts/texts.ts';
import { clockText } from '../../../src/shared/texts/spans.ts';

afterEach(() => {
  setTranslator(() => ENGLISH);
});

describe('a text', () => {
  test('is said by its key', () => {
    expect(t('link.cut')).toBe('The connection was cut.');
  });

  test('has its values put in as they are', () => {
    expect(t('board.agentRefused', { agentId: '<b>&"\'' })).toBe('Agent <b>&"\' refused');
  });

  test('keeps a value that runs the other way apart, so that it does not turn the sentence round', () => {
    const arabic = translatorFor('ar', []).translate;
    expect(t('board.agentRefused', { agentId: 'نور 6' })).toBe('Agent \u2068نور 6\u2069 refused');
    expect(t('board.agentRefused', { agentId: 'שרה' })).toBe('Agent \u2068שרה\u2069 refused');
    expect(arabic('journey.call', { callId: '1-80000251377-0' })).toContain('\u20681-80000251377-0\u2069');
    expect(arabic('counts.ready', { count: 5 })).not.toContain('\u2068');
  });

  test('can be split around a value in either direction', () => {
    setTranslator(() => translatorFor('ar', []));
    for (const part of around('journey.call', 'callId')) expect(part).not.toMatch(/[\u2068\u2069]/);
  });

  test.each(['{{code}}', '$t(link.cut)', '{{', '$&', 'a, b', '__proto__'])('takes no value for a text: %j', (given) => {
    expect(t('board.agentRefused', { agentId: given })).toBe(`Agent ${given} refused`);
    expect(t('tray.because', { link: given, reason: given })).toBe(`${given}: ${given}`);
  });

  test.each([
    [0, '0 steps'],
    [1, '1 step'],
    [2, '2 steps'],
    [12_345, '12345 steps'],
  ])('is told of %i in the right number', (count, words) => {
    expect(t('journey.steps', { count })).toBe(words);
  });

  test('that is not there, or lacks its number, is a type error', () => {
    // @ts-expect-error No text has this key.
    expect(t('link.cutt')).toBe('link.cutt');
    // @ts-expect-error It depends on a number.
    t('journey.steps');
    // @ts-expect-error So it does as data.
    const text: Text = { key: 'journey.steps' };
    expect(text).toBeDefined();
  });

  test('can be had around one of its variables', () => {
    expect(around('clock.atLeastInReason', 'clock')).toEqual(['at least ', ' in this reason']);
    expect(around('blindTime.sum', 'blind', { watched: '1:00', time: '12:00' })).toEqual([
      'In 1:00 since 12:00 the widget was blind for ',
      '.',
    ]);
  });

  test('follows the translator of the moment', () => {
    let translator = ENGLISH;
    setTranslator(() => translator);
    expect(formatLocale()).toBe('en');
    translator = { ...ENGLISH, formatLocale: 'ar-EG', translate: (key) => `<${key}>` };
    expect([t('link.cut'), formatLocale()]).toEqual(['<link.cut>', 'ar-EG']);
    expect(translate({ key: 'link.cut' })).toBe('<link.cut>');
    expect(translateToEnglish({ key: 'link.cut' })).toBe('The connection was cut.');
  });
});

describe('a text as data', () => {
  test('that is a plain string is verbatim', () => {
    expect(translate('link.cut {{x}}')).toBe('link.cut {{x}}');
    expect(translate('')).toBe('');
  });

  test('can hold others', () => {
    const text: Text = {
      key: 'journey.failures.linkStopped',
      values: {
        reason: { key: 'link.closedBecause', values: { why: { key: 'link.closeCodes.busy' }, given: '1013' } },
      },
    };
    expect(translate(text)).toBe(
      'The link is stopped. The processor ended the connection: it has too much to do (1013).',
    );
    // It crosses from one process to another.
    expect(translate(structuredClone(text))).toBe(translate(text));
  });

  test('counts', () => {
    expect(translate({ key: 'journey.failures.timeout', values: { count: 1 } })).toContain('1 second.');
    expect(translate({ key: 'journey.failures.timeout', values: { count: 0.5 } })).toContain('0.5 seconds.');
  });

  test('stands behind another, each once and none that is empty', () => {
    const told = sentences([{ key: 'link.cut' }, '', 'Own words.', { key: 'link.cut' }, { key: 'link.silent' }]);
    expect(translate(told)).toBe('The connection was cut. Own words. The processor no longer answers.');
    expect(sentences([])).toBe('');
    expect(sentences(['', 'x'])).toBe('x');
  });
});

test('what goes to a vendor is English, whatever is spoken', () => {
  setTranslator(() => ({ ...ENGLISH, formatLocale: 'ar-EG', translate: (key) => `<${key}>` }));
  const exportHead: ExportHead = { version: '1', processor: 'p', createdAt: 0, wall: (at) => at };
  const violation: ViolationRecord = {
    kind: 'malformed-json',
    count: 1,
    firstAt: 0,
    lastAt: 0,
    detail: 'd',
    example: '',
  };
  const reason: LinkReason = { code: 'closed', message: { key: 'link.cut' }, remedy: '' };
  const gap: BlindGap = { from: 0, to: 61_000, reason, isLost: true };
  const blindTime: BlindTime = { watchedSince: 0, now: 90_000, gaps: [gap], earlier: null };
  for (const report of [violationReportText, violationReportJson]) {
    expect(report([violation], exportHead)).toContain('A frame that is not JSON');
  }
  for (const report of [blindTimeText, blindTimeJson]) {
    expect(report(blindTime, exportHead)).toContain('The connection was cut.');
  }
  expect(blindTimeText(blindTime, exportHead)).toContain('Blind for 1:01 in all');
});

test('every reason code has its words, and there are no others', () => {
  expect(Object.keys(en.reasons).toSorted()).toEqual(reasonCodes.codes.map(({ code }) => code).toSorted());
});

describe('numbers, lists and clocks', () => {
  test('are written by the locale', () => {
    setTranslator(() => ({ ...ENGLISH, formatLocale: 'ar-EG' }));
    expect(numberText(12_345)).toBe('١٢٣٤٥');
    expect(clockText(3_753_000)).toBe('١:٠٢:٣٣');
    expect(clockText(3_753_000, ENGLISH)).toBe('1:02:33');
    expect(translatorFor('en', ['en-u-nu-arab']).translate('journey.steps', { count: 21 })).toBe('٢١ steps');
  });

  test('are in English as they ever were', () => {
    expect(numberText(1_234_567)).toBe('1234567');
    expect(numberText(0.25)).toBe('0.25');
    expect(listText(['a', 'b', 'c'])).toBe('a, b, c');
    expect(listText([])).toBe('');
  });
});

describe('the language', () => {
  test('is English where nothing else fits', () => {
    expect(chooseLanguage('', [])).toBe('en');
    expect(chooseLanguage('tlh', ['xx', '', '-', '_'])).toBe('en');
    expect(chooseLanguage('en', ['de-DE'])).toBe('en');
    expect(LANGUAGES).toContainEqual({ code: 'en', name: 'English' });
  });

  test.each<[string, readonly string[], string | undefined]>([
    ['de', ['fr-FR'], 'de'],
    ['', ['fr-FR', 'de'], 'fr'],
    ['', ['it-IT', 'DE_at'], 'de'],
    ['', ['pt-BR'], 'pt-BR'],
    ['', ['pt-PT'], undefined],
    ['zh-Hans-CN', [], 'zh-Hans'],
    ['it', ['de'], 'de'],
    ['', ['xx'], undefined],
  ])('that is best for the wish %j on a system of %j is %s', (wanted, tags, best) => {
    expect(bestOf(['en', 'de', 'fr', 'pt-BR', 'zh-Hans'], wanted, tags)).toBe(best);
  });

  test.each<[string, readonly string[], string]>([
    ['en', ['en-GB', 'en-US'], 'en-GB'],
    ['en', ['de-AT', 'en-IE'], 'en-IE'],
    ['en', ['de-AT'], 'en'],
    ['zh-Hans', ['zh-CN'], 'zh-CN'],
    ['en', ['en-!'], 'en'],
    ['ar', [], 'ar'],
  ])('%s on a system of %j writes numbers and times as %s does', (language, tags, locale) => {
    expect(formatLocaleOf(language, tags)).toBe(locale);
  });

  test('runs as its script does', () => {
    expect(['en', 'ar', 'he', 'fa-IR', 'ur', 'arn'].map(directionOf)).toEqual([
      'ltr',
      'rtl',
      'rtl',
      'rtl',
      'rtl',
      'ltr',
    ]);
  });
});
