/**
 * Electron from its start to the first painted board, and its memory then, compared to an empty window in the same
 * Electron.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../../scripts/lib/root.ts';
import { findElectron, isRootOnLinux } from '../../scripts/lib/runtimes.ts';
import { noDisplay, withDisplay } from '../display.ts';
import { atMost, type Figure } from '../figure.ts';
import { AGENT_ID, roster } from '../load.ts';
import { Processor } from '../processor.ts';

const SIZE = { members: 400, teams: 40 };
const KB_PER_MB = 1024;
const HOOK = fileURLToPath(new URL('../electron/hook.cjs', import.meta.url));
const EMPTY_WINDOW = fileURLToPath(new URL('../electron/empty-window.cjs', import.meta.url));

interface Start {
  readonly ms: number;
  readonly mb: number;
}

type HookReport =
  | { readonly paintedAt: number }
  | { readonly processes: readonly { readonly pid: number; readonly workingSetKb: number }[] };

export const electron: Figure = {
  name: 'electron',
  lines: [
    {
      figure: 'Electron from start to the first painted board',
      floor: 'an empty window of the same Electron',
      unit: 'ms',
      compare: 'ratio',
      aim: atMost(1.25),
    },
    {
      figure: 'Electron’s memory with the board, all processes',
      floor: 'an empty window of the same Electron',
      unit: 'MiB',
      compare: 'ratio',
      aim: atMost(1.25),
    },
  ],
  missing: () => {
    const found = findElectron();
    return 'missing' in found ? found.missing : noDisplay();
  },
  measure: async ({ programs, rounds }) => {
    const time = { product: [] as number[], floor: [] as number[] };
    const memory = { product: [] as number[], floor: [] as number[] };
    const processor = await Processor.start(programs, { ...SIZE, announcesAtOnce: true });
    await withDisplay(async (environment) => {
      for (let round = 0; round < rounds(7); round += 1) {
        for (const side of ['floor', 'product'] as const) {
          const { ms, mb } = await start(side, processor.url, environment);
          time[side].push(ms);
          memory[side].push(mb);
        }
      }
    });
    await processor.stop();
    return [time, memory];
  },
};

async function start(
  side: 'product' | 'floor',
  processorUrl: string,
  display: Readonly<Record<string, string>>,
): Promise<Start> {
  const found = findElectron();
  if ('missing' in found) throw new Error(found.missing);
  const profile = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-bench-'));
  const app = side === 'floor' ? [EMPTY_WINDOW] : [ROOT, '--profile-dir', profile];
  await writeFile(
    path.join(profile, 'settings.json'),
    JSON.stringify({ processorUrls: [processorUrl], agentIds: [AGENT_ID] }),
  );
  const first = roster(SIZE)[0]?.members[0]?.memberName ?? '';
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(found.path, [...(isRootOnLinux() ? ['--no-sandbox'] : []), '-r', HOOK, ...app], {
    env: { ...process.env, ...display, BENCH_PROFILE: profile, BENCH_AWAITED: side === 'floor' ? '' : first },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let ms: number | null = null;
  let mb: number | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('bench ')) continue;
    const report = JSON.parse(line.slice('bench '.length)) as HookReport;
    if ('paintedAt' in report) ms = report.paintedAt - startedAt;
    else {
      mb = report.processes.reduce((sum, { pid, workingSetKb }) => sum + (ownKb(pid) ?? workingSetKb), 0) / KB_PER_MB;
      break;
    }
  }
  child.stdin.end();
  await ended;
  await rm(profile, { recursive: true, force: true });
  if (ms === null || mb === null) throw new Error(`Electron ended before it had painted (${side})`);
  return { ms, mb };
}

/** A process's share of the memory: what several processes share is counted once. Only Linux reports it. */
function ownKb(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const [, kb] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8')) ?? [];
  return kb === undefined ? null : Number(kb);
}
