/** Every path named in a document exists: in the text, in links, in the glossary, and in the architecture's diagram. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The changelog may name files that are gone by now. */
const DOCUMENTS = ['.', 'docs'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')
    .map((file) => path.posix.join(folder, file)),
);
const OURS = /(?:src|test|lab|scripts|bench|build|docs|\.ci|\.githooks|\.devcontainer|\.vscode)\/[\w./-]*\w/;

/** A file, a folder, or the start of a name: vitest accepts `test/docs/rules`. */
function isThere(named: string): boolean {
  const file = path.join(ROOT, named);
  if (existsSync(file)) return true;
  const folder = path.dirname(file);
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(`${path.basename(file)}.`));
}

function named(text: string): string[] {
  return Array.from(text.matchAll(new RegExp(`(?<![\\w./])${OURS.source}`, 'g')), ([one]) => one);
}

describe.each(DOCUMENTS)('%s', (file) => {
  test('names no file that does not exist', () => {
    const code = Array.from(read(file).matchAll(/`[^`\n]+`/g), ([one]) => one).join('\n');
    expect(named(code).filter((one) => !isThere(one))).toEqual([]);
  });

  test('links to no file that does not exist', () => {
    const links = Array.from(read(file).matchAll(/(?:\]\(|src=")([^)"#]+)/g), ([, link = '']) => link);
    const local = links.filter((link) => !link.startsWith('http'));
    expect(local.filter((link) => !existsSync(path.join(ROOT, path.dirname(file), link)))).toEqual([]);
  });
});

test('the path of the data leads through existing files', () => {
  const [diagram = ''] = /```.*?```/s.exec(read('ARCHITECTURE.md')) ?? [];
  const files = Array.from(
    diagram.matchAll(/\b(?:core|host|main|preview|renderer)\/[\w/-]*\w/g),
    ([one]) => `src/${one}`,
  );
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((one) => !isThere(one))).toEqual([]);
});

test('the architecture lists every room', () => {
  const rooms = readdirSync(path.join(ROOT, 'src'));
  expect(rooms.filter((room) => !read('ARCHITECTURE.md').includes(`| \`src/${room}\``))).toEqual([]);
});

describe('the glossary', () => {
  const rows = read('docs/GLOSSARY.md')
    .split('\n')
    .filter((line) => /^\| (?!term|-)/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  test('is short enough to be read', () => {
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(rows.length).toBeLessThanOrEqual(45);
  });

  test.each(rows.map(([, term = '', , place = '']) => [term, place] as const))('%s lives in %s', (_, place) => {
    expect(named(place)).toHaveLength(1);
    expect(named(place).filter((one) => !isThere(one))).toEqual([]);
  });
});
