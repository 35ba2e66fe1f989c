/** Files that a user named, of every kind. */
import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileFailure } from '../../../src/core/base/file-failure.ts';
import { withTimeout, readNamedFile } from '../../../src/core/base/named-file.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'named-file-'));
  file = path.join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true }));

async function faultOf(read: Promise<unknown>): Promise<FileFailure> {
  const error: unknown = await read.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FileFailure)) throw new Error(`It is ${String(error)}`);
  return error;
}

describe('a named file', () => {
  test('is read completely, and again only if it has changed', async () => {
    await writeFile(file, 'one');
    const first = await readNamedFile(file);
    expect(Buffer.from(first.bytes ?? []).toString()).toBe('one');
    expect(await readNamedFile(file, first.stamp)).toEqual({ bytes: null, stamp: first.stamp });
    await appendFile(file, ', two');
    const second = await readNamedFile(file, first.stamp);
    expect(Buffer.from(second.bytes ?? []).toString()).toBe('one, two');
  });

  test('that is being read is not read twice at once', async () => {
    await writeFile(file, 'one');
    const first = readNamedFile(file);
    expect(readNamedFile(file)).toBe(first);
    await first;
    expect(readNamedFile(file)).not.toBe(first);
  });

  test('that is missing differs from one that can’t be read', async () => {
    expect(await faultOf(readNamedFile(file))).toMatchObject({ isMissing: true });
    expect(await faultOf(readNamedFile(path.join(file, 'x')))).toMatchObject({ isMissing: true });
    await writeFile(file, '');
    expect(await faultOf(readNamedFile(path.join(file, 'x')))).toMatchObject({ isMissing: false });
    expect(await faultOf(readNamedFile('a\0b'))).toMatchObject({ isMissing: false });
  });

  test('that is a folder, a pipe or a device is not read', async () => {
    execFileSync('mkfifo', [file]);
    for (const odd of [folder, file, '/dev/zero', '/dev/null']) {
      expect(await faultOf(readNamedFile(odd)), odd).toMatchObject({ text: { key: 'files.notAFile' } });
    }
  });

  test('that is too large is not read', async () => {
    await writeFile(file, Buffer.alloc(4 * 1024 * 1024 + 1));
    expect(await faultOf(readNamedFile(file))).toMatchObject({ text: { key: 'files.tooLarge' } });
    await writeFile(file, Buffer.alloc(4 * 1024 * 1024));
    expect((await readNamedFile(file)).bytes).toHaveLength(4 * 1024 * 1024);
  });
});

test('waiting ends with a failure', async () => {
  expect(await withTimeout(Promise.resolve(7), 1000)).toBe(7);
  await expect(withTimeout(Promise.reject(new Error('x')), 1000)).rejects.toThrow('x');
  expect(await faultOf(withTimeout(new Promise(() => undefined), 1))).toMatchObject({ text: { key: 'files.silent' } });
});
