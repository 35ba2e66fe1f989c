/**
 * Reads how the app was started: which of the process's arguments are its own, and what they ask for. It must know no
 * Electron, and not what the settings mean.
 */
import { CommanderError, type Command } from 'commander';
import leven from 'leven';
import { commandLineLayer, settingsCommand } from '../../core/settings/command-line.ts';
import type { Layer } from '../../core/settings/layers.ts';
import { isLink } from '../../shared/journey/deep-link.ts';

/** What the command line asks for: to run, or to exit at once because all it wanted has been printed. */
export type Launch =
  | {
      readonly run: true;
      readonly layer: Layer;
      readonly profileDir: string | null;
      readonly isHidden: boolean;
      /** The link passed by the system; null if none. It may contain anything. */
      readonly link: string | null;
    }
  | { readonly run: false; readonly exitCode: number };

const BAD_COMMAND_LINE = 2;
/** An option with this many wrong letters counts as misspelt. */
const MAX_TYPOS = 2;

/**
 * The app's own arguments from `process.argv`: all after the executable if packaged, and all after the app's path in
 * development (`electron [switches] PATH [arguments]`).
 */
export function ownArguments(argv: readonly string[], isPackaged: boolean): readonly string[] {
  if (isPackaged) return argv.slice(1);
  for (let index = 1; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    // The only Electron switches before the path that take the next argument as their value.
    if (argument === '-r' || argument === '--require') index += 1;
    else if (!argument.startsWith('-')) return argv.slice(index + 1);
  }
  return [];
}

/**
 * Prints help, version and errors itself. Chromium's switches are on the same command line and are skipped. Arguments
 * after a link come from whoever made the link, and are ignored.
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
    // Commander has already printed the error, or what was asked for.
    if (error instanceof CommanderError) return { run: false, exitCode: error.exitCode === 0 ? 0 : BAD_COMMAND_LINE };
    throw error;
  }
  const isHidden = command.opts<{ hidden?: boolean }>().hidden === true;
  return { run: true, ...commandLineLayer(command), isHidden, link };
}

/**
 * Chromium has countless switches, so unknown options must pass. But one that looks like ours is a typo, and starting
 * without it would show something other than what was asked for.
 */
function refuseMisspelt(command: Command, ownArguments: readonly string[]): void {
  const names = command.options.map(({ long }) => long ?? '');
  for (const argument of ownArguments) {
    const [name = ''] = argument.split('=');
    if (!name.startsWith('--') || names.includes(name)) continue;
    const meant = names.find((own) => leven(name, own) <= MAX_TYPOS);
    if (meant !== undefined) command.error(`error: unknown option '${name}'\n(Did you mean ${meant}?)`);
  }
}
