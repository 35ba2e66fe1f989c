/** The gallery as a page of its own: the renderer's components on fixtures, without Electron. */
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: path.join(import.meta.dirname, 'gallery'),
  publicDir: path.join(import.meta.dirname, 'src', 'renderer', 'public'),
  // Lets the built gallery be served from any path.
  base: './',
  plugins: [svelte({ configFile: path.join(import.meta.dirname, 'svelte.config.js') })],
  server: { host: '127.0.0.1', fs: { allow: [import.meta.dirname] } },
  build: {
    outDir: path.join(import.meta.dirname, 'out', 'gallery'),
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // It never crosses a network.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
