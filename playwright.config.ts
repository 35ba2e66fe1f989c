import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/support/widget-fixture.ts';

export default defineConfig<HostOptions>({
  testDir: 'test',
  outputDir: 'test-results',
  fullyParallel: true,
  // A test waits for a window half of its time, so there is work for more workers than processors.
  workers: Math.min(6, 2 * availableParallelism() - 1),
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    // What a test did, and how it ended. Pictures of every act take half as much work again: `--trace on` has them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    // The same promises are kept in both hosts; each has some of its own besides.
    { name: 'chromium', testMatch: ['ui/**/*.spec.ts', 'preview/**/*.spec.ts'], use: { host: 'preview' } },
    {
      name: 'electron',
      testMatch: ['ui/**/*.spec.ts', 'e2e/**/*.spec.ts'],
      use: { host: 'electron' },
      // Only on Linux does each worker have a display of its own.
      ...(process.platform === 'linux' ? {} : { workers: 1 }),
    },
  ],
});
