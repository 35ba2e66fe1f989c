/**
 * `npm run screenshots`: takes the README's pictures of the demo, in a real browser through the preview. Run it after
 * each change of what they show, and look at them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { WidgetHost } from '../src/host/widget-host.ts';
import { servePreview } from '../src/preview/server.ts';
import { buildIfNeeded, ROOT } from './build-if-needed.ts';
import { findChromium, isRootOnLinux } from './runtimes.ts';

const FOLDER = path.join(ROOT, 'docs', 'images');
/** So many members in view have changed before a picture is taken that it shows exact times beside “at least”. */
const CHANGED_MEMBERS = 6;

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  readonly show: (page: Page) => Promise<void>;
}

async function showBoard(page: Page): Promise<void> {
  await page.getByRole('table', { name: 'Team status' }).waitFor();
  const exact = page.getByRole('row').filter({ hasText: /\d:\d\d/, hasNotText: 'at least' });
  await exact.nth(CHANGED_MEMBERS).waitFor({ timeout: 120_000 });
}

async function showJourney(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Call journey' }).click();
  await page.getByRole('button', { name: /^Consult transfer/ }).click();
  await page.getByRole('table', { name: 'Call journey' }).waitFor();
}

const PICTURES: readonly Picture[] = [
  { name: 'team-status', width: 380, height: 640, colorScheme: 'light', show: showBoard },
  { name: 'team-status-wide', width: 1100, height: 640, colorScheme: 'dark', show: showBoard },
  { name: 'call-journey', width: 380, height: 640, colorScheme: 'dark', show: showJourney },
];

buildIfNeeded();
const found = findChromium();
if ('missing' in found) throw new Error(`${found.missing}: npx playwright install chromium`);
mkdirSync(FOLDER, { recursive: true });
const profileDir = mkdtempSync(path.join(tmpdir(), 'uccx-team-widget-pictures-'));
const host = new WidgetHost({
  profileDir,
  environment: {},
  commandLine: { source: 'command line', values: new Map(), problems: [] },
  log: { info: () => undefined, warn: console.warn, error: console.error },
});
await host.start();
const preview = await servePreview({ host, pageRoot: path.join(ROOT, 'out', 'renderer'), port: 0 });
const browser = await chromium.launch({ executablePath: found.path, chromiumSandbox: !isRootOnLinux() });
for (const { name, width, height, colorScheme, show } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, deviceScaleFactor: 2 });
  await page.goto(preview.url);
  await show(page);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}
await browser.close();
await host.stop();
await preview.close();
rmSync(profileDir, { recursive: true });
