/**
 * Quitting, from wherever it is asked for: the processor is told good-bye first, for a bounded time, and then the app
 * ends. It must know nothing of what there is to be ended.
 */
import { app, powerMonitor } from 'electron';
import type { Log } from '../../core/base/log.ts';

/** The core allows its own good-bye one second; this is for what might hang beyond that. */
const MAX_MS = 3000;

/** `stop` is run once, at the first wish to quit; it may reject. */
export function quitWith(stop: () => Promise<void>, log: Log): void {
  let isQuitting = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isQuitting) return;
    isQuitting = true;
    const end = (): void => {
      app.exit(0);
    };
    setTimeout(end, MAX_MS);
    // Not from within the event: a debugger's wish to quit interrupts whatever is under way.
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
