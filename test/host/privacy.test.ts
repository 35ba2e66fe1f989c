/** While people are only counted, nothing that the page receives names any of them. */
import { expect, test } from 'vitest';
import { answerWithoutNames, eventWithoutNames } from '../../src/host/gateway.ts';
import { EVENT_RULES, HANDLERS, type HostParts } from '../../src/host/requests.ts';
import type { EventRule, Handler } from '../../src/host/base/handlers.ts';
import type { AlertKind, AlertOf } from '../../src/shared/alerts/alert-kinds.ts';
import type { BoardSnapshot, MemberRow, TeamHead } from '../../src/shared/board/board.ts';
import {
  REQUEST_NAMES,
  type EventName,
  type Events,
  type RequestName,
  type Requests,
} from '../../src/shared/contract.ts';
import { FIRST_LAYOUT } from '../../src/shared/board/layout.ts';
import { state } from '../support/stand-in-host.ts';
import { NO_COUNTS } from '../../src/shared/board/statuses.ts';

/** Part of every person's name and id, and of every call id. */
const PERSON = 'Somebody';

const since = { at: 0, known: 'exact' } as const;
const row: MemberRow = {
  memberId: `id of ${PERSON}`,
  memberName: PERSON,
  memberType: 'Agent',
  status: 'ready',
  reason: '',
  since,
  reasonSince: since,
  confirmedIn: 1,
};
const counts = { ...NO_COUNTS, ready: 1 };
const head = { feed: 1, ends: [], counts, unconfirmed: 0 };
const team: TeamHead = {
  teamId: 't',
  teamName: 'Sales',
  agentIds: ['1001'],
  isAnnounced: true,
  counts,
  confirmedIn: 1,
  confirmed: 1,
};
const board: BoardSnapshot = { version: 1, head, teams: [{ team, members: [row] }] };
const once = { id: 1, at: 0, lastAt: 0, times: 1, endedAt: null, isSeen: false, isKnown: true };
const person = { memberId: row.memberId, memberName: PERSON };
/** One of each kind. */
const alerts: { readonly [K in AlertKind]: AlertOf<K> } = {
  limit: {
    ...once,
    kind: 'limit',
    person,
    teamId: 't',
    teamName: 'Sales',
    status: 'ready',
    reason: '',
    of: 'status',
    limitMs: 1,
  },
  failure: { ...once, kind: 'failure', reason: '32759', people: [{ person, isOver: false }] },
  floor: { ...once, kind: 'floor', teamId: 't', teamName: 'Sales', least: 2, ready: 1 },
};
const fullState = state(0, {
  alerts: { list: Object.values(alerts), unseen: 3, isMuted: false, snoozedUntil: null },
  recentCalls: [`call of ${PERSON}`],
});
const call = { type: 'journey', typed: `call of ${PERSON}`, isConfirmed: true } as const;

/** For each request, an answer with names wherever names are possible. */
const ANSWERS: { readonly [N in Exclude<RequestName, Refused>]: Requests[N]['result'] } = {
  'widget.state': fullState,
  'board.snapshot': board,
  'board.at': { at: 0, span: { from: 0, to: 0 }, gap: null, board },
  'digest.dismiss': null,
  'announcements.dismiss': null,
  'alerts.see': null,
  'alerts.test': null,
  'alerts.mute': null,
  'alerts.snooze': null,
  'preferences.save': { ok: true },
  'layout.load': FIRST_LAYOUT,
  'layout.save': null,
  'blind-time.list': { watchedSince: 0, now: 0, gaps: [], earlier: null },
  'commands.take': [{ type: 'settings' }, call],
  'support.bundle': '',
  'link.try-now': null,
  'connection.save': { ok: true },
  'connection.test': { ok: true, trials: [] },
  'connection.show-demo': null,
  'window.set-pinned': null,
  'window.set-shape': null,
  'window.minimise': null,
  'window.hide': null,
};
/** The requests whose answers are useless without names. */
type Refused = 'member.history' | 'digest.get' | 'journey.ask';

/** For each event, payloads with names wherever names are possible. */
const EVENTS: { readonly [N in EventName]: readonly Events[N][] } = {
  board: [
    {
      version: 1,
      head,
      changes: [
        { type: 'team', team },
        { type: 'member', teamId: 't', member: row },
        { type: 'member-gone', teamId: 't', memberId: row.memberId },
      ],
    },
  ],
  state: [fullState],
  notice: Object.values(alerts).map((alert) => ({
    id: 'n',
    what: { type: 'alert', alert },
    isShown: true,
    isAudible: true,
  })),
  command: [{ type: 'settings' }, { type: 'alert', alertId: 1 }, call],
};

function nameless<N extends RequestName>(name: N, answer: Requests[N]['result']): Requests[N]['result'] {
  const { privacy }: Handler<Requests[N]['args'], Requests[N]['result'], HostParts> = HANDLERS[name];
  return answerWithoutNames<Requests[N]['result']>(privacy, answer);
}

function sent<N extends EventName>(name: N, payload: Events[N]): Events[N] | null {
  const rule: EventRule<Events[N]> = EVENT_RULES[name];
  return eventWithoutNames<Events[N]>(rule, payload);
}

test('an answer names nobody, or the request is refused', () => {
  const refused: readonly string[] = ['member.history', 'digest.get', 'journey.ask'] satisfies readonly Refused[];
  for (const name of REQUEST_NAMES) {
    expect(HANDLERS[name].privacy === 'refused', name).toBe(refused.includes(name));
    if (refused.includes(name)) continue;
    const answer = ANSWERS[name as Exclude<RequestName, Refused>];
    expect(JSON.stringify(nameless(name, answer)), name).not.toContain(PERSON);
  }
  expect(nameless('board.snapshot', board)).toEqual({ ...board, teams: [{ team, members: [] }] });
  expect(nameless('widget.state', fullState).alerts.list).toHaveLength(Object.keys(alerts).length);
  expect(nameless('commands.take', ANSWERS['commands.take'])).toEqual([{ type: 'settings' }]);
});

test.each(Object.entries(EVENTS) as [EventName, readonly Events[EventName][]][])(
  'an event names nobody: %s',
  (name, all) => {
    expect(JSON.stringify(all), 'what there is to leave out').toContain(PERSON);
    expect(JSON.stringify(all.map((payload) => sent(name, payload)))).not.toContain(PERSON);
  },
);

test('nothing is sent of an event that is only a name', () => {
  expect(sent('command', call)).toBeNull();
  expect(sent('command', { type: 'settings' })).toEqual({ type: 'settings' });
});
