/**
 * The one place that says when two texts from outside are the same word, the same id, or no text at all. People, Excel,
 * Finesse and UCCX write the same thing in several ways. It knows none of the words.
 */

/** What can't be seen: blanks of every kind, controls, marks of direction, joiners, fillers, selectors of a look. */
const UNSEEN = String.raw`\p{Default_Ignorable_Code_Point}\s\p{Cc}\p{Cf}\p{Z}\u2800`;
/** What exports and shells put around an id. */
const QUOTES = '"\'“”‘’„‚«»‹›`';

const ALL_UNSEEN = new RegExp(`[${UNSEEN}]+`, 'gu');
const UNSEEN_SIGN = new RegExp(`[${UNSEEN}]`, 'gu');
/** Of these, what lies between two letters and leaves no room. */
const NO_WIDTH = /[\p{Default_Ignorable_Code_Point}\p{Cf}]+/gu;
const JOINTS = /[\p{Pd}\p{Pc}]+/gu;
// Tried on one character at a time: as one expression it would take minutes over a pasted file.
const ONE_UNSEEN = new RegExp(`^[${UNSEEN}]$`, 'u');
const ONE_AROUND = new RegExp(`^[${UNSEEN}${QUOTES}]$`, 'u');

/**
 * A word as it is compared: `Not Ready`, `NOT_READY` and `not-ready` are one. Letter case, width, blanks, dashes and
 * underscores make no difference.
 */
export function foldWord(word: string): string {
  const seen = word.normalize('NFKC').replace(ALL_UNSEEN, '');
  const bare = seen.replace(JOINTS, '');
  // A dash alone is no word, but it is not nothing either.
  return (bare === '' ? seen : bare).toLowerCase();
}

/** Whether both are the same word. */
export function isSameWord(a: string, b: string): boolean {
  return a === b || foldWord(a) === foldWord(b);
}

/** A text in which words are looked for: as a word is folded, but one blank is left between two of them. */
export function foldSentence(text: string): string {
  return trimUnseen(text.normalize('NFKC').replace(JOINTS, ' ').replace(ALL_UNSEEN, ' ')).toLowerCase();
}

/**
 * A name as it is compared, in any letter case as people write it. But `Team 1-1` is not `Team 11`: a name is no word.
 */
export function foldName(name: string): string {
  return trimUnseen(name.normalize('NFKC')).toLowerCase();
}

/** A text that is searched: as a sentence, but accents and what has no width make no difference either. */
export function foldSearch(text: string): string {
  return foldSentence(text.replace(NO_WIDTH, '')).normalize('NFKD').replace(/\p{M}/gu, '');
}

/** What is typed to search for: each of these is to be found. What has a dash in it is looked for in one piece. */
export function searchWords(typed: string): readonly string[] {
  return typed.split(/\s+/).map(foldSearch).filter(Boolean);
}

/** Whether nothing in the text can be seen. */
export function isBlank(text: string): boolean {
  return trimUnseen(text) === '';
}

/** The text without what can't be seen at its two ends. */
export function trimUnseen(text: string): string {
  return trimEnds(text, ONE_UNSEEN);
}

/** The text with what can't be seen in it made visible, but for a single space between two words. */
export function unseenShown(text: string): string {
  return text.replace(UNSEEN_SIGN, (sign, at: number) => {
    if (sign !== ' ') return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
    const isBetween = at > 0 && at < text.length - 1 && text[at - 1] !== ' ' && text[at + 1] !== ' ';
    return isBetween ? ' ' : '␣';
  });
}

/** An id as it is compared: without blanks and quotation marks around it. Inside it nothing is touched. */
export function trimId(id: string): string {
  return trimEnds(id, ONE_AROUND);
}

/** What folds a word to one of these, or to nothing; quick for the words as they are spelt here. */
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
    // The low half of a pair is not what stands there.
    const size = end - 2 >= start && (text.codePointAt(end - 2) ?? 0) > 0xffff ? 2 : 1;
    if (start >= end || !what.test(text.slice(end - size, end))) break;
    end -= size;
  }
  return text.slice(start, end);
}
