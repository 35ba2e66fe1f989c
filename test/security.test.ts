/** SECURITY.md names a test for each defence, and each named test exists. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const lines = read('SECURITY.md')
  .split('\n')
  .filter((line) => /^\| (?!item|-)/.test(line));

test('every line of the checklist names a test', () => {
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines) expect(line).toMatch(/\| `test\/[\w/.-]+\.ts`: .+ \|$/);
});

test.each(lines.map((line) => [line.split('|')[1]?.trim() ?? '', line] as const))('%s', (_, line) => {
  const [, file = '', name = ''] = /`(test\/[\w/.-]+\.ts)`: (.+?) +\|$/.exec(line) ?? [];
  expect(read(file)).toContain(`test('${name}'`);
});
