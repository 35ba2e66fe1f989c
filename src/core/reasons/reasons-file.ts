/**
 * Reads a site's own reasons out of its file, JSON or CSV. A line that is not right is left out and told with its number;
 * the others hold. It knows neither where the file is nor how a reason is shown.
 */
import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import Papa from 'papaparse';
import { faultWords, lineAt } from '../json-faults.ts';
import { CAUSES, type Cause, type SiteReason } from '../../shared/reasons.ts';

/** What is wrong in a line. Lines count from 1. */
export interface ReasonsProblem {
  readonly line: number;
  readonly what:
    'syntax' | 'not-a-list' | 'no-columns' | 'no-code' | 'no-label' | 'bad-cause' | 'bad-failure' | 'twice';
  /** What stands there, shortened; for a code that comes twice, the code. */
  readonly given: string;
}

export interface ReasonsFile {
  readonly reasons: readonly SiteReason[];
  readonly problems: readonly ReasonsProblem[];
}

/** One reason as a file has it, not yet checked. */
interface Entry {
  readonly line: number;
  readonly code: unknown;
  readonly label: unknown;
  readonly cause: unknown;
  readonly failure: unknown;
}

type Problem = ReasonsProblem['what'];

const MAX_GIVEN = 60;

/** JSON where the text begins like it, else CSV. */
export function readReasons(text: string): ReasonsFile {
  // An editor may have put a byte order mark before it.
  const content = text.replace(/^\uFEFF/, '');
  const { entries, problems } = /^\s*[[{]/.test(content) ? readJson(content) : readCsv(content);
  const reasons = new Map<string, SiteReason>();
  for (const entry of entries) {
    const checked = checkEntry(entry);
    if ('what' in checked) problems.push(checked);
    else if (reasons.has(checked.code)) problems.push(problem(entry.line, 'twice', checked.code));
    else reasons.set(checked.code, checked);
  }
  return { reasons: [...reasons.values()], problems: problems.toSorted((a, b) => a.line - b.line) };
}

function checkEntry({ line, code: givenCode, label: givenLabel, cause, failure }: Entry): SiteReason | ReasonsProblem {
  const code = textOf(givenCode);
  if (code === null || code === '') return problem(line, 'no-code', givenCode);
  const label = textOf(givenLabel);
  if (label === null || label === '') return problem(line, 'no-label', givenLabel);
  const asCause = isNothing(cause) ? null : causeOf(cause);
  if (asCause === undefined) return problem(line, 'bad-cause', cause);
  const isFailure = isNothing(failure) ? null : truthOf(failure);
  if (isFailure === undefined) return problem(line, 'bad-failure', failure);
  return { code, label, cause: asCause, isFailure };
}

/**
 * `[{"code": "101", "label": "Lunch", "cause": "agent", "failure": false}, …]`, or `{"101": "Lunch", …}`, in which a
 * value may also be an object. Comments are let pass.
 */
function readJson(text: string): { entries: Entry[]; problems: ReasonsProblem[] } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const line = (offset: number): number => lineAt(text, offset);
  const problems = errors.map((error) => problem(line(error.offset), 'syntax', faultWords(error)));
  if (root?.type === 'array') {
    const entries = (root.children ?? []).map((item) => objectEntry(item, line(item.offset), undefined));
    return { entries, problems };
  }
  if (root?.type === 'object') {
    const entries = (root.children ?? []).flatMap(({ children, offset }) => {
      const [key, value] = children ?? [];
      if (key === undefined || value === undefined) return [];
      const code: unknown = getNodeValue(key);
      if (value.type === 'object') return [objectEntry(value, line(offset), code)];
      const label: unknown = getNodeValue(value);
      return [{ line: line(offset), code, label, cause: undefined, failure: undefined }];
    });
    return { entries, problems };
  }
  return { entries: [], problems: problems.length > 0 ? problems : [problem(1, 'not-a-list', text)] };
}

function objectEntry(node: Node, line: number, code: unknown): Entry {
  const value = (key: string): unknown => {
    const found = findNodeAtLocation(node, [key]);
    return found === undefined ? undefined : (getNodeValue(found) as unknown);
  };
  return { line, code: code ?? value('code'), label: value('label'), cause: value('cause'), failure: value('failure') };
}

/** A heading with `code` and `label`, and perhaps `cause` and `failure`; then a reason in each line. */
function readCsv(text: string): { entries: Entry[]; problems: ReasonsProblem[] } {
  const [heading = ''] = text.split('\n', 1);
  const delimiter = ['\t', ';'].find((candidate) => heading.includes(candidate)) ?? ',';
  const entries: Entry[] = [];
  const problems: ReasonsProblem[] = [];
  let columns: readonly string[] | null = null;
  let line = 1;
  const take = (data: readonly string[]): void => {
    if (data.every((cell) => cell.trim() === '')) return;
    if (columns === null) {
      columns = data.map((cell) => cell.trim().toLowerCase());
      if (!columns.includes('code') || !columns.includes('label')) problems.push(problem(line, 'no-columns', heading));
      return;
    }
    const named = columns;
    const cell = (name: string): string | undefined => data[named.indexOf(name)];
    entries.push({ line, code: cell('code'), label: cell('label'), cause: cell('cause'), failure: cell('failure') });
  };
  // Where a quote is wrong nobody knows where the row ends: it is taken to end with its line, and the next ones hold.
  for (let from = 0; from < text.length;) {
    const begin = from;
    let broken = -1;
    let end = 0;
    Papa.parse<readonly string[]>(text.slice(begin), {
      delimiter,
      step: ({ data, errors, meta }, parser) => {
        const [error] = errors;
        if (error === undefined) {
          take(data);
          line += text.slice(begin + end, begin + meta.cursor).split('\n').length - 1;
          end = meta.cursor;
          return;
        }
        problems.push(problem(line, 'syntax', error.message));
        broken = begin + end;
        parser.abort();
      },
    });
    if (broken < 0) break;
    const next = text.indexOf('\n', broken);
    if (next < 0) break;
    from = next + 1;
    line += 1;
  }
  const hasColumns = !problems.some(({ what }) => what === 'no-columns');
  return { entries: hasColumns ? entries : [], problems };
}

function problem(line: number, what: Problem, given: unknown): ReasonsProblem {
  const text = typeof given === 'string' ? given.trim() : given === undefined ? '' : JSON.stringify(given);
  return { line, what, given: text.length > MAX_GIVEN ? `${text.slice(0, MAX_GIVEN)}…` : text };
}

/** A code may stand there as a number. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : null;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === '');
}

function causeOf(value: unknown): Cause | undefined {
  const text = textOf(value)?.toLowerCase();
  return CAUSES.find((cause) => cause === text);
}

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

function truthOf(value: unknown): boolean | undefined {
  return TRUTHS.get(typeof value === 'boolean' ? String(value) : (textOf(value)?.toLowerCase() ?? ''));
}
