/** Builds the app if it is not built, or older than its sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.ts';

const SOURCES = ['src', 'build', 'electron.vite.config.ts', 'tsconfig.json', 'package-lock.json'];
const RESULTS = [
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/main/shipped-packages.json',
];

/** Throws an Error that says why if the build fails. */
export function buildIfNeeded(): void {
  const results = RESULTS.map((name) => path.join(ROOT, name));
  if (results.every(existsSync)) {
    const built = Math.min(...results.map((file) => statSync(file).mtimeMs));
    if (SOURCES.every((name) => newest(path.join(ROOT, name)) <= built)) return;
  }
  console.log('Building…');
  const cli = path.join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const build = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' });
  if (build.status !== 0) throw new Error('The build failed; what it says above tells why.');
}

function newest(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}
