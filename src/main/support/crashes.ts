/**
 * Errors that nobody thought of, in the main process: each is logged, the first is told, and the widget goes on where it
 * runs. One that comes before that ends it, with words.
 */
import { app, dialog } from 'electron';
import type { Log } from '../../core/base/log.ts';
import { t } from '../../shared/texts/texts.ts';

export interface Crashes {
  /** The widget runs from now on: what goes wrong is told so. */
  readonly survive: (tell: () => void) => void;
  /** Starting went wrong. */
  readonly startFailed: (error: unknown) => void;
}

/** `isHidden`: nobody is there to see a box. */
export function watchCrashes(log: Log, isHidden: boolean): Crashes {
  let tell: (() => void) | null = null;
  let isUntold = false;
  let last = '';
  const note = (what: string, error: unknown): void => {
    // One that comes again and again would leave nothing else in the log.
    const said = `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    if (said !== last) log.error(what, error);
    last = said;
  };
  const tellSoon = (): void => {
    isUntold = tell === null;
    if (isUntold) return;
    // Not from within: what went wrong may go wrong again.
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
    // On Linux this goes to stderr before the app is ready, and into a box that waits to be closed from then on.
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
  // Whoever read what we print may be gone: that would be an error for each line, which is a line for each error.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    survive: (reportCrash) => {
      tell = reportCrash;
      if (isUntold) tellSoon();
    },
    startFailed: surviveIfRunning('the start went wrong'),
  };
}
