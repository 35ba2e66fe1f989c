/**
 * Handles unexpected errors in the main process: it logs each, reports the first, and keeps the widget going if it
 * runs. An error before that ends the app with a message.
 */
import { app, dialog } from 'electron';
import type { Log } from '../../core/base/log.ts';
import { t } from '../../shared/texts/texts.ts';

export interface Crashes {
  /** Call once the widget runs: from now on crashes are reported through `report`. */
  readonly survive: (report: () => void) => void;
  /** Startup failed. */
  readonly startFailed: (error: unknown) => void;
}

/** `isHidden`: nobody is there to see a dialog box. */
export function watchCrashes(log: Log, isHidden: boolean): Crashes {
  let report: (() => void) | null = null;
  let isUnreported = false;
  let last = '';
  const note = (what: string, error: unknown): void => {
    // An error that keeps recurring would flood the log.
    const text = `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    if (text !== last) log.error(what, error);
    last = text;
  };
  const reportSoon = (): void => {
    isUnreported = report === null;
    if (isUnreported) return;
    // Not from inside: whatever failed may fail again.
    setImmediate(() => {
      try {
        report?.();
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
    reportSoon();
  };
  const surviveIfRunning = (what: string) => (error: unknown) => {
    if (report === null) end(error);
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
      report = reportCrash;
      if (isUnreported) reportSoon();
    },
    startFailed: surviveIfRunning('the start went wrong'),
  };
}
