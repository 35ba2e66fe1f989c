/** Finds and reads the machine's policy: a file and, on Windows, a registry key, which overrides the file. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileFailure } from '../../core/base/file-failure.ts';
import type { Layer } from '../../core/settings/layers.ts';
import { REGISTRY_KEY, registryLayer } from '../../core/settings/registry-policy.ts';
import { policyFile, readPolicyLayer } from '../../core/settings/settings-file.ts';

/** Reads the policy's layers, from the weakest to the strongest. Never rejects. */
export type ReadPolicy = () => Promise<readonly Layer[]>;

/** What we need from the system's registry. Tests pass their own. */
export interface Registry {
  /** The key as `reg export` writes it; null if there is no such key. Rejects if it can't be read. */
  readonly export: (key: string) => Promise<string | null>;
}

/** The policy of the machine we run on. */
export function policyOfMachine(): ReadPolicy {
  const registry =
    process.platform === 'win32' ? windowsRegistry(process.env['SystemRoot'] ?? String.raw`C:\Windows`) : null;
  return policyIn(policyFile(process.platform), registry);
}

/** `registry` is null if the system has none. */
export function policyIn(file: string, registry: Registry | null): ReadPolicy {
  return async () => [await readPolicyLayer(file), ...(registry === null ? [] : await readRegistry(registry))];
}

async function readRegistry(registry: Registry): Promise<readonly Layer[]> {
  try {
    const text = await registry.export(REGISTRY_KEY);
    return text === null ? [] : [registryLayer(text)];
  } catch (error) {
    const { text, details } = fileFailure(error);
    const message = { key: 'settings.fileUnreadable', values: { message: text } } as const;
    const problem = {
      source: 'policy',
      place: REGISTRY_KEY,
      key: null,
      message,
      severity: 'error',
      details,
    } as const;
    return [{ source: 'policy', values: new Map(), problems: [problem] }];
  }
}

const run = promisify(execFile);
/** The link waits for the policy. */
const MAX_WAIT_MS = 10_000;

/**
 * Uses Windows' own reg.exe. It exports to a file, since it writes every character correctly only there. 64-bit and
 * 32-bit programs would see different keys; policies are in the 64-bit one.
 */
function windowsRegistry(systemRoot: string): Registry {
  const reg = path.win32.join(systemRoot, 'System32', 'reg.exe');
  const ask = (...args: readonly string[]) =>
    run(reg, [...args, '/reg:64'], { windowsHide: true, timeout: MAX_WAIT_MS });
  const has = (key: string): Promise<boolean> =>
    ask('query', key).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 1) return false;
        throw error;
      },
    );
  return {
    export: async (key) => {
      if (!(await has(key))) {
        // For a missing key and for one it may not read, reg.exe reports the same error, so check first that it can
        // read at all.
        if (await has(String.raw`HKEY_LOCAL_MACHINE\SOFTWARE`)) return null;
        throw new Error('reg.exe can’t read the registry');
      }
      const folder = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-policy-'));
      try {
        const file = path.join(folder, 'policy.reg');
        await ask('export', key, file, '/y');
        return (await readFile(file, 'utf16le')).replace(/^\uFEFF/, '');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
