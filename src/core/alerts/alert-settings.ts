/** The settings for alerts. */
import * as v from 'valibot';
import { ALERT_KINDS } from '../../shared/alerts/alert-kinds.ts';
import { ALERTS_ON } from '../../shared/alerts/alerts.ts';
import { tableOf } from '../../shared/base/keys-of.ts';
import { problem, setting } from '../settings/setting.ts';

const MAX_FLOOR_AFTER_SECONDS = 3600;

const FloorAfter = v.pipe(
  v.number(problem('floorAfter')),
  v.minValue(0, problem('floorAfter')),
  v.maxValue(MAX_FLOOR_AFTER_SECONDS, problem('floorAfter')),
);

const TimeOfDay = v.pipe(v.string(problem('timeOfDay')), v.regex(/^([01]?\d|2[0-3]):[0-5]\d$/, problem('timeOfDay')));
const IsOn = v.optional(v.boolean(problem('alerts')), true);

const Alerts = v.strictObject(
  {
    ...tableOf(ALERT_KINDS, () => IsOn),
    notifications: IsOn,
    sound: IsOn,
    quietHours: v.optional(
      v.pipe(
        v.array(v.strictObject({ from: TimeOfDay, to: TimeOfDay }, problem('timeOfDay')), problem('alerts')),
        v.readonly(),
      ),
      [],
    ),
    floorAfterSeconds: v.optional(FloorAfter, ALERTS_ON.floorAfterSeconds),
  },
  problem('alerts'),
);

export const ALERT_SETTINGS = {
  alerts: setting({
    description: `What is alerted to (${ALERT_KINDS.join(', ')}), how (notifications, sound), the hours in which it is quiet, and for how many seconds a team must be below its floor.`,
    check: Alerts,
    builtIn: ALERTS_ON,
    holds: 'plain',
    inRegistry: 'json',
    invalidSamples: [{ limit: 'yes' }, { volume: 5 }, { quietHours: [{ from: '25:00', to: '6:00' }] }],
    bounds: { mostFloorAfter: MAX_FLOOR_AFTER_SECONDS },
  }),
};
