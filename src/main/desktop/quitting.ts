/**
 * Quits the app, whoever asks for it: says goodbye to the processor first, for a limited time, and then ends the app.
 * It must not know what there is to end.
 */
import { app, powerMonitor } from 'electron';
import type { Log } from '../../core/base/log.ts';

/** The core allows one second for its own goodbye; the rest is for anything else that might hang. */
const MAX_MS = 3000;

/** Runs `stop` once, on the first attempt to quit. `stop` may reject. */
export function quitWith(stop: () => Promise<void>, log: Log): void {
  let isQuitting = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isQuitting) return;
    isQuitting = true;
    const end = (): void => {
      clearTimeout(limit);
      app.exit(0);
    };
    const limit = setTimeout(end, MAX_MS);
    // Not inside the event: a quit from a debugger interrupts whatever is running.
    setImmediate(() => {
      stop()
        .catch((error: unknown) => {
          log.error('quitting was not clean', error);
        })
        .finally(end);
    });
  });
  const quit = (): void => {
    app.quit();
  };
  process.on('SIGINT', quit);
  process.on('SIGTERM', quit);
  powerMonitor.on('shutdown', quit);
}
