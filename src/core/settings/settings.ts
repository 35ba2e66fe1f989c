/**
 * What can be set, with its checks and its built-in values, in one place. It does not know where a value came from;
 * layers.ts does.
 */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as v from 'valibot';
import { ALERTS_ON } from '../../shared/alerts.ts';

const MAX_ID_BYTES = 129;
const MAX_LIMIT_SECONDS = 7 * 24 * 3600;

const ProcessorUrl = v.pipe(
  v.string('is not text'),
  v.trim(),
  v.check((text) => URL.canParse(text), 'is not an address; one looks like ws://host:port/path or wss://host/path'),
  v.check((text) => /^wss?:$/.test(new URL(text).protocol), 'does not begin with ws:// or wss://'),
  v.check((text) => new URL(text).hash === '', 'has a part after “#”, which a WebSocket address can’t have'),
);

const AgentId = v.pipe(
  v.string('is not text; put the id in quotes'),
  v.trim(),
  v.nonEmpty('is empty'),
  v.check((text) => Buffer.byteLength(text) <= MAX_ID_BYTES, `is longer than ${String(MAX_ID_BYTES)} bytes`),
);

const Headers = v.pipe(
  v.unknown(),
  // A list would do for a record, with its positions for names.
  v.check((value) => !Array.isArray(value), 'is not an object of names and values'),
  v.record(v.string(), v.string('has a value that is not text'), 'is not an object of names and values'),
  v.check((headers) => Object.keys(headers).every(isHeaderName), 'has a name that HTTP does not allow'),
  v.check((headers) => Object.values(headers).every(isHeaderValue), 'has a value that HTTP does not allow'),
);

function list<T extends v.GenericSchema<string, string>>(item: T) {
  return v.pipe(
    v.array(item, 'is not a list'),
    v.transform((items) => [...new Set(items)]),
  );
}

function milliseconds(least: number, most: number) {
  const range = `is not a number of milliseconds from ${String(least)} to ${String(most)}`;
  return v.pipe(v.number(range), v.integer(range), v.minValue(least, range), v.maxValue(most, range));
}

const Seconds = v.pipe(
  v.number('has “seconds” that are not a number'),
  v.minValue(0, 'has “seconds” below 0'),
  v.maxValue(MAX_LIMIT_SECONDS, `has “seconds” above ${String(MAX_LIMIT_SECONDS)}, which is a week`),
);
const Name = v.pipe(v.string(), v.trim(), v.nonEmpty());

const Limit = v.pipe(
  v.strictObject(
    { status: v.exactOptional(Name), reason: v.exactOptional(Name), team: v.exactOptional(Name), seconds: Seconds },
    'is not of “status” or “reason”, perhaps “team”, and “seconds”',
  ),
  v.check(
    ({ status, reason }) => (status === undefined) !== (reason === undefined),
    'names both a status and a reason, or neither',
  ),
);

const Floor = v.strictObject(
  { team: v.exactOptional(Name), ready: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)) },
  'is not of “ready”, a whole number, and perhaps “team”',
);

const TimeOfDay = v.pipe(v.string(), v.regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'has a time that is not like 22:30'));

const Alerts = v.pipe(
  v.strictObject(
    {
      limit: v.optional(v.boolean(), true),
      failure: v.optional(v.boolean(), true),
      floor: v.optional(v.boolean(), true),
      notifications: v.optional(v.boolean(), true),
      sound: v.optional(v.boolean(), true),
      quietHours: v.optional(v.pipe(v.array(v.strictObject({ from: TimeOfDay, to: TimeOfDay })), v.readonly()), []),
    },
    'is not an object of “limit”, “failure”, “floor”, “notifications”, “sound” and “quietHours”',
  ),
);

/** The check of each setting; what it lets through is the value that is used. */
export const SETTING_SCHEMAS = {
  /** Tried in order. */
  processorUrls: list(ProcessorUrl),
  /** The agents whose teams are shown. */
  agentIds: list(AgentId),
  /** The WebSocket sub-protocol to ask for; empty for none. */
  subprotocol: v.pipe(
    v.string('is not text'),
    v.trim(),
    v.regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/, 'has a character that a sub-protocol can’t have'),
  ),
  /** Sent when connecting. Values are secrets: they never leave the host. */
  headers: Headers,
  /** Path of a PEM file with the company's own certificate authorities; empty for none. */
  caFile: v.pipe(v.string('is not text'), v.trim()),
  /** The processor is pinged this often; two without an answer end the connection. */
  heartbeatMs: milliseconds(100, 600_000),
  /** How long an answer may take. */
  answerTimeoutMs: milliseconds(100, 600_000),
  /** How long after a reconnect a team may take to be confirmed before it goes. */
  settleMs: milliseconds(100, 600_000),
  /** Path of a CSV or JSON file with the site's own reasons; empty for none. */
  reasonsFile: v.pipe(v.string('is not text'), v.trim()),
  /** How long a status or a reason may last. */
  limits: v.array(Limit, 'is not a list'),
  /** How many must at least be ready. */
  floors: v.array(Floor, 'is not a list'),
  /** What is alerted to, and how. */
  alerts: Alerts,
  /** Whether people are named, or only counted, as on a screen that everybody can see. */
  privacy: v.picklist(['names', 'counts'], 'is neither “names” nor “counts”'),
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
  reasonsFile: '',
  limits: [],
  floors: [],
  alerts: ALERTS_ON,
  privacy: 'names',
};

/** The settings that the connection is made with: where one of them changes, it is made anew. */
export const LINK_KEYS = [
  'processorUrls',
  'subprotocol',
  'headers',
  'caFile',
  'heartbeatMs',
  'answerTimeoutMs',
  'settleMs',
] as const satisfies readonly SettingKey[];

/** Checks one value; a problem is a clause that goes behind the name of what is wrong. */
export function checkSetting<K extends SettingKey>(
  key: K,
  value: unknown,
): { readonly ok: true; readonly value: Settings[K] } | { readonly ok: false; readonly problem: string } {
  const parsed = v.safeParse(SETTING_SCHEMAS[key] as unknown as v.GenericSchema<unknown, Settings[K]>, value, {
    abortEarly: true,
  });
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  const item = issue.path?.[0]?.key;
  const which = typeof item === 'number' ? `entry ${String(item + 1)}` : typeof item === 'string' ? `“${item}”` : '';
  // A header's value is a secret, so only what was given for the other settings is repeated.
  const given = key === 'headers' || typeof issue.input !== 'string' ? '' : ` (“${shown(key, issue.input)}”)`;
  return { ok: false, problem: `${which}${given} ${issue.message}`.trim() };
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
