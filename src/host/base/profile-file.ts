/**
 * Keeps one value in a file of the profile folder across starts. It reads leniently and writes a little later,
 * atomically, so that a power cut leaves the old file or the new one, never half of one. The desktop widget and the
 * preview can share a profile, so each write applies our changes to what the file holds by then. If the file can't be
 * read or written, the change waits for the next write. It must not know what the value means.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { errorText } from '../../shared/base/error-text.ts';
import type { Clock } from '../../core/base/clock.ts';
import { fileFailure } from '../../core/base/file-failure.ts';
import type { Log } from '../../core/base/log.ts';
import { readNamedFile, type ReadNamedFile } from '../../core/base/named-file.ts';

const WRITE_AFTER_MS = 500;

export class ProfileFile<T> {
  readonly #file: string;
  readonly #parse: (text: string) => T;
  readonly #log: Log;
  /** The value when we last read or wrote the file. */
  #known: T;
  /** Changes not written yet. Applying a change twice must make no difference. */
  #pending: readonly ((before: T) => T)[] = [];
  readonly #clock: Pick<Clock, 'after'>;
  readonly #readFile: ReadNamedFile;
  #writes = 0;
  #cancelWrite: () => void = () => undefined;

  /** `parse` takes whatever is usable from any text, even an empty one, and never throws. */
  constructor(
    profileDir: string,
    fileName: string,
    parse: (text: string) => T,
    log: Log,
    clock: Pick<Clock, 'after'>,
    readFile: ReadNamedFile = readNamedFile,
  ) {
    this.#file = path.join(profileDir, fileName);
    this.#parse = parse;
    this.#log = log;
    this.#clock = clock;
    this.#readFile = readFile;
    this.#known = parse('');
  }

  async read(): Promise<T> {
    return this.#changed(await this.#written());
  }

  /** Writes a little later, so that moving the window does not write a hundred times. */
  remember(value: T): void {
    this.#pending = [];
    this.change(() => value);
  }

  /** Queues a change to what the file holds when it is written. */
  change(make: (before: T) => T): void {
    this.#pending = [...this.#pending, make];
    this.#cancelWrite();
    this.#cancelWrite = this.#clock.after(WRITE_AFTER_MS, () => {
      this.flush();
    });
  }

  /** Writes pending changes. Synchronous, since the app may be about to exit. */
  flush(): void {
    this.#cancelWrite();
    if (this.#pending.length === 0) return;
    try {
      const value = this.#changed(this.#parse(textNow(this.#file)));
      writeFileAtomic.sync(this.#file, `${JSON.stringify(value, null, 2)}\n`);
      this.#known = value;
      this.#pending = [];
      this.#writes += 1;
    } catch (error) {
      this.#log.warn(`${this.#file} can’t be written: ${errorText(error)}`);
    }
  }

  #changed(value: T): T {
    return this.#pending.reduce((before, make) => make(before), value);
  }

  async #written(): Promise<T> {
    const writes = this.#writes;
    let text: string | null = null;
    try {
      const { bytes } = await this.#readFile(this.#file);
      text = Buffer.from(bytes ?? []).toString('utf8');
    } catch (error) {
      // The file is missing at first start. If it can't be read, the widget still starts.
      if (fileFailure(error).isMissing) text = '';
    }
    // A write during the read is newer than what was read.
    if (text !== null && writes === this.#writes) this.#known = this.#parse(text);
    return this.#known;
  }
}

/**
 * The content of a regular file; empty if there is none. Throws if it can't be read: treating that as empty would
 * overwrite everything in it. Opening a pipe would block until somebody writes to it.
 */
function textNow(file: string): string {
  let handle;
  try {
    handle = openSync(file, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK));
  } catch (error) {
    if (fileFailure(error).isMissing) return '';
    throw error;
  }
  try {
    return fstatSync(handle).isFile() ? readFileSync(handle, 'utf8') : '';
  } finally {
    closeSync(handle);
  }
}
