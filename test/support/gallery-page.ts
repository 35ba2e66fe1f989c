/** Opens the built gallery for tests. Each worker serves it and has one page, which goes through the exhibits. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { findPageFile } from '../../src/host/base/page-files.ts';
import { addressOf, LOOK, type Look } from '../../gallery/address.ts';
import type { Exhibit } from '../../gallery/exhibits.ts';
import { launchChromium } from './chromium.ts';

export { expect } from '@playwright/test';

/** The usual size of each shape. */
export const SIZES = {
  panel: { width: 380, height: 640 },
  strip: { width: 560, height: 40 },
  wall: { width: 1600, height: 900 },
} as const;

const BUILT = path.resolve(import.meta.dirname, '../../out/gallery');

export const test = base.extend<object, { readonly served: string; readonly shown: Page }>({
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
      const browser = await launchChromium(playwright.chromium);
      const page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC' });
      await page.goto(served);
      await use(page);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});

/** Goes to an exhibit, without loading the page again, and waits until all of it is visible. */
export async function go(page: Page, exhibit: Exhibit, as: Partial<Look> = {}): Promise<void> {
  await page.evaluate(
    async (search) => {
      await navigation.navigate(search).finished;
    },
    addressOf(exhibit, as),
  );
  expect(await page.evaluate(() => ('shown' in document.documentElement.dataset ? '' : document.body.innerText))).toBe(
    '',
  );
}

/** Changes the look of the exhibit that is shown, and waits until it is drawn. */
export function changeLook(page: Page, look: Look): Promise<void> {
  return page.evaluate(
    (message) =>
      new Promise<void>((resolve) => {
        addEventListener('message', () => requestAnimationFrame(() => setTimeout(resolve)), { once: true });
        postMessage(message, location.origin);
      }),
    { [LOOK]: look },
  );
}
