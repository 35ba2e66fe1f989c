/**
 * What only the Electron app has: its window, the lifetime of its tray icon, quitting, and what its page may not do.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ElectronApplication } from '@playwright/test';
import type { Bridge } from '../../src/shared/contract.ts';
import { expectToTryAtOnce, lamp, row } from '../support/page-parts.ts';
import { expect, member, ROOT, test } from '../support/widget-fixture.ts';

declare global {
  interface Window {
    readonly uccx?: Bridge;
  }
}

const electron = process.env['ELECTRON_PATH'] ?? '';
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The properties of the app's only window. */
function windowOf(app: ElectronApplication) {
  return app.evaluate(({ BrowserWindow, screen }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('There is no window');
    return {
      bounds: window.getBounds(),
      isVisible: window.isVisible(),
      isOnTop: window.isAlwaysOnTop(),
      areas: screen.getAllDisplays().map(({ workArea }) => workArea),
    };
  });
}

test('the window is small and on top until it is unpinned, and remembers that', async ({ launch, profileDir }) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  await expect(lamp(page)).toHaveText(/^Live/);
  expect(await windowOf(app)).toMatchObject({ isVisible: true, isOnTop: true, bounds: { width: 380, height: 640 } });
  const pin = page.getByRole('button', { name: 'Always on top' });
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await pin.click();
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  expect(await windowOf(app)).toMatchObject({ isOnTop: false });
  await app.close();
  expect(JSON.parse(await readFile(path.join(profileDir, 'window.json'), 'utf8'))).toMatchObject({ isPinned: false });
  const again = await launch([]);
  await again.firstWindow();
  expect(await windowOf(again)).toMatchObject({ isOnTop: false });
});

test('a window left on a screen that is gone comes back on one that exists', async ({ launch, profileDir }) => {
  const there = { x: 9000, y: -4000, width: 500, height: 400 };
  const first = await launch([]);
  await first.firstWindow();
  const displayId = await first.evaluate(({ screen }) => String(screen.getPrimaryDisplay().id));
  await first.close();
  const places = { panel: { [displayId]: there }, strip: {}, wall: {} };
  await writeFile(
    path.join(profileDir, 'window.json'),
    JSON.stringify({ shape: 'panel', isPinned: true, places, displays: { panel: displayId } }),
  );
  const app = await launch([]);
  await app.firstWindow();
  const { bounds, areas } = await windowOf(app);
  expect(bounds).toMatchObject({ width: 500, height: 400 });
  const [area = { x: 0, y: 0, width: 0, height: 0 }] = areas;
  expect(bounds.x).toBeGreaterThanOrEqual(area.x);
  expect(bounds.y).toBeGreaterThanOrEqual(area.y);
  expect(bounds.x + bounds.width).toBeLessThanOrEqual(area.x + area.width);
  expect(bounds.y + bounds.height).toBeLessThanOrEqual(area.y + area.height);
});

test('closing hides to the tray, and a second start shows the window again and exits', async ({
  launch,
  profileDir,
}) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Hide to the tray' }).click();
  await expect.poll(async () => (await windowOf(app)).isVisible).toBe(false);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.show();
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect.poll(async () => (await windowOf(app)).isVisible).toBe(false);
  const second = spawn(electron, [...switches, ROOT, '--profile-dir', profileDir], {
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(async () => (await windowOf(app)).isVisible).toBe(true);
});

test('settings of a second start override those of the first', async ({ launch, profileDir, processor }) => {
  const app = await launch([]);
  await expect(lamp(await app.firstWindow())).toHaveText(/^Live/);
  const args = ['--profile-dir', profileDir, '--processor', processor.url, '--agent', '1001'];
  const second = spawn(electron, [...switches, ROOT, ...args], { stdio: 'ignore' });
  const exited = once(second, 'exit');
  expect(await (await processor.connection()).begin()).toBe('1001');
  expect(await exited).toEqual([0, null]);
  await expect((await app.firstWindow()).getByText('Demo data')).toHaveCount(0);
});

test('a misspelt option is reported, and no demo appears instead', async () => {
  const child = spawn(electron, [...switches, ROOT, '--procesor', 'ws://127.0.0.1:1']);
  let output = '';
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  expect(await once(child, 'exit')).toEqual([2, null]);
  expect(output).toContain('Did you mean --processor?');
});

test('started hidden, it is live in the tray and shows no window', async ({ launch, processor }) => {
  const app = await launch(['--hidden', '--processor', processor.url, '--agent', '1001']);
  await (await processor.connection()).begin();
  const page = await app.firstWindow();
  await expect(lamp(page)).toHaveText(/^Live/);
  expect((await windowOf(app)).isVisible).toBe(false);
});

test('quitting ends the subscriptions at the processor', async ({ launch, processor }) => {
  const app = await launch();
  const connection = await processor.connection();
  await connection.begin();
  await expect(lamp(await app.firstWindow())).toHaveText(/^Live/);
  const closed = app.waitForEvent('close');
  // It may be gone before it answers.
  const quit = app.evaluate(({ app: running }) => {
    running.quit();
  });
  quit.catch(() => undefined);
  const request = await connection.request('report.teamstatus.end');
  expect(request.data).toEqual({ agentId: '1001' });
  connection.success(request);
  await closed;
});

test('an option without its value is reported, and nothing starts', async () => {
  const child = spawn(electron, [...switches, ROOT, '--processor']);
  let output = '';
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  expect(await once(child, 'exit')).toEqual([2, null]);
  expect(output).toContain("option '--processor <url>' argument missing");
});

test('the page has no Node, is served from its own scheme with its policy, and can’t leave or open windows', async ({
  launch,
}) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  await expect(lamp(page)).toHaveText(/^Live/);
  const url = page.url();
  expect(url).toBe('uccx-page://widget/');
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis)),
  ).toEqual([]);
  const headers = await app.evaluate(async ({ net }) => {
    const response = await net.fetch('uccx-page://widget/');
    return Object.fromEntries(response.headers);
  });
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain("connect-src 'none'");
  for (const name of ['../main/index.js', '%2e%2e/main/index.js', '..%5cmain%5cindex.js']) {
    const status = await app.evaluate(
      async ({ net }, path) => (await net.fetch(`uccx-page://widget/${path}`)).status,
      name,
    );
    expect(status, name).toBe(404);
  }
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  const blocked = await page.evaluate(() =>
    fetch('https://example.invalid/').then(
      () => 'sent',
      () => 'blocked',
    ),
  );
  expect(blocked).toBe('blocked');
  await page.evaluate(() => {
    window.open('https://example.invalid/');
    location.href = 'https://example.invalid/';
  });
  // Playwright waits for the denied navigation, so ask the app.
  const after = await app.evaluate(async ({ webContents }) => {
    const all = webContents.getAllWebContents();
    const title: unknown = await all[0]?.executeJavaScript('document.title');
    return { urls: all.map((contents) => contents.getURL()), title };
  });
  expect(after).toEqual({ urls: [url], title: 'UCCX Team Widget' });
});

