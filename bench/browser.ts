/** The benchmark's browser, its bare pages, and the widget's page as the preview serves it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { ROOT } from '../scripts/lib/root.ts';
import { findChromium, isRootOnLinux } from '../scripts/lib/runtimes.ts';
import { Child, type Programs } from './child.ts';
import { AGENT_ID } from './load.ts';

/** The initial size of the widget's window. */
const VIEWPORT = { width: 380, height: 640 };
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
const WATCH = fileURLToPath(new URL('./pages/watch.js', import.meta.url));

export interface HostOptions {
  readonly profileDir: string;
  readonly pageRoot: string;
}

export interface HostReport {
  readonly type: 'serving';
  readonly url: string;
}

export function noChromium(): string | null {
  const found = findChromium();
  return 'missing' in found ? found.missing : null;
}

/** Runs `use` with a browser of its own, so that earlier measurements leave nothing behind. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const found = findChromium();
  if ('missing' in found) throw new Error(found.missing);
  const browser = await chromium.launch({
    executablePath: found.path,
    chromiumSandbox: !isRootOnLinux(),
    args: QUIET,
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a page with the script pages/watch.js. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addInitScript({ path: WATCH });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Runs `use` with the widget's page in a new browser, connected to this processor. */
export async function withWidgetPage<T>(
  programs: Programs,
  processorUrl: string,
  use: (page: Page, browser: Browser) => Promise<T>,
): Promise<T> {
  const profileDir = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-bench-'));
  await writeFile(
    path.join(profileDir, 'settings.json'),
    JSON.stringify({ processorUrls: [processorUrl], agentIds: [AGENT_ID] }),
  );
  const options: HostOptions = { profileDir, pageRoot: path.join(ROOT, 'out', 'renderer') };
  const host = new Child<HostReport>(programs, 'host', [JSON.stringify(options)]);
  try {
    const { url } = await host.report('serving');
    return await withBrowser(async (browser) => use(await openPage(browser, url), browser));
  } finally {
    await host.stop();
    await rm(profileDir, { recursive: true, force: true });
  }
}
