import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/support/widget-fixture.ts';

export default defineConfig<HostOptions>({
  testDir: 'test',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: { trace: 'retain-on-failure' },
  projects: [
    // The same promises are kept in both hosts; each has some of its own besides.
    { name: 'chromium', testMatch: ['ui/**/*.spec.ts', 'preview/**/*.spec.ts'], use: { host: 'preview' } },
    { name: 'electron', testMatch: ['ui/**/*.spec.ts', 'e2e/**/*.spec.ts'], use: { host: 'electron' } },
  ],
});
