import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { shippedPackages } from './build/shipped-packages.ts';

export default defineConfig({
  main: {
    plugins: [shippedPackages()],
    // Everything is bundled, so that the packaged app needs no node_modules.
    build: { externalizeDeps: false, rolldownOptions: { external: ['bufferutil', 'utf-8-validate'] } },
  },
  preload: {
    plugins: [shippedPackages()],
    // A sandboxed preload must be one CommonJS file.
    build: {
      externalizeDeps: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    plugins: [svelte(), shippedPackages()],
    build: { target: 'chrome130', minify: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  },
});
