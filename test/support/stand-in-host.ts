/**
 * A host that is only what a test puts into it: it shows the page alone in any state at once, without waiting for a
 * processor to bring the state about. It takes the place of the preload's bridge, so the page is served but asks
 * nobody.
 */
import type { Page } from '@playwright/test';
import type { RequestName, Requests, WidgetState } from '../../src/shared/contract.ts';
import type { BoardHead, BoardSnapshot, MemberRow, TeamSnapshot } from '../../src/shared/board/board.ts';
import type { LinkView } from '../../src/shared/link/link.ts';
import { NO_ALERTS } from '../../src/shared/alerts/alerts.ts';
import type { HostView } from '../../src/shared/desktop/window.ts';
import { FIRST_LAYOUT } from '../../src/shared/board/layout.ts';
import { NO_PREFERENCES } from '../../src/shared/preferences.ts';

const DESKTOP_HOST: HostView = {
  kind: 'desktop',
  can: { opacity: true, hotkeys: true, autostart: true, notify: true },
};

/** A healthy link, with the given parts replaced. */
export function link(given: Partial<LinkView> = {}): LinkView {
  const state = { name: 'live', since: 0, url: 'ws://127.0.0.1:8124' } as const;
  return { state, wasLive: true, blindSince: null, blindReason: null, ...given };
}

export function state(now: number, given: Partial<WidgetState> = {}): WidgetState {
  return {
    version: '0',
    now,
    link: link(),
    agents: [{ agentId: '1001', state: 'subscribed', since: 0, teams: 1, hadTeams: true, failure: null }],
    violations: [],
    blindTime: { gaps: 0, blindSince: null },
    alerts: NO_ALERTS,
    digest: null,
    announcements: [],
    preferences: { form: NO_PREFERENCES, reasons: [], fixed: [], takenHotkeys: [] },
    connection: {
      isDemo: false,
      sampleCalls: [],
      form: { processorUrls: ['ws://127.0.0.1:8124'], agentIds: ['1001'], subprotocol: '', caFile: '' },
      headerNames: [],
      fixed: [],
      settingsFile: '/tmp/settings.json',
      problems: [],
    },
    recentCalls: [],
    // A window of its own adds buttons.
    window: { host: DESKTOP_HOST, isPinned: true, shape: 'panel' },
    ...given,
  };
}

export function row(memberId: string, at: number, given: Partial<MemberRow> = {}): MemberRow {
  return {
    memberId,
    memberName: `Name of ${memberId}`,
    memberType: 'Agent',
    status: 'ready',
    reason: '0',
    since: { at, known: 'at-least' },
    reasonSince: { at, known: 'at-least' },
    confirmedIn: 1,
    ...given,
  };
}

export function snapshot(head: BoardHead, teams: readonly TeamSnapshot[]): BoardSnapshot {
  return { version: 1, head, teams };
}

/** Reloads the page, which must be open somewhere, with this host and these extra answers. */
export async function standIn(
  page: Page,
  first: WidgetState,
  board: BoardSnapshot,
  answers: { readonly [N in RequestName]?: Requests[N]['result'] } = {},
): Promise<void> {
  await page.addInitScript(serve, {
    'widget.state': first,
    'board.snapshot': board,
    'layout.load': FIRST_LAYOUT,
    'commands.take': [],
    'blind-time.list': { now: first.now, watchedSince: 0, gaps: [], earlier: null },
    ...answers,
  });
  await page.reload();
}

/** Sends the page another state, and waits until it is drawn. */
export function publish(page: Page, next: WidgetState): Promise<void> {
  return page.evaluate(
    (state) =>
      new Promise<void>((resolve) => {
        (window as unknown as { publishState: (state: unknown) => void }).publishState(state);
        // What depends on sizes is drawn within the frame.
        requestAnimationFrame(() => {
          setTimeout(resolve);
        });
      }),
    next,
  );
}

function serve(answers: Readonly<Record<string, unknown>>): void {
  const listeners: ((state: unknown) => void)[] = [];
  const requests = new Proxy(
    {},
    { get: (_, name) => () => Promise.resolve({ ok: true, value: answers[String(name)] ?? null }) },
  );
  const on = new Proxy(
    {},
    {
      get: (_, name) => (listener: (payload: unknown) => void) => {
        if (name === 'state') listeners.push(listener);
        return () => undefined;
      },
    },
  );
  Object.assign(window, {
    uccx: { requests, on },
    publishState: (state: unknown) => {
      for (const listener of listeners) listener(state);
    },
  });
}
