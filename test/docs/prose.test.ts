/**
 * The documents are readable: no sentence over 35 words, even in tables, and no line over 120 columns outside of tables
 * and code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MAX_WORDS = 35;
const MAX_COLUMNS = 120;

const DOCUMENTS = ['.', 'docs'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join(folder, file)),
);

/** What a person reads in one go: a paragraph, a list item, a heading, a table cell. */
function blocks(markdown: string): string[] {
  const prose = withoutCode(markdown).replaceAll(/<!--.*?-->/gs, '\n\n');
  const [tables, rest] = [[] as string[], [] as string[]];
  for (const line of prose.split('\n')) (isTable(line) ? tables : rest).push(isTable(line) ? line : line.trim());
  const cells = tables.flatMap((line) => line.split(/(?<!\\)\||<br>/));
  return [...cells, ...rest.join('\n').split(/\n{2,}|\n(?=[-*] |\d+\. |#)/)];
}

function withoutCode(markdown: string): string {
  return markdown
    .replaceAll(/^ *```.*?^ *```$/gms, '')
    .replaceAll(/^ {4}.*$/gm, (line) => (/^ +[-*\d]/.test(line) ? line : ''));
}

function isTable(line: string): boolean {
  return line.trimStart().startsWith('|');
}

function sentences(block: string): string[] {
  return block
    .replaceAll(/`[^`]*`/g, 'code')
    .replaceAll(/\]\([^)]*\)/g, ']')
    .replaceAll(/<[^>]*>/g, '')
    .split(/(?<=[.!?]["”’)*_]*)\s+/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim());
}

function words(sentence: string): number {
  return sentence.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

test('all documents are checked', () => {
  expect(DOCUMENTS).toEqual(
    expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/PROTOCOL.md', 'docs/GLOSSARY.md']),
  );
});

describe.each(DOCUMENTS)('%s', (file) => {
  const markdown = readFileSync(path.join(ROOT, file), 'utf8');

  test(`has no sentence of more than ${String(MAX_WORDS)} words`, () => {
    const long = blocks(markdown)
      .flatMap(sentences)
      .filter((sentence) => words(sentence) > MAX_WORDS);
    expect(long).toEqual([]);
  });

  test(`has no line of more than ${String(MAX_COLUMNS)} columns`, () => {
    const long = withoutCode(markdown)
      .split('\n')
      .filter((line) => line.length > MAX_COLUMNS && !isTable(line));
    expect(long).toEqual([]);
  });
});

describe('a sentence that is too long', () => {
  const long = `${'word '.repeat(MAX_WORDS)}word`;

  test.each([
    ['in a paragraph', `Short. ${long}. Short.`],
    ['over several lines', long.replaceAll(/(word ){5}/g, '$&\n')],
    ['in a list', `- one\n- ${long}`],
    ['in a list within a list', `- one\n    - ${long}`],
    ['in a table', `| a | b |\n| - | - |\n| one | ${long} |`],
    ['in emphasis and links', `_${long}_ [x](https://example.com)`],
  ])('%s', (_, markdown) => {
    expect(
      blocks(markdown)
        .flatMap(sentences)
        .filter((one) => words(one) > MAX_WORDS),
    ).toHaveLength(1);
  });

  test('but not in code', () => {
    expect(
      blocks(`\`\`\`\n${long}\n\`\`\`\n\n    ${long}\n`)
        .flatMap(sentences)
        .filter((one) => words(one) > MAX_WORDS),
    ).toEqual([]);
  });
});
