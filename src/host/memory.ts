/**
 * Remembers one thing in a file of the profile folder from one start to the next: read leniently, written a little later
 * and so that a power cut leaves the old or the new, never half of one. It does not know what it remembers.
 */
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Log } from '../core/log.ts';
import { readNamedFile } from '../core/named-file.ts';

const WRITE_AFTER_MS = 500;

export class Memory<T> {
  readonly #file: string;
  readonly #parse: (text: string) => T;
  readonly #log: Log;
  #pending: { readonly value: T } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `parse` takes what can be used of any text, be it empty, and never throws. */
  constructor(profileDir: string, fileName: string, parse: (text: string) => T, log: Log) {
    this.#file = path.join(profileDir, fileName);
    this.#parse = parse;
    this.#log = log;
  }

  async read(): Promise<T> {
    if (this.#pending !== null) return this.#pending.value;
    try {
      const { bytes } = await readNamedFile(this.#file);
      return this.#parse(Buffer.from(bytes ?? []).toString('utf8'));
    } catch {
      // Not there at a first start; and if it can’t be read, the widget still starts.
      return this.#parse('');
    }
  }

  /** Remembers a little later, so that moving the window does not write a hundred times. */
  remember(value: T): void {
    this.#pending = { value };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.flush();
    }, WRITE_AFTER_MS);
  }

  /** Writes what is not written yet. Synchronous, since the app may be about to end. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#pending === null) return;
    const text = `${JSON.stringify(this.#pending.value, null, 2)}\n`;
    this.#pending = null;
    try {
      writeFileAtomic.sync(this.#file, text);
    } catch (error) {
      this.#log.warn(`${this.#file} can’t be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
