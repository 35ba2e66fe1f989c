/** Starts and ends the app in a real Electron, under Playwright. It must not know what a test does with it. */
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errors, type Electron, type ElectronApplication, type Page } from '@playwright/test';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Far more than an idle machine needs. Each further launch may take twice as long, for a busy one. */
const LAUNCH_WITHIN_MS = 8000;
const MAX_LAUNCH_MS = 32_000;
/** Far more than the widget allows itself for quitting. */
const CLOSE_WITHIN_MS = 15_000;

const FRESH_STARTS = path.join(import.meta.dirname, 'fresh-starts.cjs');

/** What `fresh-starts.cjs` adds to the main process. */
interface FreshStarts {
  readonly startAgain: (args: readonly string[]) => Promise<void>;
  readonly endApp: () => Promise<void>;
}

/**
 * Launches a new Electron with these arguments. About once in a hundred launches, Playwright waits forever for one that
 * is up, with the widget live on the screen, and then kills it. In that case this prints a warning and launches
 * another. `beforeRetry` removes what the killed one left elsewhere.
 */
export async function launchElectron(
  electron: Electron,
  args: readonly string[],
  beforeRetry: () => Promise<void>,
): Promise<ElectronApplication> {
  const executablePath = process.env['ELECTRON_PATH'];
  if (executablePath === undefined) throw new Error('ELECTRON_PATH does not say where Electron is; run `npm test`.');
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  for (let timeout = LAUNCH_WITHIN_MS; ; timeout *= 2) {
    try {
      return await electron.launch({ executablePath, args: [...switches, ...args], timeout });
    } catch (error) {
      if (timeout >= MAX_LAUNCH_MS || !(error instanceof errors.TimeoutError)) throw error;
      console.warn(`Playwright could not attach to Electron and launches another one: ${error.message}`);
      await beforeRetry();
    }
  }
}

/** Ends an Electron whose test is over. `child` is its process, which it can't name once it has ended. */
export async function endElectron(app: ElectronApplication, child: ChildProcess): Promise<void> {
  // One that has ended already rejects.
  await within(
    app.close().catch(() => undefined),
    child,
  );
}

/** One Electron for all tests of a worker. It runs the app once for each of them. */
export class ReusedElectron {
  readonly #electron: Electron;
  #running: { readonly app: ElectronApplication; readonly child: ChildProcess } | null = null;

  constructor(electron: Electron) {
    this.#electron = electron;
  }

  /** Starts the app with these arguments and resolves with its page. */
  async start(args: readonly string[], beforeRetry: () => Promise<void>): Promise<Page> {
    if (this.#running === null) {
      const app = await launchElectron(this.#electron, ['-r', FRESH_STARTS, ROOT, ...args], beforeRetry);
      this.#running = { app, child: app.process() };
      app.once('close', () => {
        this.#running = null;
      });
      return loaded(await app.firstWindow());
    }
    const { app } = this.#running;
    const [page] = await Promise.all([
      app.waitForEvent('window'),
      app.evaluate((_electron, own) => (globalThis as unknown as FreshStarts).startAgain(own), args),
    ]);
    return loaded(page);
  }

  /** Ends the app, and keeps its Electron for the next. */
  async endApp(): Promise<void> {
    if (this.#running === null) throw new Error('Electron ended before its test did');
    const { app, child } = this.#running;
    await within(
      app.evaluate(() => (globalThis as unknown as FreshStarts).endApp()),
      child,
    );
  }

  /** Ends Electron itself, if it runs. */
  async end(): Promise<void> {
    if (this.#running !== null) this.#running.child.kill('SIGKILL');
  }
}

/** Like in a browser, where a test continues once its page has loaded. */
async function loaded(page: Page): Promise<Page> {
  await page.waitForURL((url) => url.protocol !== 'about:');
  return page;
}

/** Waits for an end. Whatever does not end is killed, and its test has failed. */
async function within(end: Promise<unknown>, child: ChildProcess): Promise<void> {
  const hasEnded = end.then(() => true);
  if (await Promise.race([hasEnded, delay(CLOSE_WITHIN_MS, false, { ref: false })])) return;
  child.kill('SIGKILL');
  throw new Error(`The app did not end within ${String(CLOSE_WITHIN_MS / 1000)} s`);
}
