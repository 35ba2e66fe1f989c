/**
 * A text out of a file's bytes, in whichever encoding an office program wrote it: it says so at the beginning, or leaves
 * it to be seen. It does not know what the text is about.
 */

/** Kana, which no other encoding looks like by chance. */
const KANA = /[ぁ-ヿ]/;

export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  if (encoding !== null) return new TextDecoder(encoding).decode(bytes);
  const utf8 = decoded('utf-8', bytes);
  if (utf8 !== null) return utf8;
  // What is no UTF-8 was written in the encoding of its computer, and nothing in it says which that was.
  const japanese = decoded('shift_jis', bytes);
  return japanese !== null && KANA.test(japanese) ? japanese : windows1252(bytes);
}

/** What Windows-1252 has from 0x80 to 0x9f, where Latin 1 has controls. Node 20's own decoder leaves those as they are. */
const OF_WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (letter) => OF_WINDOWS[letter.charCodeAt(0) - 0x80] ?? letter);
}

/** Where it can be told by the mark at the beginning, or by the zeros that UTF-16 has in every line end. */
function encodingOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  if (high === low) return null;
  return low > high ? 'utf-16le' : 'utf-16be';
}

/** Null where the bytes are not of this encoding. */
function decoded(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
