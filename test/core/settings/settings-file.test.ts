/** The user's file: read as a layer with its problems, and written without losing anything in it. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { policyFile, readPolicyLayer, SettingsFile } from '../../../src/core/settings/settings-file.ts';
import { FileFailure } from '../../../src/core/base/file-failure.ts';
import { NO_VAULT } from '../../../src/core/settings/vault.ts';
import { inEnglish } from '../../support/in-english.ts';
import { findTestVault } from '../../support/test-vault.ts';

let folder: string;
let file: SettingsFile;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uccx-settings-'));
  file = new SettingsFile(folder, findTestVault);
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  await writeFile(file.path, text);
  const { source, values, problems } = await file.readLayer();
  expect(source).toBe('file');
  expect([...values.values()].every(({ place }) => place === file.path)).toBe(true);
  return { values: Object.fromEntries(Array.from(values, ([key, { value }]) => [key, value])), problems };
}

describe('reading', () => {
  test('a file that is not there gives nothing, and that is no problem', async () => {
    expect(await file.readLayer()).toEqual({ source: 'file', values: new Map(), problems: [] });
  });

  test('gives the values as they stand, not yet checked', async () => {
    expect(await read('{"processorUrls": 7, "agentIds": ["a"]}')).toEqual({
      values: { processorUrls: 7, agentIds: ['a'] },
      problems: [],
    });
  });

  test('passes over a byte order mark', async () => {
    expect((await read('\uFEFF{"agentIds":["a"]}')).values).toEqual({ agentIds: ['a'] });
  });

  test.each([
    ['', 'is not valid JSON'],
    ['{"agentIds": ["a"],}', 'is not valid JSON'],
    ['[]', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
    ['"x"', 'is not a JSON object'],
  ])('%j is an error that names the file', async (text, message) => {
    expect(inEnglish(await read(text))).toEqual({
      values: {},
      problems: [
        {
          source: 'file',
          place: file.path,
          key: null,
          message: expect.stringContaining(message) as string,
          severity: 'error',
        },
      ],
    });
  });

  test('the name of its schema is no setting, and no fault', async () => {
    expect(await read('{"$schema": "x", "caFile": "y"}')).toEqual({ values: { caFile: 'y' }, problems: [] });
  });

  test('something that can’t be read is an error', async () => {
    await mkdir(file.path);
    expect((await file.readLayer()).problems).toMatchObject([{ key: null, severity: 'error' }]);
  });

  test.each(['agentId', 'AgentIds', 'toString', '__proto__'])(
    'the unknown key %s is a warning that names it, and the others are used',
    async (key) => {
      const { values, problems } = await read(`{"${key}": 1, "caFile": "x"}`);
      expect(values).toEqual({ caFile: 'x' });
      expect(problems).toMatchObject([{ source: 'file', place: file.path, key, severity: 'warning' }]);
    },
  );
});

describe('a file that a power cut left', () => {
  const GOOD = '{"agentIds": ["a"], "limits": [{"status": "ready", "seconds": 5}], "caFile": "x"}';
  const unreadable = () => readFile(`${file.path}.unreadable`, 'utf8');

  test.each([
    ['', 'nothing'],
    ['\0\0\0\0', 'what was never written'],
    [GOOD.slice(0, 20), 'half of it'],
    [GOOD.slice(0, -1), 'all but its end'],
    ['{"agentIds": ["a"], "caFile": "x', 'half a text'],
  ])('%j (%s) is put back from its last good copy, and that is said', async (torn) => {
    await read(GOOD);
    const { values, problems } = await read(torn);
    expect(values).toMatchObject({ agentIds: ['a'], caFile: 'x' });
    expect(inEnglish(problems)).toMatchObject([
      { severity: 'warning', message: expect.stringContaining(`${file.path}.unreadable`) as string },
    ]);
    expect(await unreadable()).toBe(torn);
    expect(await readFile(file.path, 'utf8')).toBe(GOOD);
    expect((await file.readLayer()).problems, 'it is said once').toEqual([]);
  });

  test('at every place, property: what is cut there is put back', async () => {
    await read(GOOD);
    for (let end = 0; end < GOOD.length; end += 1) {
      expect((await read(GOOD.slice(0, end))).problems, GOOD.slice(0, end)).toMatchObject([{ severity: 'warning' }]);
    }
    // Each write is flushed to the disk, which takes a while on a busy machine.
  }, 30_000);

  test.each([
    '{"agentIds": ["a"],}',
    '{"agentIds" ["a"]}',
    '{agentIds: ["b"]}',
    '{"a": 1} {"b": 2}',
    '// mine\n{}',
    '[]',
  ])('%j is somebody’s slip, and stops the link as before', async (slip) => {
    await read(GOOD);
    expect((await read(slip)).problems).toMatchObject([{ severity: 'error' }]);
    expect(await readFile(file.path, 'utf8')).toBe(slip);
  });

  test('without a good copy is an error; and a file that is taken away is not put back', async () => {
    expect((await read('{')).problems).toMatchObject([{ severity: 'error' }]);
    await read(GOOD);
    await rm(file.path);
    expect(await file.readLayer()).toEqual({ source: 'file', values: new Map(), problems: [] });
  });

  test('what was left of it is for its owner alone, too', async () => {
    await read(GOOD);
    await read('{');
    expect((await stat(`${file.path}.unreadable`)).mode & 0o777).toBe(0o600);
  });

  test('the copy is for its owner alone', async () => {
    await read(GOOD);
    const { mode } = await stat(path.join(folder, 'settings.last-good.json'));
    expect(mode & 0o777).toBe(0o600);
  });
});

describe('headers', () => {
  const HEADERS = { Authorization: 'Bearer s3cret' };
  const everything = async () => {
    const names = await readdir(folder);
    return (await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))).join('\n');
  };

  test('that stand in the file in plain text are moved into the system’s store, and that is said once', async () => {
    const { values, problems } = await read(JSON.stringify({ headers: HEADERS, caFile: 'x' }));
    expect(values).toEqual({ headers: HEADERS, caFile: 'x' });
    expect(inEnglish(problems)).toMatchObject([
      { key: 'headers', severity: 'warning', message: expect.stringContaining('have been moved') as string },
    ]);
    expect(await everything()).not.toContain('s3cret');
    expect(JSON.parse(await readFile(file.path, 'utf8'))).toEqual({
      caFile: 'x',
      sealedHeaders: expect.stringMatching(/^sealed:/) as string,
    });
    const again = await file.readLayer();
    expect(again.values.get('headers')?.value).toEqual(HEADERS);
    expect(again.problems).toEqual([]);
  });

  test('stay when other settings are written, and when the file is put back', async () => {
    await read(JSON.stringify({ headers: HEADERS }));
    await file.write({ caFile: 'y' });
    const { values } = await file.readLayer();
    expect(values.get('headers')?.value).toEqual(HEADERS);
    expect((await read('')).values).toEqual({ headers: HEADERS, caFile: 'y' });
  });

  test('newly written take the place of those that are sealed', async () => {
    await read(JSON.stringify({ headers: HEADERS }));
    const content = JSON.parse(await readFile(file.path, 'utf8')) as Record<string, unknown>;
    expect((await read(JSON.stringify({ ...content, headers: { A: 'b' } }))).values).toEqual({ headers: { A: 'b' } });
    expect((await file.readLayer()).values.get('headers')?.value).toEqual({ A: 'b' });
  });

  test('that are none take away those that are sealed', async () => {
    await read(JSON.stringify({ headers: HEADERS }));
    const content = JSON.parse(await readFile(file.path, 'utf8')) as Record<string, unknown>;
    expect((await read(JSON.stringify({ ...content, headers: {} }))).values).toEqual({ headers: {} });
    expect(await file.readLayer()).toEqual({ source: 'file', values: new Map(), problems: [] });
  });

  test('in a form that is none are not copied about, and not hidden by those that are sealed', async () => {
    await read(JSON.stringify({ headers: HEADERS }));
    const content = JSON.parse(await readFile(file.path, 'utf8')) as Record<string, unknown>;
    expect((await read(JSON.stringify({ ...content, headers: ['A: s3cret'] }))).values).toEqual({
      headers: ['A: s3cret'],
    });
    expect(await readFile(path.join(folder, 'settings.last-good.json'), 'utf8')).not.toContain('s3cret');
  });

  test('near a slip of the pen are not repeated', async () => {
    const { problems } = await read('{"headers": {"A": s3cret}}');
    expect(JSON.stringify(problems)).not.toContain('s3c');
    expect(inEnglish(problems)).toMatchObject([{ message: expect.stringContaining('line 1, column 19') as string }]);
  });

  test('that another user or computer has sealed are an error', async () => {
    const { values, problems } = await read(JSON.stringify({ sealedHeaders: 'foreign' }));
    expect(values).toEqual({ headers: {} });
    expect(inEnglish(problems)).toMatchObject([
      {
        key: 'headers',
        severity: 'error',
        message: expect.stringContaining('another user or computer') as string,
        details: expect.stringContaining('another user’s') as string,
      },
    ]);
  });

  test('are an error where the system has no store, and are not copied about', async () => {
    file = new SettingsFile(folder, NO_VAULT);
    const { values, problems } = await read(JSON.stringify({ headers: HEADERS }));
    expect(values).toEqual({ headers: {} });
    expect(inEnglish(problems)).toMatchObject([
      { key: 'headers', severity: 'error', message: expect.stringContaining('UCCX_HEADERS') as string },
    ]);
    expect(await readdir(folder)).toEqual(['settings.json']);
    expect((await read(JSON.stringify({ sealedHeaders: 'sealed:e30=' }))).problems).toMatchObject([
      { severity: 'error' },
    ]);
    expect((await read(JSON.stringify({ headers: {} }))).problems).toEqual([]);
  });

  test('with a fault are told of as any setting is, and stay for somebody to mend', async () => {
    const text = JSON.stringify({ headers: { 'bad name': 'x' } });
    expect((await read(text)).values).toEqual({ headers: { 'bad name': 'x' } });
    expect(await readFile(file.path, 'utf8')).toBe(text);
  });
});

describe('writing', () => {
  const written = async (): Promise<unknown> => JSON.parse(await readFile(file.path, 'utf8'));

  test('makes the file, and the folder where there is none', async () => {
    file = new SettingsFile(path.join(folder, 'not', 'there'), findTestVault);
    await file.write({ agentIds: ['a'] });
    expect(await written()).toEqual({ agentIds: ['a'] });
  });

  test('changes what is given and keeps the rest, known or not', async () => {
    await writeFile(file.path, '\uFEFF{"note": "mine", "agentIds": ["a"], "headers": {"A": "b"}, "__proto__": 1}');
    await file.write({ agentIds: ['b'], caFile: '' });
    expect(await readFile(file.path, 'utf8')).toBe(
      '{\n  "note": "mine",\n  "agentIds": [\n    "b"\n  ],\n  "headers": {\n    "A": "b"\n  },\n  "__proto__": 1,\n  "caFile": ""\n}\n',
    );
  });

  test('leaves no half-written file beside it', async () => {
    await file.write({ agentIds: ['a'] });
    await file.write({ agentIds: ['b'] });
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  test.skipIf(process.platform === 'win32')('lets nobody else read it, for headers are secrets', async () => {
    await file.write({ headers: { Authorization: 'x' } });
    expect((await stat(file.path)).mode & 0o077).toBe(0);
  });

  test('keeps a file that can’t be read beside the new one', async () => {
    await writeFile(file.path, '{"agentIds": [broken');
    await file.write({ agentIds: ['a'] });
    expect(await written()).toEqual({ agentIds: ['a'] });
    expect(await readFile(`${file.path}.unreadable`, 'utf8')).toBe('{"agentIds": [broken');
  });

  test('says so when it can’t', async () => {
    await mkdir(file.path);
    await expect(file.write({ agentIds: [] })).rejects.toThrow();
  });

  test('says in words why it can’t, with what the system said in the details', async () => {
    await writeFile(path.join(folder, 'no-folder'), '');
    const nowhere = new SettingsFile(path.join(folder, 'no-folder', 'profile'), findTestVault);
    const fault: unknown = await nowhere.write({ agentIds: [] }).catch((error: unknown) => error);
    if (!(fault instanceof FileFailure)) throw new Error(`It is ${String(fault)}`);
    expect(inEnglish(fault.text)).toBe(`${nowhere.path} can’t be written: there is no such folder`);
    expect(fault.details).toContain('ENOTDIR');
  });

  test('that does not answer is told as a fault that may pass, and one that is a folder is not', async () => {
    const away = Object.assign(new Error('EHOSTDOWN: open'), { code: 'EHOSTDOWN' });
    const { problems } = await new SettingsFile(folder, findTestVault, () => Promise.reject(away)).readLayer();
    expect(inEnglish(problems)).toMatchObject([
      {
        message: 'the file can’t be read: its disk or share can’t be reached',
        details: 'EHOSTDOWN: open',
        isTemporary: true,
      },
    ]);
    await mkdir(file.path);
    const folderProblems = (await file.readLayer()).problems;
    expect(inEnglish(folderProblems)).toMatchObject([
      { message: 'the file can’t be read: it is not an ordinary file', isTemporary: false },
    ]);
  });

  test('what was written reads back', async () => {
    await file.write({ processorUrls: ['ws://a'], agentIds: ['ü', '__proto__'] });
    const { values, problems } = await file.readLayer();
    expect(values.get('agentIds')?.value).toEqual(['ü', '__proto__']);
    expect(values.get('processorUrls')?.value).toEqual(['ws://a']);
    expect(problems).toEqual([]);
  });
});

describe('the machine’s policy', () => {
  test('is read as a layer of its own, and one that is not there is no problem', async () => {
    const policy = path.join(folder, 'policy.json');
    expect(await readPolicyLayer(policy)).toEqual({ source: 'policy', values: new Map(), problems: [] });
    await writeFile(policy, '{"privacy": "counts", "privasy": "counts"}');
    const { values, problems } = await readPolicyLayer(policy);
    expect(values.get('privacy')).toEqual({ value: 'counts', place: policy });
    expect(problems).toMatchObject([{ source: 'policy', place: policy, key: 'privasy', severity: 'warning' }]);
  });

  test('that is broken is an error, which connects to nothing', async () => {
    const policy = path.join(folder, 'policy.json');
    await writeFile(policy, '{"privacy": ');
    expect((await readPolicyLayer(policy)).problems).toMatchObject([{ source: 'policy', severity: 'error' }]);
  });

  test('has a place that no user can name anew', () => {
    for (const platform of ['win32', 'darwin', 'linux'] as const) expect(policyFile(platform)).toMatch(/policy\.json$/);
    expect(policyFile('linux')).toBe('/etc/uccx-team-widget/policy.json');
    expect(policyFile('win32')).toBe('C:\\Program Files\\uccx-team-widget\\policy.json');
  });
});
