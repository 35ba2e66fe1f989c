/**
 * `npm test`: unit tests, then the page in a real Chromium, then the app in a real Electron. What is not on this machine
 * is skipped and said last and plainly, with the one command that brings it; with CI=true it is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildIfNeeded, ROOT } from './build-if-needed.ts';
import { findChromium, findElectron, hasCommand } from './runtimes.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const VITEST = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const PLAYWRIGHT = path.join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
/** A display, a window manager, a hand on the keyboard, a key ring, and what makes a Windows installer. */
const ELECTRON_NEEDS = [
  'xvfb-run',
  'openbox',
  'xdotool',
  'dbus-run-session',
  'gnome-keyring-daemon',
  'makensis',
  '7za',
];
const isCi = process.env['CI'] === 'true';
const reports = mkdtempSync(path.join(tmpdir(), 'uccx-team-widget-tests-'));
const notes: string[] = [];

buildIfNeeded();
const all = [unitTests(), pageTests(), electronTests()];
rmSync(reports, { recursive: true, force: true });
const sum = (pick: (counts: Counts) => number): number => all.reduce((total, counts) => total + pick(counts), 0);
const failed = sum((counts) => counts.failed);
for (const note of notes) console.log(note);
console.log(
  `tests: ${String(sum((counts) => counts.passed))} passed, ${String(failed)} failed, ${String(sum((counts) => counts.skipped))} skipped`,
);
process.exitCode = failed > 0 ? 1 : 0;

function unitTests(): Counts {
  console.log('\n— Unit and integration tests —');
  const report = path.join(reports, 'unit.json');
  const status = run([
    process.execPath,
    VITEST,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return read(report, status, (json) => ({
    passed: number(json, 'numPassedTests'),
    failed: number(json, 'numFailedTests'),
    skipped: number(json, 'numPendingTests') + number(json, 'numTodoTests'),
  }));
}

function pageTests(): Counts {
  console.log('\n— The page in Chromium —');
  const browser = findChromium();
  if ('missing' in browser) return skip('page', 'chromium', browser.missing, 'npx playwright install chromium');
  return playwright('chromium', [], { CHROMIUM_PATH: browser.path });
}

function electronTests(): Counts {
  console.log('\n— The app in Electron —');
  const electron = findElectron();
  if ('missing' in electron) return skip('app', 'electron', electron.missing, 'npx install-electron');
  const environment = { ELECTRON_PATH: electron.path };
  const missing = ELECTRON_NEEDS.filter((command) => process.platform === 'linux' && !hasCommand(command));
  if (missing.length > 0) {
    const packages = 'apt-get install xvfb xauth openbox xdotool dbus gnome-keyring nsis p7zip-full';
    return skip('app', 'electron', `there is no ${missing.join(', no ')}`, packages);
  }
  // On a screen of its own, so that nobody's own windows are in the way, nor the tests' in theirs.
  const screen = ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', 'sh', '-c', 'openbox & exec "$@"', 'sh'];
  return playwright('electron', process.platform === 'linux' ? screen : [], environment);
}

function playwright(
  project: string,
  wrapper: readonly string[],
  environment: Readonly<Record<string, string>>,
): Counts {
  const report = path.join(reports, `${project}.json`);
  const test = [process.execPath, PLAYWRIGHT, 'test', `--project=${project}`, '--reporter=list,json'];
  const status = run([...wrapper, ...test], { ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return read(report, status, playwrightCounts);
}

function playwrightCounts(json: Readonly<Record<string, unknown>>): Counts {
  const stats = (json['stats'] ?? {}) as Readonly<Record<string, unknown>>;
  return {
    passed: number(stats, 'expected'),
    failed: number(stats, 'unexpected') + number(stats, 'flaky'),
    skipped: number(stats, 'skipped'),
  };
}

/** Leaves out a project for a reason; counts its tests as skipped, or as failed where nothing may be left out. */
function skip(what: string, project: string, reason: string, remedy: string): Counts {
  const report = path.join(reports, `${project}-list.json`);
  const list = ['test', `--project=${project}`, '--list', '--reporter=json'];
  spawnSync(process.execPath, [PLAYWRIGHT, ...list], {
    cwd: ROOT,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    stdio: 'ignore',
  });
  const listed = read(report, 0, playwrightCounts);
  const count = Math.max(1, listed.passed + listed.failed + listed.skipped);
  notes.push(
    `${isCi ? 'FAILED' : 'Skipped'}: the ${String(count)} ${what} tests, because ${reason}. To run them: ${remedy}`,
  );
  return isCi ? { passed: 0, failed: count, skipped: 0 } : { passed: 0, failed: 0, skipped: count };
}

/** The counts of a report. A run that failed without saying which test did counts as one failure. */
function read(report: string, status: number, pick: (json: Readonly<Record<string, unknown>>) => Counts): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = pick(JSON.parse(readFileSync(report, 'utf8')) as Readonly<Record<string, unknown>>);
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function run([command = '', ...args]: readonly string[], environment: Readonly<Record<string, string>> = {}): number {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment } }).status ?? 1;
}

function number(json: Readonly<Record<string, unknown>>, key: string): number {
  const value = json[key];
  return typeof value === 'number' ? value : 0;
}
