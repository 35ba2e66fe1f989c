import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/ui/**', 'test/e2e/**'],
    // Nothing else runs beside them.
    maxWorkers: availableParallelism(),
    coverage: {
      provider: 'v8',
      include: ['src/core/**'],
      reporter: ['text-summary'],
      // What was measured on 2026-11-28, less the tenth by which the seeds of the property tests move it. Raise them with it.
      thresholds: { statements: 99, branches: 95.9, functions: 99.3, lines: 99.5 },
    },
  },
});
