/** The page's stores follow their host's events, each for its subject, and a lost host makes everything old. */
import { expect, test, vi } from 'vitest';
import { NO_ALERTS } from '../../src/shared/alerts/alerts.ts';
import type { Bridge, Events, RequestName, WidgetState } from '../../src/shared/contract.ts';
import { EVENT_NAMES, REQUEST_NAMES } from '../../src/shared/contract.ts';
import { BROWSER_HOST } from '../../src/shared/desktop/window.ts';
import { NO_PREFERENCES, type PreferencesForm } from '../../src/shared/preferences.ts';

vi.stubGlobal('navigator', { languages: ['en'] });
vi.stubGlobal('document', { hidden: false, addEventListener: () => undefined });
const { HostClient } = await import('../../src/renderer/base/host-client.svelte.ts');
const { Stores } = await import('../../src/renderer/stores.ts');

const head = { feed: 1, ends: [], counts: { ready: 1, not_ready: 0, acw: 0, other: 0 }, unconfirmed: 0 };
const SNAPSHOT = { version: 1, head, teams: [] };

function stateOf(form: Partial<PreferencesForm> = {}): WidgetState {
  return {
    version: '1.2.3',
    now: 0,
    link: { state: { name: 'live', since: 0, url: 'ws://one' }, wasLive: true, blindSince: null, blindReason: null },
    agents: [],
    violations: [],
    blindTime: { gaps: 0, blindSince: null },
    alerts: NO_ALERTS,
    digest: null,
    announcements: [],
    preferences: {
      form: { ...NO_PREFERENCES, ...form },
      reasons: [],
      fixed: [],
      takenHotkeys: [],
    },
    connection: {
      isDemo: true,
      sampleCalls: [],
      form: { processorUrls: [], agentIds: [], subprotocol: '', caFile: '' },
      headerNames: [],
      fixed: [],
      settingsFile: '',
      problems: [],
    },
    recentCalls: ['4711'],
    window: { host: BROWSER_HOST, isPinned: false, shape: 'panel' },
  };
}

/** A host played by the test: records requests, and sends events. */
function opened() {
  const asked: RequestName[] = [];
  const listeners: Partial<Record<string, (payload: never) => void>> = {};
  let lose: (isLost: boolean) => void = () => undefined;
  const answers: Partial<Record<RequestName, unknown>> = {
    'board.snapshot': SNAPSHOT,
    'commands.take': [{ type: 'settings' }],
  };
  const bridge = {
    requests: Object.fromEntries(
      REQUEST_NAMES.map((name) => [
        name,
        () => {
          asked.push(name);
          if (name in answers) return Promise.resolve({ ok: true, value: answers[name] });
          return Promise.resolve({ ok: false, error: { code: 'not-here', message: 'Not here.' } });
        },
      ]),
    ),
    on: Object.fromEntries(
      EVENT_NAMES.map((name) => [
        name,
        (listener: (payload: never) => void) => {
          listeners[name] = listener;
          return () => undefined;
        },
      ]),
    ),
  } as unknown as Bridge;
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const stores = new Stores(
    new HostClient((onHostLost) => {
      lose = onHostLost;
      return bridge;
    }),
  );
  const carryOut = vi.fn();
  stores.follow(carryOut);
  return {
    stores,
    asked,
    carryOut,
    lose,
    publish: (state: WidgetState) => {
      listeners['state']?.(state satisfies Events['state'] as never);
    },
  };
}

test('each subject applies its part of the host’s state', () => {
  const { stores, publish } = opened();
  publish(stateOf());
  expect(stores.link.isLive).toBe(true);
  expect(stores.connection.isDemo).toBe(true);
  expect(stores.connection.exportHead).toMatchObject({ version: '1.2.3', processor: 'demo' });
  expect(stores.journey.recent).toEqual(['4711']);
});

test('unchanged preferences stay the same object', () => {
  const { stores, publish } = opened();
  publish(stateOf());
  const { view } = stores.preferences;
  publish(stateOf());
  expect(stores.preferences.view).toBe(view);
  publish(stateOf({ theme: 'dark' }));
  expect(stores.preferences.view).not.toBe(view);
});

test('when names come or go, the board is requested again and no journey is kept', async () => {
  const { stores, asked, publish } = opened();
  publish(stateOf({ privacy: 'names' }));
  await stores.live.board.refresh();
  stores.journey.typed = '4711';
  const before = asked.filter((name) => name === 'board.snapshot').length;
  publish(stateOf({ privacy: 'counts' }));
  await vi.waitFor(() => {
    expect(asked.filter((name) => name === 'board.snapshot').length).toBe(before + 1);
  });
  expect(stores.journey.typed).toBe('');
  expect(stores.live.isNamed).toBe(false);
});

test('losing the host makes everything old, since that moment', () => {
  const { stores, publish, lose } = opened();
  publish(stateOf());
  expect(stores.link.blindSince).toBeNull();
  lose(true);
  const since = stores.link.blindSince;
  expect(since).not.toBeNull();
  lose(true);
  expect(stores.link).toMatchObject({ isHostLost: true, isLive: false, blindSince: since });
  lose(false);
  expect(stores.link).toMatchObject({ isHostLost: false, isLive: true, blindSince: null });
});

test('commands from before there was a page are carried out', async () => {
  const { carryOut } = opened();
  await vi.waitFor(() => {
    expect(carryOut).toHaveBeenCalledWith({ type: 'settings' });
  });
});
