/** Following the site's reasons in their file, with a clock that moves only on command. */
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileFailure } from '../../../src/core/base/file-failure.ts';
import { readNamedFile, type NamedFile, type ReadNamedFile } from '../../../src/core/base/named-file.ts';
import { ReasonsWatch } from '../../../src/host/reasons/reasons.ts';
import { translateToEnglish } from '../../../src/shared/texts/text.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';

let folder = '';
let file = '';
let clock: FakeClock;
let reads = 0;
let watch: ReasonsWatch;
/** Called after each read, whether or not it changed anything. */
let onRead: () => void;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'reasons-'));
  file = path.join(folder, 'reasons.csv');
  clock = new FakeClock();
  reads = 0;
  onRead = () => undefined;
});
afterEach(async () => {
  watch.end();
  await rm(folder, { recursive: true });
});

function watchWith(read: ReadNamedFile = readNamedFile): ReasonsWatch {
  watch = new ReasonsWatch({
    clock,
    read: (...asked) => {
      reads += 1;
      const answer = read(...asked);
      // After the watch's own callback.
      const onSettled = () =>
        setImmediate(() => {
          onRead();
        });
      answer.then(onSettled, onSettled);
      return answer;
    },
    onChange: () => undefined,
  });
  return watch;
}

const read = (): Promise<void> => new Promise((resolve) => (onRead = resolve));
const labels = () => watch.site.reasons.map(({ label }) => label).join();
const messages = () => watch.site.problems.map(({ message }) => translateToEnglish(message));

/** Advances the time until the file is read again. */
async function lookAgain(): Promise<void> {
  const done = read();
  clock.advance(5000);
  await done;
}

async function follow(text: string | Uint8Array, onFile = readNamedFile): Promise<void> {
  await writeFile(file, text);
  const done = read();
  watchWith(onFile).follow(file, 'file');
  await done;
}

describe('a reasons file', () => {
  test('that changes is read again, however it is written', async () => {
    await follow('code,label\n7,Lunch\n');
    expect(labels()).toBe('Lunch');
    await writeFile(file, 'code,label\n7,Break\n');
    await lookAgain();
    expect(labels()).toBe('Break');
    const other = path.join(folder, 'other');
    await writeFile(other, 'code,label\n7,Pause\n');
    await rename(other, file);
    await lookAgain();
    expect(labels()).toBe('Pause');
    expect(messages()).toEqual([]);
  });

  test('that has not changed is not read, and causes no change', async () => {
    const known: (string | undefined)[] = [];
    await follow('code,label\n7,Lunch\n', async (name, stamp) => {
      const answer = await readNamedFile(name, stamp);
      known.push(answer.bytes === null ? 'as it was' : 'read');
      return answer;
    });
    await lookAgain();
    await lookAgain();
    expect(known).toEqual(['read', 'as it was', 'as it was']);
    expect(labels()).toBe('Lunch');
  });

  test.each<[string, () => Promise<void>, RegExp]>([
    ['is not there any more', () => rm(file), /there is no such file/],
    ['is empty', () => writeFile(file, ''), /there is nothing in the file/],
    ['is a heading alone', () => writeFile(file, 'code,label\n'), /line 1: no reason follows/],
    ['is too large', () => writeFile(file, Buffer.alloc(5 * 1024 * 1024)), /larger than 4 MiB/],
    [
      'is a pipe',
      async () => {
        await rm(file);
        execFileSync('mkfifo', [file]);
      },
      /not an ordinary file/,
    ],
    [
      'is a device without end',
      async () => {
        await rm(file);
        await symlink('/dev/zero', file);
      },
      /not an ordinary file/,
    ],
  ])('that %s keeps what was last read, says so, and is read when it is back', async (_what, spoil, message) => {
    await follow('code,label\n7,Lunch\n');
    const good = path.join(folder, 'good');
    await copyFile(file, good);
    await spoil();
    await lookAgain();
    expect(labels()).toBe('Lunch');
    expect(messages()).toEqual([expect.stringMatching(message), 'what was last read from it still holds']);
    await rename(good, file);
    await lookAgain();
    expect(labels()).toBe('Lunch');
    expect(messages()).toEqual([]);
  });

  test('that does not answer is reported, asked once, and used when it does', async () => {
    let answer: (content: NamedFile) => void = () => undefined;
    watchWith(() => new Promise((resolve) => (answer = resolve))).follow('/share/reasons.csv', 'file');
    expect(messages()).toEqual([]);
    clock.advance(3000);
    expect(messages()).toEqual(['the reasons file does not answer. It is used as soon as it does']);
    clock.advance(3_600_000);
    watch.follow('/share/reasons.csv', 'file');
    expect(reads, 'each one that hangs would hold a thread').toBe(1);
    const done = read();
    answer({ bytes: Buffer.from('code,label\n7,Lunch\n'), stamp: '1' });
    await done;
    expect(labels()).toBe('Lunch');
    expect(messages()).toEqual([]);
    clock.advance(5000);
    expect(reads, 'and looked at again').toBe(2);
  });

  test('that has replaced another ignores late answers of the earlier one', async () => {
    const answers: ((content: NamedFile) => void)[] = [];
    watchWith(() => new Promise((resolve) => answers.push(resolve)));
    watch.follow('/share/one.csv', 'file');
    watch.follow('/share/two.csv', 'file');
    const done = read();
    answers[0]?.({ bytes: Buffer.from('code,label\n7,Lunch\n'), stamp: '1' });
    await done;
    expect(labels()).toBe('');
    watch.follow('', 'built-in');
    clock.advance(60_000);
    expect(messages()).toEqual([]);
    expect(reads).toBe(2);
  });

  test('that may not be read says why', async () => {
    const done = read();
    watchWith(() => Promise.reject(new FileFailure('EACCES: permission denied'))).follow(file, 'file');
    await done;
    expect(messages()).toEqual(['the file can’t be read: EACCES: permission denied']);
  });
});

