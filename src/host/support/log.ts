/**
 * Writes the logs to files in the profile folder and rotates them by size. What goes into them is decided elsewhere.
 */
import path from 'node:path';
import electronLog from 'electron-log/node';
import type { Log } from '../../core/base/log.ts';

const MAX_LOG_BYTES = 1024 * 1024;
const MAX_PAYLOAD_LOG_BYTES = 10 * MAX_LOG_BYTES;

/** The folder of the logs. */
export function logsFolder(profileDir: string): string {
  return path.join(profileDir, 'logs');
}

/** The widget's log, which also prints warnings to the console. It accepts every level. */
export function openLog(profileDir: string): Log {
  return openLogAs(profileDir, 'widget');
}

/** The log used while people may be named. A file of its own keeps lines that may hold names apart. */
export function openNamedLog(profileDir: string): Log {
  return openLogAs(profileDir, 'named');
}

function openLogAs(profileDir: string, name: string): Log {
  const log = open(profileDir, name, MAX_LOG_BYTES);
  log.transports.console.level = 'warn';
  return {
    debug: (message) => {
      log.debug(message);
    },
    info: (message) => {
      log.info(message);
    },
    warn: (message) => {
      log.warn(message);
    },
    error: (message, cause) => {
      if (cause === undefined) log.error(message);
      else log.error(message, cause);
    },
  };
}

/** The log of sent and received payloads. The file is created with the first line. */
export function openPayloadLog(profileDir: string): (line: string) => void {
  const log = open(profileDir, 'payloads', MAX_PAYLOAD_LOG_BYTES);
  log.transports.file.format = '[{y}-{m}-{d} {h}:{i}:{s}.{ms}] {text}';
  log.transports.console.level = false;
  return (line) => {
    log.info(line);
  };
}

/** A file readable by its owner alone. One older file is kept beside it. */
function open(profileDir: string, name: string, maxBytes: number) {
  const log = electronLog.create({ logId: name });
  const { file } = log.transports;
  file.resolvePathFn = () => path.join(logsFolder(profileDir), `${name}.log`);
  file.maxSize = maxBytes;
  file.level = 'debug';
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  return log;
}
