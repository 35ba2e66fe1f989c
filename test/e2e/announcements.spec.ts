/** The widget's announcements: a newer version, and crashes. */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { lamp } from '../support/page-parts.ts';
import { TEST_TLS } from '../../lab/test-tls.ts';
import { addSettings, expect, ROOT, test } from '../support/widget-fixture.ts';

const electron = process.env['ELECTRON_PATH'] ?? '';
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Serves a feed over HTTPS with an untrusted certificate while `use` runs with its address. */
async function withFeed(listener: RequestListener, use: (feed: string) => Promise<void>): Promise<void> {
  const server = createServer(TEST_TLS, listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`https://127.0.0.1:${String((server.address() as AddressInfo).port)}/widget.json`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('an error in the main process is logged, announced once and survived', async ({
  launch,
  processor,
  profileDir,
}) => {
  const app = await launch();
  const page = await app.firstWindow();
  await (await processor.connection()).begin();
  await expect(lamp(page)).toHaveText(/^Live/);
  const goWrong = (message: string) =>
    app.evaluate((_electron, text) => {
      setImmediate(() => {
        throw new Error(text);
      });
    }, message);
  const reject = (message: string) =>
    app.evaluate((_electron, text) => {
      void Promise.reject(new Error(text));
    }, message);
  const log = () => readFile(path.join(profileDir, 'logs', 'widget.log'), 'utf8');

  await goWrong('the first, for agent 1001');
  const announcement = page.getByRole('status').filter({ hasText: 'Something went wrong in the widget' });
  await expect(announcement).toBeVisible();
  await expect(announcement.getByRole('button', { name: 'Save support bundle…' })).toBeVisible();
  await goWrong('the second');
  await reject('the third');
  await expect
    .poll(log)
    .toMatch(
      /an error that nobody caught: Error: the first, for agent \*\*\*\n[\s\S]*the second[\s\S]*a rejection that nobody handled: Error: the third/,
    );
  await announcement.getByRole('button', { name: 'I have read it' }).click();
  await expect(announcement).toHaveCount(0);
  await goWrong('the fourth');
  await expect.poll(log).toContain('the fourth');
  await expect(announcement).toHaveCount(0);
  await expect(lamp(page)).toHaveText(/^Live/);
});

test('an error during startup ends the widget with a message', async ({ profileDir }) => {
  const hook = path.join(ROOT, 'test', 'support', 'throw-at-start.cjs');
  const child = spawn(electron, [...switches, '-r', hook, ROOT, '--profile-dir', profileDir]);
  let output = '';
  child.stderr.on('data', (data: Buffer) => {
    output += data.toString();
  });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(output).toContain('UCCX Team Widget can’t start');
  expect(output).toContain('thrown by a test');
  expect(await readFile(path.join(profileDir, 'logs', 'widget.log'), 'utf8')).toContain('thrown by a test');
});

test('a feed announces a newer version until somebody has read it', async ({ launch, profileDir }) => {
  const asked: (string | undefined)[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(`${String(request.method)} ${String(request.url)} ${String(request.headers.cookie)}`);
    response.setHeader('set-cookie', 'known=again; Max-Age=1000; Path=/; Secure');
    response.end('{"version": "999.0.0"}');
  };
  await withFeed(listener, async (feed) => {
    await addSettings(profileDir, { updatesFeed: feed });
    // Accepts the untrusted certificate of these tests.
    const open = async () => {
      const app = await launch(['--ignore-certificate-errors']);
      return { app, page: await app.firstWindow() };
    };
    const { app, page } = await open();
    const announcement = page.getByRole('status').filter({ hasText: 'Version 999.0.0 is out' });
    await expect(announcement).toBeVisible();
    expect(asked).toEqual(['GET /widget.json undefined']);
    await announcement.getByRole('button', { name: 'I have read it' }).click();
    await expect(announcement).toHaveCount(0);
    await app.close();
    const again = await open();
    await expect(lamp(again.page)).toHaveText(/^Live/);
    await expect.poll(() => asked).toEqual(['GET /widget.json undefined', 'GET /widget.json undefined']);
    await expect(again.page.getByRole('status').filter({ hasText: 'is out' })).toHaveCount(0);
  });
});

test('a redirecting feed is not followed', async ({ launch, profileDir }) => {
  const asked: (string | undefined)[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(request.url);
    if (request.url === '/widget.json') response.writeHead(302, { location: '/elsewhere.json' }).end();
    else response.end('{"version": "999.0.0"}');
  };
  await withFeed(listener, async (feed) => {
    await addSettings(profileDir, { updatesFeed: feed });
    await launch(['--ignore-certificate-errors']);
    await expect
      .poll(() => readFile(path.join(profileDir, 'logs', 'widget.log'), 'utf8'))
      .toContain('the feed of versions is of no use');
    expect(asked).toEqual(['/widget.json']);
  });
});

test('the reader of its output may go away', async ({ profileDir, processor }) => {
  const args = ['--profile-dir', profileDir, '--processor', processor.url, '--agent', '1001'];
  const child = spawn(electron, [...switches, ROOT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  child.stdout.destroy();
  child.stderr.destroy();
  const log = path.join(profileDir, 'logs', 'widget.log');
  // Each violation is a warning, which also goes to the console.
  let count = 0;
  const connection = await processor.connection();
  await connection.begin();
  // One at a time, since only the second write finds that the reader is gone.
  for (const text of ['no JSON', '[]', '{"command":"other"}']) {
    connection.sendRaw(text);
    await connection.roundTrip();
    await expect.poll(async () => (await readFile(log, 'utf8')).match(/departed/g)?.length).toBe((count += 1));
  }
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(await readFile(log, 'utf8')).not.toContain('EPIPE');
});

test('a feed with an untrusted certificate is ignored and logged', async ({ launch, profileDir }) => {
  const listener: RequestListener = (_request, response) => response.end('{"version": "999.0.0"}');
  await withFeed(listener, async (feed) => {
    await writeFile(path.join(profileDir, 'settings.json'), JSON.stringify({ updatesFeed: feed }));
    const page = await (await launch([])).firstWindow();
    await expect
      .poll(() => readFile(path.join(profileDir, 'logs', 'widget.log'), 'utf8'))
      .toContain('the feed of versions is of no use');
    await expect(page.getByText('is out')).toHaveCount(0);
  });
});
