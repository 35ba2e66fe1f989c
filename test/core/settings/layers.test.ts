/** Which source wins, and what is reported for which source and key. */
import { describe, expect, test } from 'vitest';
import { environmentLayer, mergeLayers, type Layer } from '../../../src/core/settings/layers.ts';
import { BUILT_IN, type SettingKey } from '../../../src/core/settings.ts';
import type { SettingsSource } from '../../../src/shared/settings/settings.ts';
import { inEnglish } from '../../support/in-english.ts';

function layer(source: SettingsSource, values: Partial<Record<SettingKey, unknown>>): Layer {
  return {
    source,
    problems: [],
    values: new Map(
      (Object.keys(values) as SettingKey[]).map((key) => [key, { value: values[key], place: `${source} ${key}` }]),
    ),
  };
}

test('without any layer the built-in settings hold', () => {
  expect(mergeLayers([])).toEqual({ settings: BUILT_IN, origins: new Map(), problems: [] });
});

test('the later layer wins, key by key, and the result names it', () => {
  const { settings, origins, problems } = mergeLayers([
    layer('file', { processorUrls: ['ws://file'], agentIds: ['f'], heartbeatMs: 500 }),
    layer('environment', { processorUrls: ['ws://env'], agentIds: ['e'] }),
    layer('command line', { processorUrls: ['ws://line'] }),
  ]);
  expect(settings).toEqual({ ...BUILT_IN, processorUrls: ['ws://line'], agentIds: ['e'], heartbeatMs: 500 });
  expect(origins.get('processorUrls')).toEqual({ source: 'command line', place: 'command line processorUrls' });
  expect(origins.get('agentIds')?.source).toBe('environment');
  expect(origins.get('heartbeatMs')?.source).toBe('file');
  expect(origins.has('caFile')).toBe(false);
  expect(problems).toEqual([]);
});

describe('a bad value', () => {
  test('is an error that names its source, its place and its key', () => {
    expect(inEnglish(mergeLayers([layer('environment', { processorUrls: ['http://a'] })]).problems)).toEqual([
      {
        source: 'environment',
        place: 'environment processorUrls',
        key: 'processorUrls',
        message: 'entry 1 (“http://a”) does not begin with ws:// or wss://',
        severity: 'error',
      },
    ]);
  });

  test('does not fall back to a weaker source’s valid one', () => {
    const { settings, problems } = mergeLayers([
      layer('file', { agentIds: ['good'] }),
      layer('command line', { agentIds: [''] }),
    ]);
    expect(settings.agentIds).toEqual([]);
    expect(problems).toMatchObject([{ source: 'command line', key: 'agentIds' }]);
  });

  test('that a stronger source overrides does no harm', () => {
    const { settings, problems } = mergeLayers([
      layer('file', { heartbeatMs: 'often' }),
      layer('command line', { heartbeatMs: 1000 }),
    ]);
    expect(settings.heartbeatMs).toBe(1000);
    expect(problems).toEqual([]);
  });

  test('of each key is reported, after the problems of the sources themselves', () => {
    const problem = { source: 'file', place: 'f', key: null, message: 'x', severity: 'warning' } as const;
    const { problems } = mergeLayers([
      { ...layer('file', { heartbeatMs: 1 }), problems: [problem] },
      layer('environment', { processorUrls: [''] }),
    ]);
    expect(problems.map(({ source, key }) => `${source} ${String(key)}`)).toEqual([
      'file null',
      'environment processorUrls',
      'file heartbeatMs',
    ]);
  });
});

test('agents without a processor are an error of whoever named them', () => {
  expect(mergeLayers([layer('environment', { agentIds: ['a'] })]).problems).toMatchObject([
    { source: 'environment', place: 'environment agentIds', key: 'processorUrls', severity: 'error' },
  ]);
});

test('what is wrong with a setting in a weaker source does not matter where a stronger one sets it', () => {
  const message = { key: 'settings.headersPlain' } as const;
  const problem = { source: 'file', place: 'settings.json', key: 'headers', message, severity: 'error' } as const;
  const file: Layer = { source: 'file', values: new Map(), problems: [problem, { ...problem, key: null }] };
  expect(mergeLayers([file]).problems).toHaveLength(2);
  const { problems, settings } = mergeLayers([file, environmentLayer({ UCCX_HEADERS: 'A: b' })]);
  expect(settings.headers).toEqual({ A: 'b' });
  expect(problems).toMatchObject([{ key: null }]);
});

