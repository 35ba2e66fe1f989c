import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  FIRST_WINDOW,
  parseRemembered,
  WindowFile,
  type RememberedWindow,
} from '../../../src/main/desktop/window-file.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';

const place = { x: -10, y: 20, width: 400, height: 500 };
const remembered: RememberedWindow = {
  shape: 'strip',
  isPinned: false,
  places: { panel: { 1: place }, strip: { 1: place, 2: place }, wall: {} },
  displays: { panel: '1', wall: '2' },
};
const at = (x: number): RememberedWindow => ({
  ...remembered,
  places: { ...remembered.places, panel: { 1: { ...place, x } } },
});

describe('the content of window.json', () => {
  it('is what was written', () => {
    expect(parseRemembered(JSON.stringify(remembered))).toEqual(remembered);
  });

  it.each(['', '{', 'null', '[]', '7', '"x"', '{"places":{"panel":{"1"'])(
    'is that of a first start if the text is broken: %j',
    (text) => {
      expect(parseRemembered(text)).toEqual(FIRST_WINDOW);
    },
  );

  it.each([
    { ...place, x: '1' },
    { ...place, width: 0 },
    { ...place, y: 1e12 },
    { ...place, height: 1.5 },
    { x: 1, y: 1 },
    7,
  ])('keeps the rest and drops a shape’s places if one is unusable: %j', (unusable) => {
    const text = JSON.stringify({ ...remembered, places: { ...remembered.places, panel: { 1: unusable } } });
    expect(parseRemembered(text)).toEqual({ ...remembered, places: { ...remembered.places, panel: {} } });
  });

  it.each(['shape', 'isPinned', 'displays'] as const)('keeps the rest and drops an unusable %s', (key) => {
    const text = JSON.stringify({ ...remembered, [key]: 7 });
    expect(parseRemembered(text)).toEqual({ ...remembered, [key]: FIRST_WINDOW[key] });
  });
});

describe('the window’s file', () => {
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  let folder: string;
  let clock: FakeClock;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'uccx-window-'));
    clock = new FakeClock();
  });
  afterEach(async () => {
    vi.clearAllMocks();
    await rm(folder, { recursive: true });
  });

  it('gives the values of a first start if it is missing', async () => {
    expect(await new WindowFile(folder, log, clock).read()).toEqual(FIRST_WINDOW);
  });

  it('gets only the last of many moves, once they have ended', async () => {
    const file = new WindowFile(folder, log, clock);
    for (let x = 0; x < 50; x += 1) {
      file.remember(at(x));
      clock.advance(16);
    }
    expect(await readdir(folder)).toEqual([]);
    clock.advance(500);
    expect(await new WindowFile(folder, log, clock).read()).toEqual(at(49));
  });

  it('gets at once what is pending when the app quits, and only that', async () => {
    const file = new WindowFile(folder, log, clock);
    file.flush();
    expect(await readdir(folder)).toEqual([]);
    file.remember(remembered);
    file.flush();
    expect(parseRemembered(await readFile(path.join(folder, 'window.json'), 'utf8'))).toEqual(remembered);
  });

  it('may be unwritable, which is logged', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const file = new WindowFile(path.join(folder, 'file'), log, clock);
    file.remember(remembered);
    file.flush();
    expect(log.warn).toHaveBeenCalledOnce();
  });
});
