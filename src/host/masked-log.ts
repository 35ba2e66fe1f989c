/**
 * A log in which nobody is named: ids and names that the widget knows are masked in whatever is logged, wherever it comes
 * from (a processor's own words, an error's message). It must not know what is logged.
 */
import { inspect } from 'node:util';
import type { Log } from '../core/log.ts';

/** Shorter ones would be found in half of all words. */
const LEAST_LENGTH = 2;

/** The text with all of these masked. */
export function masked(text: string, known: Iterable<string>): string {
  // The longest first: a name may be part of another.
  const found = Array.from(known).filter((one) => one.length >= LEAST_LENGTH && text.includes(one));
  return found.sort((a, b) => b.length - a.length).reduce((rest, one) => rest.replaceAll(one, () => '***'), text);
}

/** `known` gives what is masked: asked for with each line, since people come and go. */
export function maskedLog(log: Log, known: () => Iterable<string>): Log {
  const mask = (text: string): string => masked(text, known());
  return {
    info: (message) => {
      log.info(mask(message));
    },
    warn: (message) => {
      log.warn(mask(message));
    },
    error: (message, cause) => {
      // Its stack has its message in it.
      const said = cause === undefined ? '' : inspect(cause);
      log.error(mask(said === '' ? message : `${message}: ${said}`));
    },
  };
}
