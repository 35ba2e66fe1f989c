/**
 * The rules of docs/PROTOCOL.md have ids, which tests cite in their titles: each rule has a test, and each cited rule
 * exists.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const PROTOCOL = read('docs/PROTOCOL.md');

/** The ids in order. A rule is where its id is in bold. */
const rules = Array.from(PROTOCOL.matchAll(/\*\*\[([A-Z]+-\d+)\]\*\*/g), ([, id = '']) => id);

/** Every id in the title of a test or group, with its file. */
const citations = readdirSync(path.join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(test|spec)\.ts$/.test(file))
  .flatMap((file) =>
    Array.from(read(path.join('test', file)).matchAll(/^[^/]*?['`]((?:\[[A-Z]+-\d+\] )+)/gm), ([, ids = '']) =>
      Array.from(ids.matchAll(/[A-Z]+-\d+/g), ([id]) => ({ id, file })),
    ).flat(),
  );

test('there are rules, each with its own id, numbered without gaps', () => {
  expect(rules.length).toBeGreaterThan(100);
  const counts = new Map<string, number>();
  for (const id of rules) {
    const [subject = '', number] = id.split('-');
    counts.set(subject, (counts.get(subject) ?? 0) + 1);
    expect(`${subject}-${String(number)}`).toBe(`${subject}-${String(counts.get(subject))}`);
  }
});

test.each(rules)('[%s] has a test that cites it', (id) => {
  expect(citations.map((citation) => citation.id)).toContain(id);
});

test('every rule that a test cites is in the protocol', () => {
  expect(citations.filter(({ id }) => !rules.includes(id))).toEqual([]);
});

test('every rule that the protocol refers to exists', () => {
  const referred = Array.from(PROTOCOL.matchAll(/\[([A-Z]+-\d+)\]/g), ([, id = '']) => id);
  expect(referred.filter((id) => !rules.includes(id))).toEqual([]);
});
