/** What can be set of the board: limits, floors, and whether people are named. */
import * as v from 'valibot';
import { fault, setting } from '../settings/setting.ts';

/** A week. */
const MAX_LIMIT_SECONDS = 7 * 24 * 3600;
const MAX_FLOOR = 100_000;

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

export const RULE_SETTINGS = {
  limits: setting({
    description: 'How long a status or a reason may last, in seconds; for all, or for one team.',
    check: v.pipe(v.array(Limit, fault('notList')), v.readonly()),
    builtIn: [],
    holds: { status: 'plain', reason: 'plain', team: 'person', seconds: 'plain' },
    inRegistry: 'json',
    wrong: [{}, [{ status: 'ACW' }], [{ status: 'ACW', seconds: -1 }], [{ seconds: 5, colour: 'red' }]],
    bounds: { mostSeconds: MAX_LIMIT_SECONDS },
  }),
  floors: setting({
    description: 'How many must at least be ready; in each team, or in one.',
    check: v.pipe(v.array(Floor, fault('notList')), v.readonly()),
    builtIn: [],
    holds: { team: 'person', ready: 'plain' },
    inRegistry: 'json',
    wrong: [[{ ready: 'two' }], [{}]],
  }),
};

export const PRIVACY_SETTINGS = {
  privacy: setting({
    description: 'names, or counts: people are only counted, as on a screen that everybody can see.',
    check: v.picklist(['names', 'counts'], fault('privacy')),
    builtIn: 'names',
    holds: 'plain',
    inRegistry: 'text',
    wrong: ['nobody'],
  }),
};
