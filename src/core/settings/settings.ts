/**
 * What can be set, with its checks and its built-in values, in one place. It does not know where a value came from;
 * layers.ts does.
 */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as v from 'valibot';
import { ALERTS_ON } from '../../shared/alerts/alerts.ts';
import { MIN_OPACITY, NO_PREFERENCES, THEMES } from '../../shared/settings/settings.ts';
import { LANGUAGES } from '../../shared/texts/languages.ts';
import type { Text } from '../../shared/texts/text.ts';

const MAX_ID_BYTES = 129;
/** A week. */
const MAX_LIMIT_SECONDS = 7 * 24 * 3600;
const MAX_FLOOR = 100_000;
const MAX_FLOOR_AFTER_SECONDS = 3600;
const MIN_MS = 100;
const MAX_MS = 600_000;

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
  'limit',
  'limitOf',
  'limitSeconds',
  'floor',
  'floorAfter',
  'timeOfDay',
  'alerts',
  'privacy',
  'language',
  'theme',
  'opacity',
  'hotkeys',
  'notSwitch',
  'logLevel',
  'notHttps',
  'password',
  'feedPassword',
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
  // It would stand in files and command lines, where a header is sealed.
  v.check(hasNoPassword, fault('password')),
);

const Feed = v.pipe(
  v.string(fault('notText')),
  v.trim(),
  v.check((text) => text === '' || (URL.canParse(text) && new URL(text).protocol === 'https:'), fault('notHttps')),
  v.check((text) => text === '' || hasNoPassword(text), fault('feedPassword')),
);

function hasNoPassword(address: string): boolean {
  const { username, password } = new URL(address);
  return username + password === '';
}

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
  return v.pipe(v.number(range), v.integer(range), v.minValue(MIN_MS, range), v.maxValue(MAX_MS, range));
}

const Name = v.pipe(v.string(fault('limit')), v.trim(), v.nonEmpty(fault('limit')));
const Seconds = v.pipe(
  v.number(fault('limitSeconds')),
  v.minValue(0, fault('limitSeconds')),
  v.maxValue(MAX_LIMIT_SECONDS, fault('limitSeconds')),
);

const Limit = v.pipe(
  v.strictObject(
    { status: v.exactOptional(Name), reason: v.exactOptional(Name), team: v.exactOptional(Name), seconds: Seconds },
    fault('limit'),
  ),
  v.check(({ status, reason }) => (status === undefined) !== (reason === undefined), fault('limitOf')),
);

const Floor = v.strictObject(
  {
    team: v.exactOptional(v.pipe(v.string(fault('floor')), v.trim(), v.nonEmpty(fault('floor')))),
    ready: v.pipe(
      v.number(fault('floor')),
      v.integer(fault('floor')),
      v.minValue(0, fault('floor')),
      v.maxValue(MAX_FLOOR, fault('floor')),
    ),
  },
  fault('floor'),
);

const FloorAfter = v.pipe(
  v.number(fault('floorAfter')),
  v.minValue(0, fault('floorAfter')),
  v.maxValue(MAX_FLOOR_AFTER_SECONDS, fault('floorAfter')),
);

const TimeOfDay = v.pipe(v.string(fault('timeOfDay')), v.regex(/^([01]?\d|2[0-3]):[0-5]\d$/, fault('timeOfDay')));
const Switch = v.optional(v.boolean(fault('alerts')), true);

const Alerts = v.strictObject(
  {
    limit: Switch,
    failure: Switch,
    floor: Switch,
    notifications: Switch,
    sound: Switch,
    quietHours: v.optional(
      v.pipe(
        v.array(v.strictObject({ from: TimeOfDay, to: TimeOfDay }, fault('timeOfDay')), fault('alerts')),
        v.readonly(),
      ),
      [],
    ),
    floorAfterSeconds: v.optional(FloorAfter, ALERTS_ON.floorAfterSeconds),
  },
  fault('alerts'),
);

