/** Finds the Electron, the browser and the display on this machine, and says how to get a missing one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { ROOT } from './root.ts';

export type Found = { readonly path: string } | { readonly missing: string };

const ELECTRON = path.join(ROOT, 'node_modules', 'electron');
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** The Electron executable: the one that the environment names, or the installed one. Downloads nothing. */
export function findElectron(): Found {
  const { ELECTRON_OVERRIDE_DIST_PATH: override } = process.env;
  const pathFile = path.join(ELECTRON, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : defaultName();
  const file = path.join(override ?? path.join(ELECTRON, 'dist'), name);
  if (existsSync(file)) return { path: file };
  return {
    missing:
      override === undefined
        ? 'Electron’s binary is not installed'
        : `there is no Electron in ELECTRON_OVERRIDE_DIST_PATH (${override})`,
  };
}

/** The Electron executable, downloaded if it is missing. */
export function fetchElectron(): Found {
  const found = findElectron();
  if ('path' in found || process.env['ELECTRON_OVERRIDE_DIST_PATH'] !== undefined) return found;
  console.log('Downloading Electron (once)…');
  const install = spawnSync(process.execPath, [path.join(ELECTRON, 'install.js')], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
  });
  if (install.status === 0) return findElectron();
  const why = /(?:Error|error): (.+)/.exec(`${install.stderr}\n${install.stdout}`)?.[1] ?? 'it took too long';
  return { missing: `Electron’s binary can’t be downloaded (${why})` };
}

function defaultName(): string {
  switch (process.platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron';
    case 'win32':
      return 'electron.exe';
    default:
      return 'electron';
  }
}

/** A Chromium for tests: the one that CHROMIUM_PATH names, the system's, or Playwright's own. */
export function findChromium(): Found {
  const { CHROMIUM_PATH: named } = process.env;
  if (named !== undefined) {
    return existsSync(named) ? { path: named } : { missing: `there is no browser at CHROMIUM_PATH (${named})` };
  }
  const candidates = [
    chromium.executablePath(),
    // The same engine without the browser around it, which costs most of the time on a small machine.
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    path.join(process.env['PROGRAMFILES'] ?? 'C:\\Program Files', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  ];
  const file = candidates.find((candidate) => existsSync(candidate));
  return file === undefined ? { missing: 'no Chromium was found' } : { path: file };
}

/** Whether windows can be shown. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Whether this is root on Linux, where Chromium refuses to start with its sandbox. */
export function isRootOnLinux(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/** Whether a command is on the PATH. */
export function hasCommand(name: string): boolean {
  try {
    execFileSync(process.platform === 'win32' ? 'where' : 'which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
