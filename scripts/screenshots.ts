/**
 * `npm run screenshots`: takes the README's pictures of the demo, in a real browser through the preview. Run it
 * whenever what they show has changed, and look at them. `npm run screenshots -- FOLDER` instead takes each shape in
 * each theme and language into that folder, just to look at.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { systemClock } from '../src/core/base/clock.ts';
import { NO_FEED } from '../src/host/support/update-checker.ts';
import { WidgetHost } from '../src/host/widget-host.ts';
import { NO_VAULT } from '../src/core/settings/vault.ts';
import { SHAPES } from '../src/shared/desktop/shape.ts';
import { LANGUAGES } from '../src/shared/texts/languages.ts';
import { servePreview } from '../src/preview/server.ts';
import { buildIfNeeded } from './lib/build.ts';
import { ROOT } from './lib/root.ts';
import { findChromium, isRootOnLinux } from './lib/runtimes.ts';

const FOLDER = path.join(ROOT, 'docs', 'images');
/** This many visible members must have changed before a picture, so that it shows exact times beside “at least”. */
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

async function showStrip(page: Page): Promise<void> {
  await showBoard(page);
  await page.keyboard.press('F8');
  await page.getByRole('region', { name: 'Strip' }).waitFor();
}

async function showWall(page: Page): Promise<void> {
  // The previous page left the strip. A key pressed before the page knows that would start from the first shape.
  await page.getByRole('region', { name: 'Strip' }).waitFor();
  await page.keyboard.press('F8');
  await page.getByRole('list', { name: 'Team status' }).waitFor();
}

// In this order: the next page has the shape that the previous one left.
const PICTURES: readonly Picture[] = [
  { name: 'team-status', width: 380, height: 640, colorScheme: 'light', show: showBoard },
  { name: 'team-status-wide', width: 1100, height: 640, colorScheme: 'dark', show: showBoard },
  { name: 'call-journey', width: 380, height: 640, colorScheme: 'dark', show: showJourney },
  { name: 'strip', width: 560, height: 40, colorScheme: 'light', show: showStrip },
  { name: 'wall', width: 1600, height: 700, colorScheme: 'dark', show: showWall },
];

const SIZES = {
  panel: { width: 380, height: 640 },
  strip: { width: 560, height: 40 },
  wall: { width: 1600, height: 900 },
} as const;

buildIfNeeded();
const found = findChromium();
if ('missing' in found) throw new Error(`${found.missing}: npx playwright install chromium`);
const [asked] = process.argv.slice(2);
const folder = asked === undefined ? FOLDER : path.resolve(asked);
mkdirSync(folder, { recursive: true });
const profileDir = mkdtempSync(path.join(tmpdir(), 'uccx-team-widget-pictures-'));
const host = new WidgetHost({
  findVault: NO_VAULT,
  fetchFeed: NO_FEED,
  profileDir,
  clock: systemClock,
  environment: {},
  commandLine: { source: 'command line', values: new Map(), problems: [] },
  log: { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error },
  namedLog: { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error },
});
await host.start();
const preview = await servePreview({ host, pageRoot: path.join(ROOT, 'out', 'renderer'), port: 0 });
const browser = await chromium.launch({ executablePath: found.path, chromiumSandbox: !isRootOnLinux() });

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  console.log(path.relative(ROOT, path.join(folder, `${name}.png`)));
}

async function takePictures(): Promise<void> {
  for (const { name, width, height, colorScheme, show } of PICTURES) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, deviceScaleFactor: 2 });
    await page.goto(preview.url);
    await show(page);
    await take(page, name);
    await page.close();
  }
}

async function takeAll(): Promise<void> {
  const page = await browser.newPage();
  await page.goto(preview.url);
  await showBoard(page);
  for (const { code: language } of LANGUAGES) {
    for (const theme of ['light', 'dark'] as const) {
      await host.answer('preferences.save', { changes: { language, theme }, base: {} });
      for (const shape of SHAPES) {
        await host.answer('window.set-shape', { shape });
        await page.setViewportSize(SIZES[shape]);
        await page.locator(`:root[data-shape=${shape}][lang=${language}]`).waitFor();
        await take(page, `${shape}-${theme}-${language}`);
      }
    }
  }
}

await (asked === undefined ? takePictures() : takeAll());
await browser.close();
await host.stop();
await preview.close();
rmSync(profileDir, { recursive: true });
