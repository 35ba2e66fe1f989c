/**
 * The command-line options for the settings, shared by all hosts. Each host adds its own options to the same `Command`.
 */
import { Command, Option } from 'commander';
import type { SettingsProblem } from '../../shared/settings/settings.ts';
import { readHeaderLines } from './header-lines.ts';
import type { Layer } from './layers.ts';
import type { SettingKey } from '../settings.ts';

interface SettingsOptions {
  readonly processor?: readonly string[];
  readonly agent?: readonly string[];
  readonly subprotocol?: string;
  readonly header?: readonly string[];
  readonly caFile?: string;
  readonly profileDir?: string;
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** A command with the options for the settings. It throws a `CommanderError` instead of ending the process. */
export function settingsCommand(name: string): Command {
  return new Command(name)
    .addOption(
      new Option('--processor <url>', 'address of the processor, ws:// or wss://; repeat for several').argParser(
        collect,
      ),
    )
    .addOption(new Option('--agent <id>', 'agent whose teams are shown; repeat for several').argParser(collect))
    .option('--subprotocol <name>', 'WebSocket sub-protocol to ask for')
    .addOption(new Option('--header <line>', 'header to send, as “Name: value”; repeat for several').argParser(collect))
    .option('--ca-file <path>', 'PEM file with the company’s certificate authorities')
    .option('--profile-dir <path>', 'folder of the settings and of what the widget remembers')
    .exitOverride()
    .allowExcessArguments(false);
}

/** The layer from a parsed command's options, and the profile folder if one was given. */
export function commandLineLayer(command: Command): { readonly layer: Layer; readonly profileDir: string | null } {
  const options: SettingsOptions = command.opts();
  const values = new Map<SettingKey, { value: unknown; place: string }>();
  const problems: SettingsProblem[] = [];
  if (options.processor !== undefined) values.set('processorUrls', { value: options.processor, place: '--processor' });
  if (options.agent !== undefined) values.set('agentIds', { value: options.agent, place: '--agent' });
  if (options.subprotocol !== undefined)
    values.set('subprotocol', { value: options.subprotocol, place: '--subprotocol' });
  if (options.caFile !== undefined) values.set('caFile', { value: options.caFile, place: '--ca-file' });
  if (options.header !== undefined) {
    const headers = readHeaderLines(options.header);
    if (headers === null) problems.push(headerProblem);
    else values.set('headers', { value: headers, place: '--header' });
  }
  return { layer: { source: 'command line', values, problems }, profileDir: options.profileDir ?? null };
}

const headerProblem: SettingsProblem = {
  source: 'command line',
  place: '--header',
  key: 'headers',
  message: { key: 'settings.headerForm' },
  severity: 'error',
};
