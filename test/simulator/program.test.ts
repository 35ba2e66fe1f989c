/** The simulator as a program of its own: what it prints and how it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { Client } from '../../lab/simulator-client.ts';

const CLI = fileURLToPath(new URL('../../src/simulator/cli.ts', import.meta.url));
const SIMULATOR_URL = new URL('../../src/simulator/simulator.ts', import.meta.url).href;
const CLIENT_URL = new URL('../../lab/simulator-client.ts', import.meta.url).href;

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** A child, what it has printed so far, and its end. */
function run(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.err += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(printed.out)?.[0];
      if (found !== undefined) return found;
      await Promise.race([
        once(child.stdout, 'data'),
        ended.then((code) => Promise.reject(new Error(`${String(code)}: ${printed.err}`))),
      ]);
    }
  };
  return { child, printed, ended, line };
}

describe('the program', () => {
  // Windows has no signals: a kill there ends the program outright.
  test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'says where it is and how to use it, serves, and ends cleanly on %s',
    async (signal) => {
      const program = run(CLI, '--port', '0', '--teams', '3', '--members', '30', '--rate', '100', '--seed', '7');
      await program.line(/Ctrl\+C/);
      const url = await program.line(/ws:\/\/127\.0\.0\.1:\d+/);
      expect(program.printed.out).toContain(`npm start -- --processor ${url} --agent 1001`);
      const client = await Client.open(url);
      await client.ask('report.teamstatus.begin', { agentId: '1001' });
      await client.until((message) => message.name === 'report.teamstatus.memberstatuschanged');
      program.child.kill(signal);
      expect(await program.ended).toBe(0);
      await client.closed;
      expect(program.printed.err).toBe('');
    },
    30_000,
  );

  test.each([
    [['--port', '99999'], 'The port must be a whole number from 0 to 65535.'],
    [['--rate', 'fast'], 'The rate (changes a second) must be a number from 0 to 5000.'],
    [['--teams', ''], 'The number of teams must be a whole number from 1 to 1000.'],
    [['--members', '1e9'], 'The number of members must be a whole number from 1 to 10000.'],
  ])(
    'refuses %o with a clear error',
    async (args, message) => {
      const program = run(CLI, ...args);
      expect(await program.ended).toBe(1);
      expect(program.printed.err).toContain(message);
    },
    30_000,
  );
});

test('a closed simulator leaves nothing open that would keep its process alive', async () => {
  const script = `
    import { startSimulator } from ${JSON.stringify(SIMULATOR_URL)};
    import { Client } from ${JSON.stringify(CLIENT_URL)};
    const simulator = await startSimulator({ ratePerSecond: 1 });
    const client = await Client.open(simulator.url);
    await client.ask('report.teamstatus.begin', { agentId: '1001' });
    client.request('report.calljourney', { CallId: 'SLOW' });
    await client.ask('report.calljourney', { CallId: 'EMPTY' });
    await simulator.close();
    await client.closed;
    const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    process.stdout.write('closed with ' + String(timers.length) + ' timers');
  `;
  const program = run('--input-type=module', '--eval', script);
  expect(await program.ended).toBe(0);
  expect(program.printed).toEqual({ out: 'closed with 0 timers', err: '' });
}, 30_000);
