/**
 * The simulator as a program: reads its options, prints its address, and runs until it is stopped. It does not know
 * what is simulated.
 */
import { Command, InvalidArgumentError } from 'commander';
import { errorText } from '../shared/base/error-text.ts';
import { translateToEnglish } from '../shared/texts/text.ts';
import { DEFAULTS, problemOf, type NumberOption } from './options.ts';
import { startSimulator } from './simulator.ts';

interface Arguments {
  readonly port: number;
  readonly host: string;
  readonly teams: number;
  readonly members: number;
  readonly rate: number;
  readonly seed: number;
}

function numberOf(option: NumberOption): (text: string) => number {
  return (text) => {
    // Number() reads an empty text as 0.
    const value = text.trim() === '' ? NaN : Number(text);
    const problem = problemOf(option, value);
    if (problem !== null) throw new InvalidArgumentError(problem);
    return value;
  };
}

const program = new Command('simulator')
  .description('A processor with an invented contact centre, to try, test and load the widget against.')
  .option('--port <number>', 'port to listen on; 0 takes a free one', numberOf('port'), 8123)
  .option('--host <address>', 'address to listen on', DEFAULTS.host)
  .option('--teams <number>', 'teams', numberOf('teams'), DEFAULTS.teams)
  .option('--members <number>', 'people in all teams', numberOf('members'), DEFAULTS.members)
  .option('--rate <number>', 'changes a second', numberOf('ratePerSecond'), DEFAULTS.ratePerSecond)
  .option('--seed <number>', 'the same seed gives the same world and changes', numberOf('seed'), DEFAULTS.seed)
  .allowExcessArguments(false)
  .showHelpAfterError('(--help lists the options)')
  .parse();

const { rate, ...others } = program.opts<Arguments>();

try {
  const simulator = await startSimulator({ ...others, ratePerSecond: rate });
  const [supervisor = '', agent = ''] = simulator.agentIds;
  process.stdout.write(
    [
      `The simulator listens at ${simulator.url}`,
      `  ${String(others.teams)} teams, ${String(others.members)} members, ${String(rate)} changes a second, seed ${String(others.seed)}`,
      `  agent ${supervisor} supervises every team; agent ${agent} is in the first team only`,
      `Point the widget at it:`,
      `  npm start -- --processor ${simulator.url} --agent ${supervisor}`,
      `Calls to look up:`,
      ...simulator.sampleCalls.map((call) => `  ${call.callId.padEnd(36)}${translateToEnglish(call.title)}`),
      `Ctrl+C ends it.`,
      '',
    ].join('\n'),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // With nothing left open, the program ends by itself with exit code 0.
    process.once(signal, () => void simulator.close());
  }
} catch (error) {
  process.stderr.write(`error: ${errorText(error)}\n`);
  process.exitCode = 1;
}
