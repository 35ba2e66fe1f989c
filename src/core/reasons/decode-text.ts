/**
 * Decodes a file written by any office program. The encoding may be marked at the beginning or must be inferred.
 * Without proof it picks the likeliest and says so. It does not know what the text is about.
 */

export interface DecodedText {
  readonly text: string;
  /** The encoding, if it was guessed. */
  readonly guess: 'Windows-1252' | 'Shift JIS' | null;
}

export function decodeText(bytes: Uint8Array): DecodedText {
  const certain = markOf(bytes) ?? utf16Of(bytes) ?? (isUtf8(bytes) ? 'utf-8' : null);
  if (certain !== null) return { text: new TextDecoder(certain).decode(bytes), guess: null };
  // Text that is not UTF-8 uses the encoding of its computer, and nothing in it says which.
  const japanese = decoded('shift_jis', bytes);
  if (japanese !== null && isJapanese(bytes, japanese)) return { text: japanese, guess: 'Shift JIS' };
  return { text: windows1252(bytes), guess: 'Windows-1252' };
}

/** Windows-1252 from 0x80 to 0x9f, where Latin 1 has control characters. Node 20's own decoder does not map these. */
const WINDOWS_1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (letter) => WINDOWS_1252_HIGH[letter.charCodeAt(0) - 0x80] ?? letter);
}

function markOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Multi-byte sequences prove UTF-8, even if a few others are broken. */
function isUtf8(bytes: Uint8Array): boolean {
  if (decoded('utf-8', bytes) !== null) return true;
  const text = new TextDecoder('utf-8').decode(bytes);
  let whole = 0;
  let broken = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) broken += 1;
    else if (unit >= 0x80) whole += 1;
  }
  return whole > broken;
}

/** The fewest zero bytes that a table in UTF-16 has: in its separators, line ends and digits. */
const MIN_ZEROS = 4;
/** The fewest per byte pair. In single-byte text, a zero is an error. */
const MAX_PAIRS_PER_ZERO = 9;

/** UTF-16 without a byte order mark has zeros in its line ends, digits and separators, always in the same half. */
function utf16Of(bytes: Uint8Array): string | null {
  let little = 0;
  let big = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) {
    // Two zeros together are not a character in either byte order.
    if (at % 2 === 1 && bytes[at - 1] !== 0) little += 1;
    if (at % 2 === 0 && bytes[at + 1] !== 0 && at + 1 < bytes.length) big += 1;
  }
  const most = Math.max(little, big);
  const isWide =
    most >= MIN_ZEROS && most * MAX_PAIRS_PER_ZERO >= bytes.length / 2 && Math.min(little, big) * 4 <= most;
  if (!isWide) return null;
  const isLittle = little > big;
  // A first line that ends without a zero is single-byte text to which UTF-16 was appended, as PowerShell does.
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  if (end >= 0 && bytes[isLittle ? end + 1 : end - 1] !== 0) return null;
  return isLittle ? 'utf-16le' : 'utf-16be';
}

/**
 * Whether text that decodes as Shift JIS really is. Japanese words are made of pairs that mostly begin with 0x81 to
 * 0x98 (kana and common kanji); European words are letters with an accent here and there.
 */
function isJapanese(bytes: Uint8Array, text: string): boolean {
  let everyday = 0;
  let others = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    if (byte > 0x98) others += 1;
    else everyday += 1;
    // Half-width kana are single bytes.
    if (byte < 0xa0 || byte > 0xdf) at += 1;
  }
  let letters = 0;
  for (const [word] of text.matchAll(/[a-z\u0080-\uffff]+/gi)) {
    if (/[^\0-\x7f]/.test(word)) letters += word.replace(/[^\0-\x7f]+/g, '').length;
  }
  return everyday > others && 2 * everyday > letters;
}

/** Null if the bytes are not valid in this encoding. */
function decoded(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
