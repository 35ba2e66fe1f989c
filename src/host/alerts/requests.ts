/** The alerts' requests and events, as the host handles them. */
import * as v from 'valibot';
import { noticeWithoutNames } from '../../core/alerts/without-names.ts';
import type { alertEvents, alertRequests } from '../../shared/alerts/requests.ts';
import { NoArguments, type EventRules, type Handlers } from '../base/handlers.ts';

export interface AlertParts {
  readonly alerts: {
    markAlertsSeen(): void;
    testAlert(): void;
    mute(isMuted: boolean): void;
    snooze(forMs: number | null): void;
  };
}

const MAX_SNOOZE_MS = 24 * 3_600_000;

export const alertHandlers: Handlers<typeof alertRequests, AlertParts> = {
  'alerts.see': {
    args: NoArguments,
    privacy: 'as-is',
    run: (_, { alerts }) => {
      alerts.markAlertsSeen();
      return null;
    },
  },
  'alerts.test': {
    args: NoArguments,
    privacy: 'as-is',
    run: (_, { alerts }) => {
      alerts.testAlert();
      return null;
    },
  },
  'alerts.mute': {
    args: v.strictObject({ isMuted: v.boolean() }),
    privacy: 'as-is',
    run: ({ isMuted }, { alerts }) => {
      alerts.mute(isMuted);
      return null;
    },
  },
  'alerts.snooze': {
    args: v.strictObject({ forMs: v.nullable(v.pipe(v.number(), v.minValue(1000), v.maxValue(MAX_SNOOZE_MS))) }),
    privacy: 'as-is',
    run: ({ forMs }, { alerts }) => {
      alerts.snooze(forMs);
      return null;
    },
  },
};

export const alertEventRules: EventRules<typeof alertEvents> = { notice: noticeWithoutNames };
