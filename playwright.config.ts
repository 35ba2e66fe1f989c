import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/support/widget-fixture.ts';

export default defineConfig<HostOptions>({
  testDir: 'test',
  outputDir: 'test-results',
  fullyParallel: true,
  // A test spends half its time waiting for a window, so more workers than processors are worthwhile.
  workers: Math.min(6, 2 * availableParallelism() - 1),
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    // What a test did, and how it ended. Screenshots of every action would take half as long again; `--trace on` has them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    // The same promises are kept in both hosts; each also has some of its own.
    { name: 'chromium', testMatch: ['ui/**/*.spec.ts', 'preview/**/*.spec.ts'], use: { host: 'preview' } },
    // The page on fixtures, without a host. Nothing happens there that a trace could tell.
    { name: 'gallery', testMatch: 'gallery/**/*.spec.ts', use: { trace: 'off' } },
    {
      name: 'electron',
      testMatch: ['ui/**/*.spec.ts', 'e2e/**/*.spec.ts'],
      use: { host: 'electron' },
      // Only on Linux does each worker have a display of its own.
      ...(process.platform === 'linux' ? {} : { workers: 1 }),
    },
  ],
});
