/** Describes the machine on which a figure was measured. It contains no name of a host, a user or a folder. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChromium, findElectron } from '../scripts/lib/runtimes.ts';

export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGib: number;
  readonly os: string;
  readonly node: string;
  /** Null if there is none. */
  readonly chromium: string | null;
  readonly electron: string | null;
  /** The machine's load in cores during the minute before: other programs affect the figures. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    cores: cpus.length,
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    memoryGib: Math.round(os.totalmem() / 1024 ** 3),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.versions.node,
    chromium: chromiumVersion(),
    electron: electronVersion(),
    loadBefore: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
  };
}

export function machineText(machine: Machine): string {
  const { cores, cpu, memoryGib, node, chromium, electron, loadBefore } = machine;
  return (
    `${String(cores)} cores of ${cpu}, ${String(memoryGib)} GiB, ${machine.os}, Node ${node}, ` +
    `Chromium ${chromium ?? 'none'}, Electron ${electron ?? 'none'}; load before the run ${loadBefore.toFixed(1)}`
  );
}

function chromiumVersion(): string | null {
  const found = findChromium();
  // On Windows the browser opens instead of printing its version.
  if ('missing' in found || process.platform === 'win32') return null;
  const { stdout } = spawnSync(found.path, ['--version'], { encoding: 'utf8' });
  return /[\d.]+/.exec(stdout)?.[0] ?? null;
}

/** Electron keeps its version in a file beside it. */
function electronVersion(): string | null {
  const found = findElectron();
  if ('missing' in found) return null;
  const folder = process.platform === 'darwin' ? path.resolve(found.path, '../../../..') : path.dirname(found.path);
  const file = path.join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'of unknown version';
}
