/**
 * The widget as a test opens it, in either host: in Electron, or in Chromium through the preview; against a processor
 * whose every frame the test writes. The same test runs in both, since both keep the same promises.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  errors,
  expect as expected,
  test as base,
  type Browser,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import { systemClock } from '../../src/core/base/clock.ts';
import { commandLineLayer, settingsCommand } from '../../src/core/settings/command-line.ts';
import { policyIn } from '../../src/host/settings/machine-policy.ts';
import { NO_FEED } from '../../src/host/support/update-checker.ts';
import { WidgetHost } from '../../src/host/widget-host.ts';
import { NO_VAULT } from '../../src/core/settings/vault.ts';
import { servePreview } from '../../src/preview/server.ts';
import { BareProcessor } from '../../lab/bare-processor.ts';
import { lookOnceMore, watchForScrolling } from './stillness.ts';
import { NO_HOTKEYS } from '../../lab/no-hotkeys.ts';

export { expect } from '@playwright/test';
export { member, type BareConnection } from '../../lab/bare-processor.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface HostOptions {
  readonly host: 'preview' | 'electron';
}

/** Shorter than the product’s own, so that a time-out or a silence comes soon; and longer than a slow machine takes to open a page. */
const QUICK = {
  answerTimeoutMs: 6000,
  settleMs: 2500,
  heartbeatMs: 3000,
  // Keys that are heard everywhere are heard by the tests beside this one, too.
  hotkeys: NO_HOTKEYS,
};

/** Far more than it takes. */
const LAUNCH_WITHIN_MS = 15_000;
const MAX_LAUNCHES = 3;
/** Far more than the widget allows itself for quitting. */
const CLOSE_WITHIN_MS = 15_000;

/** Puts these beside the settings that a profile folder's file has. */
export async function addSettings(profileDir: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = path.join(profileDir, 'settings.json');
  const before = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...before, ...settings }));
}

interface Fixtures {
  /** A new empty folder with nothing but quick times in its settings. */
  readonly profileDir: string;
  readonly processor: BareProcessor;
  /**
   * Opens the widget with these arguments; by default for agent 1001 at `processor`. When the test is done, the page must
   * never have scrolled or outgrown its window.
   */
  readonly openWidget: (args?: readonly string[]) => Promise<Page>;
  /** The Electron app behind the page; only where `host` is electron. */
  readonly launch: (args?: readonly string[]) => Promise<ElectronApplication>;
}

export const test = base.extend<Fixtures, HostOptions & { readonly previewBrowser: Browser | null }>({
  host: ['preview', { option: true, scope: 'worker' }],

  previewBrowser: [
    async ({ playwright, host }, use) => {
      if (host === 'electron') {
        await use(null);
        return;
      }
      const browser = await playwright.chromium.launch({
        ...(process.env['CHROMIUM_PATH'] === undefined ? {} : { executablePath: process.env['CHROMIUM_PATH'] }),
        chromiumSandbox: process.getuid?.() !== 0,
        args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  profileDir: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-'));
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify(QUICK));
    await use(folder);
    // Children of an app that was killed may write for a moment longer.
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  },

  processor: async ({}, use) => {
    const processor = await BareProcessor.start();
    await use(processor);
    await processor.stop();
  },

  launch: async ({ playwright, profileDir, processor }, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(async (args = ['--processor', processor.url, '--agent', '1001']) => {
      const executablePath = process.env['ELECTRON_PATH'];
      if (executablePath === undefined)
        throw new Error('ELECTRON_PATH does not say where Electron is; run `npm test`.');
      const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const app = await held(
        () =>
          playwright._electron.launch({
            executablePath,
            args: [...switches, ROOT, '--profile-dir', profileDir, ...args],
            timeout: LAUNCH_WITHIN_MS,
          }),
        // What the one that was let go had begun is not of the next one.
        () => processor.restart(),
      );
      // Asked for now: an app that has ended does not tell it any more.
      const child = app.process();
      ends.push(() => endApp(app, child));
      return app;
    });
    for (const end of ends) await end();
  },

  openWidget: async ({ host, launch, previewBrowser, profileDir, processor }, use) => {
    const ends: (() => Promise<unknown>)[] = [];
    const watched: { readonly page: Page; readonly faults: readonly string[] }[] = [];
    const stayingStill = async (page: Page): Promise<Page> => {
      watched.push({ page, faults: await watchForScrolling(page) });
      return page;
    };
    await use(async (args = ['--processor', processor.url, '--agent', '1001']) => {
      if (previewBrowser === null || host === 'electron') return stayingStill(await (await launch(args)).firstWindow());
      const command = settingsCommand('test').parse(['--profile-dir', profileDir, ...args], { from: 'user' });
      const widget = new WidgetHost({
        profileDir,
        environment: {},
        commandLine: commandLineLayer(command).layer,
        clock: systemClock,
        findVault: NO_VAULT,
        fetchFeed: NO_FEED,
        readPolicy: policyIn(path.join(profileDir, 'policy.json'), null),
        log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error },
        namedLog: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error },
      });
      await widget.start();
      const preview = await servePreview({ host: widget, pageRoot: path.join(ROOT, 'out', 'renderer'), port: 0 });
      const context = await previewBrowser.newContext({ viewport: { width: 380, height: 640 } });
      ends.push(
        () => context.close(),
        () => widget.stop(),
        () => preview.close(),
      );
      const page = await stayingStill(await context.newPage());
      await page.goto(preview.url);
      return page;
    });
    for (const { page } of watched) await lookOnceMore(page);
    for (const end of ends) await end();
    expected(
      watched.flatMap(({ faults }) => faults),
      'nothing but the views scrolls',
    ).toEqual([]);
  },
});

/**
 * An Electron that Playwright has got hold of. Once in some hundred starts it waits for ever for one that is up, with the
 * widget live on the screen: that one was killed by it, and it tries anew, with a word of it.
 */
async function held(
  launch: () => Promise<ElectronApplication>,
  prepareAnew: () => Promise<void>,
): Promise<ElectronApplication> {
  for (let launches = 1; ; launches += 1) {
    try {
      return await launch();
    } catch (error) {
      if (launches === MAX_LAUNCHES || !(error instanceof errors.TimeoutError)) throw error;
      console.warn(`Playwright did not get hold of Electron and starts another one: ${error.message}`);
      await prepareAnew();
    }
  }
}

/** Ends an app whose test is over. One that does not end is killed, and its test has failed. */
async function endApp(app: ElectronApplication, child: ChildProcess): Promise<void> {
  const isClosed = await Promise.race([
    app.close().then(
      () => true,
      () => true,
    ),
    delay(CLOSE_WITHIN_MS, false, { ref: false }),
  ]);
  if (isClosed) return;
  child.kill('SIGKILL');
  throw new Error(`Electron did not end within ${String(CLOSE_WITHIN_MS / 1000)} s`);
}
