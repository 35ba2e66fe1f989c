import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWord, isBlank, trimId, trimUnseen } from '../../src/shared/folding.ts';

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
  ])('takes %j for the same word as not_ready', (spelling) => {
    expect(foldWord(spelling)).toBe(foldWord('not_ready'));
  });

  it('keeps words apart that differ in a letter', () => {
    expect(foldWord('not_ready')).not.toBe(foldWord('ready'));
    expect(foldWord('work')).not.toBe(foldWord('work_ready'));
  });

  it.each(['', ' ', '\t\r\n', '\u00a0\u2003\u3000', '\u200b\u200e\u2060\ufeff', '\u3164', '\u2800', '\u0000'])(
    'takes %j for nothing',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );

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
  ])('takes %j for the id %j', (given, id) => {
    expect(trimId(given)).toBe(id);
  });

  it('leaves an id alone that has been trimmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        expect(trimId(trimId(id))).toBe(trimId(id));
        expect(trimUnseen(trimUnseen(id))).toBe(trimUnseen(id));
      }),
    );
  });
});
