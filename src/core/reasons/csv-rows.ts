/**
 * Cells out of a CSV text, row by row, with the line in which each row begins. A quote that is not right costs its line and
 * no more, and each letter is looked at a few times at most, however broken the file. It does not know what the cells are,
 * but asks whether a line is a row of its own, which no cell is meant to swallow.
 */

export interface CsvRow {
  /** From 1. */
  readonly line: number;
  /** Null where a quote is open, or closed before the cell's end: nobody can tell where the row ends. */
  readonly cells: readonly string[] | null;
  /** A cell not in quotes in which a quotation mark has no partner. */
  readonly strayQuote: string | null;
}

/** A quote that is open for longer is taken for a slip: no cell is meant to swallow the rest of a file. */
const MAX_QUOTED = 2000;
/** Nor does one row go on for so many lines: where quotes are out of step, each line would be read with all that follow. */
const MAX_ROW_LINES = 20;

/** What a row of a table is like, where that is known already. */
export interface RowShape {
  readonly width: number;
  /** Whether cells of that width are a row by themselves. */
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
      // Behind a closing quote there may be blanks, and nothing else.
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

  /** Where a quote goes on over the line end from one whole row into another, it is the quote that is wrong. */
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
