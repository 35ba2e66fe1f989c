/**
 * A log in which nobody is named: ids and names that the widget knows are masked in whatever is logged, wherever it comes
 * from (a processor's own words, an error's message); and which has only what is wanted of it. What is logged while names
 * are wanted goes into another log, as it is. It must not know what is logged.
 */
import { inspect } from 'node:util';
import type { Log } from '../../core/base/log.ts';
import { LOG_LEVELS, type LogLevel } from '../../core/support/support-settings.ts';

/** Shorter ones would be found in half of all words. */
const MIN_LENGTH = 2;

/** The text with all of these masked. */
export function masked(text: string, known: Iterable<string>): string {
  // The longest first: a name may be part of another.
  const found = Array.from(known).filter((one) => one.length >= MIN_LENGTH && text.includes(one));
  return found.sort((a, b) => b.length - a.length).reduce((rest, one) => rest.replaceAll(one, () => '***'), text);
}

export interface MaskedLogOptions {
  /** Gives what is masked: asked for with each line, since people come and go. */
  readonly known: () => Iterable<string>;
  /** Whether names are wanted. Asked for with each line. */
  readonly isNamed: () => boolean;
  /** The last level that is wanted; those before it in `LOG_LEVELS` are, too. Asked for with each line. */
  readonly level: () => LogLevel;
}

export function maskedLog(log: Log, named: Log, { known, isNamed, level }: MaskedLogOptions): Log {
  const write = (of: LogLevel, message: string): void => {
    if (LOG_LEVELS.indexOf(of) > LOG_LEVELS.indexOf(level())) return;
    if (isNamed()) named[of](message);
    else log[of](masked(message, known()));
  };
  return {
    debug: (message) => {
      write('debug', message);
    },
    info: (message) => {
      write('info', message);
    },
    warn: (message) => {
      write('warn', message);
    },
    error: (message, cause) => {
      // Its stack has its message in it.
      write('error', cause === undefined ? message : `${message}: ${inspect(cause)}`);
    },
  };
}
