/** What the profile folder remembers when two widgets share it: one in its window, one in a browser. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ProfileFile } from '../../../src/host/base/profile-file.ts';
import { LayoutFile } from '../../../src/host/board/layout-file.ts';
import { RecentCalls } from '../../../src/host/journey/recent-calls.ts';
import { FIRST_LAYOUT } from '../../../src/shared/board/layout.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const clock = new FakeClock();
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

describe('the recent calls', () => {
  test('are those of both widgets, the latest first and each once', async () => {
    const one = new RecentCalls(folder, log, clock);
    const other = new RecentCalls(folder, log, clock);
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

  test('are at most twenty, whoever asked', async () => {
    const one = new RecentCalls(folder, log, clock);
    const other = new RecentCalls(folder, log, clock);
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

  test.each(['', '{', '7', '{"a":1}'])('replace anything that is not a list: %j', async (text) => {
    await writeFile(path.join(folder, 'recent-calls.json'), text);
    const calls = new RecentCalls(folder, log, clock);
    calls.add('c1');
    calls.flush();
    expect(await written('recent-calls.json')).toEqual(['c1']);
  });

  test('do not wait for a pipe in place of their file', async () => {
    const file = path.join(folder, 'recent-calls.json');
    execFileSync('mkfifo', [file]);
    const calls = new RecentCalls(folder, log, clock);
    calls.add('c1');
    calls.flush();
    expect(await written('recent-calls.json')).toEqual(['c1']);
  });
});

/** Replaces the file by something that can't be opened, and does not look missing either. */
async function hide(name: string): Promise<() => Promise<void>> {
  const file = path.join(folder, name);
  await rename(file, `${file}.away`);
  await symlink(name, file);
  return async () => {
    await rename(`${file}.away`, file);
  };
}

test('a change is written half a second later, and many are written at once', async () => {
  const calls = new RecentCalls(folder, log, clock);
  calls.add('c1');
  clock.advance(400);
  calls.add('c2');
  clock.advance(499);
  await expect(written('recent-calls.json')).rejects.toThrow('ENOENT');
  clock.advance(1);
  expect(await written('recent-calls.json')).toEqual(['c2', 'c1']);
  expect(clock.timers).toBe(0);
});

describe('a file that can’t be read for a moment', () => {
  test('loses nothing: changes are written with the next write', async () => {
    const mine = { ...FIRST_LAYOUT, sort: 'status', isDescending: true, folded: ['t1', 't2'] } as const;
    await writeFile(path.join(folder, 'layout.json'), JSON.stringify(mine));
    const memory = new LayoutFile(folder, log, clock);
    const layout = await memory.read();
    const showAgain = await hide('layout.json');
    memory.remember({ ...layout, isTiled: false });
    memory.flush();
    expect(log.warn).toHaveBeenCalledTimes(1);
    expect(await memory.read(), 'it is known all the same').toEqual({ ...mine, isTiled: false });
    await showAgain();
    expect(await written('layout.json')).toEqual(mine);
    memory.flush();
    expect(await written('layout.json')).toEqual({ ...mine, isTiled: false });
  });

  test('at startup is not overwritten as if it were missing', async () => {
    const mine = { ...FIRST_LAYOUT, folded: ['t1', 't2'] };
    await writeFile(path.join(folder, 'layout.json'), JSON.stringify(mine));
    const showAgain = await hide('layout.json');
    const memory = new LayoutFile(folder, log, clock);
    const layout = await memory.read();
    await showAgain();
    memory.remember({ ...layout, isTiled: false });
    memory.flush();
    expect(await written('layout.json')).toEqual({ ...mine, isTiled: false });
  });

  test('keeps the earlier calls', async () => {
    await writeFile(path.join(folder, 'recent-calls.json'), '["c1"]');
    const calls = new RecentCalls(folder, log, clock);
    await calls.read();
    const showAgain = await hide('recent-calls.json');
    calls.add('c2');
    calls.flush();
    await showAgain();
    calls.add('c3');
    calls.flush();
    expect(await written('recent-calls.json')).toEqual(['c3', 'c2', 'c1']);
  });
});

test('the next write makes up for one that failed', async () => {
  const memory = new LayoutFile(folder, log, clock);
  const layout = await memory.read();
  await rename(folder, `${folder}-away`);
  const folded = { ...layout, folded: ['t1'] };
  memory.remember(folded);
  memory.flush();
  expect(log.warn).toHaveBeenCalledTimes(1);
  await rename(`${folder}-away`, folder);
  memory.remember({ ...folded, isTiled: false });
  memory.flush();
  expect(await written('layout.json')).toEqual({ ...folded, isTiled: false });
});

describe('the arrangement of the board', () => {
  test('has what each widget changed, and the rest as the other left it', async () => {
    const one = new LayoutFile(folder, log, clock);
    const other = new LayoutFile(folder, log, clock);
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

  test('is read together with what is not written yet', async () => {
    const memory = new LayoutFile(folder, log, clock);
    memory.remember({ ...(await memory.read()), isTiled: false });
    expect(await memory.read()).toEqual({ ...FIRST_LAYOUT, isTiled: false });
    memory.flush();
    memory.flush();
    expect(await written('layout.json')).toEqual({ ...FIRST_LAYOUT, isTiled: false });
  });
});

test('a reader also gets what is written while the file is being read', async () => {
  let answer: (content: { bytes: Buffer; stamp: string }) => void = () => undefined;
  const reading = new Promise<{ bytes: Buffer; stamp: string }>((resolve) => {
    answer = resolve;
  });
  const file = new ProfileFile(
    folder,
    'value.json',
    (text) => (text === '' ? 'nothing' : (JSON.parse(text) as string)),
    log,
    clock,
    () => reading,
  );
  const value = file.read();
  file.remember('new');
  file.flush();
  answer({ bytes: Buffer.from('"old"'), stamp: '1' });
  expect(await value).toBe('new');
});
