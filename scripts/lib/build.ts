/** Builds the app or the gallery if it is not built, or older than its sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.ts';

interface Build {
  readonly sources: readonly string[];
  readonly results: readonly string[];
  /** Below node_modules. */
  readonly program: readonly string[];
  readonly args: readonly string[];
}

const COMMON_SOURCES = ['src', 'tsconfig.json', 'package-lock.json'];
const APP: Build = {
  sources: [...COMMON_SOURCES, 'build', 'electron.vite.config.ts'],
  results: ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html', 'out/main/shipped-packages.json'],
  program: ['electron-vite', 'bin', 'electron-vite.js'],
  args: ['build'],
};
const GALLERY: Build = {
  sources: [...COMMON_SOURCES, 'gallery', 'gallery.vite.config.ts'],
  results: ['out/gallery/index.html'],
  program: ['vite', 'bin', 'vite.js'],
  args: ['build', '--config', 'gallery.vite.config.ts'],
};

/** Throws an Error that says why if the build fails. */
export function buildIfNeeded(): void {
  build('app', APP);
}

/** The same for the gallery. */
export function buildGalleryIfNeeded(): void {
  build('gallery', GALLERY);
}

function build(what: string, { sources, results, program, args }: Build): void {
  const files = results.map((name) => path.join(ROOT, name));
  if (files.every(existsSync)) {
    const built = Math.min(...files.map((file) => statSync(file).mtimeMs));
    if (sources.every((name) => newest(path.join(ROOT, name)) <= built)) return;
  }
  console.log(`Building the ${what}…`);
  const cli = path.join(ROOT, 'node_modules', ...program);
  const run = spawnSync(process.execPath, [cli, ...args, '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' });
  if (run.status !== 0) throw new Error(`The build of the ${what} failed; what it says above tells why.`);
}

function newest(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}
