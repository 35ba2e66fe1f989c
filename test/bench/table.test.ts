/** What the table of figures says, and when an aim is met. */
import { describe, expect, test } from 'vitest';
import { atLeast, atMost, byTurns, isMet, type Line, type Measured } from '../../bench/figure.ts';
import { COLUMNS, jsonLine, markdownTable, rowOf, textTable } from '../../bench/table.ts';

const LINE: Line = { figure: 'a figure', floor: 'its floor', unit: 'ms', compare: 'ratio', aim: atMost(1.5) };
const MEASURED: Measured = { ...LINE, samples: { product: [30, 20, 10], floor: [10, 20, 40] } };
const MISSING: Measured = { ...LINE, missing: 'no Chromium was found' };

describe('an aim', () => {
  test.each([
    [atMost(1.5), [15], [10], true],
    [atMost(1.5), [15.1], [10], false],
    [atLeast(0.7), [70], [100], true],
    [atLeast(0.7), [69], [100], false],
    [atMost(1), [1, 2, 900], [2, 2, 2], true],
  ])('is met by the medians: case %#', (aim, product, floor, expected) => {
    expect(isMet({ aim, samples: { product, floor } })).toBe(expected);
  });
});

describe('a row', () => {
  test('has median and spread of both, their ratio, and whether the aim is met', () => {
    expect(rowOf(MEASURED)).toEqual([
      'a figure',
      'its floor',
      '20.0 ms (10.0–30.0)',
      '20.0 ms (10.0–40.0)',
      '1.00 ×',
      'at most 1.5 ×',
      'yes',
    ]);
  });

  test('says no where the aim is not met', () => {
    expect(rowOf({ ...LINE, samples: { product: [16], floor: [10] } }).at(-1)).toBe('no');
  });

  test('has a difference where the floor may be nothing', () => {
    const row = rowOf({ ...LINE, compare: 'difference', samples: { product: [0.8], floor: [0] } });
    expect(row[4]).toBe('+0.80');
  });

  test('without an aim is neither met nor missed', () => {
    expect(rowOf({ ...MEASURED, aim: null }).slice(5)).toEqual(['—', '—']);
  });

  test('of what could not be measured says so, and why, and is not met', () => {
    expect(rowOf(MISSING)).toEqual([
      'a figure',
      'its floor',
      'not measured',
      'not measured',
      '—',
      'at most 1.5 ×',
      'no: no Chromium was found',
    ]);
  });

  test.each([
    [0.123, '0.12'],
    [12.34, '12.3'],
    [123.4, '123'],
    [1234.5, '1,235'],
    [233_456, '233,000'],
  ])('writes %d as %s', (value, text) => {
    expect(rowOf({ ...LINE, samples: { product: [value], floor: [1] } })[2]).toBe(`${text} ms (${text}–${text})`);
  });
});

test('the table in text has all columns under each other', () => {
  const [head, rule, ...rows] = textTable([rowOf(MEASURED), rowOf(MISSING)]).split('\n');
  for (const column of COLUMNS) expect(head).toContain(column);
  expect(rule).toMatch(/^[─ ]+$/);
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row.indexOf('at most')).toBe(head?.indexOf('aim'));
});

test('the table in Markdown keeps a bar in a cell inside it', () => {
  const row = rowOf({ ...MISSING, missing: 'a | b' });
  expect(markdownTable([row]).split('\n')[2]).toContain('a \\| b |');
});

describe('as JSON', () => {
  test('a line has every sample', () => {
    expect(jsonLine(MEASURED)).toEqual({
      figure: 'a figure',
      floor: 'its floor',
      unit: 'ms',
      compare: 'ratio',
      aim: 'at most 1.5 ×',
      isMet: true,
      missing: null,
      measured: { median: 20, least: 10, greatest: 30, samples: [30, 20, 10] },
      measuredFloor: { median: 20, least: 10, greatest: 40, samples: [10, 20, 40] },
      comparison: 1,
    });
  });

  test('what could not be measured is there with the reason', () => {
    expect(jsonLine(MISSING)).toMatchObject({ missing: 'no Chromium was found', isMet: null, measured: null });
  });
});

test('floor and product are measured by turns', async () => {
  const order: string[] = [];
  const take = (name: string, value: number) => async () => {
    order.push(name);
    return value;
  };
  expect(await byTurns(2, { floor: take('floor', 1), product: take('product', 2) })).toEqual({
    product: [2, 2],
    floor: [1, 1],
  });
  expect(order).toEqual(['floor', 'product', 'floor', 'product']);
});
