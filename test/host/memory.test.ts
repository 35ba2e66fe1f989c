/** What is remembered in the profile folder, by two widgets that share it: the one in its window and the one in a browser. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LayoutMemory } from '../../src/host/layout-memory.ts';
import { RecentCalls } from '../../src/host/recent-calls.ts';
import { FIRST_LAYOUT } from '../../src/shared/layout.ts';

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'memory-'));
});
afterEach(async () => {
  vi.clearAllMocks();
  await rm(folder, { recursive: true });
});

async function written(name: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder, name), 'utf8'));
}

describe('the calls that were asked for lately', () => {
  test('are those of both widgets, the latest first and each once', async () => {
    const one = new RecentCalls(folder, log);
    const other = new RecentCalls(folder, log);
    await Promise.all([one.read(), other.read()]);
    one.add('c1');
    one.add('c2');
    one.flush();
    other.add('c3');
    other.add('c1');
    other.flush();
    one.add('c4');
    one.flush();
    expect(await written('recent-calls.json')).toEqual(['c4', 'c1', 'c3', 'c2']);
  });

  test('are no more than twenty, whoever asked', async () => {
    const one = new RecentCalls(folder, log);
    const other = new RecentCalls(folder, log);
    for (let index = 0; index < 15; index += 1) {
      one.add(`a${String(index)}`);
      other.add(`b${String(index)}`);
    }
    one.flush();
    other.flush();
    const names = (letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${letter}${String(14 - index)}`);
    expect(await written('recent-calls.json')).toEqual([...names('b', 15), ...names('a', 5)]);
  });

  test.each(['', '{', '7', '{"a":1}'])('are written over what is no list: %j', async (text) => {
    await writeFile(path.join(folder, 'recent-calls.json'), text);
    const calls = new RecentCalls(folder, log);
    calls.add('c1');
    calls.flush();
    expect(await written('recent-calls.json')).toEqual(['c1']);
  });

  test('wait for no pipe in the place of their file', async () => {
    const file = path.join(folder, 'recent-calls.json');
    execFileSync('mkfifo', [file]);
    const calls = new RecentCalls(folder, log);
    calls.add('c1');
    calls.flush();
    expect(await written('recent-calls.json')).toEqual(['c1']);
  });
});

describe('how the board is arranged', () => {
  test('is what each widget changed, and the rest as the other left it', async () => {
    const one = new LayoutMemory(folder, log);
    const other = new LayoutMemory(folder, log);
    const [ofOne, ofOther] = await Promise.all([one.read(), other.read()]);
    one.remember({ ...ofOne, sort: 'time', folded: ['t1', 't2'] });
    one.flush();
    other.remember({ ...ofOther, isDescending: true, folded: ['t3'] });
    other.flush();
    one.remember({ ...ofOne, sort: 'time', folded: ['t1'] });
    one.flush();
    expect(await written('layout.json')).toEqual({
      ...FIRST_LAYOUT,
      sort: 'time',
      isDescending: true,
      folded: ['t1', 't3'],
    });
  });

  test('is read with what is not written yet', async () => {
    const memory = new LayoutMemory(folder, log);
    memory.remember({ ...(await memory.read()), isTiled: false });
    expect(await memory.read()).toEqual({ ...FIRST_LAYOUT, isTiled: false });
    memory.flush();
    memory.flush();
    expect(await written('layout.json')).toEqual({ ...FIRST_LAYOUT, isTiled: false });
  });
});
