/** What is wrong in a text that is no JSON, without repeating what stands there: it may be a secret. */
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';

/** “close brace expected”. */
export function faultWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}

/** From 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** What is wrong first, with line and column, both from 1. */
export function whereNotJson(text: string): string {
  const [first] = faultsIn(text);
  const offset = first?.offset ?? text.length;
  const column = offset - text.slice(0, offset).lastIndexOf('\n');
  const what = first === undefined ? 'invalid symbol' : faultWords(first);
  return `${what}, line ${String(lineAt(text, offset))}, column ${String(column)}`;
}

/**
 * Whether it is the beginning of a good file, or nothing at all, or was never written to the disk: what a power cut leaves.
 * A slip of the pen is at fault where it stands and not at the end.
 */
export function isCutShort(text: string): boolean {
  if (text.trim() === '' || text.includes('\0')) return true;
  const end = text.trimEnd().length;
  const faults = faultsIn(text);
  const isOpen = faults.some((fault) => /^close (?:brace|bracket) expected$/.test(faultWords(fault)));
  return isOpen && faults.every(({ offset, length }) => offset + length >= end);
}

function faultsIn(text: string): readonly ParseError[] {
  const faults: ParseError[] = [];
  parse(text, faults, { disallowComments: true });
  return faults;
}
