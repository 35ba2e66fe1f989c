/**
 * The widget as a test opens it: in Electron, or in Chromium through the preview, and against a processor whose every
 * frame the test writes. The same test runs in both hosts, since both keep the same promises. In the preview a test
 * makes time leap; Electron keeps its real clock.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect as expected, test as base, type Browser, type ElectronApplication, type Page } from '@playwright/test';
import { commandLineLayer, settingsCommand } from '../../src/core/settings/command-line.ts';
import { policyIn } from '../../src/host/settings/machine-policy.ts';
import { NO_FEED } from '../../src/host/support/update-checker.ts';
import { WidgetHost } from '../../src/host/widget-host.ts';
import { NO_VAULT } from '../../src/core/settings/vault.ts';
import { servePreview } from '../../src/preview/server.ts';
import { BareProcessor } from '../../lab/bare-processor.ts';
import { LeapingClock } from '../../lab/leaping-clock.ts';
import { NO_HOTKEYS } from '../../lab/no-hotkeys.ts';
import { launchChromium } from './chromium.ts';
import { Display } from './display.ts';
import { endElectron, launchElectron, ReusedElectron, ROOT } from './electron.ts';
import { lookOnceMore, watchForScrolling } from './stillness.ts';

export { expect } from '@playwright/test';
export { ROOT } from './electron.ts';
export { member, type BareConnection } from '../../lab/bare-processor.ts';

export interface HostOptions {
  readonly host: 'preview' | 'electron';
}

/** How long the widget waits for what a processor may leave out. */
export interface Times {
  readonly answerTimeoutMs: number;
  readonly settleMs: number;
  readonly heartbeatMs: number;
}

/** Longer than any test: a machine that stalls for a while loses no link and no answer. */
const PATIENT: Times = { answerTimeoutMs: 60_000, settleMs: 60_000, heartbeatMs: 60_000 };
/** For tests that wait for one of these in real time, yet longer than a busy machine takes to open a page. */
const QUICK: Times = { answerTimeoutMs: 6000, settleMs: 2500, heartbeatMs: 4000 };

/** Adds these to the settings in a profile folder's file. */
export async function addSettings(profileDir: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = path.join(profileDir, 'settings.json');
  const before = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...before, ...settings }));
}

interface Fixtures {
  /** A new folder that is empty but for settings with patient times and no hotkeys. */
  readonly profileDir: string;
  /**
   * For a test that waits for one of these: in Electron, where time can't leap, short ones are put into the settings.
   */
  readonly times: Times;
  /** The hosts behind the pages of the preview, and the clock they share. */
  readonly previewed: { readonly clock: LeapingClock; readonly hosts: WidgetHost[] };
  /**
   * Makes this much time pass at once in the preview. In Electron it passes by itself, and the next expectation waits
   * for it.
   */
  readonly passes: (ms: number) => Promise<void>;
  readonly processor: BareProcessor;
  /**
   * Opens the widget with these arguments; by default for agent 1001 at `processor`. The page must never scroll or
   * outgrow its window until the end of the test.
   */
  readonly openWidget: (args?: readonly string[]) => Promise<Page>;
  /** The Electron app behind the page; only if `host` is electron. */
  readonly launch: (args?: readonly string[]) => Promise<ElectronApplication>;
}

interface WorkerFixtures extends HostOptions {
  readonly previewBrowser: Browser | null;
  readonly electron: ReusedElectron;
  readonly display: undefined;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  host: ['preview', { option: true, scope: 'worker' }],

  // In the worker's own environment, so that everything a test starts shows up there.
  display: [
    async ({ host }, use) => {
      if (host !== 'electron' || process.platform !== 'linux') {
        await use(undefined);
        return;
      }
      const display = await Display.open();
      Object.assign(process.env, display.environment);
      await use(undefined);
      await display.close();
    },
    { scope: 'worker', auto: true },
  ],

  previewBrowser: [
    async ({ playwright, host }, use) => {
      if (host === 'electron') {
        await use(null);
        return;
      }
      const browser = await launchChromium(playwright.chromium);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  electron: [
    async ({ playwright }, use) => {
      const electron = new ReusedElectron(playwright._electron);
      await use(electron);
      await electron.end();
    },
    { scope: 'worker' },
  ],

  profileDir: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-'));
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ ...PATIENT, hotkeys: NO_HOTKEYS }));
    await use(folder);
    // Children of a killed app may keep writing for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  },

  times: async ({ host, profileDir }, use) => {
    const times = host === 'electron' ? QUICK : PATIENT;
    await addSettings(profileDir, { ...times });
    await use(times);
  },

  previewed: async ({}, use) => {
    await use({ clock: new LeapingClock(), hosts: [] });
  },

  passes: async ({ previewed: { clock, hosts } }, use) => {
    await use(async (ms) => {
      if (hosts.length === 0) return;
      await clock.leap(ms);
      // The page takes its time from the host.
      for (const host of hosts) host.windowChanged();
    });
  },

  processor: async ({}, use) => {
    const processor = await BareProcessor.start();
    await use(processor);
    await processor.stop();
  },

  launch: async ({ playwright, profileDir, processor }, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(async (args = ['--processor', processor.url, '--agent', '1001']) => {
      const app = await launchElectron(
        playwright._electron,
        [ROOT, '--profile-dir', profileDir, ...args],
        // The processor may have received messages from the killed one.
        () => processor.restart(),
      );
      // Asked for now, since an app that has ended can't name it any more.
      const child = app.process();
      ends.push(() => endElectron(app, child));
      return app;
    });
    for (const end of ends) await end();
  },

  openWidget: async ({ host, electron, previewBrowser, previewed, profileDir, processor }, use) => {
    const ends: (() => Promise<unknown>)[] = [];
    const watched: { readonly page: Page; readonly problems: readonly string[] }[] = [];
    const stayingStill = async (page: Page): Promise<Page> => {
      watched.push({ page, problems: await watchForScrolling(page) });
      return page;
    };
    await use(async (args = ['--processor', processor.url, '--agent', '1001']) => {
      const own = ['--profile-dir', profileDir, ...args];
      if (previewBrowser === null || host === 'electron') {
        ends.push(() => electron.endApp());
        return stayingStill(await electron.start(own, () => processor.restart()));
      }
      const command = settingsCommand('test').parse(own, { from: 'user' });
      const widget = new WidgetHost({
        profileDir,
        environment: {},
        commandLine: commandLineLayer(command).layer,
        clock: previewed.clock,
        findVault: NO_VAULT,
        fetchFeed: NO_FEED,
        readPolicy: policyIn(path.join(profileDir, 'policy.json'), null),
        log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error },
        namedLog: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error },
      });
      previewed.hosts.push(widget);
      await widget.start();
      const preview = await servePreview({ host: widget, pageRoot: path.join(ROOT, 'out', 'renderer'), port: 0 });
      const context = await previewBrowser.newContext({ viewport: { width: 380, height: 640 } });
      // A browser with windows lets a page copy on a click; a headless shell has nobody to click.
      await context.grantPermissions(['clipboard-write']);
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
      watched.flatMap(({ problems }) => problems),
      'nothing but the views scrolls',
    ).toEqual([]);
  },
});
