/** The settings for the connection: processors, agents, and time limits. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as v from 'valibot';
import { NO_CONNECTION } from '../../shared/link/connection-settings.ts';
import { problem, hasNoPassword, setting, TrimmedText } from '../settings/setting.ts';

const MAX_ID_BYTES = 129;
const MIN_MS = 100;
const MAX_MS = 600_000;

const ProcessorUrl = v.pipe(
  v.string(problem('notText')),
  v.trim(),
  v.check((text) => URL.canParse(text), problem('notAddress')),
  v.check((text) => /^wss?:$/.test(new URL(text).protocol), problem('notWebSocket')),
  v.check((text) => new URL(text).hash === '', problem('fragment')),
  v.check(hasNoPassword, problem('password')),
);

const AgentId = v.pipe(
  v.string(problem('notTextId')),
  v.trim(),
  v.nonEmpty(problem('empty')),
  v.check((text) => Buffer.byteLength(text) <= MAX_ID_BYTES, problem('tooLong')),
);

const Headers = v.pipe(
  v.unknown(),
  // An array would pass as a record, with its indexes as names.
  v.check((value) => !Array.isArray(value), problem('notHeaders')),
  v.record(v.string(), v.string(problem('headerNotText')), problem('notHeaders')),
  v.check((headers) => Object.keys(headers).every(isHeaderName), problem('headerName')),
  v.check((headers) => Object.values(headers).every(isHeaderValue), problem('headerValue')),
);

const Milliseconds = v.pipe(
  v.number(problem('notMilliseconds')),
  v.integer(problem('notMilliseconds')),
  v.minValue(MIN_MS, problem('notMilliseconds')),
  v.maxValue(MAX_MS, problem('notMilliseconds')),
);

function list<T extends v.GenericSchema<string, string>>(item: T) {
  return v.pipe(
    v.array(item, problem('notList')),
    v.transform((items) => [...new Set(items)]),
  );
}

function milliseconds(description: string, wrong: readonly unknown[]) {
  return setting({
    description,
    check: Milliseconds,
    builtIn: 10_000,
    holds: 'plain',
    inRegistry: 'number',
    invalidSamples: wrong,
    bounds: { least: MIN_MS, most: MAX_MS },
  });
}

export const LINK_SETTINGS = {
  processorUrls: setting({
    description:
      'Addresses of the UCCX Processor Service, ws:// or wss://. Tried in order; the first that answers is used.',
    check: list(ProcessorUrl),
    builtIn: [...NO_CONNECTION.processorUrls],
    holds: 'address',
    inRegistry: 'list',
    invalidSamples: ['ws://x', [7]],
  }),
  agentIds: setting({
    description: 'Ids of the agents whose teams are shown.',
    check: list(AgentId),
    builtIn: [...NO_CONNECTION.agentIds],
    holds: 'person',
    inRegistry: 'list',
    invalidSamples: ['7', [7], ['']],
    bounds: { bytes: MAX_ID_BYTES },
  }),
  subprotocol: setting({
    description: 'WebSocket sub-protocol to ask for; empty for none.',
    check: v.pipe(
      v.string(problem('notText')),
      v.trim(),
      v.regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/, problem('subprotocol')),
    ),
    builtIn: NO_CONNECTION.subprotocol,
    holds: 'plain',
    inRegistry: 'text',
    invalidSamples: [7, 'a b'],
  }),
  headers: setting({
    description:
      'HTTP headers to send when connecting, name to value. No secrets by policy: whoever uses the computer can read it.',
    check: Headers,
    builtIn: {},
    holds: 'secret',
    inRegistry: 'json',
    invalidSamples: [7, { a: 7 }],
  }),
  caFile: setting({
    description: 'Path of a PEM file with the company’s own certificate authorities; empty for none.',
    check: TrimmedText,
    builtIn: NO_CONNECTION.caFile,
    holds: 'path',
    inRegistry: 'text',
    invalidSamples: [7],
  }),
  heartbeatMs: milliseconds(
    'The processor is pinged this often, in milliseconds; two pings without an answer end the connection.',
    ['7', 99, 600_001, 1.5e3 + 0.5],
  ),
  answerTimeoutMs: milliseconds('How long an answer may take, in milliseconds.', [null]),
  settleMs: milliseconds(
    'How long after a reconnect a team may take to be confirmed before it goes, in milliseconds.',
    [-1],
  ),
};

/** The settings that a connection depends on: if one of them changes, it is made again. */
export const LINK_KEYS = [
  'processorUrls',
  'subprotocol',
  'headers',
  'caFile',
  'heartbeatMs',
  'answerTimeoutMs',
  'settleMs',
] as const satisfies readonly (keyof typeof LINK_SETTINGS)[];

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
