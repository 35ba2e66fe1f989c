/** The machine's policy: a file, and a registry that overrides it. What can't be read is reported and never ignored. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mergeLayers } from '../../../src/core/settings/layers.ts';
import { REGISTRY_KEY } from '../../../src/core/settings/registry-policy.ts';
import { policyIn } from '../../../src/host/settings/machine-policy.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uccx-policy-'));
  file = path.join(folder, 'policy.json');
});
afterEach(() => rm(folder, { recursive: true }));

const registry = (...lines: readonly string[]) => ({
  export: (key: string) => Promise.resolve([`[${key}]`, ...lines].join('\r\n')),
});

test('the registry overrides the file', async () => {
  await writeFile(file, JSON.stringify({ theme: 'dark', language: 'de' }));
  const layers = await policyIn(file, registry('"theme"="light"'))();
  expect(mergeLayers(layers).settings).toMatchObject({ theme: 'light', language: 'de' });
});

test('without a registry, or without the key, only the file counts', async () => {
  await writeFile(file, JSON.stringify({ theme: 'dark' }));
  expect(await policyIn(file, null)()).toHaveLength(1);
  expect(await policyIn(file, { export: () => Promise.resolve(null) })()).toHaveLength(1);
});

test('a registry that can’t be read stops the link and names nobody', async () => {
  const layers = await policyIn(file, { export: () => Promise.reject(new Error('access denied')) })();
  const { problems, settings } = mergeLayers(layers);
  expect(problems).toMatchObject([{ source: 'policy', place: REGISTRY_KEY, key: null, severity: 'error' }]);
  expect(settings.privacy).toBe('counts');
});
