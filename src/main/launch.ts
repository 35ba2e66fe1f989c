/**
 * Reads how the app was started: which of the process's arguments are its own, and what they ask for. It must know no
 * Electron, and nothing of what the settings mean.
 */
import { CommanderError } from 'commander';
import { commandLineLayer, settingsCommand } from '../core/settings/command-line.ts';
import type { Layer } from '../core/settings/layers.ts';

/** What the command line asks for: to run, or to end at once since all that was wanted has been printed. */
export type Launch =
  | { readonly run: true; readonly layer: Layer; readonly profileDir: string | null; readonly isHidden: boolean }
  | { readonly run: false; readonly exitCode: number };

const BAD_COMMAND_LINE = 2;

/**
 * The app's own arguments of `process.argv`: all behind the executable where it is packaged, and all behind the app's
 * path in development (`electron [switches] PATH [arguments]`).
 */
export function ownArguments(argv: readonly string[], isPackaged: boolean): readonly string[] {
  if (isPackaged) return argv.slice(1);
  for (let index = 1; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    // Electron's only switches in front of the path that take the next argument as their value.
    if (argument === '-r' || argument === '--require') index += 1;
    else if (!argument.startsWith('-')) return argv.slice(index + 1);
  }
  return [];
}

/** Help, version and what is wrong are printed here. Chromium's switches are on the same line, and passed over. */
export function readLaunch(ownArguments: readonly string[], version: string): Launch {
  const command = settingsCommand('uccx-team-widget')
    .description('Live team status and call journeys of Cisco UCCX, in a small window.')
    .option('--hidden', 'start in the tray, without showing the window')
    .version(version)
    .allowUnknownOption()
    .allowExcessArguments();
  try {
    command.parse(ownArguments, { from: 'user' });
  } catch (error) {
    // Commander has already said what is wrong, or printed what was asked for.
    if (error instanceof CommanderError) return { run: false, exitCode: error.exitCode === 0 ? 0 : BAD_COMMAND_LINE };
    throw error;
  }
  return { run: true, ...commandLineLayer(command), isHidden: command.opts<{ hidden?: boolean }>().hidden === true };
}
