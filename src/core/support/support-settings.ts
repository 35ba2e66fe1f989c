/** The settings for logs and updates. */
import * as v from 'valibot';
import { problem, hasNoPassword, setting, Switch } from '../settings/setting.ts';

/** From what is always logged to what matters only when someone is looking for a bug. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const Feed = v.pipe(
  v.string(problem('notText')),
  v.trim(),
  v.check((text) => text === '' || (URL.canParse(text) && new URL(text).protocol === 'https:'), problem('notHttps')),
  v.check((text) => text === '' || hasNoPassword(text), problem('feedPassword')),
);

export const SUPPORT_SETTINGS = {
  logLevel: setting({
    description: 'The least that is logged: error, warn, info, or debug with each request of the page.',
    check: v.picklist(LOG_LEVELS, problem('logLevel')),
    builtIn: 'info',
    holds: 'plain',
    inRegistry: 'text',
    invalidSamples: ['loud', 7],
  }),
  logsNames: setting({
    description:
      'Whether the log may have the names and ids of people, teams and agents in it; without it they are masked.',
    check: Switch,
    builtIn: false,
    holds: 'plain',
    inRegistry: 'switch',
    invalidSamples: ['yes'],
  }),
  logsPayloads: setting({
    description:
      'Whether all that is sent and received is logged, whole and with every name, in a file of its own (payloads.log).',
    check: Switch,
    builtIn: false,
    holds: 'plain',
    inRegistry: 'switch',
    invalidSamples: ['yes'],
  }),
  updatesFeed: setting({
    description:
      'https:// address of a JSON file that tells the newest version, for the widget to announce; empty: it does not look.',
    check: Feed,
    builtIn: '',
    holds: 'address',
    inRegistry: 'text',
    invalidSamples: [7],
  }),
};
