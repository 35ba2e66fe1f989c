/**
 * `npm start`: builds if needed and opens the widget in Electron. If that is not possible, says why in one sentence and
 * serves the preview to a browser instead. Passes arguments after `--` to the widget.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfNeeded } from './lib/build.ts';
import { ROOT } from './lib/root.ts';
import { fetchElectron, findElectron, hasDisplay, isRootOnLinux } from './lib/runtimes.ts';

const args = process.argv.slice(2);

buildIfNeeded();
// Without a display, download nothing, but report everything that is missing at once.
const electron = hasDisplay() ? fetchElectron() : findElectron();
if (hasDisplay() && 'path' in electron)
  run(electron.path, [...electronSwitches(), ROOT, ...args], explainIfItNeverOpened);
else {
  const reasons = [
    hasDisplay() ? '' : 'there is no display (start it on a desktop, or under xvfb-run)',
    'path' in electron
      ? ''
      : `${electron.missing} (set ELECTRON_MIRROR to a mirror of Electron’s releases, or ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron)`,
  ];
  console.log(
    `The window can’t be opened, because ${reasons.filter((reason) => reason !== '').join(' and ')}; ` +
      'the preview shows the same widget in a browser.',
  );
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const open = hasDisplay() ? [] : ['--no-open'];
  run(process.execPath, ['--import', tsx, path.join(ROOT, 'src', 'preview', 'cli.ts'), ...open, ...args]);
}

function electronSwitches(): string[] {
  const switches = [];
  if (isRootOnLinux()) {
    console.log('As root the widget runs without its sandbox; start it as another user to have it.');
    switches.push('--no-sandbox');
  }
  // Wayland does not let a window stay on top, but X does.
  if (process.platform === 'linux' && process.env['DISPLAY'] !== undefined) switches.push('--ozone-platform=x11');
  return switches;
}

/** Runs the child to its end, passes signals on, and exits as it did. */
function run(command: string, commandArgs: readonly string[], onExit?: (code: number, afterMs: number) => void): void {
  const startedAt = performance.now();
  const child = spawn(command, commandArgs, { cwd: ROOT, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`${command} can’t be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
    onExit?.(process.exitCode, performance.now() - startedAt);
  });
}

/**
 * If Electron can't start, for example for want of a library or a sandbox, it exits at once with little explanation.
 */
function explainIfItNeverOpened(code: number, afterMs: number): void {
  if (code > 2 && afterMs < 10_000) {
    console.log(`Electron ended with code ${code}; “npm run preview” shows the same widget in a browser.`);
  }
}
