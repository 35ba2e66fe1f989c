/** Headers are secrets: they are stored only in the system's store, and nowhere if there is none. */
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { addSettings, expect, ROOT, test } from '../support/widget-fixture.ts';

const SECRET = 'Bearer s3cret';

/** All that the widget has written itself, leaving out Chromium's files. */
async function written(profileDir: string): Promise<string> {
  const names = await readdir(profileDir, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !path.join(entry.parentPath, '').includes('session'));
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(path.join(parentPath, name), 'utf8')))).join(
    '\n',
  );
}

test('headers are moved from the file into the keyring, and are sent from there', async ({ profileDir, processor }) => {
  test.skip(process.platform !== 'linux', 'A key ring that a test can make and throw away is Linux’s.');
  await addSettings(profileDir, {
    processorUrls: [processor.url],
    agentIds: ['1001'],
    headers: { Authorization: SECRET },
  });
  // A session of its own with an empty keyring, which ends with the test.
  const home = path.join(profileDir, 'home');
  const runtime = path.join(home, 'run');
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const start = async (times: number) => {
    const keyRing = 'printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"';
    const electron = [process.env['ELECTRON_PATH'] ?? '', ...switches, '--password-store=gnome-libsecret'];
    const child = spawn(
      'dbus-run-session',
      ['--', 'sh', '-c', keyRing, 'sh', ...electron, ROOT, '--profile-dir', profileDir],
      { env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: runtime }, stdio: 'ignore', detached: true },
    );
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const connection = await processor.connection();
    expect(connection.handshake.headers.authorization).toBe(SECRET);
    await connection.begin();
    expect(processor.handshakes).toHaveLength(times);
    // The whole session, including its keyring.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  await start(1);
  const settings = JSON.parse(await readFile(path.join(profileDir, 'settings.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  expect(settings).not.toHaveProperty('headers');
  expect(settings).toHaveProperty('sealedHeaders');
  await start(2);
  expect(await written(profileDir)).not.toContain('s3cret');
});

test('without a store for secrets, headers in the file are refused with a message', async ({
  launch,
  processor,
  profileDir,
}) => {
  await addSettings(profileDir, {
    processorUrls: [processor.url],
    agentIds: ['1001'],
    headers: { Authorization: SECRET },
  });
  const page = await (await launch(['--password-store=basic'])).firstWindow();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('headers are secrets, and here the system has no store for them');
  await expect(alert).toContainText('UCCX_HEADERS');
  expect(await page.content()).not.toContain('s3cret');
  expect(processor.handshakes).toHaveLength(0);
  expect(await readFile(path.join(profileDir, 'logs', 'widget.log'), 'utf8')).not.toContain('s3cret');
});
