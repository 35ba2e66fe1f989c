/**
 * Reads a file that somebody has named: it may be on a share that hangs, no file at all, or far too large. Nothing here
 * stops the process, and nothing waits for ever unless whoever asks does. It does not know what is in it.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { FileFailure, fileFailure } from './file-failure.ts';

export interface NamedFile {
  /** Null where it is as it was. */
  readonly bytes: Uint8Array | null;
  /** Another one after each change. */
  readonly stamp: string;
}

/** `known` is the stamp of what has been read already. Rejects with a `FileFailure`. */
export type ReadNamedFile = (file: string, known?: string) => Promise<NamedFile>;

const MAX_MEGABYTES = 4;
const MAX_BYTES = MAX_MEGABYTES * 1024 * 1024;

const reading = new Map<string, Promise<NamedFile>>();

/**
 * Who asks for a file that is being read already waits for that: each read that hangs holds one of the few threads that
 * all of the process has for files and names of hosts.
 */
export const readNamedFile: ReadNamedFile = (file, known = '') => {
  const key = JSON.stringify([file, known]);
  const before = reading.get(key);
  if (before !== undefined) return before;
  const now = read(file, known).finally(() => reading.delete(key));
  reading.set(key, now);
  return now;
};

/** Rejects where it takes longer. What is waited for goes on by itself. */
export function withTimeout<T>(waited: Promise<T>, maxWaitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new FileFailure({ key: 'files.silent' }, { isPassing: true }));
    }, maxWaitMs);
    waited.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

async function read(file: string, known: string): Promise<NamedFile> {
  try {
    // To open a pipe would wait for somebody who writes.
    const handle = await open(file, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK));
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new FileFailure({ key: 'files.notAFile' });
      const stamp = [stat.dev, stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(' ');
      if (stamp === known) return { bytes: null, stamp };
      if (stat.size > MAX_BYTES) throw new FileFailure({ key: 'files.tooLarge', values: { megabytes: MAX_MEGABYTES } });
      // No more than it said, whatever is written to it meanwhile: that is another stamp.
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
