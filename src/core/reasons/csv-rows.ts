/**
 * Reads rows of cells from CSV text, with the line on which each row begins. A bad quote costs only its own line, and
 * each character is read a few times at most, however broken the file. It does not know what the cells mean. It asks
 * the caller whether a line is a row of its own, which no quoted cell should swallow.
 */

export interface CsvRow {
  /** Counted from 1. */
  readonly line: number;
  /** Null if a quote is not closed, or closed before the end of its cell: it is unknown where the row ends. */
  readonly cells: readonly string[] | null;
  /** An unquoted cell that has an unpaired quotation mark. */
  readonly strayQuote: string | null;
}

/** A longer quoted cell is taken for a missing quote: it must not swallow the rest of the file. */
const MAX_QUOTED = 2000;
/** The same for one row's lines: with unpaired quotes, each line would be read together with all that follow. */
const MAX_ROW_LINES = 20;

/** The shape of a table's rows, if known. */
export interface RowShape {
  readonly width: number;
  /** Whether cells of that width are a row of their own. */
  readonly isRow: (cells: readonly string[]) => boolean;
}

export function* csvRows(text: string, delimiter: string, shape?: RowShape): Generator<CsvRow> {
  const cellEnd = new RegExp(`${escaped(delimiter)}|\\r\\n?|\\n|$`, 'g');
  const lineEnd = /\r\n?|\n|$/g;
  let line = 1;
  for (let at = 0; at < text.length;) {
    const row = readRow(at);
    const begin = line;
    if (row === null) {
      line += 1;
      at = endOf(lineEnd, at).next;
      yield { line: begin, cells: null, strayQuote: null };
    } else {
      line += row.lines;
      at = row.next;
      yield { line: begin, cells: row.cells, strayQuote: row.strayQuote };
    }
  }

  function endOf(what: RegExp, from: number): { readonly at: number; readonly next: number; readonly found: string } {
    what.lastIndex = from;
    const found = what.exec(text)?.[0] ?? '';
    const next = found === '' ? text.length : what.lastIndex;
    return { at: next - found.length, next, found };
  }

  function readRow(from: number) {
    const cells: string[] = [];
    let lines = 1;
    let strayQuote: string | null = null;
    for (let at = from; ;) {
      let cell = '';
      let behind = at;
      while (text[behind] === ' ') behind += 1;
      const isQuoted = text[behind] === '"';
      if (isQuoted) {
        const quoted = readQuoted(behind + 1);
        if (quoted === null) return null;
        cell = quoted.cell;
        lines += countLineEnds(cell);
        if (lines > MAX_ROW_LINES) return null;
        at = quoted.next;
      }
      const end = endOf(cellEnd, at);
      const rest = text.slice(at, end.at);
      // Only blanks may follow a closing quote.
      if (isQuoted && rest.trim() !== '') return null;
      if (!isQuoted && rest.split('"').length % 2 === 0) strayQuote ??= rest;
      cells.push(isQuoted ? cell : rest);
      at = end.next;
      if (end.found === delimiter) continue;
      return lines > 1 && hasSwallowed(text.slice(from, at), cells.length)
        ? null
        : { cells, strayQuote, lines, next: at };
    }
  }

  /** If a quoted cell runs over a line end from one complete row into another, the quote is wrong. */
  function hasSwallowed(row: string, length: number): boolean {
    if (shape === undefined) return false;
    const width = Math.min(length, shape.width);
    const [first = [], ...others] = row.split(/\r\n?|\n/).map((line) => line.split(delimiter));
    return first.length >= width && others.some((cells) => cells.length >= width && shape.isRow(cells));
  }

  function readQuoted(from: number): { readonly cell: string; readonly next: number } | null {
    let cell = '';
    for (let at = from; ;) {
      const quote = text.indexOf('"', at);
      if (quote < 0 || quote - from > MAX_QUOTED) return null;
      cell += text.slice(at, quote);
      if (text[quote + 1] !== '"') return { cell, next: quote + 1 };
      cell += '"';
      at = quote + 2;
    }
  }
}

function countLineEnds(text: string): number {
  return (text.match(/\r\n?|\n/g) ?? []).length;
}

function escaped(delimiter: string): string {
  return delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
