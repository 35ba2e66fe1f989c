/**
 * Newer versions: where they are looked for, what counts as newer, and that each is announced until somebody has read
 * it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { feedFetcher } from '../../../src/host/support/fetch-feed.ts';
import { UpdateChecker } from '../../../src/host/support/update-checker.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';

const FEED = 'https://it.example/widget.json';
const HOUR = 3_600_000;

let profileDir: string;
beforeEach(async () => {
  profileDir = await mkdtemp(path.join(tmpdir(), 'uccx-updates-'));
});
afterEach(() => rm(profileDir, { recursive: true }));

function watching(version = '1.2.3') {
  const clock = new FakeClock();
  const logged: string[] = [];
  const asked: string[] = [];
  let answer: () => Promise<string> = () => Promise.resolve('{}');
  let changes = 0;
  const log = (message: string): void => void logged.push(message);
  const watch = new UpdateChecker({
    version,
    profileDir,
    clock,
    fetchFeed: (url) => {
      asked.push(url);
      return answer();
    },
    log: { debug: log, info: log, warn: log, error: log },
    onChange: () => {
      changes += 1;
    },
  });
  onTestFinished(() => {
    watch.end();
    expect(clock.timers, 'timers left behind').toBe(0);
  });
  return {
    watch,
    clock,
    logged,
    asked,
    changes: () => changes,
    publishes: (text: string) => (answer = () => Promise.resolve(text)),
    fails: (why: string) => (answer = () => Promise.reject(new Error(why))),
  };
}

const answered = () => new Promise((resolve) => setImmediate(resolve));

test('without a feed, nothing is fetched', async () => {
  const { watch, asked, clock } = watching();
  await watch.follow('');
  await answered();
  expect(asked).toEqual([]);
  expect(clock.timers).toBe(0);
});

test.each([
  ['1.2.4', '1.2.4'],
  ['1.10.0', '1.10.0'],
  ['2.0.0', '2.0.0'],
  ['1.2.3', null],
  ['1.2.2', null],
  ['1.2.3-beta.1', null],
  ['1.3.0-beta.1', '1.3.0-beta.1'],
])('if the feed says %s, %s is newer than 1.2.3', async (version, newer) => {
  const { watch, publishes } = watching();
  publishes(JSON.stringify({ version, notes: 'for others' }));
  await watch.follow(FEED);
  await answered();
  expect(watch.newer).toBe(newer);
});

test.each([
  '',
  'nonsense',
  '[]',
  '{"version": 2}',
  '{"version": "newest"}',
  '{"version": "1"}',
  `{"version": "1.2.${'4'.repeat(99)}"}`,
])('a feed with the content %j is useless, and is logged once', async (text) => {
  const { watch, publishes, logged, clock, asked } = watching();
  publishes(text);
  await watch.follow(FEED);
  await answered();
  clock.advance(HOUR);
  await answered();
  expect(asked).toHaveLength(2);
  expect(watch.newer).toBeNull();
  expect(logged).toHaveLength(1);
});

test('it checks every six hours, after a failure within one, and keeps what it knows', async () => {
  const { watch, publishes, fails, clock, asked, changes, logged } = watching();
  publishes('{"version": "1.2.3"}');
  await watch.follow(FEED);
  await answered();
  clock.advance(6 * HOUR - 1);
  expect(asked).toHaveLength(1);
  publishes('{"version": "1.3.0"}');
  clock.advance(1);
  await answered();
  expect(watch.newer).toBe('1.3.0');
  expect(changes()).toBe(2);
  fails('no network');
  clock.advance(6 * HOUR);
  await answered();
  expect(watch.newer).toBe('1.3.0');
  expect(logged.at(-1)).toBe('the feed of versions is of no use: Error: no network');
  publishes('{"version": "1.3.1"}');
  clock.advance(HOUR);
  await answered();
  expect(watch.newer).toBe('1.3.1');
});

test('a dismissed version is not announced again, even after a restart; a newer one is', async () => {
  const first = watching();
  first.publishes('{"version": "1.3.0"}');
  await first.watch.follow(FEED);
  await answered();
  first.watch.dismiss('1.2.9');
  expect(first.watch.newer, 'another one').toBe('1.3.0');
  first.watch.dismiss('1.3.0');
  expect(first.watch.newer).toBeNull();
  first.watch.end();

  const second = watching();
  second.publishes('{"version": "1.3.0"}');
  await second.watch.follow(FEED);
  await answered();
  expect(second.watch.newer).toBeNull();
  second.publishes('{"version": "1.4.0"}');
  second.clock.advance(6 * HOUR);
  await answered();
  expect(second.watch.newer).toBe('1.4.0');
});

test('its file may contain anything', async () => {
  await writeFile(path.join(profileDir, 'dismissed-version.json'), '{"version":');
  const { watch, publishes } = watching();
  publishes('{"version": "1.3.0"}');
  await watch.follow(FEED);
  await answered();
  expect(watch.newer).toBe('1.3.0');
});

test('late answers of an earlier feed are ignored', async () => {
  const { watch, publishes, clock } = watching();
  publishes('{"version": "9.9.9"}');
  await watch.follow(FEED);
  publishes('{"version": "1.2.3"}');
  await watch.follow('https://other.example/widget.json');
  await answered();
  expect(watch.newer).toBeNull();
  await watch.follow('');
  expect(clock.timers).toBe(0);
});

describe('fetching a feed', () => {
  const fetchFeed = feedFetcher(fetch);

  async function serving(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/feed.json`;
  }

  test('gives its text', async () => {
    const url = await serving((_request, response) => response.end('{"version": "1.2.3"}'));
    expect(await fetchFeed(url)).toBe('{"version": "1.2.3"}');
  });

  test('follows no redirects', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serving((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/elsewhere.json' }).end();
    });
    await expect(fetchFeed(url)).rejects.toThrow();
    expect(asked).toEqual(['/feed.json']);
  });

  test('accepts only successful answers', async () => {
    const url = await serving((_request, response) => response.writeHead(404).end('{"version": "1.2.3"}'));
    await expect(fetchFeed(url)).rejects.toThrow('the server answered 404');
  });

  test('gives up on an endless one', async () => {
    const url = await serving((_request, response) => {
      const chunk = Buffer.alloc(16 * 1024, ' ');
      const more = (): void => {
        if (!response.destroyed) response.write(chunk, () => setImmediate(more));
      };
      more();
    });
    await expect(fetchFeed(url)).rejects.toThrow('longer than 65536 bytes');
  });
});
