/** A display for windows: the existing one, or Xvfb while it is needed. */
import { startXvfb } from '../lab/xvfb.ts';
import { hasCommand, hasDisplay } from '../scripts/lib/runtimes.ts';

export function noDisplay(): string | null {
  return hasDisplay() || hasCommand('Xvfb') ? null : 'there is no display, and no Xvfb';
}

/** Runs `use` with the environment variables that a program needs to find the display. */
export async function withDisplay<T>(use: (environment: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  if (hasDisplay()) return use({});
  const { display, process: server } = await startXvfb();
  try {
    return await use({ DISPLAY: display });
  } finally {
    server.kill();
  }
}
