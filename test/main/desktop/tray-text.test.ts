import { describe, expect, it } from 'vitest';
import { trayText } from '../../../src/main/desktop/tray-text.ts';
import type { Alert } from '../../../src/shared/alerts/alert-kinds.ts';
import { NO_ALERTS } from '../../../src/shared/alerts/alerts.ts';
import { NO_PREFERENCES } from '../../../src/shared/preferences.ts';
import type { BoardHead } from '../../../src/shared/board/board.ts';
import { NO_COUNTS, type StatusCounts } from '../../../src/shared/board/statuses.ts';
import type { WidgetState } from '../../../src/shared/contract.ts';
import type { LinkReason, LinkState } from '../../../src/shared/link/link.ts';

const url = 'ws://processor';
const reason: LinkReason = { code: 'refused', message: 'processor can’t be reached', remedy: '' };
const live: LinkState = { name: 'live', since: 0, url };
const waiting: LinkState = { name: 'waiting', since: 0, attempt: 2, nextTryAt: 9, reason };
const stopped: LinkState = { name: 'stopped', since: 0, reason: { ...reason, message: 'The certificate was refused' } };
const counts: StatusCounts = { ...NO_COUNTS, ready: 12, not_ready: 5, acw: 3 };

function state(
  link: LinkState,
  isDemo = false,
  list: readonly Alert[] = [],
): Pick<WidgetState, 'link' | 'agents' | 'connection' | 'alerts' | 'preferences'> {
  return {
    agents: [],
    alerts: { ...NO_ALERTS, list },
    preferences: { form: NO_PREFERENCES, reasons: [], fixed: [], takenHotkeys: [] },
    link: { state: link, wasLive: true, blindSince: link.name === 'live' ? null : 0, blindReason: null },
    connection: {
      isDemo,
      sampleCalls: [],
      form: { processorUrls: [], agentIds: [], subprotocol: '', caFile: '' },
      headerNames: [],
      fixed: [],
      settingsFile: '',
      problems: [],
    },
  };
}

function head(of: StatusCounts): BoardHead {
  return { feed: 1, ends: [], counts: of, unconfirmed: 0 };
}

describe('the tray', () => {
  it('shows the link first and then the counts', () => {
    const text = trayText(state(live), head(counts));
    expect(text.lamp).toBe('live');
    expect(text.lines).toEqual(['Live', '12 ready, 5 not ready, 3 after-call work']);
    expect(text.tooltip).toBe('UCCX Team Widget\nLive\n12 ready, 5 not ready, 3 after-call work');
  });

  it('calls counts old while the link is not live, and says why it is not', () => {
    const text = trayText(state(waiting), head(counts));
    expect(text.lamp).toBe('waiting');
    expect(text.lines).toEqual([
      'Reconnecting: processor can’t be reached',
      '12 ready, 5 not ready, 3 after-call work (old data)',
    ]);
  });

  it('says only what is certain about an empty board', () => {
    expect(trayText(state(live), head(NO_COUNTS)).lines).toEqual(['Live', 'Nobody in the teams']);
    expect(trayText(state(stopped), head(NO_COUNTS)).lines).toEqual(['Stopped: The certificate was refused']);
  });

  it('says who was refused if the link is fine and every agent was', () => {
    const failure = { code: 'E', message: 'No such agent', details: '' };
    const agents = ['1', '2'].map(
      (agentId) => ({ agentId, state: 'refused', since: 0, teams: 0, hadTeams: false, failure }) as const,
    );
    const text = trayText({ ...state({ name: 'starting', since: 0, url, attempt: 1 }), agents }, head(NO_COUNTS));
    expect(text.lamp).toBe('waiting');
    expect(text.lines).toEqual(['No teams: The processor refused 1, 2 (No such agent).']);
  });

  it('says that a demo is one', () => {
    expect(trayText(state(live, true), head(counts)).lines.at(-1)).toBe('Demo data');
  });

  it('shows one of three lamps for every state of the link', () => {
    const lamp = (link: LinkState): string => trayText(state(link), head(counts)).lamp;
    expect(lamp({ name: 'idle', since: 0 })).toBe('waiting');
    expect(lamp({ name: 'connecting', since: 0, url, attempt: 1 })).toBe('waiting');
    expect(lamp({ name: 'starting', since: 0, url, attempt: 1 })).toBe('waiting');
    expect(lamp({ name: 'stale', since: 0, url })).toBe('waiting');
    expect(lamp(stopped)).toBe('stopped');
  });

  it('keeps its tooltip to the length that Windows shows', () => {
    const long: LinkState = { ...stopped, reason: { ...reason, message: 'x'.repeat(300) } };
    expect(trayText(state(long), head(counts)).tooltip).toHaveLength(127);
  });

  it('shows the worst alert while it is live, and none that has ended or is old', () => {
    const floor: Alert = {
      id: 1,
      at: 0,
      lastAt: 0,
      times: 1,
      isSeen: false,
      isKnown: true,
      endedAt: null,
      kind: 'floor',
      teamId: 't',
      teamName: 'Sales',
      least: 2,
      ready: 1,
    };
    expect(trayText(state(live, false, [floor]), head(counts))).toMatchObject({
      lamp: 'alert',
      lines: ['Live', '12 ready, 5 not ready, 3 after-call work', 'Sales: 1 of 2 ready'],
    });
    expect(trayText(state(live, false, [{ ...floor, endedAt: 5 }]), head(counts)).lamp).toBe('live');
    expect(trayText(state(waiting, false, [floor]), head(counts)).lamp).toBe('waiting');
  });
});
