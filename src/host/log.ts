/** Writes the log: a file in the profile folder that is rotated by size, and warnings on the console. */
import path from 'node:path';
import electronLog from 'electron-log/node';
import type { Log } from '../core/log.ts';

const MAX_LOG_BYTES = 1024 * 1024;

export function openLog(profileDir: string): Log {
  const log = electronLog.create({ logId: 'widget' });
  log.transports.file.resolvePathFn = () => path.join(profileDir, 'logs', 'widget.log');
  log.transports.file.maxSize = MAX_LOG_BYTES;
  log.transports.file.level = 'info';
  log.transports.console.level = 'warn';
  return {
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
