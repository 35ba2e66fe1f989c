/**
 * Reads a site's own reasons out of its file, JSON or CSV. What is not right is told with its number of line and costs no
 * more than itself: an optional cell its cell, a code or a label its line. Nothing read is told, too. It knows neither
 * where the file is nor how a reason is shown.
 */
import { createScanner, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { foldWord, isBlank, trimId, trimUnseen } from '../../shared/folding.ts';
import { normalReason, type SiteReason } from '../../shared/reasons.ts';
import { depthFault, faultWords, lineFinder } from '../json-faults.ts';
import { csvRows, type CsvRow } from './csv-rows.ts';
import { causeOf, columnsOf, truthOf, type Column } from './reasons-words.ts';

/** What is wrong in a line. Lines count from 1. */
export interface ReasonsProblem {
  readonly line: number;
  readonly what:
    | 'empty'
    | 'no-reasons'
    | 'syntax'
    | 'open-quote'
    | 'too-deep'
    | 'no-columns'
    | 'unknown-column'
    | 'cell-too-many'
    | 'no-code'
    | 'no-label'
    | 'long-label'
    | 'bad-cause'
    | 'bad-failure'
    | 'odd-letters'
    | 'twice';
  /** What stands there, shortened; for a code that comes twice, the code. */
  readonly given: string;
  /** For a code that comes twice: where it stands first, which is what holds. */
  readonly firstLine?: number;
}

export interface ReasonsFile {
  readonly reasons: readonly SiteReason[];
  /** The first of them. */
  readonly problems: readonly ReasonsProblem[];
  /** How many more there are. */
  readonly moreProblems: number;
}

type Problem = ReasonsProblem['what'];

/** One reason as a file has it, not yet checked. */
interface Entry {
  readonly line: number;
  readonly values: ReadonlyMap<Column, unknown>;
}

const MAX_GIVEN = 60;
const MAX_LABEL = 200;
const MAX_PROBLEMS = 1000;

/** What is found while a file is read. */
class Findings {
  readonly problems: ReasonsProblem[] = [];
  more = 0;
  readonly #reasons = new Map<string, { readonly line: number; readonly reason: SiteReason }>();
  #entries = 0;

  get reasons(): readonly SiteReason[] {
    return Array.from(this.#reasons.values(), ({ reason }) => reason);
  }

  tell(line: number, what: Problem, given: unknown = '', firstLine?: number): void {
    if (this.problems.length === MAX_PROBLEMS) {
      this.more += 1;
      return;
    }
    const text = typeof given === 'string' ? trimUnseen(given) : given === undefined ? '' : JSON.stringify(given);
    const short = text.length > MAX_GIVEN ? `${text.slice(0, MAX_GIVEN)}…` : text;
    this.problems.push({ line, what, given: short, ...(firstLine === undefined ? {} : { firstLine }) });
  }

  /** Of two lines with one code the first holds. */
  take({ line, values }: Entry): void {
    this.#entries += 1;
    const code = codeOf(values.get('code'));
    const label = textOf(values.get('label'));
    const key = normalReason(code) ?? '';
    // Zero and less stand for no reason, which has no name.
    if (key === '') this.tell(line, 'no-code', values.get('code'));
    else if (isBlank(label)) this.tell(line, 'no-label', values.get('label'));
    else {
      const first = this.#reasons.get(key);
      if (first !== undefined) {
        this.tell(line, 'twice', code, first.line);
        return;
      }
      if (label.length > MAX_LABEL) this.tell(line, 'long-label', label);
      const reason = {
        code,
        label: label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL)}…` : label,
        cause: this.#cell(line, 'bad-cause', values.get('cause'), causeOf),
        isFailure: this.#cell(line, 'bad-failure', values.get('failure'), truthOf),
      };
      this.#reasons.set(key, { line, reason });
    }
  }

  /** An optional cell; where it is not right, it is as if nothing stood there. */
  #cell<T>(line: number, what: Problem, given: unknown, read: (word: string) => T | undefined): T | null {
    const word = typeof given === 'boolean' ? String(given) : textOf(given);
    if (foldWord(word) === '' && (given === undefined || given === null || typeof given === 'string')) return null;
    const value = read(word);
    if (value === undefined) this.tell(line, what, given);
    return value ?? null;
  }

  /** A file without any is told. */
  end(line: number): ReasonsFile {
    if (this.#entries === 0 && this.problems.every(({ what }) => what === 'unknown-column')) {
      this.tell(line, 'no-reasons');
    }
    const problems = this.problems.toSorted((a, b) => a.line - b.line);
    return { reasons: this.reasons, problems, moreProblems: this.more };
  }
}

/** JSON where the text begins like it, else CSV. */
export function readReasons(text: string): ReasonsFile {
  // Where it was not taken for one as the file was decoded.
  const content = text.replace(/^\uFEFF/, '');
  const findings = new Findings();
  // Behind blanks and remarks.
  const scanner = createScanner(content, true);
  scanner.scan();
  const isJson = /[[{]/.test(content[scanner.getTokenOffset()] ?? '');
  return isJson ? readJson(content, findings) : readCsv(content, findings);
}

/**
 * `[{"code": "101", "label": "Lunch", "cause": "agent", "failure": false}, …]`, or `{"101": "Lunch", …}`, in which a
 * value may also be an object. Comments are let pass.
 */
function readJson(text: string, findings: Findings): ReasonsFile {
  const lineAt = lineFinder(text);
  const tooDeep = depthFault(text);
  if (tooDeep !== null) {
    findings.tell(lineAt(tooDeep), 'too-deep');
    return findings.end(1);
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  for (const error of errors) findings.tell(lineAt(error.offset), 'syntax', faultWords(error));
  const unknown = new Set<string>();

  const take = (node: Node, line: number, code?: Node): void => {
    const properties = (node.type === 'object' ? (node.children ?? []) : []).flatMap(({ children }) => {
      const [key, value] = children ?? [];
      return key === undefined || value === undefined ? [] : [{ name: String(getNodeValue(key)), value }];
    });
    const columns = columnsOf(properties.map(({ name }) => name));
    const values = new Map<Column, unknown>();
    for (const [column, at] of columns) values.set(column, valueOf(properties[at]?.value));
    if (code !== undefined) values.set('code', valueOf(code));
    if (code !== undefined && node.type !== 'object') values.set('label', valueOf(node));
    for (const [at, { name }] of properties.entries()) {
      if ([...columns.values()].includes(at) || unknown.has(name)) continue;
      unknown.add(name);
      findings.tell(line, 'unknown-column', name);
    }
    findings.take({ line, values });
  };
  // A number is taken as it stands there: as a number it may have lost its last figures.
  const valueOf = (node: Node | undefined): unknown => {
    const value: unknown = node === undefined ? undefined : getNodeValue(node);
    if (node === undefined || typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    return text.slice(node.offset, node.offset + node.length);
  };

  // One reason alone, and no list around it.
  const isOne =
    root?.type === 'object' && hasColumns((root.children ?? []).map(({ children }) => String(children?.[0]?.value)));
  for (const item of isOne ? [root] : (root?.children ?? [])) {
    const line = lineAt(item.offset);
    const [key, value] = item.children ?? [];
    if (root?.type === 'array' || isOne) take(item, line);
    else if (key !== undefined && value !== undefined) take(value, line, key);
  }
  return findings.end(1);
}

/** A heading with code and label, and perhaps cause and failure; then a reason in each line. */
function readCsv(text: string, findings: Findings): ReasonsFile {
  const { row: first, delimiter } = headingOf(text);
  if (first === null) {
    findings.tell(1, 'empty');
    return findings.end(1);
  }
  const { line: headingLine } = first;
  const heading = first.cells ?? [];
  const columns = columnsOf(heading);
  if (!hasColumns(heading)) {
    findings.tell(headingLine, 'no-columns', heading.join(delimiter));
    return findings.end(headingLine);
  }
  for (const [at, name] of heading.entries()) {
    if (!isBlank(name) && ![...columns.values()].includes(at)) findings.tell(headingLine, 'unknown-column', name);
  }
  let oddLine: number | null = null;
  for (const { line, cells } of csvRows(text, delimiter)) {
    if (line <= headingLine || isPassedOver(cells)) continue;
    if (cells === null) {
      findings.tell(line, 'open-quote');
      continue;
    }
    const odd = cells.find((cell) => ODD_LETTERS.test(cell));
    if (odd !== undefined && oddLine === null) findings.tell((oddLine = line), 'odd-letters', odd);
    const tooMany = cells.slice(heading.length).find((cell) => !isBlank(cell));
    if (tooMany !== undefined) findings.tell(line, 'cell-too-many', tooMany);
    findings.take({ line, values: new Map(Array.from(columns, ([column, at]) => [column, cells[at]])) });
  }
  return findings.end(headingLine);
}

/** By the separator with which the heading has the columns; null where there is nothing in the file. */
function headingOf(text: string): { readonly row: CsvRow | null; readonly delimiter: string } {
  const named = SEPARATOR.exec(text)?.[1];
  const candidates = [...(named === undefined ? [] : [named]), ...DELIMITERS].map((delimiter) => ({
    row: firstRow(text, delimiter),
    delimiter,
  }));
  const width = ({ row }: (typeof candidates)[number]): number => row?.cells?.length ?? 0;
  return (
    candidates.find(({ row }) => hasColumns(row?.cells ?? [])) ??
    candidates.reduce((best, one) => (width(one) > width(best) ? one : best))
  );
}

const DELIMITERS = [';', '\t', '|', ','] as const;
/** A first line for Excel, which tells the separator. */
const SEPARATOR = /^\s*"?sep=([^"\p{L}\p{N}\r\n])/iu;

function firstRow(text: string, delimiter: string): CsvRow | null {
  for (const row of csvRows(text, delimiter)) {
    if (!isPassedOver(row.cells) && !/^sep=/i.test(row.cells?.[0] ?? '')) return row;
  }
  return null;
}

function hasColumns(cells: readonly string[]): boolean {
  const columns = columnsOf(cells);
  return columns.has('code') && columns.has('label');
}

/** A blank line, or a remark. */
function isPassedOver(cells: readonly string[] | null): boolean {
  return cells !== null && (/^\s*(?:#|\/\/)/.test(cells[0] ?? '') || cells.every(isBlank));
}

/** What is left of letters that were read in an encoding they were not written in. */
const ODD_LETTERS = /[\u0080-\u009f\ufffd]|[À-ÖØ-öø-ÿ]{3}/;

/** As text without what can't be seen around it; a code may stand there as a number. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? trimUnseen(String(value)) : '';
}

/** Excel is kept from taking zeros away by `="0027"`. */
function codeOf(value: unknown): string {
  return trimId(textOf(value).replace(/^=(?=")/, ''));
}