describe('a problem in it', () => {
  test('is reported once, with its lines', async () => {
    await follow('code,label,note\n7,Lunch\n8,\n9,\n7,Again\n');
    expect(messages()).toEqual([
      'line 1: the column “note” is not known and is left out',
      'lines 3, 4: there is no label',
      'line 5: the code 7 stands in line 2 already, and that line holds',
    ]);
    expect(watch.site.problems.map(({ severity }) => severity)).toEqual(['note', 'warning', 'warning']);
  });

  test('with a guessed encoding is a note with an example, and a warning if the guess looks wrong', async () => {
    await follow(Buffer.from('code,label\n7,Lunch\n8,Pr\xfcfung\n', 'latin1'));
    expect(labels()).toBe('Lunch,Prüfung');
    expect(messages()).toEqual([
      'the file is not in UTF-8 and was read as Windows-1252, for example “Prüfung”. If letters look wrong, save it as UTF-8 (in Excel: “CSV UTF-8”)',
    ]);
    expect(watch.site.problems.map(({ severity }) => severity)).toEqual(['note']);
    // As saved by “CSV (MS-DOS)”.
    await writeFile(file, Buffer.from('code,label\n7,Lunch\n8,Pr\x81fung\n', 'latin1'));
    await lookAgain();
    expect(watch.site.problems.map(({ severity }) => severity)).toEqual(['warning']);
  });

  test('with unreadable letters is reported once, with its lines', async () => {
    await follow('code,label\n7,PrÃ¼fung\n8,Lunch\n9,CafÃ©\n');
    expect(messages()).toEqual(['lines 2, 4: the letters look wrong: “PrÃ¼fung”. Save the file as “CSV UTF-8”']);
  });

  test('is counted within a line', async () => {
    await follow('[{"code":"27","label":"Lunch"},{"code":"28"},{"code":"29"}]');
    expect(messages()).toEqual(['line 1, 2 times: there is no label']);
  });

  test('names a few lines, and problems beyond twenty are counted', async () => {
    const bad = Array.from({ length: 30 }, (_, index) => `${String(index + 100)},Label,,maybe${String(index)}\n`);
    await follow(`code,label,cause,failure\n${'1\n'.repeat(2000)}${bad.join('')}`);
    expect(messages()[0]).toBe('1000 times, in lines 2, 3, 4, 5, 6, 7, 8, 9 and so on: there is no label');
    expect(messages().at(-1)).toMatch(/more lines are not right$/);
    await follow(`code,label,cause,failure\n${bad.join('')}`);
    expect(messages()).toHaveLength(21);
    expect(messages().at(-1)).toBe('10 more lines are not right');
  });

  test('is always reported if nothing was read', async () => {
    for (const text of ['', '[]', 'code,label\n', 'x', '{']) {
      await follow(text);
      expect(labels()).toBe('');
      expect(messages().length, text).toBeGreaterThan(0);
      watch.end();
    }
  });
});
