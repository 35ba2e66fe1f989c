/** Converts alert settings to their form's text and back. It checks nothing. */
import type { AlertSettings } from '../../shared/alerts/alerts.ts';

export type AlertSettingsDraft = {
  -readonly [K in Exclude<keyof AlertSettings, 'quietHours' | 'floorAfterSeconds'>]: AlertSettings[K];
} & {
  quietHours: { from: string; to: string }[];
  floorAfterSeconds: number | null;
};

export function alertSettingsDraft(alerts: AlertSettings): AlertSettingsDraft {
  return { ...alerts, quietHours: alerts.quietHours.map((hours) => ({ ...hours })) };
}

/** An empty delay becomes 0. */
export function alertSettingsOf(draft: AlertSettingsDraft): AlertSettings {
  return {
    ...draft,
    quietHours: draft.quietHours.map((hours) => ({ ...hours })),
    floorAfterSeconds: draft.floorAfterSeconds ?? 0,
  };
}
