/**
 * The packaged app as a user has it: unpacked from `npm run package:dir`, and started without root privileges, with
 * Chromium's sandbox. Its fuses disable Playwright's way into Electron, so tests talk to the page through Chromium's
 * DevTools protocol.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, chown, copyFile, mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Debian's `nobody`, whom root starts it as. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** Packs the app into a folder that every user can read, and returns the app's folder in it. */
export async function packApp(folder: string): Promise<string> {
  const packed = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join('scripts', 'package.ts'), '--dir', '--output', folder],
    { cwd: ROOT, env: environment(), encoding: 'utf8' },
  );
  if (packed.status !== 0) throw new Error(`npm run package:dir failed:\n${packed.stdout}\n${packed.stderr}`);
  await chmod(folder, 0o755);
  return path.join(folder, 'linux-unpacked');
}

/** Packages the same Electron that the other tests run. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: path.dirname(process.env['ELECTRON_PATH'] ?? '') };
}

/** What electron-builder passes to fpm for deb and rpm, by file name, such as `deb.desktop`. */
export async function fpmInputs(app: string, output: string): Promise<ReadonlyMap<string, string>> {
  const builder = path.join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
  const config = ['--config', path.join('build', 'electron-builder.ts'), `--config.directories.output=${output}`];
  const env = {
    ...environment(),
    CUSTOM_FPM_PATH: path.join(import.meta.dirname, 'stand-in-fpm.sh'),
    STAND_IN_FPM: await mkdtemp(path.join(output, 'fpm-')),
  };
  const made = spawnSync(
    process.execPath,
    [builder, '--linux', 'deb', 'rpm', '--x64', '--prepackaged', app, ...config, '--publish', 'never'],
    { cwd: ROOT, env, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`electron-builder failed:\n${made.stdout}\n${made.stderr}`);
  const all = new Map<string, string>();
  for (const name of await readdir(env.STAND_IN_FPM))
    all.set(name, await readFile(path.join(env.STAND_IN_FPM, name), 'utf8'));
  return all;
}

export interface StartOptions {
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A user with a home folder of their own who starts the app. */
export class User {
  readonly home: string;
  readonly #display: Record<string, string>;
  readonly #started: ChildProcess[] = [];

  private constructor(home: string, display: Record<string, string>) {
    this.home = home;
    this.#display = display;
  }

  static async create(): Promise<User> {
    const home = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-user-'));
    const display: Record<string, string> = { DISPLAY: process.env['DISPLAY'] ?? '' };
    const authority = process.env['XAUTHORITY'];
    if (authority !== undefined) {
      display['XAUTHORITY'] = path.join(home, '.Xauthority');
      await copyFile(authority, display['XAUTHORITY']);
    }
    const user = new User(home, display);
    await user.own();
    return user;
  }

  /** Gives the user what the test has put into the home. */
  async own(): Promise<void> {
    if (!isRoot) return;
    for (const name of await readdir(this.home, { recursive: true }))
      await chown(path.join(this.home, name), NOBODY, NOBODY);
    await chown(this.home, NOBODY, NOBODY);
  }

  start(program: string, { args, environment = {} }: StartOptions): ChildProcess {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.home,
      LANG: 'en_US.UTF-8',
      ...this.#display,
      ...environment,
    };
    const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    const child = spawn(program, [...args], { env, cwd: this.home, ...asUser, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#started.push(child);
    return child;
  }

  /** Including whatever they still have running. */
  async remove(): Promise<void> {
    for (const child of this.#started) if (child.exitCode === null) child.kill('SIGKILL');
    await rm(this.home, { recursive: true, force: true, maxRetries: 20 });
  }
}

/** A page reached through Chromium's DevTools protocol. */
export class PackagedPage {
  readonly #socket: WebSocket;
  #questions = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** The page of the app that was started with `--remote-debugging-port=0`. */
  static async of(child: ChildProcess): Promise<PackagedPage> {
    const port = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stderr?.on('data', (data: Buffer) => {
        output += data.toString('utf8');
        const [, found] = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => {
        reject(new Error(`The app ended (${String(code)}) and said:\n${output}`));
      });
    });
    for (;;) {
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly {
        readonly type: string;
        readonly webSocketDebuggerUrl: string;
      }[];
      const page = targets.find(({ type }) => type === 'page');
      if (page !== undefined) {
        const socket = new WebSocket(page.webSocketDebuggerUrl);
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
        return new PackagedPage(socket);
      }
      // The test's own timeout ends the wait.
      await delay(100);
    }
  }

  /** The value of an expression in the page. Waits for promises. */
  async evaluate(expression: string): Promise<unknown> {
    this.#questions += 1;
    const id = this.#questions;
    const answer = new Promise<Record<string, unknown>>((resolve, reject) => {
      const receive = (data: Buffer): void => {
        const message = JSON.parse(data.toString('utf8')) as {
          readonly id?: number;
          readonly result?: Record<string, unknown>;
        };
        if (message.id !== id) return;
        this.#socket.off('message', receive);
        resolve(message.result ?? {});
      };
      this.#socket.on('message', receive);
      this.#socket.once('close', () => {
        reject(new Error('The page has gone'));
      });
    });
    const params = { expression, awaitPromise: true, returnByValue: true };
    this.#socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    const { result, exceptionDetails } = await answer;
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value?: unknown }).value;
  }

  /** Waits until the page shows this text. */
  async text(wanted: string): Promise<void> {
    while (!String(await this.evaluate('document.body?.innerText')).includes(wanted)) await delay(100);
  }
}

export interface Process {
  readonly pid: number;
  /** Arguments are separated by spaces. */
  readonly commandLine: string;
  /** 2: system calls are filtered. */
  readonly seccomp: string;
  /** The users it knows: a different namespace than its parent's. */
  readonly userNamespace: string;
  readonly uid: number;
}

/** A process and all its descendants. */
export async function family(pid: number): Promise<readonly Process[]> {
  const all = new Map<number, { readonly parent: number; readonly status: string }>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    all.set(Number(name), { parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0), status });
  }
  const descends = (one: number): boolean => one === pid || (all.has(one) && descends(all.get(one)?.parent ?? 0));
  const own = [...all.keys()].filter((one) => one > 1 && descends(one));
  return Promise.all(
    own.map(async (one) => ({
      pid: one,
      commandLine: (await readFile(`/proc/${String(one)}/cmdline`, 'utf8')).replaceAll('\0', ' '),
      seccomp: /^Seccomp:\s*(\d)/m.exec(all.get(one)?.status ?? '')?.[1] ?? '',
      userNamespace: await readlink(`/proc/${String(one)}/ns/user`),
      uid: (await stat(`/proc/${String(one)}`)).uid,
    })),
  );
}
