/** Launches the Chromium that page tests run in. It must not know what they show there. */
import type { Browser, BrowserType } from '@playwright/test';

export function launchChromium(chromium: BrowserType): Promise<Browser> {
  return chromium.launch({
    ...(process.env['CHROMIUM_PATH'] === undefined ? {} : { executablePath: process.env['CHROMIUM_PATH'] }),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
  });
}
