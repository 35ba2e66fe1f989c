/**
 * A log that names nobody: it masks ids and names that the widget knows in every entry, wherever the text comes from
 * (the processor's own words, an error's message), and drops levels that are not wanted. While names are wanted,
 * entries go unmasked into another log. It must not know what is logged.
 */
import { inspect } from 'node:util';
import type { Log } from '../../core/base/log.ts';
import { LOG_LEVELS, type LogLevel } from '../../core/support/support-settings.ts';

/** Shorter ones would occur in half of all words. */
const MIN_LENGTH = 2;

/** Masks all of `known` in a text. */
export function masked(text: string, known: Iterable<string>): string {
  // The longest first: a name may be part of another.
  const found = Array.from(known).filter((one) => one.length >= MIN_LENGTH && text.includes(one));
  return found.sort((a, b) => b.length - a.length).reduce((rest, one) => rest.replaceAll(one, () => '***'), text);
}

export interface MaskedLogOptions {
  /** What to mask. Called for each entry, since people come and go. */
  readonly known: () => Iterable<string>;
  /** Whether names are wanted. Called for each entry. */
  readonly isNamed: () => boolean;
  /** The last wanted level; those before it in `LOG_LEVELS` are wanted too. Called for each entry. */
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
      // The stack includes the error's message.
      write('error', cause === undefined ? message : `${message}: ${inspect(cause)}`);
    },
  };
}
