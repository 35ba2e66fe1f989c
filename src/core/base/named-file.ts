/**
 * Reads a file that the user named. It may be on a share that hangs, not be a file, or be far too large. Reading never
 * blocks the process, but it can hang for ever unless the caller sets a timeout. It does not know what the file
 * contains.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { FileFailure, fileFailure } from './file-failure.ts';

export interface NamedFile {
  /** Null if the file has not changed. */
  readonly bytes: Uint8Array | null;
  /** Differs after each change. */
  readonly stamp: string;
}

/** `known` is the stamp of the version already read. Rejects with a `FileFailure`. */
export type ReadNamedFile = (file: string, known?: string) => Promise<NamedFile>;

const MAX_MEGABYTES = 4;
const MAX_BYTES = MAX_MEGABYTES * 1024 * 1024;

const reading = new Map<string, Promise<NamedFile>>();

/**
 * Concurrent reads of one file share a single read: each read that hangs blocks one of the few threads that the process
 * has for files and DNS lookups.
 */
export const readNamedFile: ReadNamedFile = (file, known = '') => {
  const key = JSON.stringify([file, known]);
  const before = reading.get(key);
  if (before !== undefined) return before;
  const now = read(file, known).finally(() => reading.delete(key));
  reading.set(key, now);
  return now;
};

/** Rejects if it takes longer than this. The promise itself keeps running. */
export function withTimeout<T>(waited: Promise<T>, maxWaitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new FileFailure({ key: 'files.silent' }, { isTemporary: true }));
    }, maxWaitMs);
    waited.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

async function read(file: string, known: string): Promise<NamedFile> {
  try {
    // Opening a pipe would wait for a writer.
    const handle = await open(file, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK));
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new FileFailure({ key: 'files.notAFile' });
      const stamp = [stat.dev, stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(' ');
      if (stamp === known) return { bytes: null, stamp };
      if (stat.size > MAX_BYTES) throw new FileFailure({ key: 'files.tooLarge', values: { megabytes: MAX_MEGABYTES } });
      // Read only the size that `stat` reported, even if the file grows meanwhile: growing changes the stamp.
      const bytes = new Uint8Array(stat.size);
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return { bytes: bytes.subarray(0, length), stamp };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileFailure(error);
  }
}
