/** Bytes in the encodings that office programs write. */
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../src/core/reasons/decode-text.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const TEXT = 'code;label\r\n7;Prüfung – 20 €, café あいう 昼食\r\n';

describe('a text is read', () => {
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['UTF-16 with a mark, the other way', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16()],
    ['UTF-16', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16, the other way', Buffer.from(TEXT, 'utf16le').swap16()],
  ])('in %s', (_encoding, given) => {
    expect(decodeText(given)).toBe(TEXT);
  });

  test('in Windows-1252, where it is no UTF-8', () => {
    expect(decodeText(bytes('7;Pr', [0xfc], 'fung ', [0x96], ' 20 ', [0x80], ' ', [0x84], 'x', [0x93]))).toBe(
      '7;Prüfung – 20 € „x“',
    );
  });

  test('in Shift JIS, where there are kana in it', () => {
    expect(decodeText(bytes('7;', [0x92, 0x8b, 0x90, 0x48, 0x82, 0xcc]))).toBe('7;昼食の');
  });

  test('whatever the bytes are', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      for (const next of [0, 0x20, 0x41, 0x80, 0xff])
        expect(typeof decodeText(bytes([byte, next, byte]))).toBe('string');
    }
    expect(decodeText(bytes())).toBe('');
  });
});
