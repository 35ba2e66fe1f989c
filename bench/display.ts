/** A display to open windows on: the one that is there, or Xvfb for as long as it is wanted. */
import { spawn } from 'node:child_process';
import { hasCommand, hasDisplay } from '../scripts/runtimes.ts';

export function noDisplay(): string | null {
  return hasDisplay() || hasCommand('Xvfb') ? null : 'there is no display, and no Xvfb';
}

/** Runs `use` with what a program's environment must have to find the display. */
export async function withDisplay<T>(use: (environment: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  if (hasDisplay()) return use({});
  // It picks a free display, and writes its number to this file descriptor when it is ready.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  try {
    const number = await new Promise<string>((resolve, reject) => {
      server.stdio[3]?.once('data', (data: Buffer) => {
        resolve(data.toString('utf8').trim());
      });
      server.once('error', reject);
      server.once('exit', () => {
        reject(new Error('Xvfb ended before it had a display'));
      });
    });
    return await use({ DISPLAY: `:${number}` });
  } finally {
    server.kill();
  }
}
