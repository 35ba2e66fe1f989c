/** The figures as table rows: for the terminal, for docs/PERFORMANCE.md, and as JSON. It measures nothing. */
import { isMet, type Measured } from './figure.ts';
import { greatest, least, median } from './statistics.ts';

export const COLUMNS = ['figure', 'floor', 'measured', 'its floor', 'to its floor', 'aim', 'met'] as const;

export type Row = readonly [string, string, string, string, string, string, string];

export function rowOf(line: Measured): Row {
  const { figure, floor, unit, aim } = line;
  const words = aim?.words ?? '—';
  if ('missing' in line) return [figure, floor, 'not measured', 'not measured', '—', words, `no: ${line.missing}`];
  const { product, floor: floorSamples } = line.samples;
  return [
    figure,
    floor,
    measuredText(product, unit),
    measuredText(floorSamples, unit),
    comparison(line.compare, median(product), median(floorSamples)),
    words,
    aim === null ? '—' : isMet({ samples: line.samples, aim }) ? 'yes' : 'no',
  ];
}

/** For the terminal: aligned columns. */
export function textTable(rows: readonly Row[]): string {
  const all = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const text = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = text(widths.map((width) => '─'.repeat(width)));
  return [text(COLUMNS), rule, ...rows.map(text)].join('\n');
}

/** For the document. */
export function markdownTable(rows: readonly Row[]): string {
  const text = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [text(COLUMNS), text(COLUMNS.map(() => '---')), ...rows.map(text)].join('\n');
}

export interface JsonLine {
  readonly figure: string;
  readonly floor: string;
  readonly unit: string;
  readonly aim: string | null;
  /** Null if it was not measured, or has no target. */
  readonly isMet: boolean | null;
  readonly missing: string | null;
  readonly measured: Summary | null;
  readonly measuredFloor: Summary | null;
  /** The ratio or the difference of the medians, according to `compare`. */
  readonly compare: 'ratio' | 'difference';
  readonly comparison: number | null;
}

interface Summary {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  readonly samples: readonly number[];
}

export function jsonLine(line: Measured): JsonLine {
  const { figure, floor, unit, aim, compare } = line;
  const head = { figure, floor, unit, compare, aim: aim?.words ?? null };
  if ('missing' in line) {
    return { ...head, isMet: null, missing: line.missing, measured: null, measuredFloor: null, comparison: null };
  }
  const { samples } = line;
  const measured = summary(samples.product);
  const measuredFloor = summary(samples.floor);
  return {
    ...head,
    isMet: aim === null ? null : isMet({ samples, aim }),
    missing: null,
    measured,
    measuredFloor,
    comparison: compared(compare, measured.median, measuredFloor.median),
  };
}

function summary(samples: readonly number[]): Summary {
  return { median: median(samples), least: least(samples), greatest: greatest(samples), samples };
}

/** The median, with the smallest and the largest in brackets. */
function measuredText(samples: readonly number[], unit: string): string {
  const spread = `${numberText(least(samples))}–${numberText(greatest(samples))}`;
  return `${numberText(median(samples))} ${unit} (${spread})`;
}

function comparison(compare: 'ratio' | 'difference', product: number, floor: number): string {
  const value = compared(compare, product, floor);
  return compare === 'ratio' ? `${value.toFixed(2)} ×` : `${value < 0 ? '' : '+'}${numberText(value)}`;
}

function compared(compare: 'ratio' | 'difference', product: number, floor: number): number {
  return compare === 'ratio' ? product / floor : product - floor;
}

/** About three digits, which is more than the precision of any figure. */
function numberText(value: number): string {
  const size = Math.abs(value);
  const rounded = size >= 10_000 ? Math.round(value / 1000) * 1000 : value;
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return rounded.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
