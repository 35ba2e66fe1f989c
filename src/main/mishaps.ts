/**
 * Errors that nobody thought of, in the main process: each is logged, the first is told, and the widget goes on where it
 * runs. One that comes before that ends it, with words.
 */
import { app, dialog } from 'electron';
import type { Log } from '../core/log.ts';
import { t } from '../shared/texts/texts.ts';

export interface Mishaps {
  /** The widget runs from now on: it logs there, and tells so. */
  readonly survive: (log: Log, tell: () => void) => void;
  /** The widget can't run. */
  readonly end: (error: unknown) => void;
}

export function watchMishaps(startLog: Log): Mishaps {
  let log = startLog;
  let tell: (() => void) | null = null;
  const end = (error: unknown): void => {
    log.error('the widget could not start', error);
    // On Linux, before there is a window, this goes to stderr.
    dialog.showErrorBox(t('errors.notStarted'), String(error));
    app.exit(1);
  };
  process.on('uncaughtException', (error) => {
    if (tell === null) {
      end(error);
      return;
    }
    log.error('an error that nobody caught', error);
    tell();
  });
  process.on('unhandledRejection', (reason) => {
    log.error('a rejection that nobody handled', reason);
    tell?.();
  });
  return {
    survive: (runningLog, tellMishap) => {
      log = runningLog;
      tell = tellMishap;
    },
    end,
  };
}
