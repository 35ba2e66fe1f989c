/**
 * What can be set, with its checks and its built-in values, in one place. It does not know where a value came from;
 * layers.ts does.
 */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as v from 'valibot';
import type { Text } from '../../shared/texts/text.ts';

const MAX_ID_BYTES = 129;
const LEAST_MS = 100;
const MOST_MS = 600_000;

/** What can be wrong: each is a text of the catalogue, `settings.faults.*`, and is what a schema says. */
const FAULTS = [
  'notText',
  'notTextId',
  'notAddress',
  'notWebSocket',
  'fragment',
  'empty',
  'tooLong',
  'notHeaders',
  'headerNotText',
  'headerName',
  'headerValue',
  'notList',
  'notMilliseconds',
  'subprotocol',
] as const;
type Fault = (typeof FAULTS)[number];

/** Keeps what a schema says to what there are texts for. */
function fault(name: Fault): Fault {
  return name;
}

const ProcessorUrl = v.pipe(
  v.string(fault('notText')),
  v.trim(),
  v.check((text) => URL.canParse(text), fault('notAddress')),
  v.check((text) => /^wss?:$/.test(new URL(text).protocol), fault('notWebSocket')),
  v.check((text) => new URL(text).hash === '', fault('fragment')),
);

const AgentId = v.pipe(
  v.string(fault('notTextId')),
  v.trim(),
  v.nonEmpty(fault('empty')),
  v.check((text) => Buffer.byteLength(text) <= MAX_ID_BYTES, fault('tooLong')),
);

const Headers = v.pipe(
  v.unknown(),
  // A list would do for a record, with its positions for names.
  v.check((value) => !Array.isArray(value), fault('notHeaders')),
  v.record(v.string(), v.string(fault('headerNotText')), fault('notHeaders')),
  v.check((headers) => Object.keys(headers).every(isHeaderName), fault('headerName')),
  v.check((headers) => Object.values(headers).every(isHeaderValue), fault('headerValue')),
);

function list<T extends v.GenericSchema<string, string>>(item: T) {
  return v.pipe(
    v.array(item, fault('notList')),
    v.transform((items) => [...new Set(items)]),
  );
}

function milliseconds() {
  const range = fault('notMilliseconds');
  return v.pipe(v.number(range), v.integer(range), v.minValue(LEAST_MS, range), v.maxValue(MOST_MS, range));
}

/** The check of each setting; what it lets through is the value that is used. */
export const SETTING_SCHEMAS = {
  /** Tried in order. */
  processorUrls: list(ProcessorUrl),
  /** The agents whose teams are shown. */
  agentIds: list(AgentId),
  /** The WebSocket sub-protocol to ask for; empty for none. */
  subprotocol: v.pipe(
    v.string(fault('notText')),
    v.trim(),
    v.regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/, fault('subprotocol')),
  ),
  /** Sent when connecting. Values are secrets: they never leave the host. */
  headers: Headers,
  /** Path of a PEM file with the company's own certificate authorities; empty for none. */
  caFile: v.pipe(v.string(fault('notText')), v.trim()),
  /** The processor is pinged this often; two without an answer end the connection. */
  heartbeatMs: milliseconds(),
  /** How long an answer may take. */
  answerTimeoutMs: milliseconds(),
  /** How long after a reconnect a team may take to be confirmed before it goes. */
  settleMs: milliseconds(),
} as const;

export type SettingKey = keyof typeof SETTING_SCHEMAS;
export type Settings = { readonly [K in SettingKey]: v.InferOutput<(typeof SETTING_SCHEMAS)[K]> };

export const SETTING_KEYS = Object.keys(SETTING_SCHEMAS) as readonly SettingKey[];

export const BUILT_IN: Settings = {
  processorUrls: [],
  agentIds: [],
  subprotocol: '',
  headers: {},
  caFile: '',
  heartbeatMs: 10_000,
  answerTimeoutMs: 10_000,
  settleMs: 10_000,
};

/** Checks one value; a problem is a clause that says which part of it is wrong, and how. */
export function checkSetting<K extends SettingKey>(
  key: K,
  value: unknown,
): { readonly ok: true; readonly value: Settings[K] } | { readonly ok: false; readonly problem: Text } {
  const parsed = v.safeParse(SETTING_SCHEMAS[key] as unknown as v.GenericSchema<unknown, Settings[K]>, value, {
    abortEarly: true,
  });
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  const name = FAULTS.find((one) => one === issue.message);
  // A header's value is a secret, so only what was given for the other settings is repeated.
  const given = key === 'headers' || typeof issue.input !== 'string' ? null : shown(key, issue.input);
  const values = {
    what: whatIsWrong(issue.path?.[0]?.key, given),
    bytes: MAX_ID_BYTES,
    least: LEAST_MS,
    most: MOST_MS,
  };
  return { ok: false, problem: name === undefined ? issue.message : { key: `settings.faults.${name}`, values } };
}

/** Which part of a setting: an entry of a list, a name, or all of it; with what was given, if that may be repeated. */
function whatIsWrong(item: unknown, given: string | null): Text {
  if (typeof item === 'number') {
    const number = item + 1;
    return given === null
      ? { key: 'settings.what.entry', values: { number } }
      : { key: 'settings.what.entryGiven', values: { number, given } };
  }
  if (typeof item === 'string') return { key: 'settings.what.name', values: { name: item } };
  return given === null ? { key: 'settings.what.value' } : { key: 'settings.what.valueGiven', values: { given } };
}

/** The beginning of a value. An address may hold a password before its host or a token in its query: not those. */
function shown(key: SettingKey, value: string): string {
  const text = key === 'processorUrls' ? value.replace(/\/\/[^/?#]*@/, '//…@').replace(/\?.*$/s, '?…') : value;
  return text.slice(0, 100);
}

function isHeaderName(name: string): boolean {
  return doesNotThrow(() => {
    validateHeaderName(name);
  });
}

function isHeaderValue(value: string): boolean {
  return doesNotThrow(() => {
    validateHeaderValue('x', value);
  });
}

function doesNotThrow(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
