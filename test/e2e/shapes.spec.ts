/** The window's shapes, hotkeys and tray in a real Electron under a window manager. */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { lamp, row } from '../support/page-parts.ts';
import { addSettings, expect, member, test } from '../support/widget-fixture.ts';
import { NO_HOTKEYS } from '../../lab/no-hotkeys.ts';

function windowOf(app: ElectronApplication) {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('There is no window');
    return {
      bounds: window.getBounds(),
      isVisible: window.isVisible(),
      isOnTop: window.isAlwaysOnTop(),
      isFullScreen: window.isFullScreen(),
    };
  });
}

function moveTo(app: ElectronApplication, x: number, y: number): Promise<void> {
  return app.evaluate(
    ({ BrowserWindow }, at) => {
      BrowserWindow.getAllWindows()[0]?.setPosition(at.x, at.y);
    },
    { x, y },
  );
}

function setHotkeys(profileDir: string, hotkeys: Record<string, string>): Promise<void> {
  return addSettings(profileDir, { hotkeys: { ...NO_HOTKEYS, ...hotkeys } });
}

/** Presses keys as a person at the keyboard would, whatever has the focus. */
function pressGlobally(keys: string): void {
  const { status, error } = spawnSync('xdotool', ['key', keys]);
  if (status !== 0) throw new Error(`xdotool (apt-get install xdotool) did not press ${keys}`, { cause: error });
}

test('each shape has the right size, stays on top, and returns to where it was left', async ({
  launch,
  profileDir,
}) => {
  test.slow();
  const app = await launch([]);
  const page = await app.firstWindow();
  await expect(lamp(page)).toHaveText('Live');
  // Just after a change of shape, moves count as the window system's. A person moves the window later.
  await expect
    .poll(async () => {
      await moveTo(app, 149, 120);
      await moveTo(app, 150, 120);
      return readFile(path.join(profileDir, 'window.json'), 'utf8').catch(() => '');
    })
    .toMatch(/"x": 150,\s*"y": 120/);
  expect((await windowOf(app)).bounds).toEqual({ x: 150, y: 120, width: 380, height: 640 });

  await page.keyboard.press('F8');
  await expect.poll(async () => (await windowOf(app)).bounds.height).toBeLessThan(48);
  await expect(page.getByRole('region', { name: 'Strip' })).toBeVisible();
  expect(await windowOf(app)).toMatchObject({ isOnTop: true, isFullScreen: false });

  await page.keyboard.press('F8');
  await expect.poll(async () => (await windowOf(app)).isFullScreen).toBe(true);
  const area = await app.evaluate(({ screen }) => screen.getPrimaryDisplay().bounds);
  await expect.poll(async () => (await windowOf(app)).bounds).toEqual(area);

  await page.keyboard.press('Escape');
  await expect.poll(async () => (await windowOf(app)).isFullScreen).toBe(false);
  await expect.poll(async () => (await windowOf(app)).bounds).toEqual({ x: 150, y: 120, width: 380, height: 640 });
  // The key switches to the shape after the page's own, and the page learns its shape a moment after the window.
  await expect(page.getByRole('tab', { name: 'Team status' })).toBeVisible();
  await page.keyboard.press('F8');
  await expect.poll(async () => (await windowOf(app)).bounds.height).toBeLessThan(48);
  await app.close();

  const again = await launch([]);
  const strip = (await again.firstWindow()).getByRole('region', { name: 'Strip' });
  await expect(strip).toBeVisible();
  expect((await windowOf(again)).bounds.height).toBeLessThan(48);
  await (await again.firstWindow()).keyboard.press('F8');
  await expect.poll(async () => (await windowOf(again)).isFullScreen).toBe(true);
  await again.close();

  const wall = await launch([]);
  await expect.poll(async () => (await windowOf(wall)).isFullScreen).toBe(true);
  await wall.close();
  const hidden = await launch(['--hidden']);
  await expect(lamp(await hidden.firstWindow())).toHaveText('Live');
  expect(await windowOf(hidden)).toMatchObject({ isVisible: false, isFullScreen: false });
});