test('only our own page gets answers, and only to valid requests', async ({ launch }) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  await expect(lamp(page)).toHaveText(/^Live/);
  const bad = await page.evaluate(() => window.uccx?.requests['journey.ask']({ callId: 7 } as never));
  expect(bad).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
  expect(await page.evaluate(() => Object.keys(window.uccx ?? {}))).toEqual(['requests', 'on']);

  const opened = app.waitForEvent('window');
  await app.evaluate(
    async ({ BrowserWindow }, preload) => {
      const otherWindow = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await otherWindow.loadURL('data:text/html,<title>other</title>');
    },
    path.join(ROOT, 'out', 'preload', 'index.cjs'),
  );
  const otherPage = await opened;
  const refused = await otherPage.evaluate(() => window.uccx?.requests['widget.state'](null));
  expect(refused).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } });
});

test('a page whose process dies comes back with its board', async ({ profileDir }) => {
  const hook = path.join(ROOT, 'test', 'support', 'crash-page-once.cjs');
  const child = spawn(electron, [...switches, '-r', hook, ROOT, '--profile-dir', profileDir]);
  const lines = createInterface(child.stdout);
  const exited = once(child, 'exit');
  try {
    for await (const line of lines) if (line === 'lamp after the crash: Live') break;
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exited).toEqual([0, null]);
});

test('when the machine wakes, the widget does not wait for the next attempt', async ({ launch, processor, passes }) => {
  test.slow();
  const app = await launch();
  const page = await app.firstWindow();
  await expectToTryAtOnce({ page, processor, passes }, () =>
    app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume')),
  );
});

test('setting the system clock changes the shown time of day, but no running clock', async ({ launch, processor }) => {
  const app = await launch();
  const page = await app.firstWindow();
  const connection = await processor.connection();
  await connection.begin();
  const ana = member('m1', { memberName: 'Ana Torres' });
  connection.event('teamadded', '1001', { teamId: 't1', teamName: 'Sales', members: [ana] });
  connection.event('memberstatuschanged', '1001', {
    teamId: 't1',
    teamName: 'Sales',
    members: [{ ...ana, status: 'ACW' }],
  });
  const clock = row(page, 'Ana Torres').getByText(/^\d+:\d\d/);
  await expect(clock).toBeVisible();
  const since = await clock.getAttribute('title');

  const setClock = (): void => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 5 * 3_600_000;
  };
  await app.evaluate(setClock);
  await page.evaluate(setClock);
  // Everything sent from now on comes after the change.
  connection.event('memberadded', '1001', {
    teamId: 't1',
    teamName: 'Sales',
    members: [member('m2', { memberName: 'Bo Lindqvist' })],
  });
  await expect(row(page, 'Bo Lindqvist')).toBeVisible();
  await expect(clock).not.toHaveAttribute('title', since ?? '');
  await expect(clock).toHaveText(/^\d?\d:\d\d$/);
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(row(page, 'Bo Lindqvist')).toContainText(/≥0:\d\d/);
});
