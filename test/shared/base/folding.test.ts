import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldSearch,
  foldSentence,
  foldWord,
  isBlank,
  isSameWord,
  searchWords,
  trimId,
  trimInvisible,
  showInvisible,
  wordFinder,
} from '../../../src/shared/base/folding.ts';

describe('words and ids from outside', () => {
  it.each([
    'Not Ready',
    'NOT_READY',
    'not-ready',
    'NotReady',
    ' not\u00a0ready ',
    'not—ready',
    'ｎｏｔ＿ｒｅａｄｙ',
    '\ufeffnot_ready',
  ])('[VALUE-2] takes %j for the same word as not_ready', (spelling) => {
    expect(foldWord(spelling)).toBe(foldWord('not_ready'));
  });

  it('keeps words apart that differ in a letter', () => {
    expect(foldWord('not_ready')).not.toBe(foldWord('ready'));
    expect(foldWord('work')).not.toBe(foldWord('work_ready'));
  });

  it('takes a dash alone for no word, but not for nothing', () => {
    expect(isSameWord('-', '')).toBe(false);
    expect(isSameWord(' - ', '-')).toBe(true);
  });

  it('keeps one blank between the words of a sentence', () => {
    expect(foldSentence(' CALL_NOT-FOUND\u00a0\t(7) ')).toBe('call not found (7)');
  });

  it('finds a word in any spelling, and none in another word', () => {
    const find = wordFinder(['success', 'failure']);
    fc.assert(
      fc.property(
        fc.constantFrom('success', 'failure'),
        fc.array(fc.record({ at: fc.nat(7), put: fc.constantFrom('-', '_', ' ', '\u200b') })),
        fc.boolean(),
        (word, marks, isUpper) => {
          const spelt = marks.reduce<string>((text, { at, put }) => text.slice(0, at) + put + text.slice(at), word);
          expect(find(isUpper ? spelt.toUpperCase() : spelt)).toBe(word);
        },
      ),
    );
    expect(find('successful')).toBeUndefined();
    expect(find('constructor')).toBeUndefined();
    expect(find('')).toBeUndefined();
  });

  it.each(['', ' ', '\t\r\n', '\u00a0\u2003\u3000', '\u200b\u200e\u2060\ufeff', '\u3164', '\u2800', '\u0000'])(
    'takes %j for nothing',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );

  it.each([
    ...[0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2065, 0x3164, 0xffa0],
    ...[0x180b, 0x180c, 0x180d, 0x180e, 0x180f, 0xfe00, 0xfe0f, 0xfff0, 0xfff8, 0xe0001, 0xe0100, 0xe01ef, 0xe0fff],
  ])('takes the code point %i alone for nothing, and leaves it inside what can be seen', (code) => {
    const sign = String.fromCodePoint(code);
    expect(isBlank(sign)).toBe(true);
    expect(isBlank(`${sign} ${sign}`)).toBe(true);
    expect(isBlank(`a${sign}`)).toBe(false);
    expect(trimInvisible(`a${sign}b`)).toBe(`a${sign}b`);
    expect(foldWord(`not${sign}ready`)).toBe('notready');
  });

  it('takes nothing for blank in which something can be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('a', '0', 'م', '名', '—', '"'), (around, seen) => {
        expect(isBlank(`${around}${seen}`)).toBe(false);
      }),
    );
  });

  it.each([
    ['"1-11000012345-0"', '1-11000012345-0'],
    [' 16817320 ', '16817320'],
    ['“ 7 ”', '7'],
    ["\u200b'1001'\u00a0", '1001'],
    ['a "b" c', 'a "b" c'],
  ])('[VALUE-3] takes %j for the id %j', (given, id) => {
    expect(trimId(given)).toBe(id);
  });

  it('takes letters for the same in any case and with any accents where a text is searched', () => {
    expect(['ÀÉÎõü', 'ＡＢＣ', 'Straße', 'ﬁn', 'İ'].map(foldSearch)).toEqual(['aeiou', 'abc', 'straße', 'fin', 'i']);
  });

  it('finds each word of a text, however its dashes, letters and blanks are written', () => {
    const sign = fc.constantFrom('a', 'É', '7', '-', '_', '–', '\u00ad', '\u200b', '\u0301');
    const written = (text: string) =>
      text
        .toUpperCase()
        .replace(/[-_–]/g, '—')
        .replace(/(?<=.)(?=.)/gu, '\u2060');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: sign }), { maxLength: 4 }), (words) => {
        const text = foldSearch(words.join('\u00a0'));
        for (const word of words.flatMap((one) => searchWords(written(one)))) expect(text).toContain(word);
      }),
    );
    expect(searchWords(' not-ready\t\u3000Ana - ')).toEqual(['not ready', 'ana']);
  });

  it('leaves an id alone that has been trimmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        expect(trimId(trimId(id))).toBe(trimId(id));
        expect(trimInvisible(trimInvisible(id))).toBe(trimInvisible(id));
      }),
    );
  });

  it.each([
    ['kstone', 'kstone'],
    ['kstone ', 'kstone␣'],
    [' kstone', '␣kstone'],
    ['Kay Stone', 'Kay Stone'],
    ['Kay  Stone', 'Kay␣␣Stone'],
    ['k\u200bstone', 'k[U+200B]stone'],
    ['kstone\u00a0', 'kstone[U+00A0]'],
    ['\t', '[U+0009]'],
  ])('shows what can’t be seen in %j', (text, shown) => {
    expect(showInvisible(text)).toBe(shown);
  });

  it('shows texts that differ as texts that differ, by what can be seen', () => {
    const near = fc.string({ unit: fc.constantFrom('a', ' ', '\u00a0', '\u200b', '\t', 'B'), maxLength: 6 });
    fc.assert(
      fc.property(near, near, (a, b) => {
        if (a !== b) expect(showInvisible(a)).not.toBe(showInvisible(b));
        expect(trimInvisible(showInvisible(a))).toBe(showInvisible(a));
      }),
    );
  });
});
