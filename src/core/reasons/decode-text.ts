/**
 * A text out of a file's bytes, in whichever encoding an office program wrote it: it says so at the beginning, or leaves
 * it to be seen. Where nothing proves it, the likeliest is taken and named. It does not know what the text is about.
 */

export interface DecodedText {
  readonly text: string;
  /** The encoding, where it was guessed. */
  readonly guess: 'Windows-1252' | 'Shift JIS' | null;
}

export function decodeText(bytes: Uint8Array): DecodedText {
  const certain = markOf(bytes) ?? wideOf(bytes) ?? (isUtf8(bytes) ? 'utf-8' : null);
  if (certain !== null) return { text: new TextDecoder(certain).decode(bytes), guess: null };
  // What is no UTF-8 was written in the encoding of its computer, and nothing in it says which that was.
  const japanese = decoded('shift_jis', bytes);
  if (japanese !== null && isJapanese(bytes, japanese)) return { text: japanese, guess: 'Shift JIS' };
  return { text: windows1252(bytes), guess: 'Windows-1252' };
}

/** What Windows-1252 has from 0x80 to 0x9f, where Latin 1 has controls. Node 20's own decoder leaves those as they are. */
const OF_WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (letter) => OF_WINDOWS[letter.charCodeAt(0) - 0x80] ?? letter);
}

function markOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Letters of several bytes prove it, even where a few others are broken. */
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

/** So many zeros a table has in UTF-16 at the least: its separators, line ends and figures. */
const MIN_ZEROS = 4;
/** And one in so many pairs of bytes. In a text of bytes a zero is a slip. */
const MAX_PAIRS_PER_ZERO = 9;

/** UTF-16 without a mark has a zero in each line end, figure and separator, always in the same half. */
function wideOf(bytes: Uint8Array): string | null {
  let little = 0;
  let big = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) {
    // Two zeros together are no letter of either.
    if (at % 2 === 1 && bytes[at - 1] !== 0) little += 1;
    if (at % 2 === 0 && bytes[at + 1] !== 0 && at + 1 < bytes.length) big += 1;
  }
  const most = Math.max(little, big);
  const isWide =
    most >= MIN_ZEROS && most * MAX_PAIRS_PER_ZERO >= bytes.length / 2 && Math.min(little, big) * 4 <= most;
  if (!isWide) return null;
  const isLittle = little > big;
  // A first line that ends without a zero is of bytes, and UTF-16 was added to it, as PowerShell does.
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  if (end >= 0 && bytes[isLittle ? end + 1 : end - 1] !== 0) return null;
  return isLittle ? 'utf-16le' : 'utf-16be';
}

/**
 * Whether what can be read as Shift JIS is that by more than chance. Its words are made of pairs, most of which begin with
 * 0x81 to 0x98 (kana and everyday kanji); a European word is made of letters, with an accent here and there.
 */
function isJapanese(bytes: Uint8Array, text: string): boolean {
  let everyday = 0;
  let others = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    if (byte > 0x98) others += 1;
    else everyday += 1;
    // Half-width kana alone are no pair.
    if (byte < 0xa0 || byte > 0xdf) at += 1;
  }
  let letters = 0;
  for (const [word] of text.matchAll(/[a-z\u0080-\uffff]+/gi)) {
    if (/[^\0-\x7f]/.test(word)) letters += word.replace(/[^\0-\x7f]+/g, '').length;
  }
  return everyday > others && 2 * everyday > letters;
}

/** Null where the bytes are not of this encoding. */
function decoded(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
