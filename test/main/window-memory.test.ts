import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WindowMemory, parseRemembered } from '../../src/main/window-memory.ts';

const place = { x: -10, y: 20, width: 400, height: 500 };
const first = { place: null, isPinned: true };

describe('what is read of window.json', () => {
  it('is what was written', () => {
    expect(parseRemembered(JSON.stringify({ place, isPinned: false }))).toEqual({ place, isPinned: false });
  });

  it.each(['', '{', 'null', '[]', '7', '"x"', '{"place":{"x":1}'])(
    'is a first start’s from the broken text %j',
    (text) => {
      expect(parseRemembered(text)).toEqual(first);
    },
  );

  it.each([
    { ...place, x: '1' },
    { ...place, width: 0 },
    { ...place, y: 1e12 },
    { ...place, height: 1.5 },
    { x: 1, y: 1 },
    7,
  ])('keeps the pin and drops the unusable place %j', (unusable) => {
    expect(parseRemembered(JSON.stringify({ place: unusable, isPinned: false }))).toEqual({
      place: null,
      isPinned: false,
    });
  });

  it('keeps the place and drops an unusable pin', () => {
    expect(parseRemembered(JSON.stringify({ place, isPinned: 'no' }))).toEqual({ place, isPinned: true });
  });
});

describe('the memory of the window', () => {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'uccx-window-'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.clearAllMocks();
    await rm(folder, { recursive: true });
  });

  it('is a first start’s where there is no file', async () => {
    expect(await new WindowMemory(folder, log).read()).toEqual(first);
  });

  it('writes only the last of many moves, once they have ended', async () => {
    const memory = new WindowMemory(folder, log);
    for (let x = 0; x < 50; x += 1) {
      memory.remember({ place: { ...place, x }, isPinned: true });
      vi.advanceTimersByTime(16);
    }
    expect(await readdir(folder)).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(await new WindowMemory(folder, log).read()).toEqual({ place: { ...place, x: 49 }, isPinned: true });
  });

  it('writes at once what is pending when the app quits, and only that', async () => {
    const memory = new WindowMemory(folder, log);
    memory.flush();
    expect(await readdir(folder)).toEqual([]);
    memory.remember({ place, isPinned: false });
    memory.flush();
    expect(parseRemembered(await readFile(path.join(folder, 'window.json'), 'utf8'))).toEqual({
      place,
      isPinned: false,
    });
  });

  it('logs that it can’t write, and goes on', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const memory = new WindowMemory(path.join(folder, 'file'), log);
    memory.remember({ place, isPinned: false });
    memory.flush();
    expect(log.warn).toHaveBeenCalledOnce();
  });
});
