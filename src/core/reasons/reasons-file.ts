/**
 * Reads a site's own reasons from a JSON or CSV file. Each problem is reported with its line number and costs as little
 * as possible: a bad optional cell costs the cell, a bad code or label costs the line. A file without any reasons is a
 * problem too. It knows neither where the file is nor how a reason is shown.
 */
import { createScanner, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { isBlank, trimInvisible, showInvisible } from '../../shared/base/folding.ts';
import { normalReason, type SiteReason } from '../../shared/reasons/reasons.ts';
import { tooDeepAt, errorWords, lineFinder } from '../base/json-errors.ts';
import { csvRows, type CsvRow } from './csv-rows.ts';
import type { DecodedText } from './decode-text.ts';
import { readReasonCode } from './reason-code.ts';
import { causeOf, columnsOf, booleanOf, type Column } from './reasons-words.ts';

/** A problem in a line. Lines are counted from 1. */
export interface ReasonsProblem {
  readonly line: number;
  readonly what:
    | 'guessed'
    | 'guessed-oddly'
    | 'empty'
    | 'workbook'
    | 'no-reasons'
    | 'syntax'
    | 'open-quote'
    | 'odd-quote'
    | 'too-deep'
    | 'no-columns'
    | 'before-heading'
    | 'unknown-column'
    | 'spare-column'
    | 'cell-too-many'
    | 'remark'
    | 'no-reason'
    | 'no-code'
    | 'bad-code'
    | 'code-in-words'
    | 'no-label'
    | 'bad-label'
    | 'long-label'
    | 'line-break'
    | 'not-text'
    | 'bad-cause'
    | 'bad-failure'
    | 'odd-letters'
    | 'twice';
  /** The text found there, shortened; for a duplicate code, the code. */
  readonly given: string;
  /** For a duplicate code: the line of the first one, which is the one used. */
  readonly firstLine?: number;
  /** The encoding, if it was guessed; `given` is then an example of text decoded with it. */
  readonly encoding?: string;
}

export interface ReasonsFile {
  readonly reasons: readonly SiteReason[];
  /** The first problems. */
  readonly problems: readonly ReasonsProblem[];
  /** How many more there are. */
  readonly moreProblems: number;
}

type Problem = ReasonsProblem['what'];

/** One reason from a file, not yet checked. */
interface Entry {
  readonly line: number;
  readonly values: ReadonlyMap<Column, Cell>;
}

interface Cell {
  readonly line: number;
  readonly value: unknown;
}

const MAX_GIVEN = 60;
const MAX_LABEL = 200;
const MAX_PROBLEMS = 1000;

/** Collects reasons and problems while a file is read. */
class Findings {
  readonly #problems: ReasonsProblem[] = [];
  #more = 0;
  readonly #reasons = new Map<string, { readonly line: number; readonly reason: SiteReason }>();
  readonly #source: DecodedText;
  #entries = 0;
  /**
   * If the encoding was guessed, examples to judge it by: the first label with letters that depend on it, and the first
   * that looks wrong.
   */
  #letters: ReasonsProblem | null = null;
  #unlikelyLabel: ReasonsProblem | null = null;

  constructor(source: DecodedText) {
    this.#source = source;
  }

  report(line: number, what: Problem, given: unknown = '', firstLine?: number): void {
    if (this.#problems.length === MAX_PROBLEMS) this.#more += 1;
    else this.#problems.push(problemOf(line, what, given, firstLine));
  }

  /** Counts what is not reported one by one. */
  leaveOut(count: number): void {
    this.#more += Math.max(0, count);
  }

  /** Control characters that a disk error or a program left in the text; they are left out. */
  reportControls(line: number, cells: readonly string[]): void {
    const control = cells.find((cell) => cell.search(CONTROLS) >= 0);
    // A single one at the end is the end-of-file mark of DOS.
    if (control !== undefined && control !== '\x1a')
      this.report(line, 'not-text', showInvisible(control.slice(0, MAX_LABEL)));
  }

  /** If two lines have the same code, the first wins. */
  add({ line, values }: Entry): void {
    this.#entries += 1;
    const code = this.#code(line, values.get('code'));
    const label = code === null ? null : this.#label(line, values.get('label'));
    if (code === null || label === null) return;
    const key = normalReason(code) ?? '';
    const first = this.#reasons.get(key);
    if (first !== undefined) {
      this.report(line, 'twice', values.get('code')?.value, first.line);
      return;
    }
    const cause = this.#cell('bad-cause', values.get('cause'), causeOf);
    const isFailure = this.#cell('bad-failure', values.get('failure'), booleanOf);
    this.#reasons.set(key, { line, reason: { code, label, cause, isFailure } });
  }

  /** Null if it is not a code; that is reported. */
  #code(entryLine: number, { line, value }: Cell = { line: entryLine, value: null }): string | null {
    const isNothing = value === undefined || value === null || (typeof value === 'string' && isBlank(value));
    const read = typeof value === 'string' || typeof value === 'number' ? readReasonCode(textOf(value)) : null;
    // Zero and negative codes stand for no reason, which has no name.
    if (isNothing || (read !== null && normalReason(read.code) === '')) this.report(line, 'no-code', value);
    else if (read === null) this.report(line, 'bad-code', value);
    else {
      if (!read.isNumber) this.report(line, 'code-in-words', value);
      return read.code;
    }
    return null;
  }

  /** The label on one line; null if nothing of it can be shown, which is reported. */
  #label(entryLine: number, { line, value }: Cell = { line: entryLine, value: null }): string | null {
    if (typeof value !== 'string' && typeof value !== 'number' && value !== undefined && value !== null) {
      this.report(line, 'bad-label', value);
      return null;
    }
    const written = textOf(value);
    const isLong = written.length > MAX_LABEL;
    const whole = isLong ? `${written.slice(0, MAX_LABEL)}…` : written;
    const oneLine = whole
      .split(/[\r\n\v\f\u2028\u2029]/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' ');
    const label = oneLine.replaceAll(CONTROLS, '');
    if (label === '') {
      this.report(line, 'no-label', value);
      return null;
    }
    if (/[\r\n\v\f\u2028\u2029]/.test(whole)) this.report(line, 'line-break', oneLine);
    if (isLong) this.report(line, 'long-label', label);
    if (/[^\0-\x7f]/.test(label)) this.#letters ??= problemOf(line, 'guessed', label);
    if (UNLIKELY_LETTERS.test(label)) {
      if (this.#source.guess === null) this.report(line, 'odd-letters', label);
      else this.#unlikelyLabel ??= problemOf(line, 'guessed-oddly', label);
    }
    return label;
  }

  /** An optional cell; a bad one counts as empty. */
  #cell<T>(what: Problem, cell: Cell | undefined, read: (word: string) => T | undefined): T | null {
    if (cell === undefined) return null;
    const { line, value: given } = cell;
    const word = typeof given === 'boolean' ? String(given) : textOf(given);
    if (word === '' && (given === undefined || given === null || typeof given === 'string')) return null;
    const value = read(word);
    if (value === undefined) this.report(line, what, given);
    return value ?? null;
  }

  /** Reports a file without reasons. Also reports a guessed encoding, with an example to judge it by. */
  end(headingLine: number): ReasonsFile {
    const { guess } = this.#source;
    if (this.#entries === 0 && this.#problems.every(({ what }) => HARMLESS.has(what))) {
      this.report(headingLine, 'no-reasons');
    }
    const problems = this.#problems.toSorted((a, b) => a.line - b.line);
    return {
      reasons: Array.from(this.#reasons.values(), ({ reason }) => reason),
      problems: guess === null ? problems : [{ ...this.#example(), encoding: guess }, ...problems],
      moreProblems: this.#more,
    };
  }

  #example(): ReasonsProblem {
    const label = this.#unlikelyLabel ?? this.#letters;
    if (label !== null) return label;
    const { text } = this.#source;
    const at = text.search(/[^\0-\x7f]/);
    const around = /[\p{L}\p{M}]*$/u.exec(text.slice(Math.max(0, at - MAX_GIVEN), at))?.[0] ?? '';
    return problemOf(1, 'guessed', around + (/^.[\p{L}\p{M}]*/u.exec(text.slice(at, at + MAX_GIVEN))?.[0] ?? ''));
  }
}

/** Problems that cost no reason. */
export const HARMLESS: ReadonlySet<Problem> = new Set<Problem>([
  'guessed',
  'odd-quote',
  'before-heading',
  'unknown-column',
  'spare-column',
  'remark',
  'code-in-words',
  'line-break',
  'not-text',
]);

function problemOf(line: number, what: Problem, given: unknown = '', firstLine?: number): ReasonsProblem {
  const text = typeof given === 'string' ? trimInvisible(given) : given === null ? '' : JSON.stringify(given);
  const short = text.length > MAX_GIVEN ? `${text.slice(0, MAX_GIVEN)}…` : text;
  return { line, what, given: short, ...(firstLine === undefined ? {} : { firstLine }) };
}

/** The signatures of .xlsx, .ods and .xls. */
// eslint-disable-next-line no-control-regex -- That is how they begin.
const WORKBOOK = /^(?:PK\x03\x04|ÐÏ\x11à)/;

/** Reads JSON if the text begins like it, otherwise CSV. */
export function readReasons({ text, guess }: DecodedText): ReasonsFile {
  // A mark that decoding did not remove.
  const content = text.replace(/^\uFEFF/, '');
  const isWorkbook = WORKBOOK.test(content);
  const findings = new Findings({ text: content, guess: isWorkbook ? null : guess });
  if (isWorkbook) {
    findings.report(1, 'workbook');
    return findings.end(1);
  }
  // Skip blanks and comments.
  const scanner = createScanner(content, true);
  scanner.scan();
  const isJson = /[[{]/.test(content[scanner.getTokenOffset()] ?? '');
  const headingLine = isJson ? readJson(content, findings) : readCsv(content, findings);
  return findings.end(headingLine);
}

/**
 * `[{"code": "101", "label": "Lunch", "cause": "agent", "failure": false}, …]`, or `{"101": "Lunch", …}`, in which a
 * value may also be an object. Comments are allowed. The list may also be under a key.
 */
function readJson(text: string, findings: Findings): number {
  const lineAt = lineFinder(text);
  const tooDeep = tooDeepAt(text);
  if (tooDeep !== null) {
    findings.report(lineAt(tooDeep), 'too-deep');
    return 1;
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  for (const error of errors.slice(0, MAX_PROBLEMS)) findings.report(lineAt(error.offset), 'syntax', errorWords(error));
  findings.leaveOut(errors.length - MAX_PROBLEMS);
  const unknown = new Set<string>();
  const reportUnknown = (line: number, name: string): void => {
    if (!unknown.has(name)) findings.report(line, 'unknown-column', name);
    unknown.add(name);
  };
  const cellOf = (node: Node): Cell => ({ line: lineAt(node.offset), value: valueOf(node) });
  // Keep a number's own digits: parsing may have lost the last ones.
  const valueOf = (node: Node): unknown => {
    const value: unknown = getNodeValue(node);
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    return text.slice(node.offset, node.offset + node.length);
  };

  const add = (node: Node, key?: Node): void => {
    const line = lineAt(node.offset);
    const values = new Map<Column, Cell>(key === undefined ? [] : [['code', cellOf(key)]]);
    if (node.type === 'object') {
      const properties = propertiesOf(node);
      const columns = columnsOf(properties.map(({ name }) => name));
      for (const [at, { name, value }] of properties.entries()) {
        const [column] = [...columns].find(([, place]) => place === at) ?? [];
        // A code inside the object wins over its key.
        if (column !== undefined) values.set(column, cellOf(value));
        else if (columnsOf([name]).size > 0) findings.report(lineAt(value.offset), 'spare-column', name);
        else reportUnknown(line, name);
      }
    } else if (key !== undefined) values.set('label', cellOf(node));
    else {
      findings.report(line, 'no-reason', valueOf(node));
      return;
    }
    findings.reportControls(
      line,
      Array.from(values.values(), ({ value }) => (typeof value === 'string' ? value : '')),
    );
    findings.add({ line, values });
  };

  if (root?.type === 'array') for (const item of root.children ?? []) add(item);
  else if (root?.type === 'object') {
    const properties = propertiesOf(root);
    const lists = new Set(
      properties
        .map(({ value }) => value)
        .filter(({ type, children }) => type === 'array' && children?.[0]?.type === 'object'),
    );
    // A single reason without a list around it.
    if (hasColumns(properties.map(({ name }) => name))) add(root);
    else {
      for (const { key, name, value } of properties) {
        if (lists.size === 0 && columnsOf([name]).size === 0) add(value, key);
        else if (lists.has(value)) for (const item of value.children ?? []) add(item);
        else reportUnknown(lineAt(value.offset), name);
      }
    }
  }
  return 1;
}

function propertiesOf({
  children = [],
}: Node): readonly { readonly key: Node; readonly name: string; readonly value: Node }[] {
  return children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [{ key, name: String(key.value), value }],
  );
}

/** A heading with code and label, and perhaps cause and failure; then one reason per line. */
function readCsv(text: string, findings: Findings): number {
  const { row: first, delimiter } = headingOf(text);
  if (first === null) {
    findings.report(1, 'empty');
    return 1;
  }
  const { line: headingLine } = first;
  const heading = first.cells ?? [];
  const columns = columnsOf(heading);
  if (!hasColumns(heading)) {
    findings.report(headingLine, 'no-columns', heading.join(delimiter));
    return headingLine;
  }
  const used = new Set(columns.values());
  for (const [at, name] of heading.entries()) {
    if (isBlank(name) || used.has(at)) continue;
    findings.report(headingLine, columnsOf([name]).size > 0 ? 'spare-column' : 'unknown-column', name);
  }
  const at = (cells: readonly string[], column: Column): string => cells[columns.get(column) ?? -1] ?? '';
  const isRow = (cells: readonly string[]): boolean =>
    readReasonCode(at(cells, 'code'))?.isNumber === true && !isBlank(at(cells, 'label'));
  for (const { line, cells, strayQuote } of csvRows(text, delimiter, { width: heading.length, isRow })) {
    if (cells === null) {
      findings.report(line, 'open-quote');
      continue;
    }
    findings.reportControls(line, cells);
    if (line === headingLine) continue;
    if (isRemark(cells)) {
      if (isRow(cells.map((cell) => cell.replace(REMARK, ''))) || isCorrupted(at(cells, 'code')))
        findings.report(line, 'remark', cells.join(delimiter));
    } else if (isSkipped(cells) || isHeadingAgain(cells)) continue;
    else if (line < headingLine)
      findings.report(line, isRow(cells) ? 'no-columns' : 'before-heading', cells.join(delimiter));
    else {
      if (strayQuote !== null) findings.report(line, 'odd-quote', strayQuote);
      const tooMany = cells.slice(heading.length).find((cell) => !isBlank(cell));
      if (tooMany !== undefined) findings.report(line, 'cell-too-many', tooMany);
      findings.add({
        line,
        values: new Map(Array.from(columns, ([column, place]) => [column, { line, value: cells[place] }])),
      });
    }
  }
  return headingLine;

  /** The heading repeats where two files were joined. */
  function isHeadingAgain(cells: readonly string[]): boolean {
    return readReasonCode(at(cells, 'code'))?.isNumber === false && hasColumns(cells);
  }
}

/** Uses the separator with which the heading has all columns; null if the file is empty. */
function headingOf(text: string): Heading {
  const named = SEPARATOR.exec(text)?.[1];
  let widest: Heading = { row: null, delimiter: ',' };
  for (const delimiter of [...(named === undefined ? [] : [named]), ...DELIMITERS]) {
    const row = firstRow(text, delimiter);
    const cells = row?.cells ?? [];
    if (hasColumns(cells)) return { row, delimiter };
    if (row !== null && (widest.row === null || cells.length > (widest.row.cells?.length ?? 0)))
      widest = { row, delimiter };
  }
  return widest;
}

interface Heading {
  readonly row: CsvRow | null;
  readonly delimiter: string;
}

const DELIMITERS = [';', '\t', '|', ','] as const;
/** A first line that tells Excel the separator. */
const SEPARATOR = /^\s*"?sep=([^"\p{L}\p{N}\r\n])/iu;

/** How many lines may come before the heading, such as a title. */
const MAX_BEFORE = 20;

/** The first row with the columns, near the beginning; otherwise the first row with any content. */
function firstRow(text: string, delimiter: string): CsvRow | null {
  let first: CsvRow | null = null;
  let count = 0;
  for (const row of csvRows(text, delimiter)) {
    // A heading may look like a comment.
    if (hasColumns(row.cells ?? [])) return row;
    if (isSkipped(row.cells)) continue;
    first ??= row;
    count += 1;
    if (count > MAX_BEFORE) break;
  }
  return first;
}

function hasColumns(cells: readonly string[]): boolean {
  const columns = columnsOf(cells);
  return columns.has('code') && columns.has('label');
}

/** A blank line, a comment, or Excel's separator line. */
function isSkipped(cells: readonly string[] | null): boolean {
  return cells !== null && (isRemark(cells) || /^sep=/i.test(cells[0] ?? '') || cells.every(isBlank));
}

const REMARK = /^\s*(?:#|\/\/)/;

function isRemark(cells: readonly string[]): boolean {
  return REMARK.test(cells[0] ?? '');
}

/** What a spreadsheet shows instead of a number, such as `#NAME?` or `####`. */
function isCorrupted(cell: string): boolean {
  return /^\s*#[\p{Lu}#][\p{Lu}\d/#]+[!?]?\s*$/u.test(cell);
}

/** Control characters that do not belong in text; line ends are handled elsewhere. */
const CONTROLS = /(?![\t-\r\u0080-\u009f])\p{Cc}/gu;

/** What letters become when decoded with the wrong encoding. */
const UNLIKELY_LETTERS = new RegExp(
  [
    '[\\u0080-\\u009f\\ufffd]',
    '[À-ÖØ-öø-ÿ]{3}',
    // UTF-8 read as Windows-1252, once or twice.
    '[ÂÃ][\\u00a1-\\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€',
    // A symbol inside a word, which no language has.
    '\\p{L}[€‚ƒ„†‡ˆ‰‹˜›¡¢£¤¥¦§¨©¬®¯±²³µ¶¸¹¼½¾¿]\\p{L}',
  ].join('|'),
  'u',
);

/** The text without invisible characters around it; a code may be a number. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? trimInvisible(String(value)) : '';
}
