/**
 * A separate display with a window manager for one worker that tests in Electron. Clipboard, hotkeys and focus belong
 * to a display, so workers sharing one would interfere with each other, and with the person at the machine. Linux only:
 * elsewhere there is one display.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startXvfb } from '../../lab/xvfb.ts';

export class Display {
  /** The environment with which a program uses this display. */
  readonly environment: { readonly DISPLAY: string; readonly XAUTHORITY: string };
  readonly #folder: string;
  readonly #processes: readonly ChildProcess[];

  private constructor(environment: Display['environment'], folder: string, processes: readonly ChildProcess[]) {
    this.environment = environment;
    this.#folder = folder;
    this.#processes = processes;
  }

  /** Resolves when windows can be shown and are managed. */
  static async open(): Promise<Display> {
    const folder = mkdtempSync(path.join(tmpdir(), 'uccx-display-'));
    const authority = path.join(folder, 'authority');
    const cookie = randomBytes(16).toString('hex');
    // The server accepts a cookie for any display, but clients look for their own display's, which is known once it
    // runs.
    allow(authority, ':0', cookie);
    const { display: name, process: server } = await startXvfb(['-noreset', '-auth', authority]);
    allow(authority, name, cookie);
    const environment = { DISPLAY: name, XAUTHORITY: authority };
    const manager = await startOpenbox(environment);
    return new Display(environment, folder, [manager, server]);
  }

  /** Ends the display and its window manager, and nothing else. */
  async close(): Promise<void> {
    for (const child of this.#processes) await ended(child);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function allow(authority: string, display: string, cookie: string): void {
  const { status } = spawnSync('xauth', ['-f', authority, 'add', display, '.', cookie], { stdio: 'ignore' });
  if (status !== 0) throw new Error('xauth (apt-get install xauth) could not add a cookie');
}

/** Resolves when the window manager is ready: then it runs its startup command, which prints a line. */
async function startOpenbox(environment: Display['environment']): Promise<ChildProcess> {
  const manager = spawn('openbox', ['--startup', 'echo'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const isReady = once(manager.stdout, 'data').then(() => true);
  const hasEnded = once(manager, 'exit').then(
    () => false,
    () => false,
  );
  if (await Promise.race([isReady, hasEnded])) return manager;
  throw new Error('openbox (apt-get install openbox) does not run');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}
