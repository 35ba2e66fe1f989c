/**
 * The built gallery as a test opens it: served for each worker, on one page that goes from exhibit to exhibit without
 * being loaded anew.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test as base, type Frame, type Page } from '@playwright/test';
import { findPageFile } from '../../src/host/base/page-files.ts';
import { addressOf, LOOK, type Look } from '../../gallery/address.ts';
import type { Exhibit } from '../../gallery/exhibits.ts';
import { layoutProblems } from './rectangles.ts';

export { expect } from '@playwright/test';

/** As large as each shape is looked at, where nothing else is said. */
export const SIZES = {
  panel: { width: 380, height: 640 },
  strip: { width: 560, height: 40 },
  wall: { width: 1600, height: 900 },
} as const;

const BUILT = path.resolve(import.meta.dirname, '../../out/gallery');

export const test = base.extend<object, { readonly served: string; readonly shown: Page; readonly framed: Frame }>({
  served: [
    async ({}, use) => {
      const server = createServer((request, response) => {
        const { pathname } = new URL(request.url ?? '/', 'http://gallery');
        void findPageFile(BUILT, pathname, "'self'").then((file) => {
          response.writeHead(file === null ? 404 : 200, {
            'Content-Type': file?.headers['Content-Type'] ?? 'text/plain',
          });
          response.end(file?.body);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],

  shown: [
    async ({ playwright, served }, use) => {
      const browser = await playwright.chromium.launch({
        ...(process.env['CHROMIUM_PATH'] === undefined ? {} : { executablePath: process.env['CHROMIUM_PATH'] }),
        chromiumSandbox: process.getuid?.() !== 0,
      });
      const page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC' });
      await page.goto(served);
      await use(page);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  framed: [
    async ({ shown, served }, use) => {
      await shown.setViewportSize({ width: 1920, height: 1200 });
      await shown.addInitScript(`window.faultsDrawn = ${layoutProblems.toString()}`);
      await shown.setContent(`<body style="margin: 0"><iframe style="border: 0" src="${served}?state=empty"></iframe>`);
      const frame = await (await shown.waitForSelector('iframe')).contentFrame();
      if (frame === null) throw new Error('The page has no frame.');
      await frame.locator(':root[data-shown]').waitFor({ state: 'attached' });
      await use(frame);
    },
    { scope: 'worker' },
  ],
});

/** Goes to an exhibit and waits until all of it is to be seen. */
export async function go(to: Page | Frame, exhibit: Exhibit, as: Partial<Look> = {}): Promise<void> {
  await to.evaluate(
    async (search) => {
      await navigation.navigate(search).finished;
    },
    addressOf(exhibit, as),
  );
  expect(await to.evaluate(() => ('shown' in document.documentElement.dataset ? '' : document.body.innerText))).toBe(
    '',
  );
}

/** Gives an exhibit that is shown another look, and waits until it is drawn. */
export function changeLook(of: Page, to: Look): Promise<void> {
  return of.evaluate(
    (message) =>
      new Promise<void>((resolve) => {
        addEventListener('message', () => requestAnimationFrame(() => setTimeout(resolve)), { once: true });
        postMessage(message, location.origin);
      }),
    { [LOOK]: to },
  );
}

interface Sizes {
  readonly widths: readonly number[];
  readonly height: number;
  readonly languages: readonly Look['language'][];
}

/** What is wrong with what is drawn in a frame, in each of these languages at each of these widths. */
export function faultsIn(frame: Frame, sizes: Sizes): Promise<Readonly<Record<string, readonly string[]>>> {
  return frame.evaluate(
    async ({ widths, height, languages, key }) => {
      const { faultsDrawn: drawn, frameElement: element } = window as unknown as {
        readonly faultsDrawn: () => string[];
        readonly frameElement: HTMLIFrameElement;
      };
      // What follows from sizes is drawn within the frame.
      const frameDrawn = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const found: Record<string, string[]> = {};
      element.style.height = `${String(height)}px`;
      for (const language of languages) {
        postMessage({ [key]: { theme: 'light', language } }, location.origin);
        await new Promise((resolve) => addEventListener('message', resolve, { once: true }));
        for (const width of widths) {
          element.style.width = `${String(width)}px`;
          await frameDrawn();
          const faults = drawn();
          const { scrollWidth, scrollHeight, lang } = document.documentElement;
          if (lang !== language) faults.push(`speaks ${lang}`);
          if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push('the document outgrows its window');
          if (faults.length > 0) found[`${String(width)} px, ${language}`] = faults;
        }
      }
      return found;
    },
    { ...sizes, key: LOOK },
  );
}