test('one hotkey shows who is free, whatever has the focus, from the tray and from the strip', async ({
  launch,
  processor,
  profileDir,
}) => {
  await setHotkeys(profileDir, { whoIsFree: 'Control+Alt+F', shape: 'Control+Alt+S' });
  const app = await launch();
  const page = await app.firstWindow();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', {
    teamId: 't1',
    teamName: 'Sales',
    members: [member('m1', { memberName: 'Ana Torres' })],
  });
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.getByRole('region', { name: 'Strip' })).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.hide();
  });
  await expect.poll(async () => (await windowOf(app)).isVisible).toBe(false);
  pressGlobally('ctrl+alt+f');
  await expect.poll(async () => (await windowOf(app)).isVisible).toBe(true);
  const dialog = page.getByRole('dialog', { name: 'Who is free' });
  await expect(dialog.getByRole('option', { name: /Ana Torres/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Strip' })).toBeVisible();
  pressGlobally('ctrl+alt+s');
  await expect.poll(async () => (await windowOf(app)).isFullScreen).toBe(true);
});

test('a hotkey that another program uses is reported, and another one can be set', async ({ launch, profileDir }) => {
  const otherDir = path.join(profileDir, 'other');
  await mkdir(otherDir);
  await writeFile(path.join(otherDir, 'settings.json'), '{}');
  for (const folder of [profileDir, otherDir]) await setHotkeys(folder, { whoIsFree: 'Control+Alt+G' });
  const other = await launch(['--profile-dir', otherDir]);
  await expect(lamp(await other.firstWindow())).toHaveText('Live');
  const app = await launch([]);
  const page = await app.firstWindow();
  await expect(lamp(page)).toHaveText('Live');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Appearance' }).click();
  await expect(dialog.getByText('Another program has this key.')).toHaveCount(1);
  await dialog.getByRole('textbox', { name: 'Who is free' }).fill('Control+Alt+Shift+J');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  pressGlobally('ctrl+alt+shift+j');
  await expect(page.getByRole('dialog', { name: 'Who is free' })).toBeVisible();
});

test('the tray’s menu changes the shape, mutes alerts, and opens who is free and the settings', async ({ launch }) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  await expect(lamp(page)).toHaveText('Live');
  // Only a tray would draw the menu, so we catch what it is built from.
  await app.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate.bind(Menu);
    Menu.buildFromTemplate = (template) => {
      const menu = build(template);
      (globalThis as { trayMenu?: Electron.Menu }).trayMenu = menu;
      return menu;
    };
  });
  const choose = async (...labels: string[]): Promise<void> => {
    await expect
      .poll(() =>
        app.evaluate((_electron, names) => {
          let menu = (globalThis as { trayMenu?: Electron.Menu }).trayMenu;
          let item: Electron.MenuItem | undefined;
          for (const name of names) {
            item = menu?.items.find(({ label }) => label === name);
            menu = item?.submenu;
          }
          if (item === undefined) return false;
          (item.click as () => void)();
          return true;
        }, labels),
      )
      .toBe(true);
  };
  await page.getByRole('button', { name: 'Always on top' }).click();
  await choose('Shape', 'Strip');
  await expect.poll(async () => (await windowOf(app)).bounds.height).toBeLessThan(48);
  await choose('Change shape');
  await expect.poll(async () => (await windowOf(app)).isFullScreen).toBe(true);
  await choose('Shape', 'Panel');
  await expect(page.getByRole('button', { name: 'Alerts', exact: true })).toBeVisible();
  await choose('Snooze', '15 min');
  await page.getByRole('button', { name: /^Alerts/ }).click();
  await expect(page.getByRole('button', { name: /^Snoozed for/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await choose('Who is free…');
  await expect(page.getByRole('dialog', { name: 'Who is free' })).toBeVisible();
  await page.keyboard.press('Escape');
  await choose('Settings…');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test('an alert is shown on the desktop, is closed when it ends, and leads to the window', async ({
  launch,
  processor,
  profileDir,
}) => {
  await addSettings(profileDir, { floors: [{ ready: 2 }], alerts: { floorAfterSeconds: 1 } });
  const app = await launch();
  const page = await app.firstWindow();
  // No desktop here would show it, so we catch the last step before.
  await app.evaluate(({ Notification }) => {
    const asked: string[] = [];
    (globalThis as { asked?: string[] }).asked = asked;
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      asked.push(`shown: ${this.title}`);
      (globalThis as { shown?: Electron.Notification }).shown = this;
    };
    Notification.prototype.close = function close() {
      asked.push(`closed: ${this.title}`);
    };
  });
  const asked = () => app.evaluate(() => (globalThis as { asked?: string[] }).asked ?? []);
  const connection = await processor.connection();
  await connection.begin();
  const sales = { teamId: 't1', teamName: 'Sales' };
  const bo = (status: string) => ({ ...sales, members: [member('m2', { memberName: 'Bo', status })] });
  connection.event('teamadded', '1001', { ...sales, members: [member('m1', { memberName: 'Ana' })] });
  connection.event('memberadded', '1001', bo('ACW'));
  await expect.poll(asked).toEqual(['shown: Sales: 1 of 2 ready']);
  await page.getByRole('button', { name: 'Hide to the tray' }).click();
  await expect.poll(async () => (await windowOf(app)).isVisible).toBe(false);
  await app.evaluate(() => {
    (globalThis as { shown?: Electron.Notification }).shown?.emit('click');
  });
  await expect.poll(async () => (await windowOf(app)).isVisible).toBe(true);
  connection.event('memberstatuschanged', '1001', bo('ready'));
  await expect.poll(asked).toEqual(['shown: Sales: 1 of 2 ready', 'closed: Sales: 1 of 2 ready']);
});

test('a wall goes to the other display, and comes back when that is gone', async ({ launch }) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  await expect(lamp(page)).toHaveText('Live');
  // One screen posing as two: the window system can't provide a second.
  const area = await app.evaluate(({ screen }) => {
    const one = screen.getPrimaryDisplay();
    const { width, height } = one.bounds;
    const left = { ...one, workArea: { x: 0, y: 0, width: width / 2, height } };
    const right = { ...one, id: one.id + 1, workArea: { x: width / 2, y: 0, width: width / 2, height } };
    screen.getPrimaryDisplay = () => left;
    screen.getAllDisplays = () => [left, right];
    screen.getDisplayMatching = ({ x }) => (x < width / 2 ? left : right);
    return left.workArea;
  });
  await moveTo(app, 20, 40);
  await page.keyboard.press('F8');
  await expect.poll(async () => (await windowOf(app)).bounds.height).toBeLessThan(48);
  await app.evaluate(({ BrowserWindow }, x) => {
    BrowserWindow.getAllWindows()[0]?.setPosition(x, 60);
  }, area.width + 30);
  await expect.poll(async () => (await windowOf(app)).bounds.x).toBe(area.width + 30);
  await app.evaluate(({ screen }) => {
    const [left, right] = screen.getAllDisplays();
    if (left === undefined || right === undefined) throw new Error('There were two displays');
    screen.getAllDisplays = () => [left];
    screen.getDisplayMatching = () => left;
    screen.emit('display-removed', {}, right);
  });
  await expect.poll(async () => (await windowOf(app)).bounds.x).toBeLessThan(area.width);
});