/** As Electron names keys: one or more that are held, and one that is pressed. */
const Hotkey = v.pipe(
  v.string(fault('hotkeys')),
  v.trim(),
  v.regex(
    /^$|^((Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)\+)+[^\s+]+$/,
    fault('hotkeys'),
  ),
);

/** Says what a setting is, for whoever sets it: in the JSON schema, in Windows' policy editor and in the documentation. */
function described<T extends v.GenericSchema>(text: string, schema: T) {
  return v.pipe(schema, v.description(text));
}

/** From what is always logged to what only somebody who looks for a fault wants to know. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The check of each setting; what it lets through is the value that is used. */
export const SETTING_SCHEMAS = {
  processorUrls: described(
    'Addresses of the UCCX Processor Service, ws:// or wss://. Tried in order; the first that answers is used.',
    list(ProcessorUrl),
  ),
  agentIds: described('Ids of the agents whose teams are shown.', list(AgentId)),
  subprotocol: described(
    'WebSocket sub-protocol to ask for; empty for none.',
    v.pipe(v.string(fault('notText')), v.trim(), v.regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/, fault('subprotocol'))),
  ),
  headers: described(
    'HTTP headers to send when connecting, name to value. No secrets by policy: whoever uses the computer can read it.',
    Headers,
  ),
  caFile: described(
    'Path of a PEM file with the company’s own certificate authorities; empty for none.',
    v.pipe(v.string(fault('notText')), v.trim()),
  ),
  heartbeatMs: described(
    'The processor is pinged this often, in milliseconds; two pings without an answer end the connection.',
    milliseconds(),
  ),
  answerTimeoutMs: described('How long an answer may take, in milliseconds.', milliseconds()),
  settleMs: described(
    'How long after a reconnect a team may take to be confirmed before it goes, in milliseconds.',
    milliseconds(),
  ),
  reasonsFile: described(
    'Path of a CSV or JSON file with the site’s own reasons; empty for none.',
    v.pipe(v.string(fault('notText')), v.trim()),
  ),
  limits: described(
    'How long a status or a reason may last, in seconds; for all, or for one team.',
    v.pipe(v.array(Limit, fault('notList')), v.readonly()),
  ),
  floors: described(
    'How many must at least be ready; in each team, or in one.',
    v.pipe(v.array(Floor, fault('notList')), v.readonly()),
  ),
  alerts: described(
    'What is alerted to (limit, failure, floor), how (notifications, sound), the hours in which it is quiet, and for how many seconds a team must be below its floor.',
    Alerts,
  ),
  privacy: described(
    'names, or counts: people are only counted, as on a screen that everybody can see.',
    v.picklist(['names', 'counts'], fault('privacy')),
  ),
  language: described(
    'A language’s code: en, es, de, fr, ja or ar; empty for that of the system.',
    v.pipe(
      v.string(fault('language')),
      v.check((code) => code === '' || LANGUAGES.some((language) => language.code === code), fault('language')),
    ),
  ),
  theme: described('light, dark, or system: as the system has it.', v.picklist(THEMES, fault('theme'))),
  opacity: described(
    'Opacity of the window; 1 is opaque. Not on Linux.',
    v.pipe(v.number(fault('opacity')), v.minValue(MIN_OPACITY, fault('opacity')), v.maxValue(1, fault('opacity'))),
  ),
  hotkeys: described(
    'Keys that are heard whatever has the focus, as Electron names them; empty for none.',
    v.strictObject(
      {
        whoIsFree: v.optional(Hotkey, NO_PREFERENCES.hotkeys.whoIsFree),
        journey: v.optional(Hotkey, NO_PREFERENCES.hotkeys.journey),
        shape: v.optional(Hotkey, NO_PREFERENCES.hotkeys.shape),
        show: v.optional(Hotkey, NO_PREFERENCES.hotkeys.show),
      },
      fault('hotkeys'),
    ),
  ),
  startsWithComputer: described(
    'Whether the widget starts when somebody signs in to the computer.',
    v.boolean(fault('notSwitch')),
  ),
  logLevel: described(
    'The least that is logged: error, warn, info, or debug with each request of the page.',
    v.picklist(LOG_LEVELS, fault('logLevel')),
  ),
  logsNames: described(
    'Whether the log may have the names and ids of people, teams and agents in it; without it they are masked.',
    v.boolean(fault('notSwitch')),
  ),
  logsPayloads: described(
    'Whether all that is sent and received is logged, whole and with every name, in a file of its own (payloads.log).',
    v.boolean(fault('notSwitch')),
  ),
  updatesFeed: described(
    'https:// address of a JSON file that tells the newest version, for the widget to announce; empty: it does not look.',
    Feed,
  ),
} as const;

