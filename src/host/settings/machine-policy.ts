/** Where the machine's policy is, and its layers: a file, and on Windows a key of the registry, which goes over the file. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileFailure } from '../../core/base/file-failure.ts';
import type { Layer } from '../../core/settings/layers.ts';
import { REGISTRY_KEY, registryLayer } from '../../core/settings/registry-policy.ts';
import { policyFile, readPolicyLayer } from '../../core/settings/settings-file.ts';

/** Reads the policy's layers, from the weaker to the stronger. Never rejects. */
export type ReadPolicy = () => Promise<readonly Layer[]>;

/** What the system does for the registry; another in tests. */
export interface Registry {
  /** The key as `reg export` writes it; null where there is no such key. Rejects where it can't be read. */
  readonly export: (key: string) => Promise<string | null>;
}

/** The policy of the machine that this runs on. */
export function policyOfMachine(): ReadPolicy {
  const registry =
    process.platform === 'win32' ? windowsRegistry(process.env['SystemRoot'] ?? String.raw`C:\Windows`) : null;
  return policyIn(policyFile(process.platform), registry);
}

/** `registry` is null where the system has none. */
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
      key: '',
      message,
      severity: 'error',
      details,
    } as const;
    return [{ source: 'policy', values: new Map(), problems: [problem] }];
  }
}

const run = promisify(execFile);
/** The link waits for it. */
const MAX_WAIT_MS = 10_000;

/**
 * By Windows' own reg.exe: to a file, since only there it writes every letter. Programs of 64 and of 32 bits would be shown
 * different keys; policies are in the one for 64.
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
        // reg.exe says the same of a key that is not there and of one that it may not read: it has to be able to read at all.
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
