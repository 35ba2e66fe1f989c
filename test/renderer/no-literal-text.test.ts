/** No component contains literal text: everything a person reads in the page comes from the text catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../src/renderer');
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));
/** Attributes, and properties of our components, that are read, on the screen or by a screen reader. */
const READ = new Set(['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'message', 'remedy']);
/** The product has the same name in every language. */
const ALLOWED = new Set(['UCCX Team Widget']);

/** The literal words in a component's markup. */
function wordsIn(source: string): string[] {
  const words: string[] = [];
  walk(parse(source, { modern: true }).fragment, (text) => words.push(text));
  return words.map((text) => text.trim()).filter((text) => /\p{L}/u.test(text) && !ALLOWED.has(text));
}

function walk(node: unknown, report: (text: string) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, report);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, name, data } = node as Readonly<Record<string, unknown>>;
  // Such as `class="muted"` and `style:height="7px"`: these contain words that nobody reads.
  if ((type === 'Attribute' && !READ.has(String(name))) || type === 'StyleDirective') return;
  if (type === 'Text') report(String(data));
  if (type === 'ExpressionTag') reportLiterals(node, report);
  for (const part of Object.values(node)) walk(part, report);
}

/**
 * Texts in an expression, as in `title={isOpen ? 'Close' : 'Open'}`, unless they are only compared or passed to a
 * function.
 */
function reportLiterals(node: unknown, report: (text: string) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const one of node) reportLiterals(one, report);
    return;
  }
  const { type, value } = node as Readonly<Record<string, unknown>>;
  if (type === 'CallExpression' || type === 'BinaryExpression') return;
  if (type === 'Literal' && typeof value === 'string') report(value);
  if (type === 'TemplateElement') report((value as { readonly raw: string }).raw);
  for (const part of Object.values(node)) reportLiterals(part, report);
}

test('all components are checked', () => {
  expect(FILES.length).toBeGreaterThan(15);
});

test.each(FILES)('%s contains no literal words', (file) => {
  expect(wordsIn(readFileSync(path.join(ROOT, file), 'utf8'))).toEqual([]);
});

test.each([
  ['<p>Hello</p>', ['Hello']],
  ['{#if a}<p>x</p>{:else}<b>y {c}</b>{/if}', ['x', 'y']],
  ['{#each a as b}{b}{:else}None.{/each}', ['None.']],
  ['{#snippet s()}<i>Hi</i>{/snippet}', ['Hi']],
  ['<button title="Close" aria-label="Shut {a}" class="plain">×</button>', ['Close', 'Shut']],
  ["<button title={a ? 'On' : `Off`}></button>", ['On', 'Off']],
  ['<Failure message="No" code="no" />', ['No']],
  ["<p>{a === null ? 'now' : t('a.b')}</p>", ['now']],
  ["<p title={t('a.b')}>{t('a.c')} · {n} ≥ 99+</p>", []],
  ['<h1>UCCX Team Widget</h1>', []],
  ['<style>p { color: red; }</style>', []],
])('in %s it finds %j', (source, words) => {
  expect(wordsIn(source)).toEqual(words);
});