describe('people are only counted where it is open what was set for privacy', () => {
  const message = { key: 'settings.fileNotObject' } as const;
  const broken = (
    source: SettingsSource,
    key: string | null = null,
    severity: 'error' | 'warning' = 'error',
  ): Layer => ({
    ...layer(source, {}),
    problems: [{ source, place: source, key, message, severity }],
  });
  const privacyOf = (...layers: readonly Layer[]) => mergeLayers(layers).settings.privacy;

  test('as in a source that can’t be read, whichever it is', () => {
    for (const source of ['file', 'environment', 'command line', 'policy'] as const)
      expect(privacyOf(broken(source)), source).toBe('counts');
    expect(privacyOf(broken('file'), layer('command line', { agentIds: ['a'] }))).toBe('counts');
  });

  test('as in a value for it that can’t be', () => {
    expect(privacyOf(layer('file', { privacy: 'conts' }))).toBe('counts');
    expect(privacyOf(broken('policy', 'privacy'))).toBe('counts');
  });

  test('as in a policy with a fault, wherever it is', () => {
    expect(privacyOf(layer('policy', { privacy: 'names', heartbeatMs: 1 }))).toBe('counts');
    expect(privacyOf(broken('policy'), layer('policy', { privacy: 'names' }))).toBe('counts');
  });

  test('and not where a stronger source has set it, or where the fault is another', () => {
    expect(privacyOf(broken('file'), layer('policy', { privacy: 'names' }))).toBe('names');
    expect(privacyOf(layer('file', { heartbeatMs: 1 }))).toBe('names');
    expect(privacyOf(broken('file', 'headers'))).toBe('names');
    expect(privacyOf(broken('file', null, 'warning'))).toBe('names');
  });
});

describe('the environment', () => {
  test('with a header that is none is an error, and does not repeat it', () => {
    const { problems } = mergeLayers([environmentLayer({ UCCX_HEADERS: 'hunter2' })]);
    expect(problems).toMatchObject([
      { source: 'environment', place: 'UCCX_HEADERS', key: 'headers', severity: 'error' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  const read = (environment: Record<string, string | undefined>) =>
    Object.fromEntries(
      Array.from(environmentLayer(environment).values, ([key, { value, place }]) => [key, [place, value]]),
    );

  test('gives addresses and agents with commas between them', () => {
    expect(
      read({
        UCCX_PROCESSOR_URL: 'ws://a/x,y , wss://b',
        UCCX_AGENT_IDS: '1001, 1002 ,,1003,',
        UCCX_SUBPROTOCOL: 'p',
        UCCX_CA_FILE: '/ca.pem',
        UCCX_HEADERS: 'Authorization: Bearer a:b\r\nX-Site: 7\n',
      }),
    ).toEqual({
      processorUrls: ['UCCX_PROCESSOR_URL', ['ws://a/x,y', 'wss://b']],
      agentIds: ['UCCX_AGENT_IDS', ['1001', '1002', '1003']],
      subprotocol: ['UCCX_SUBPROTOCOL', 'p'],
      caFile: ['UCCX_CA_FILE', '/ca.pem'],
      headers: ['UCCX_HEADERS', { Authorization: 'Bearer a:b', 'X-Site': '7' }],
    });
  });

  test('gives nothing for a variable that is unset or blank', () => {
    expect(read({ UCCX_PROCESSOR_URL: '', UCCX_AGENT_IDS: '  ', UCCX_CA_FILE: undefined, PATH: '/bin' })).toEqual({});
  });

  test('names the variable of a bad value', () => {
    const { problems } = mergeLayers([environmentLayer({ UCCX_PROCESSOR_URL: 'processor.example' })]);
    expect(problems).toMatchObject([{ source: 'environment', place: 'UCCX_PROCESSOR_URL', key: 'processorUrls' }]);
  });
});
