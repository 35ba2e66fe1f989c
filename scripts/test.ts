/**
 * `npm test`: runs the unit tests, the page in a real Chromium and the app in a real Electron, all side by side. `npm
 * test -- board -g "limit"` runs only what matches, in each of them that has such a test. What this machine can't run
 * is skipped and listed last, with the one command that enables it. With CI=true that is a failure.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorText } from '../src/shared/base/error-text.ts';
import { buildGalleryIfNeeded, buildIfNeeded } from './lib/build.ts';
import { ROOT } from './lib/root.ts';
import {
  choiceIn,
  countsOf,
  pageResults,
  slowest,
  unitResults,
  type Choice,
  type TestResult,
} from './lib/test-results.ts';
import { findChromium, findElectron, hasCommand } from './lib/runtimes.ts';

const VITEST = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const PLAYWRIGHT = path.join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
/** A display, a window manager, a virtual keyboard, a keyring, and tools for a Windows installer. */
const ELECTRON_NEEDS = [
  'Xvfb',
  'xauth',
  'openbox',
  'xdotool',
  'dbus-run-session',
  'gnome-keyring-daemon',
  'makensis',
  '7za',
];
const SLOWEST = 10;
const isCi = process.env['CI'] === 'true';

/** A Playwright project: the environment it needs, or why it can't run here and what would help. */
type Project =
  | { readonly name: string; readonly environment: Readonly<Record<string, string>> }
  | { readonly name: string; readonly what: string; readonly missing: string; readonly remedy: string };

let choice: Choice;
try {
  choice = choiceIn(process.argv.slice(2));
} catch (error) {
  console.error(errorText(error));
  process.exit(2);
}
const isChosen = choice.files.length > 0 || choice.title !== null;
const reports = mkdtempSync(path.join(tmpdir(), 'uccx-team-widget-tests-'));
const notes: string[] = [];

buildIfNeeded();
buildGalleryIfNeeded();
const results = (await Promise.all([unitTests(), windowTests()])).flat();
rmSync(reports, { recursive: true, force: true });
const { passed, failed, skipped } = countsOf(results);
const isNothing = isChosen && results.length === 0;
if (!isChosen) console.log(`\nThe ${String(SLOWEST)} slowest:\n${slowest(results, SLOWEST).join('\n')}\n`);
for (const note of notes) console.log(note);
if (isNothing) console.log(`No test matches ${process.argv.slice(2).join(' ')}.`);
console.log(`tests: ${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`);
process.exitCode = failed > 0 || isNothing ? 1 : 0;

/** Prints their output once they are done, so that it stays in one piece. */
async function unitTests(): Promise<readonly TestResult[]> {
  const report = path.join(reports, 'unit.json');
  const title = choice.title === null ? [] : ['-t', choice.title];
  const chosen = [...choice.files, ...title, ...(isChosen ? ['--passWithNoTests'] : [])];
  const { status, output } = await run('pipe', [
    VITEST,
    'run',
    ...chosen,
    // A selection of the tests covers less than all of them.
    ...(isCi && !isChosen ? ['--coverage'] : []),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  console.log(`\n— Unit and integration tests —\n${output}`);
  return read('unit', report, status, (json) => unitResults(json, choice.title !== null));
}

/** Runs the tests that open a window, in all available hosts. They share the workers, so that none of them idles. */
async function windowTests(): Promise<readonly TestResult[]> {
  console.log('\n— The page in Chromium, and the app in Electron —');
  const projects = [chromiumProject('chromium', 'page'), chromiumProject('gallery', 'gallery'), electronProject()];
  const here = projects.filter((project) => 'environment' in project);
  const skippedResults = projects.filter((project) => 'missing' in project).flatMap(skip);
  if (here.length === 0) return skippedResults;
  const report = path.join(reports, 'windows.json');
  const names = here.map(({ name }) => `--project=${name}`);
  const environment = Object.assign({}, ...here.map((project) => project.environment)) as Record<string, string>;
  const { status } = await run('inherit', [PLAYWRIGHT, 'test', ...chosenWindows(), ...names, '--reporter=list,json'], {
    ...environment,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return [...read('playwright', report, status, pageResults), ...skippedResults];
}

function chosenWindows(): readonly string[] {
  const title = choice.title === null ? [] : ['-g', choice.title];
  return [...choice.files, ...title, ...(isChosen ? ['--pass-with-no-tests'] : [])];
}

function chromiumProject(name: string, what: string): Project {
  const browser = findChromium();
  if ('path' in browser) return { name, environment: { CHROMIUM_PATH: browser.path } };
  return { name, what, missing: browser.missing, remedy: 'npx playwright install chromium' };
}

function electronProject(): Project {
  const electron = findElectron();
  const app = { name: 'electron', what: 'app' };
  if ('missing' in electron) return { ...app, missing: electron.missing, remedy: 'npx install-electron' };
  const missing = ELECTRON_NEEDS.filter((command) => process.platform === 'linux' && !hasCommand(command));
  if (missing.length > 0) {
    return {
      ...app,
      missing: `there is no ${missing.join(', no ')}`,
      remedy: 'xargs apt-get install < .ci/debian-packages.txt',
    };
  }
  return { name: 'electron', environment: { ELECTRON_PATH: electron.path } };
}

/** Leaves out a project with a reason. Its tests count as skipped, or as failed if nothing may be left out. */
function skip({ name, what, missing, remedy }: Extract<Project, { readonly missing: string }>): readonly TestResult[] {
  const report = path.join(reports, `${name}-list.json`);
  const list = ['test', ...chosenWindows(), `--project=${name}`, '--list', '--reporter=json'];
  spawnSync(process.execPath, [PLAYWRIGHT, ...list], {
    cwd: ROOT,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    stdio: 'ignore',
  });
  const outcome = isCi ? 'failed' : 'skipped';
  const left = read(name, report, 0, pageResults).map((one): TestResult => ({ ...one, outcome, ms: 0 }));
  if (left.length > 0) {
    const verb = isCi ? 'FAILED' : 'Skipped';
    notes.push(`${verb}: the ${String(left.length)} ${what} tests, because ${missing}. To run them: ${remedy}`);
  }
  return left;
}

/** The results of a report. A run that failed without naming a failed test counts as one failure. */
function read(
  runner: string,
  report: string,
  status: number,
  results: (json: unknown) => readonly TestResult[],
): readonly TestResult[] {
  const found = existsSync(report) ? results(JSON.parse(readFileSync(report, 'utf8'))) : [];
  const isExplained = found.some(({ outcome }) => outcome === 'failed');
  if ((status === 0 && (found.length > 0 || isChosen)) || isExplained) return found;
  return [...found, { runner, file: '', title: 'the run as a whole', outcome: 'failed', ms: 0 }];
}

/** Runs a Node program. `output` in the result is what it printed, if piped. */
async function run(
  output: 'inherit' | 'pipe',
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly output: string }> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['inherit', output, output], env });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [status] = (await once(child, 'close')) as readonly (number | null)[];
  return { status: status ?? 1, output: Buffer.concat(chunks).toString() };
}
