import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import http from 'node:http';
import net from 'node:net';
import WebSocket from 'ws';
import { lamp } from '../support/page-parts.ts';
import { expect, ROOT, test } from '../support/widget-fixture.ts';

function status(url: URL, headers: Record<string, string> = {}, path = url.pathname): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: url.hostname, port: url.port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
  });
}

function upgrade(url: URL, origin: string | undefined, path: string): Promise<'open' | 'refused'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${url.host}${path}`, origin === undefined ? {} : { origin });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('error', () => {
      resolve('refused');
    });
  });
}

test('nothing is answered without the token, for another host name, or for another origin', async ({ openWidget }) => {
  const page = await openWidget([]);
  const url = new URL(page.url());
  expect(url.hostname).toBe('127.0.0.1');
  expect(await status(url)).toBe(200);
  expect(await status(url, {}, '/')).toBe(403);
  expect(await status(url, {}, '/index.html')).toBe(403);
  expect(await status(url, {}, `/${'x'.repeat(24)}/`)).toBe(403);
  expect(await status(url, { host: `evil.example:${url.port}` })).toBe(403);
  const socketPath = `${url.pathname}socket`;
  expect(await upgrade(url, url.origin, socketPath)).toBe('open');
  expect(await upgrade(url, 'http://evil.example', socketPath)).toBe('refused');
  expect(await upgrade(url, undefined, socketPath)).toBe('refused');
  expect(await upgrade(url, url.origin, '/socket')).toBe('refused');
});

test('a client that disconnects while being refused breaks nothing', async ({ openWidget }) => {
  const page = await openWidget([]);
  const url = new URL(page.url());
  for (let index = 0; index < 50; index += 1) {
    const socket = net.connect(Number(url.port), url.hostname);
    await once(socket, 'connect');
    socket.write('GET /no/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.resetAndDestroy();
  }
  expect(await status(url)).toBe(200);
});

test('only files of the page are served', async ({ openWidget }) => {
  const url = new URL((await openWidget([])).url());
  for (const path of ['../main/index.js', '..%2fmain%2findex.js', '%2e%2e/main/index.js', 'nothing.js', '%00', '%']) {
    expect(await status(url, {}, url.pathname + path), path).not.toBe(200);
  }
});

test('the page keeps to its own origin and logs no errors', async ({ openWidget }) => {
  const page = await openWidget([]);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const response = await page.reload();
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
  await expect(lamp(page)).toHaveText(/^Live/);
  expect(complaints).toEqual([]);
});

test('as a command it prints its address, serves the widget, and ends its subscriptions', async ({
  processor,
  profileDir,
  openWidget,
}) => {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'src/preview/cli.ts',
      '--port',
      '0',
      '--no-open',
      '--profile-dir',
      profileDir,
      '--processor',
      processor.url,
    ],
    { cwd: ROOT, env: { ...process.env, UCCX_AGENT_IDS: '1001,1002', UCCX_PROCESSOR_URL: 'ws://weaker.invalid' } },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(line)?.[0] ?? '';
  const connection = await processor.connection();
  expect([await connection.begin(), await connection.begin()]).toEqual(['1001', '1002']);
  const other = await openWidget([]);
  await other.goto(url);
  await expect(lamp(other)).toHaveText(/^Live/);

  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const ended: unknown[] = [];
  for (let index = 0; index < 2; index += 1) {
    const request = await connection.request('report.teamstatus.end');
    ended.push(request.data['agentId']);
    connection.success(request);
  }
  expect(ended.sort()).toEqual(['1001', '1002']);
  expect(await exited).toEqual([0, null]);
  // The page that is still open reports that its host is gone.
  await expect(lamp(other)).toHaveText(/^Stopped/);
});

test('a port that is taken is reported, and nothing is left running', async ({ profileDir, openWidget }) => {
  const { port } = new URL((await openWidget([])).url());
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/preview/cli.ts', '--port', port, '--no-open', '--profile-dir', profileDir],
    { cwd: ROOT },
  );
  let output = '';
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(output).toBe(
    `Port ${port} can’t be had: another program listens there. Name another with --port, or 0 for any.\n`,
  );
});

test('a bad option is reported with what is wrong, and nothing starts', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/preview/cli.ts', '--port', '99999'], { cwd: ROOT });
  let output = '';
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  expect(await once(child, 'exit')).toEqual([2, null]);
  expect(output).toContain('--port');
  expect(output).toContain('65535');
});
