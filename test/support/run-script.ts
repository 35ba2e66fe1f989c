/**
 * Runs one of the scripts as a separate process, with garbage collection exposed, and parses the JSON that it prints.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MAX_OUTPUT = 10 * 1024 * 1024;

/** Rejects if the script fails, with all its output. */
export async function runScript(script: string, ...args: readonly string[]): Promise<unknown> {
  const command = ['--expose-gc', '--import', 'tsx', path.join(ROOT, 'scripts', script), ...args, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: ROOT, maxBuffer: MAX_OUTPUT });
  return JSON.parse(stdout);
}
