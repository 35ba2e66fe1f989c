/** The command-line options as a layer. */
import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { commandLineLayer, settingsCommand } from '../../../src/core/settings/command-line.ts';
import { mergeLayers } from '../../../src/core/settings/layers.ts';

function read(...args: string[]) {
  const said: string[] = [];
  const command = settingsCommand('widget').configureOutput({
    writeErr: (text) => said.push(text),
    writeOut: (text) => said.push(text),
  });
  const parse = () => {
    command.parse(args, { from: 'user' });
    const { layer, profileDir } = commandLineLayer(command);
    const values = Object.fromEntries(Array.from(layer.values, ([key, { value, place }]) => [key, [place, value]]));
    return { layer, values, profileDir };
  };
  return { parse, said };
}

test('no options make an empty layer and name no profile folder', () => {
  expect(read().parse()).toEqual({
    layer: { source: 'command line', values: new Map(), problems: [] },
    values: {},
    profileDir: null,
  });
});

test('every option is read, and the repeatable ones as often as they come', () => {
  const { values, profileDir } = read(
    ...['--processor', 'ws://a', '--processor=wss://b', '--agent', '1001', '--agent', '1,2'],
    ...['--subprotocol', 'p', '--ca-file', '/ca.pem', '--profile-dir', '/profile'],
    ...['--header', 'Authorization: Basic a:b==', '--header', 'X-Empty:'],
  ).parse();
  expect(values).toEqual({
    processorUrls: ['--processor', ['ws://a', 'wss://b']],
    agentIds: ['--agent', ['1001', '1,2']],
    subprotocol: ['--subprotocol', 'p'],
    caFile: ['--ca-file', '/ca.pem'],
    headers: ['--header', { Authorization: 'Basic a:b==', 'X-Empty': '' }],
  });
  expect(profileDir).toBe('/profile');
});

test('each command is read anew', () => {
  read('--agent', 'a').parse();
  expect(read('--agent', 'b').parse().values).toEqual({ agentIds: ['--agent', ['b']] });
});

describe('what is wrong', () => {
  test('names the option', () => {
    const { layer } = read('--processor', 'http://a').parse();
    expect(mergeLayers([layer]).problems).toMatchObject([
      { source: 'command line', place: '--processor', key: 'processorUrls', severity: 'error' },
    ]);
  });

  test.each(['hunter2', ': hunter2', 'hunter 2: hunter2', 'X: hunter2\u0001'])(
    'with the header %j is told without repeating it',
    (line) => {
      const { layer } = read('--header', line).parse();
      const { problems } = mergeLayers([layer]);
      expect(problems).toMatchObject([{ place: '--header', key: 'headers', severity: 'error' }]);
      expect(JSON.stringify(problems)).not.toContain('hunter2');
    },
  );

  test.each([[['--nonsense']], [['--agent']], [['surplus']]])('%j is refused without ending the process', (args) => {
    const { parse, said } = read(...args);
    expect(parse).toThrow(CommanderError);
    expect(said.join('')).toMatch(/^error: /);
  });
});