export type SettingKey = keyof typeof SETTING_SCHEMAS;
export type Settings = { readonly [K in SettingKey]: v.InferOutput<(typeof SETTING_SCHEMAS)[K]> };

/**
 * What a value tells of: nothing in particular, where something is on the network or on this computer, people (their
 * ids, or the names of their teams), or a secret.
 */
export type Holding = 'plain' | 'address' | 'path' | 'person' | 'secret';

/** Of a list of entries with fields, each field has its own. */
type HoldingOf<T> =
  Holding | (T extends readonly (infer E extends object)[] ? { readonly [F in keyof E]-?: Holding } : never);

/** What each setting holds. Whatever repeats a setting (a fault, the support bundle) leaves out by this what nobody should read there. */
export const SETTING_HOLDS: { readonly [K in SettingKey]: HoldingOf<Settings[K]> } = {
  processorUrls: 'address',
  agentIds: 'person',
  subprotocol: 'plain',
  headers: 'secret',
  caFile: 'path',
  heartbeatMs: 'plain',
  answerTimeoutMs: 'plain',
  settleMs: 'plain',
  reasonsFile: 'path',
  limits: { status: 'plain', reason: 'plain', team: 'person', seconds: 'plain' },
  floors: { team: 'person', ready: 'plain' },
  alerts: 'plain',
  privacy: 'plain',
  language: 'plain',
  theme: 'plain',
  opacity: 'plain',
  hotkeys: 'plain',
  startsWithComputer: 'plain',
  logLevel: 'plain',
  logsNames: 'plain',
  logsPayloads: 'plain',
  updatesFeed: 'address',
};

export const SETTING_KEYS = Object.keys(SETTING_SCHEMAS) as readonly SettingKey[];

export function isSettingKey(key: string): key is SettingKey {
  return (SETTING_KEYS as readonly string[]).includes(key);
}

export function unknownKeyText(): Text {
  return { key: 'settings.unknownKey', values: { settings: SETTING_KEYS.join(', ') } };
}

export const BUILT_IN: Settings = {
  processorUrls: [],
  agentIds: [],
  subprotocol: '',
  headers: {},
  caFile: '',
  heartbeatMs: 10_000,
  answerTimeoutMs: 10_000,
  settleMs: 10_000,
  logLevel: 'info',
  logsNames: false,
  logsPayloads: false,
  updatesFeed: '',
  ...NO_PREFERENCES,
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
  const given = typeof issue.input === 'string' ? shown(key, issue.input) : null;
  const values = {
    what: whatIsWrong(issue.path?.[0]?.key, given),
    bytes: MAX_ID_BYTES,
    least: MIN_MS,
    most: MAX_MS,
    mostSeconds: MAX_LIMIT_SECONDS,
    mostFloorAfter: MAX_FLOOR_AFTER_SECONDS,
    leastOpacity: MIN_OPACITY,
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

/** The beginning of a value, as whoever gave it may read it; null where nobody should. */
function shown(key: SettingKey, value: string): string | null {
  const holds = SETTING_HOLDS[key];
  if (typeof holds === 'object') return value.slice(0, 100);
  switch (holds) {
    case 'secret':
      return null;
    case 'address':
      // It may hold a password before its host or a token in its query.
      return value
        .replace(/^(\w+:\/\/)?.*@/s, '$1…@')
        .replace(/\?.*$/s, '?…')
        .slice(0, 100);
    case 'plain':
    case 'path':
    case 'person':
      return value.slice(0, 100);
  }
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
