/**
 * The one place that decides when two texts from outside are the same word, the same id, or blank. People, Excel,
 * Finesse and UCCX write the same thing in several ways. It knows none of the words.
 */

/**
 * Invisible characters: blanks of every kind, control characters, direction marks, joiners, fillers, variation
 * selectors.
 */
const INVISIBLE = String.raw`\p{Default_Ignorable_Code_Point}\s\p{Cc}\p{Cf}\p{Z}\u2800`;
/** Quotation marks that exports and shells put around an id. */
const QUOTES = '"\'“”‘’„‚«»‹›`';

const ALL_INVISIBLE = new RegExp(`[${INVISIBLE}]+`, 'gu');
const INVISIBLE_SIGN = new RegExp(`[${INVISIBLE}]`, 'gu');
/** Invisible characters that take no room between two letters. */
const NO_WIDTH = /[\p{Default_Ignorable_Code_Point}\p{Cf}]+/gu;
const JOINTS = /[\p{Pd}\p{Pc}]+/gu;
// Applied to one character at a time: a single expression would take minutes on a pasted file.
const ONE_INVISIBLE = new RegExp(`^[${INVISIBLE}]$`, 'u');
const ONE_AROUND = new RegExp(`^[${INVISIBLE}${QUOTES}]$`, 'u');

/**
 * Folds a word for comparison: `Not Ready`, `NOT_READY` and `not-ready` are equal. Letter case, width, blanks, dashes
 * and underscores make no difference.
 */
export function foldWord(word: string): string {
  const seen = word.normalize('NFKC').replace(ALL_INVISIBLE, '');
  const bare = seen.replace(JOINTS, '');
  // A word of dashes alone is kept: it is not a word, but not blank either.
  return (bare === '' ? seen : bare).toLowerCase();
}

/** Whether both are the same word. */
export function isSameWord(a: string, b: string): boolean {
  return a === b || foldWord(a) === foldWord(b);
}

/** Folds a text to search for words in: like a word, but with one blank between words. */
export function foldSentence(text: string): string {
  return trimInvisible(text.normalize('NFKC').replace(JOINTS, ' ').replace(ALL_INVISIBLE, ' ')).toLowerCase();
}

/**
 * Folds a name for comparison, ignoring letter case. `Team 1-1` is not `Team 11`: unlike in a word, punctuation counts.
 */
export function foldName(name: string): string {
  return trimInvisible(name.normalize('NFKC')).toLowerCase();
}

/** Folds a text for searching: like a sentence, but accents and zero-width characters make no difference either. */
export function foldSearch(text: string): string {
  return foldSentence(text.replace(NO_WIDTH, '')).normalize('NFKD').replace(/\p{M}/gu, '');
}

/** The words of a search, all of which must match. A word with a dash is searched for as a whole. */
export function searchWords(typed: string): readonly string[] {
  return typed.split(/\s+/).map(foldSearch).filter(Boolean);
}

/** Whether the text has no visible character. */
export function isBlank(text: string): boolean {
  return trimInvisible(text) === '';
}

/** The text without invisible characters at its ends. */
export function trimInvisible(text: string): string {
  return trimEnds(text, ONE_INVISIBLE);
}

/** The text with its invisible characters made visible, except single spaces between words. */
export function showInvisible(text: string): string {
  return text.replace(INVISIBLE_SIGN, (sign, at: number) => {
    if (sign !== ' ') return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
    const isBetween = at > 0 && at < text.length - 1 && text[at - 1] !== ' ' && text[at + 1] !== ' ';
    return isBetween ? ' ' : '␣';
  });
}

/** An id for comparison: without blanks and quotation marks around it. Its inside is not changed. */
export function trimId(id: string): string {
  return trimEnds(id, ONE_AROUND);
}

/** Returns a function that finds which of these words a text is. Fast for texts spelled exactly as here. */
export function wordFinder<W extends string>(words: readonly W[]): (text: string) => W | undefined {
  const byFolded = new Map(words.map((word) => [foldWord(word), word]));
  const bySpelling = new Map<string, W>(words.map((word) => [word, word]));
  return (text) => bySpelling.get(text) ?? byFolded.get(foldWord(text));
}

function trimEnds(text: string, what: RegExp): string {
  let start = 0;
  let end = text.length;
  for (;;) {
    const first = String.fromCodePoint(text.codePointAt(start) ?? 0x61);
    if (start >= end || !what.test(first)) break;
    start += first.length;
  }
  for (;;) {
    // The second half of a surrogate pair is not a character by itself.
    const size = end - 2 >= start && (text.codePointAt(end - 2) ?? 0) > 0xffff ? 2 : 1;
    if (start >= end || !what.test(text.slice(end - size, end))) break;
    end -= size;
  }
  return text.slice(start, end);
}
