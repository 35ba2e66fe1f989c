/** Values in the text of JSON, verbatim. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indentedJson, rawAt, rawItems } from '../../../src/core/base/raw-json.ts';

describe('a value by its path', () => {
  test.each<[string, readonly string[], string | null]>([
    ['{"a":1e3}', ['a'], '1e3'],
    [' { "a" : { "b" : 9007199254740993 } } ', ['a', 'b'], '9007199254740993'],
    ['{"a":"}\\"{","b":[1, 2]}', ['b'], '[1, 2]'],
    ['{"a":1,"a":2.0}', ['a'], '2.0'],
    ['{"\\u0061":null}', ['a'], 'null'],
    ['{"__proto__":-0}', ['__proto__'], '-0'],
    ['{"a":[1]}', ['a', 'b'], null],
    ['{"a":1}', ['b'], null],
    ['7', ['a'], null],
    ['7 ', [], '7'],
    ['', ['a'], null],
  ])('%s', (json, path, raw) => {
    expect(rawAt(json, path)).toBe(raw);
  });

  test('is found beneath a hundred thousand levels', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(rawAt(`{"a":${deep},"b":1}`, ['b'])).toBe('1');
    expect(rawItems(deep)).toHaveLength(1);
  });
});

const json = fc
  .tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

test('whatever the value is, its text reads back as itself', () => {
  fc.assert(
    fc.property(fc.string(), json, json, (key, before, value) => {
      const raw = rawAt(`{${JSON.stringify(`${key}.`)}: ${before}, ${JSON.stringify(key)} :${value}}`, [key]);
      expect(JSON.parse(raw ?? 'undefined')).toEqual(JSON.parse(value));
    }),
  );
});

test('the items of a list are its items', () => {
  fc.assert(
    fc.property(fc.array(json), (items) => {
      const read = rawItems(`[ ${items.join(' ,')}]`)?.map((item): unknown => JSON.parse(item));
      expect(read).toEqual(items.map((item): unknown => JSON.parse(item)));
    }),
  );
  expect(rawItems('{"0":1}')).toBeNull();
});

test('an indented text looks as JSON.stringify would have made it', () => {
  fc.assert(
    fc.property(json, (text) => {
      expect(indentedJson(text, Infinity)).toBe(JSON.stringify(JSON.parse(text), null, 2));
    }),
  );
  expect(indentedJson('{"a":9007199254740993,"b":[1.0,{}]}', 1000)).toBe(
    '{\n  "a": 9007199254740993,\n  "b": [\n    1.0,\n    {}\n  ]\n}',
  );
});

test('a text nested too deeply to be shown is cut off', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(indentedJson(deep, 1000).length).toBeLessThan(2000);
});
