/** The board's settings: limits, floors, and whether people are named. */
import * as v from 'valibot';
import { problem, setting } from '../settings/setting.ts';

/** A week. */
const MAX_LIMIT_SECONDS = 7 * 24 * 3600;
const MAX_FLOOR = 100_000;

const Name = v.pipe(v.string(problem('limit')), v.trim(), v.nonEmpty(problem('limit')));
const Seconds = v.pipe(
  v.number(problem('limitSeconds')),
  v.minValue(0, problem('limitSeconds')),
  v.maxValue(MAX_LIMIT_SECONDS, problem('limitSeconds')),
);

const Limit = v.pipe(
  v.strictObject(
    { status: v.exactOptional(Name), reason: v.exactOptional(Name), team: v.exactOptional(Name), seconds: Seconds },
    problem('limit'),
  ),
  v.check(({ status, reason }) => (status === undefined) !== (reason === undefined), problem('limitOf')),
);

const Floor = v.strictObject(
  {
    team: v.exactOptional(v.pipe(v.string(problem('floor')), v.trim(), v.nonEmpty(problem('floor')))),
    ready: v.pipe(
      v.number(problem('floor')),
      v.integer(problem('floor')),
      v.minValue(0, problem('floor')),
      v.maxValue(MAX_FLOOR, problem('floor')),
    ),
  },
  problem('floor'),
);

export const RULE_SETTINGS = {
  limits: setting({
    description: 'How long a status or a reason may last, in seconds; for all, or for one team.',
    check: v.pipe(v.array(Limit, problem('notList')), v.readonly()),
    builtIn: [],
    holds: { status: 'plain', reason: 'plain', team: 'person', seconds: 'plain' },
    inRegistry: 'json',
    invalidSamples: [{}, [{ status: 'ACW' }], [{ status: 'ACW', seconds: -1 }], [{ seconds: 5, colour: 'red' }]],
    bounds: { mostSeconds: MAX_LIMIT_SECONDS },
  }),
  floors: setting({
    description: 'How many must at least be ready; in each team, or in one.',
    check: v.pipe(v.array(Floor, problem('notList')), v.readonly()),
    builtIn: [],
    holds: { team: 'person', ready: 'plain' },
    inRegistry: 'json',
    invalidSamples: [[{ ready: 'two' }], [{}]],
  }),
};

export const PRIVACY_SETTINGS = {
  privacy: setting({
    description: 'names, or counts: people are only counted, as on a screen that everybody can see.',
    check: v.picklist(['names', 'counts'], problem('privacy')),
    builtIn: 'names',
    holds: 'plain',
    inRegistry: 'text',
    invalidSamples: ['nobody'],
  }),
};
