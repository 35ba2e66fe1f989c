/**
 * Remembers one thing in a file of the profile folder from one start to the next: read leniently, written a little later
 * and so that a power cut leaves the old or the new, never half of one. The widget in its window and the preview share a
 * profile, so what is written is a change of what the file has by then. Where it can't be read or written, the change waits
 * for the next write. It does not know what it remembers.
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
  /** As the file was when it was last read or written here. */
  #known: T;
  /** What is not written yet. To make a change twice makes no difference. */
  #pending: readonly ((before: T) => T)[] = [];
  readonly #clock: Pick<Clock, 'after'>;
  readonly #readFile: ReadNamedFile;
  #writes = 0;
  #cancelWrite: () => void = () => undefined;

  /** `parse` takes what can be used of any text, be it empty, and never throws. */
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

  /** Remembers a little later, so that moving the window does not write a hundred times. */
  remember(value: T): void {
    this.#pending = [];
    this.change(() => value);
  }

  /** Changes what the file has when it is written. */
  change(make: (before: T) => T): void {
    this.#pending = [...this.#pending, make];
    this.#cancelWrite();
    this.#cancelWrite = this.#clock.after(WRITE_AFTER_MS, () => {
      this.flush();
    });
  }

  /** Writes what is not written yet. Synchronous, since the app may be about to end. */
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
      // Not there at a first start; and if it can’t be read, the widget still starts.
      if (fileFailure(error).isMissing) text = '';
    }
    // What was written here while the file was being read is newer than what was read.
    if (text !== null && writes === this.#writes) this.#known = this.#parse(text);
    return this.#known;
  }
}

/**
 * What is in an ordinary file; nothing where there is none. Throws where it can't be read: to take that for nothing would
 * write over all that is in it. To open a pipe would wait for somebody who writes.
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
