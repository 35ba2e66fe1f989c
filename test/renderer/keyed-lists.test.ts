/**
 * Repeated keys in a list break the page: Svelte throws, and never redraws what is around the list. So no list is keyed
 * by anything that may repeat, such as words, but by its position or by something unique by construction.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../src/renderer');
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));

/** By what makes each key unique. Think before adding one. */
const UNIQUE: Readonly<Record<string, string>> = {
  // Objects that the form itself creates.
  'draft.limits: limit': 'the object itself',
  'draft.floors: floor': 'the object itself',
  'alerts.quietHours: hours': 'the object itself',
  // Counted ids, or the keys of a map.
  'alerts.list: alert.id': 'counted up',
  'support.announcements: announcement.type': 'one of each type',
  'link.violations: kind': 'one of each kind',
  'countsByKind(head.counts): kind': 'one of each kind',
  'countsByKind(counts): kind': 'one of each kind',
  'stack.open: dialog': 'a dialog is open once',
  'near: level': 'one of each level',
  'levels: level': 'one of each level',
  'live.board.shown: team.id': 'teams are in a map by id',
  'teams: id': 'teams are in a map by id',
  'lines.view.teams: drawn.team.id': 'teams are in a map by id',
  'drawn.members: member.id': 'the members of one team are in a map by id',
  'named: row.memberId': 'the members of one team are in a map by id',
  'free: row.memberId': 'people are put together by id',
  'left: memberId': 'people are in a map by id',
  'joined: row.memberId': 'people are in a map by id',
  'long: row.memberId': 'people are in a map by id',
  'changed: memberId': 'people are in a map by id',
  'refused: agentId': 'agents are in a map by id',
  'journey.tabs: tab.callId': 'a call has one tab',
  'others: callId': 'a call has one tab',
  'list: callId': 'calls of the demo, or recent ones, in which each is once',
  'lines: line.key': 'by position among its own kind',
  'page: step.number': 'steps are numbered as they are read',
  'steps: step.number': 'steps are numbered as they are read',
};

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** The keys in a component that are neither positions nor constants of the page, as “list: key”. */
function doubtfulKeys(source: string): string[] {
  const found: string[] = [];
  walk(parse(source, { modern: true }).fragment);
  return found;

  function walk(node: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const one of node) walk(one);
      return;
    }
    const block = node as Node & { readonly key?: Node | null; readonly index?: string; readonly expression: Node };
    if (block.type === 'EachBlock' && block.key) {
      const list = source.slice(block.expression.start, block.expression.end);
      const key = source.slice(block.key.start, block.key.end);
      const isConstant = /^(?:[A-Z][A-Z_]*|keys|\['.*\] as const)$/s.test(list);
      if (key !== block.index && !isConstant) found.push(`${list}: ${key}`);
    }
    for (const part of Object.values(node)) walk(part);
  }
}

const ALL = FILES.flatMap((file) =>
  doubtfulKeys(readFileSync(path.join(ROOT, file), 'utf8')).map((key) => ({ file, key })),
);

test('no list in the page is keyed by something that may repeat', () => {
  expect(ALL.filter(({ key }) => !(key in UNIQUE))).toEqual([]);
});

test('every listed key is used', () => {
  expect(Object.keys(UNIQUE).filter((one) => !ALL.some(({ key }) => key === one))).toEqual([]);
});

test.each([
  ['{#each words as word (word)}{word}{/each}', ['words: word']],
  ['{#each f(a) as { b } (b.c)}x{:else}{#each c as d (d + e)}{d}{/each}{/each}', ['f(a): b.c', 'c: d + e']],
  ['{#each words as word, index (index)}{word}{/each}{#each words as word}{word}{/each}', []],
  ["{#each ['a', 'b'] as const as one (one)}{one}{/each}", []],
])('the keys in %s are found', (source, keys) => {
  expect(doubtfulKeys(`<script lang="ts"></script>${source}`)).toEqual(keys);
});
