/** An X server without a screen, on a free display. Linux only; it knows nothing about what is shown there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface XServer {
  /** Its display, such as `:99`. */
  readonly display: string;
  readonly process: ChildProcess;
}

/** Resolves when windows can be shown. `args` are added to the usual ones. */
export async function startXvfb(args: readonly string[] = []): Promise<XServer> {
  // It picks a free display, and writes its number to this file descriptor when it is ready.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await Promise.race([
    once(server.stdio[3] as Readable, 'data'),
    once(server, 'exit').then(() => {
      throw new Error('Xvfb (apt-get install xvfb) ended before it had a display');
    }),
  ])) as readonly unknown[];
  return { display: `:${String(number).trim()}`, process: server };
}
