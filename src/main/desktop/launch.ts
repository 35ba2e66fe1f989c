/**
 * Reads how the app was started: which of the process's arguments are its own, and what they ask for. It must know no
 * Electron, and nothing of what the settings mean.
 */
import { CommanderError, type Command } from 'commander';
import leven from 'leven';
import { commandLineLayer, settingsCommand } from '../../core/settings/command-line.ts';
import type { Layer } from '../../core/settings/layers.ts';
import { isLink } from '../../shared/journey/deep-link.ts';

/** What the command line asks for: to run, or to end at once since all that was wanted has been printed. */
export type Launch =
  | {
      readonly run: true;
      readonly layer: Layer;
      readonly profileDir: string | null;
      readonly isHidden: boolean;
      /** The link that the system handed over; null for none. It may be anything. */
      readonly link: string | null;
    }
  | { readonly run: false; readonly exitCode: number };

const BAD_COMMAND_LINE = 2;
/** So many letters may be wrong in an option for it to be taken for a slip. */
const MAX_SLIPS = 2;

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

/**
 * Help, version and what is wrong are printed here. Chromium's switches are on the same line, and passed over. What stands
 * behind a link was put there by whoever made it, and is not looked at.
 */
export function readLaunch(ownArguments: readonly string[], version: string): Launch {
  const at = ownArguments.findIndex(isLink);
  const link = ownArguments[at] ?? null;
  const options = link === null ? ownArguments : ownArguments.slice(0, at).filter((argument) => argument !== '--');
  const command = settingsCommand('uccx-team-widget')
    .description('Live team status and call journeys of Cisco UCCX, in a small window.')
    .option('--hidden', 'start in the tray, without showing the window')
    .version(version)
    .allowUnknownOption()
    .allowExcessArguments();
  try {
    refuseMisspelt(command, options);
    command.parse(options, { from: 'user' });
  } catch (error) {
    // Commander has already said what is wrong, or printed what was asked for.
    if (error instanceof CommanderError) return { run: false, exitCode: error.exitCode === 0 ? 0 : BAD_COMMAND_LINE };
    throw error;
  }
  const isHidden = command.opts<{ hidden?: boolean }>().hidden === true;
  return { run: true, ...commandLineLayer(command), isHidden, link };
}

/**
 * Chromium has switches without number, so an option that is not our own must be let through; but one that looks like
 * ours is a slip of the keyboard, and to start without it would show something else than was asked for.
 */
function refuseMisspelt(command: Command, ownArguments: readonly string[]): void {
  const names = command.options.map(({ long }) => long ?? '');
  for (const argument of ownArguments) {
    const [name = ''] = argument.split('=');
    if (!name.startsWith('--') || names.includes(name)) continue;
    const meant = names.find((own) => leven(name, own) <= MAX_SLIPS);
    if (meant !== undefined) command.error(`error: unknown option '${name}'\n(Did you mean ${meant}?)`);
  }
}
