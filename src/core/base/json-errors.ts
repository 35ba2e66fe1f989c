/** Describes what is wrong with invalid JSON without quoting it, because it may contain a secret. */
import { createScanner, parse, printParseErrorCode, type ParseError } from 'jsonc-parser';

/** For example “close brace expected”. */
export function errorWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}

/** Returns a function that finds the line of an offset, counted from 1. It is fast for many offsets. */
export function lineFinder(text: string): (offset: number) => number {
  const begins = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), (end) => end.index + end[0].length)];
  return (offset) => {
    let [low, high] = [0, begins.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((begins[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** Nobody writes deeper nesting by hand, and a recursive parser overflows its stack not far beyond. */
const MAX_DEPTH = 200;

/** The offset where the nesting becomes too deep to read; null if it never does. */
export function tooDeepAt(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    switch (text[offset]) {
      case '{':
      case '[':
        depth += 1;
        if (depth > MAX_DEPTH) return offset;
        break;
      case '}':
      case ']':
        depth -= 1;
        break;
      case undefined:
        return null;
      default:
    }
  }
}

/** The first error with its line and column, both counted from 1. */
export function describeJsonError(text: string): string {
  const tooDeep = tooDeepAt(text);
  const [first] = tooDeep === null ? errorsIn(text) : [];
  const offset = tooDeep ?? first?.offset ?? text.length;
  const column = offset - text.slice(0, offset).lastIndexOf('\n');
  const what = tooDeep !== null ? 'nested too deeply' : first === undefined ? 'invalid symbol' : errorWords(first);
  return `${what}, line ${String(lineFinder(text)(offset))}, column ${String(column)}`;
}

/**
 * Whether it is empty, the beginning of a valid file, or a file that never reached the disk: what a power cut leaves
 * behind. A typing error is reported where it occurs, not at the end.
 */
export function isTruncated(text: string): boolean {
  if (text.trim() === '' || text.includes('\0')) return true;
  if (tooDeepAt(text) !== null) return false;
  const end = text.trimEnd().length;
  const errors = errorsIn(text);
  const isOpen = errors.some((error) => /^close (?:brace|bracket) expected$/.test(errorWords(error)));
  return isOpen && errors.every(({ offset, length }) => offset + length >= end);
}

function errorsIn(text: string): readonly ParseError[] {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  return errors;
}
