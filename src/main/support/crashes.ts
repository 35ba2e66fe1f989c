/**
 * Handles unexpected errors in the main process: it logs each, reports the first, and keeps the widget going if it
 * runs. An error before that ends the app with a message.
 */
import { app, dialog } from 'electron';
import type { Log } from '../../core/base/log.ts';
import { t } from '../../shared/texts/texts.ts';

export interface Crashes {
  /** Call once the widget runs: from now on crashes are reported through `tell`. */
  readonly survive: (tell: () => void) => void;
  /** Startup failed. */
  readonly startFailed: (error: unknown) => void;
}

/** `isHidden`: nobody is there to see a dialog box. */
export function watchCrashes(log: Log, isHidden: boolean): Crashes {
  let tell: (() => void) | null = null;
  let isUntold = false;
  let last = '';
  const note = (what: string, error: unknown): void => {
    // An error that keeps recurring would flood the log.
    const said = `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    if (said !== last) log.error(what, error);
    last = said;
  };
  const tellSoon = (): void => {
    isUntold = tell === null;
    if (isUntold) return;
    // Not from inside: whatever failed may fail again.
    setImmediate(() => {
      try {
        tell?.();
      } catch (error) {
        note('an error could not be told', error);
      }
    });
  };
  const end = (error: unknown): void => {
    log.error('the widget could not start', error);
    // On Linux this goes to stderr before the app is ready, and after that into a box that waits to be closed.
    if (!isHidden) dialog.showErrorBox(t('errors.notStarted'), String(error));
    app.exit(1);
  };
  const survive = (what: string, error: unknown): void => {
    note(what, error);
    tellSoon();
  };
  const surviveIfRunning = (what: string) => (error: unknown) => {
    if (tell === null) end(error);
    else survive(what, error);
  };
  process.on('uncaughtException', surviveIfRunning('an error that nobody caught'));
  process.on('unhandledRejection', (reason) => {
    survive('a rejection that nobody handled', reason);
  });
  // The reader of our output may be gone. Each printed line would then raise an error, and each error prints a line.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    survive: (reportCrash) => {
      tell = reportCrash;
      if (isUntold) tellSoon();
    },
    startFailed: surviveIfRunning('the start went wrong'),
  };
}
