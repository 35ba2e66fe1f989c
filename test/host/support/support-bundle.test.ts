/** The support bundle contains only text and no secrets, and names nobody. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SETTING_KEYS, SETTINGS as DECLARED } from '../../../src/core/settings.ts';
import { mergeLayers, type Layer } from '../../../src/core/settings/layers.ts';
import { supportBundle } from '../../../src/host/support/support-bundle.ts';

let profileDir: string;
beforeEach(async () => {
  profileDir = await mkdtemp(path.join(tmpdir(), 'uccx-support-'));
});
afterEach(() => rm(profileDir, { recursive: true }));

const file = (values: Readonly<Record<string, unknown>>): Layer => ({
  source: 'file',
  values: new Map(Object.entries(values).map(([key, value]) => [key as 'caFile', { value, place: 'settings.json' }])),
  problems: [],
});

async function unzipped(values: Readonly<Record<string, unknown>>) {
  const bundle = await supportBundle({
    head: { version: '1.2.3', processor: 'uccx.example:8445', createdAt: 0, wall: (at) => at },
    layered: mergeLayers([file(values)]),
    violations: [
      { kind: 'missing-field', detail: 'data.team', count: 2, firstAt: 0, lastAt: 5, example: '{"extra":"x"}' },
    ],
    blindTime: { watchedSince: 0, now: 10_000, gaps: [{ from: 1000, to: 4000, reason, isLost: true }], earlier: null },
    profileDir,
    people: ['Ana Torres'],
  });
  return Object.fromEntries(Object.entries(unzipSync(bundle)).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

const reason = { code: 'closed', message: 'the connection was cut', remedy: '' } as const;

const SETTINGS = {
  processorUrls: ['wss://uccx.example:8445/reports?token=hunter2'],
  agentIds: ['1001'],
  headers: { Authorization: 'Bearer hunter2' },
  caFile: '/home/jane/ca.pem',
  limits: [{ status: 'ACW', seconds: 60, team: 'Jane’s team' }],
  floors: [{ ready: 2, team: 'Jane’s team' }],
  reasonsFile: 'C:\\Users\\jane\\reasons.csv'.replaceAll('\\', path.sep),
  updatesFeed: 'https://updates.example/feed?token=hunter2',
};

test('it has settings, log, violations, gaps and versions', async () => {
  await mkdir(path.join(profileDir, 'logs'));
  await writeFile(path.join(profileDir, 'logs', 'widget.log'), `link: live, ${homedir()}/x, Ana Torres\n`);
  await writeFile(path.join(profileDir, 'logs', 'widget.old.log'), 'older\n');
  const files = await unzipped(SETTINGS);
  expect(Object.keys(files).sort()).toEqual([
    'about.txt',
    'departures.txt',
    'gaps.txt',
    'logs/widget.log',
    'logs/widget.old.log',
    'settings.json',
  ]);
  expect(files['about.txt']).toContain('UCCX Team Widget 1.2.3');
  expect(files['about.txt']).toContain(`node ${process.versions.node}`);
  expect(files['departures.txt']).toContain('data.team');
  expect(files['gaps.txt']).toContain('1970-01-01T00:00:01.000Z');
  expect(files['logs/widget.log'], 'a user’s folder has their name').toBe('link: live, ~/x, ***\n');
});

test('it contains no secrets and names nobody', async () => {
  const sensitive = SETTING_KEYS.filter((key) => DECLARED[key].holds !== 'plain');
  expect(Object.keys(SETTINGS).sort(), 'each setting that holds something').toEqual(sensitive.toSorted());
  const files = await unzipped({ ...SETTINGS, privacy: 'Jane' });
  const all = Object.values(files).join('\n');
  for (const word of ['hunter2', 'jane', 'Jane', '1001']) expect(all).not.toContain(word);
  const { settings, problems } = JSON.parse(files['settings.json'] ?? '') as {
    settings: Record<string, unknown>;
    problems: unknown;
  };
  expect(settings).toMatchObject({
    processorUrls: { value: ['uccx.example:8445'], from: 'file' },
    agentIds: { value: ['***'] },
    headers: { value: { Authorization: '***' } },
    caFile: { value: 'ca.pem' },
    reasonsFile: { value: 'reasons.csv' },
    updatesFeed: { value: 'updates.example' },
    limits: { value: [{ status: 'ACW', seconds: 60, team: '***' }] },
    theme: { value: 'system', from: 'built-in' },
  });
  expect(problems).toEqual([{ source: 'file', key: 'privacy', severity: 'error' }]);
});

test('the log with names is included only while names are wanted', async () => {
  await mkdir(path.join(profileDir, 'logs'));
  await writeFile(path.join(profileDir, 'logs', 'widget.log'), 'Ana Torres\n');
  for (const name of ['named.log', 'named.old.log'])
    await writeFile(path.join(profileDir, 'logs', name), 'Bob Example, who left, and Ana Torres\n');
  const without = await unzipped({});
  expect(Object.values(without).join()).not.toMatch(/Bob|Ana/);
  expect(Object.keys(without).filter((name) => name.startsWith('logs/'))).toEqual(['logs/widget.log']);
  expect(without['about.txt']).not.toContain('named.log');
  const named = await unzipped({ logsNames: true });
  expect(named['logs/widget.log']).toBe('***\n');
  expect(named['logs/named.log']).toBe('Bob Example, who left, and Ana Torres\n');
  expect(named['logs/named.old.log']).toBe('Bob Example, who left, and Ana Torres\n');
  expect(named['about.txt']).toContain('named.log');
});

test('the bundle says so in its place if a log can’t be read', async () => {
  expect(Object.keys(await unzipped({}))).toContain('logs/missing.txt');
});
