/** The machine's policy in the Windows registry: the output of `reg export`, read as settings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeLayers } from '../../../src/core/settings/layers.ts';
import { REGISTRY_KEY, registryLayer } from '../../../src/core/settings/registry-policy.ts';
import { SETTING_KEYS } from '../../../src/core/settings.ts';
import { inEnglish } from '../../support/in-english.ts';

const exported = (...lines: readonly string[]) =>
  ['Windows Registry Editor Version 5.00', '', `[${REGISTRY_KEY}]`, ...lines, ''].join('\r\n');

/** As `reg export` writes a value that is not plain text: bytes in lines of at most 80 characters. */
function hex(kind: 1 | 7, text: string): string {
  const bytes = Array.from(Buffer.from(text, 'utf16le'), (byte) => byte.toString(16).padStart(2, '0'));
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 25) lines.push(bytes.slice(at, at + 25).join(','));
  return `hex(${String(kind)}):${lines.join(',\\\r\n  ')}`;
}
const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function read(...lines: readonly string[]) {
  const { values, problems } = registryLayer(exported(...lines));
  return { values: Object.fromEntries(Array.from(values, ([key, { value }]) => [key, value])), problems };
}

test('each kind of value is what the setting takes', () => {
  const { values, problems } = read(
    `"processorUrls"=${hex(7, 'wss://uccx.example:8445\0wss://standby.example:8445\0\0')}`,
    `"caFile"=${quoted(String.raw`C:\Program Files\CA "x".pem`)}`,
    '"heartbeatMs"=dword:00001388',
    '"startsWithComputer"=dword:00000001',
    `"limits"=${hex(7, '[{"status": "ACW",\0"seconds": 90}]\0\0')}`,
    `"alerts"=${quoted('{"sound": false}')}`,
    `"subprotocol"=${hex(1, 'uccx\0')}`,
  );
  expect(problems).toEqual([]);
  expect(values).toEqual({
    processorUrls: ['wss://uccx.example:8445', 'wss://standby.example:8445'],
    caFile: String.raw`C:\Program Files\CA "x".pem`,
    heartbeatMs: 5000,
    startsWithComputer: true,
    limits: [{ status: 'ACW', seconds: 90 }],
    alerts: { sound: false },
    subprotocol: 'uccx',
  });
});

test('it sets what it says and nothing else, over everything', () => {
  const file = { source: 'file', values: new Map(), problems: [] } as const;
  const { settings, origins } = mergeLayers([file, registryLayer(exported('"privacy"="counts"'))]);
  expect(settings.privacy).toBe('counts');
  expect(origins.get('privacy')).toEqual({ source: 'policy', place: `${REGISTRY_KEY}\\privacy` });
  expect([...origins.keys()]).toEqual(['privacy']);
});

test('the letter case of a name is no difference, as in the registry', () => {
  expect(read('"Privacy"="counts"')).toEqual({ values: { privacy: 'counts' }, problems: [] });
});

describe('what is wrong is said', () => {
  test.each([
    ['"privcy"="counts"', 'warning', 'is not a setting'],
    ['"caFile"=hex:00,01', 'error', 'of a kind that no setting has'],
    ['"alerts"="{"', 'error', 'is not valid JSON'],
  ])('%s', (line, severity, words) => {
    const { values, problems } = read(line);
    expect(values).toEqual({});
    expect(inEnglish(problems)).toMatchObject([
      { source: 'policy', place: REGISTRY_KEY, severity, message: expect.stringContaining(words) as string },
    ]);
  });

  test('a value of another kind is for the setting’s own check', () => {
    const { problems, settings } = mergeLayers([registryLayer(exported('"startsWithComputer"=dword:00000002'))]);
    expect(problems).toMatchObject([{ source: 'policy', key: 'startsWithComputer', severity: 'error' }]);
    expect(settings.startsWithComputer).toBe(false);
  });

  test('an unsure privacy names nobody', () => {
    expect(mergeLayers([registryLayer(exported('"privacy"=dword:00000001'))]).settings.privacy).toBe('counts');
    expect(mergeLayers([registryLayer(exported('"privacy"=hex:00'))]).settings.privacy).toBe('counts');
  });
});

test('only our key counts, not one below it', () => {
  expect(registryLayer(exported('', `[${REGISTRY_KEY}\\Other]`, '"privacy"="counts"')).values.size).toBe(0);
  expect(registryLayer('').values.size).toBe(0);
});

test('what other systems take for the end of a line is a letter here', () => {
  expect(read('"caFile"="a\u2028b\\\u2029c"').values).toEqual({ caFile: 'a\u2028b\u2029c' });
});

test('every text comes out as it was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      fc.pre(!/[\0\r\n]/.test(text) && text !== '');
      expect(read(`"caFile"=${quoted(text)}`).values).toEqual({ caFile: text });
      expect(read(`"caFile"=${hex(1, `${text}\0`)}`).values).toEqual({ caFile: text });
    }),
  );
});

test('nothing that is written there breaks it', () => {
  const anyLine = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom(...SETTING_KEYS), fc.string()).map(([key, text]) => `"${key}"=${text}`),
  );
  fc.assert(
    fc.property(fc.array(anyLine), (lines) => {
      mergeLayers([registryLayer(exported(...lines))]);
    }),
  );
});
