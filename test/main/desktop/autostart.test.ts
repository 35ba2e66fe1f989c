/** Autostart: a file on Linux, the system's own list elsewhere. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAutostartDue, setAutostart } from '../../../src/main/desktop/autostart.ts';

let configDir = '';
beforeEach(async () => {
  configDir = await mkdtemp(path.join(tmpdir(), 'autostart-'));
});
afterEach(() => rm(configDir, { recursive: true }));

function set(isWanted: boolean, platform: NodeJS.Platform, program = '/opt/widget') {
  const items: boolean[] = [];
  const setLoginItem = (isOne: boolean): void => {
    items.push(isOne);
  };
  return setAutostart(isWanted, { platform, configDir, program, setLoginItem }).then(() => items);
}

test('on Linux it is a file that starts the widget in the tray, and that is removed when not wanted', async () => {
  expect(await set(true, 'linux')).toEqual([]);
  const file = path.join(configDir, 'autostart', 'uccx-team-widget.desktop');
  expect(await readFile(file, 'utf8')).toContain('Exec="/opt/widget" --hidden\n');
  await set(false, 'linux');
  expect(await readdir(path.join(configDir, 'autostart'))).toEqual([]);
  await expect(set(false, 'linux')).resolves.toEqual([]);
});

test('characters with a meaning in such a file are escaped in the path', async () => {
  await set(true, 'linux', '/opt/100% "my" $apps\\x');
  const text = await readFile(path.join(configDir, 'autostart', 'uccx-team-widget.desktop'), 'utf8');
  expect(text).toContain(String.raw`Exec="/opt/100%% \\"my\\" \\$apps\\\\x" --hidden`);
});

test('elsewhere it is the system’s own list', async () => {
  expect(await set(true, 'win32')).toEqual([true]);
  expect(await set(false, 'darwin')).toEqual([false]);
  expect(await readdir(configDir)).toEqual([]);
});

test.each([
  // At startup, only the setting or a policy changes anything.
  [true, null, false, true],
  [false, null, false, false],
  [false, null, true, true],
  // Changed while running.
  [false, true, false, true],
  [false, false, false, false],
])('wanted %j, before %j, by policy %j: it is changed: %j', (isWanted, wasWanted, isPolicy, isDue) => {
  expect(isAutostartDue(isWanted, { wasWanted, isPolicy })).toBe(isDue);
});
