/** Settings in words leave out nothing that can be set. */
import { describe, expect, test } from 'vitest';
import { ALERT_KINDS } from '../../src/shared/alerts/alert-kinds.ts';
import { ALERTS_ON } from '../../src/shared/alerts/alerts.ts';
import { tableOf } from '../../src/shared/base/keys-of.ts';
import {
  CONNECTION_KEYS,
  CONNECTION_SETTING_WORDS,
  NO_CONNECTION,
  type ConnectionForm,
} from '../../src/shared/link/connection-settings.ts';
import {
  NO_PREFERENCES,
  PREFERENCE_KEYS,
  PREFERENCE_WORDS,
  type PreferencesForm,
} from '../../src/shared/preferences.ts';
import { settingLines, type SettingWords } from '../../src/shared/settings/setting-lines.ts';

const WORDS: SettingWords<ConnectionForm & PreferencesForm> = { ...CONNECTION_SETTING_WORDS, ...PREFERENCE_WORDS };

const SET: ConnectionForm & PreferencesForm = {
  ...NO_CONNECTION,
  ...NO_PREFERENCES,
  processorUrls: ['ws://a'],
  agentIds: ['1'],
  limits: [{ status: 'acw', team: 'Sales', seconds: 120 }],
  floors: [{ team: 'Sales', ready: 2 }],
  alerts: { ...ALERTS_ON, quietHours: [{ from: '22:00', to: '06:00' }] },
};

interface Change {
  readonly path: string;
  readonly changed: unknown;
}

/** All ways to change one part of a value, at any depth of its lists and objects. */
function changesOf(value: unknown, path: string): Change[] {
  if (typeof value === 'string') {
    const other = { names: 'counts', system: 'dark', '': path.startsWith('language') ? 'de' : 'x', acw: 'ready' }[
      value
    ];
    return [{ path, changed: other ?? value.replace(/.$/u, '7') }];
  }
  if (typeof value === 'number') return [{ path, changed: value / 2 }];
  if (typeof value === 'boolean') return [{ path, changed: !value }];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      changesOf(item, `${path}[${String(index)}]`).map((change) => ({
        ...change,
        changed: value.with(index, change.changed) as unknown,
      })),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    changesOf(inner, `${path}.${key}`).map((change) => ({ ...change, changed: { ...value, [key]: change.changed } })),
  );
}

const keys = [...CONNECTION_KEYS, ...PREFERENCE_KEYS];

describe('the words of a setting', () => {
  test.each(keys.flatMap((key) => changesOf(SET[key], key).map((change) => ({ key, ...change }))))(
    'are others when $path is another',
    ({ key, changed }) => {
      expect(settingLines(WORDS, { [key]: changed })).toHaveLength(1);
      expect(settingLines(WORDS, { [key]: changed })).not.toEqual(settingLines(WORDS, { [key]: SET[key] }));
    },
  );

  test('are read as a person would say them', () => {
    const { limits, floors, alerts, hotkeys } = SET;
    expect(settingLines(WORDS, { limits: [...limits, { reason: '27', seconds: 2700 }], floors, agentIds: [] })).toEqual(
      [
        'Limits – there now: After-call work (Sales): 2 min, Reason code 27: 45 min',
        'Floors – there now: Sales: 2 ready',
        'Agent IDs – there now: nothing',
      ],
    );
    const onlyFloor = { ...alerts, ...tableOf(ALERT_KINDS, (kind) => kind === 'floor'), sound: false };
    expect(settingLines(WORDS, { alerts: onlyFloor })).toEqual([
      'Alerts – there now: A team below its floor, Seconds below the floor before it alerts: 20, ' +
        'Notifications on the desktop, Quiet hours: 22:00 – 06:00',
    ]);
    expect(settingLines(WORDS, { hotkeys: { ...hotkeys, whoIsFree: '', shape: '' } })).toHaveLength(1);
  });
});
