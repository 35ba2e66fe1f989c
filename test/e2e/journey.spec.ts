/** Asking for a journey from outside the window: by a link from the system, and by a hotkey. */
import { spawn, spawnSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { askJourney } from '../support/page-parts.ts';
import { addSettings, expect, ROOT, test, type BareConnection } from '../support/widget-fixture.ts';
import { NO_HOTKEYS } from '../../lab/no-hotkeys.ts';

async function asked(connection: BareConnection): Promise<unknown> {
  const request = await connection.request('report.calljourney');
  connection.success(request, { CallJourney: [] });
  return request.data.CallId;
}

/** Does what the system does when somebody opens a link. Resolves when the second start has exited. */
function openLink(profileDir: string, ...args: readonly string[]): Promise<number | null> {
  const electron = process.env['ELECTRON_PATH'] ?? '';
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(electron, [...switches, ROOT, '--profile-dir', profileDir, ...args], { stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
}

const copy = (app: ElectronApplication, text: string) =>
  app.evaluate(async ({ clipboard }, copied) => {
    await clipboard.writeText(copied);
  }, text);

test('a link starts the widget with its journey', async ({ launch, processor }) => {
  const app = await launch(['--processor', processor.url, '--agent', '1001', '--', 'uccx-widget://journey/16817230']);
  const connection = await processor.connection();
  await connection.begin();
  expect(await asked(connection)).toBe('16817230');
  await expect((await app.firstWindow()).getByRole('heading', { name: 'Call 16817230' })).toBeVisible();
});

test('the running widget takes a link; a hostile one does nothing', async ({ launch, processor, profileDir }) => {
  const app = await launch();
  const page = await app.firstWindow();
  const connection = await processor.connection();
  await connection.begin();
  const hostile = ['uccx-widget://journey/1?processor=x', '--processor', 'ws://127.0.0.1:1', '--agent', '9'];
  expect(await openLink(profileDir, '--', ...hostile)).toBe(0);
  expect(await openLink(profileDir, '--', 'uccx-widget://journey/%0A--processor')).toBe(0);
  expect(await openLink(profileDir, '--', 'uccx-widget://journey/16817244', '--processor', 'ws://127.0.0.1:1')).toBe(0);
  expect(await asked(connection)).toBe('16817244');
  await expect(page.getByRole('heading', { name: 'Call 16817244' })).toBeVisible();
  expect(connection.received.filter(({ command }) => command === 'report.calljourney')).toHaveLength(1);
  expect(processor.handshakes).toHaveLength(1);
  // macOS sends it as an event.
  await app.evaluate(({ app: electron }) => {
    electron.emit('open-url', { preventDefault: () => undefined }, 'uccx-widget://journey/16817251');
  });
  expect(await asked(connection)).toBe('16817251');
});

test('a hotkey asks for the copied id; anything unlike an id is neither sent nor shown', async ({
  launch,
  processor,
  profileDir,
}) => {
  const hotkeys = { ...NO_HOTKEYS, journey: 'Control+Alt+K' };
  await addSettings(profileDir, { hotkeys });
  const app = await launch();
  const page = await app.firstWindow();
  const connection = await processor.connection();
  await connection.begin();
  await expect(page.getByRole('tab', { name: 'Call journey' })).toBeVisible();
  const press = () => {
    const { status, error } = spawnSync('xdotool', ['key', 'ctrl+alt+k']);
    if (status !== 0) throw new Error('xdotool (apt-get install xdotool) did not press the key', { cause: error });
  };
  await copy(app, ' "16817263"\n');
  press();
  expect(await asked(connection)).toBe('16817263');
  await expect(page.getByRole('heading', { name: 'Call 16817263' })).toBeVisible();
  await copy(app, 'my secret words');
  press();
  await expect(page.getByText('What was copied or linked to is not like a call id.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Call ID' })).toHaveValue('');
  await connection.roundTrip();
  expect(connection.received.filter(({ command }) => command === 'report.calljourney')).toHaveLength(1);
});

test('what the page makes is saved where the user chooses; nothing else is', async ({
  launch,
  processor,
  profileDir,
}) => {
  const app = await launch();
  const page = await app.firstWindow();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, '16817230');
  connection.success(await connection.request('report.calljourney'), {
    CallJourney: [{ CallId: '16817230', Device: '8000', DeviceType: '74', Description: 'Main', Duration: '5' }],
  });
  // Stands in for a user who chooses a folder.
  await app.evaluate(({ session }, folder) => {
    session.defaultSession.on('will-download', (_event, item) => {
      item.setSavePath(`${folder}/${item.getFilename()}`);
    });
  }, profileDir);
  for (const [item, name] of [
    ['Save as CSV…', 'call-16817230.csv'],
    ['Save as a picture…', 'call-16817230.png'],
  ] as const) {
    await page.getByRole('button', { name: 'Hand on' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await expect
      .poll(() =>
        stat(path.join(profileDir, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      )
      .toBeGreaterThan(60);
  }
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.downloadURL('data:text/plain,evil');
  });
  await expect
    .poll(() => readFile(path.join(profileDir, 'logs', 'widget.log'), 'utf8'))
    .toContain('denied: download of data:text/plain,evil');
});
