/** Bytes in the encodings that office programs write. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../src/core/reasons/decode-text.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const TEXT = 'code;label\r\n7;Prüfung – 20 €, café あいう 昼食\r\n';

/** The bytes of a text in an encoding that Node can only read, found by decoding each pair of bytes. */
function encoderOf(encoding: string): (text: string) => Buffer {
  const decoder = new TextDecoder(encoding);
  const known = new Map<string, readonly number[]>();
  for (let first = 255; first >= 0; first -= 1) {
    for (let second = 255; second >= 0x40; second -= 1)
      known.set(decoder.decode(bytes([first, second])), [first, second]);
  }
  for (let byte = 255; byte >= 0; byte -= 1) known.set(decoder.decode(bytes([byte])), [byte]);
  return (text) => bytes(...Array.from(text, (letter) => known.get(letter) ?? []));
}
const shiftJis = encoderOf('shift_jis');

describe('a text is read', () => {
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['UTF-16 with a mark, the other way', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16()],
    ['UTF-16', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16, the other way', Buffer.from(TEXT, 'utf16le').swap16()],
  ])('in %s, for certain', (_encoding, given) => {
    expect(decodeText(given)).toEqual({ text: TEXT, guess: null });
  });

  test('in Windows-1252, where it is no UTF-8, and that is said', () => {
    expect(decodeText(bytes('7;Pr', [0xfc], 'fung ', [0x96], ' 20 ', [0x80], ' ', [0x84], 'x', [0x93]))).toEqual({
      text: '7;Prüfung – 20 € „x“',
      guess: 'Windows-1252',
    });
  });

  test.each(['昼食の', '昼食', '休憩', '会議', '離席', 'ランチ', 'トイレ', 'eラーニング', 'ACD待機', '研修 (社外)'])(
    'in Shift JIS: %s, and that is said',
    (label) => {
      const text = `code,label\r\n7,${label}\r\n`;
      expect(decodeText(shiftJis(text))).toEqual({ text, guess: 'Shift JIS' });
    },
  );

  test.each([
    ['CP850, “château”', [0x63, 0x68, 0x83, 0x74, 0x65, 0x61, 0x75]],
    ['CP850, “Prüfung”', [0x50, 0x72, 0x81, 0x66, 0x75, 0x6e, 0x67]],
    ['Mac Roman, “École”', [0x83, 0x63, 0x6f, 0x6c, 0x65]],
    ['CP1250, “šolanje”', [0x9a, 0x6f, 0x6c, 0x61, 0x6e, 0x6a, 0x65]],
    ['CP1251, “Обеды”', [0xce, 0xe1, 0xe5, 0xe4, 0xfb]],
    ['CP1252, “Réunion”', [0x52, 0xe9, 0x75, 0x6e, 0x69, 0x6f, 0x6e]],
    ['CP1252, “‚ähnlich’”', [0x82, 0xe4, 0x68, 0x6e, 0x6c, 0x69, 0x63, 0x68, 0x92]],
  ])('in Windows-1252 where it could be Shift JIS by chance alone: %s', (_what, letters) => {
    expect(decodeText(bytes('code,label\n7,', letters, '\n'))).toMatchObject({ guess: 'Windows-1252' });
  });

  test('in UTF-8 where a byte or a line of it is broken, and the rest is whole', () => {
    expect(decodeText(bytes(Buffer.from('7;Prüfung, Büro\n8;').toJSON().data, [0xfc, 0x0a]))).toEqual({
      text: '7;Prüfung, Büro\n8;\ufffd\n',
      guess: null,
    });
  });

  test.each([
    'code,label\n27,Lunch\0\n',
    'code,label\n27,Lunch\n\0',
    '\0code;label\n27;Lunch\n28;Break\n',
    'code;label\n27;Pr\u00fcfung\0\n',
    'コード,名称\n27,昼食\0\n',
    `code,label\n27,Lunch\n${'\0'.repeat(4096)}`,
    '27\0;Lunch\0\n28\0;Break\0\n',
    // As PowerShell appends to a file.
    `code,label\r\n27,Lunch\r\n${Array.from('28,Break\r\n', (letter) => `${letter}\0`).join('')}`,
  ])('in UTF-8 where there is a zero in it: %j', (text) => {
    expect(decodeText(Buffer.from(text))).toEqual({ text, guess: null });
  });

  test('in UTF-16 without a mark, whatever language it is in, property', () => {
    const label = fc.array(fc.constantFrom('Lunch', 'Prüfung', '昼食', 'ランチ', 'обед', 'استراحة', ' ', '–'), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 20 }), fc.boolean(), (labels, isBig) => {
        const lines = labels.map((pieces, index) => `${String(index + 11)};${pieces.join('')}\r\n`);
        const text = `code;label\r\n${lines.join('')}`;
        const little = Buffer.from(text, 'utf16le');
        expect(decodeText(isBig ? little.swap16() : little)).toEqual({ text, guess: null });
      }),
    );
  });

  test('in UTF-8 whatever is in it, property', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const bare = text.replaceAll('\0', '').replace(/^\ufeff/, '');
        expect(decodeText(Buffer.from(bare))).toEqual({ text: bare, guess: null });
      }),
    );
  });

  test('whatever the bytes are', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      for (const next of [0, 0x20, 0x41, 0x80, 0xff])
        expect(typeof decodeText(bytes([byte, next, byte])).text).toBe('string');
    }
    expect(decodeText(bytes())).toEqual({ text: '', guess: null });
  });
});
