/**
 * What becomes of all that the page is told while people are only counted, as on a screen that everybody can see: one
 * line for each request and event. It decides for whom that holds no more than it knows who asks.
 *
 * The ids of the watched agents stay: whoever sets the widget up, or reads why the processor refused one, needs them.
 */
import type { Alert, AlertsView, Notice } from '../shared/alerts/alerts.ts';
import type { BoardSnapshot, BoardUpdate } from '../shared/board/board.ts';
import type { PageCommand, EventName, Events, RequestName, Requests, WidgetState } from '../shared/contract.ts';

/** An answer is told as it is, is told without what names people, or the request is refused. */
type AnswerRule<T> = 'told' | 'refused' | ((answer: T) => T);

/** An event is told as it is, or without what names people; where nothing is left of it, the rule gives null. */
type EventRule<T> = 'told' | ((payload: T) => T | null);

const ANSWERS: { readonly [N in RequestName]: AnswerRule<Requests[N]['result']> } = {
  'widget.state': stateWithoutNames,
  'board.snapshot': snapshotWithoutNames,
  'board.at': (then) => ({ ...then, board: snapshotWithoutNames(then.board) }),
  'member.history': 'refused',
  'digest.get': 'refused',
  'digest.dismiss': 'told',
  'announcements.dismiss': 'told',
  'alerts.see': 'told',
  'alerts.test': 'told',
  'alerts.mute': 'told',
  'alerts.snooze': 'told',
  'preferences.save': 'told',
  'layout.load': 'told',
  'layout.save': 'told',
  'blind-time.list': 'told',
  'commands.take': (commands) => commands.filter((command) => commandWithoutNames(command) !== null),
  // Its steps name those who were rung and who answered.
  'journey.ask': 'refused',
  // Names that the widget knew are masked, unless a setting of its own says otherwise.
  'support.bundle': 'told',
  'link.try-now': 'told',
  'connection.save': 'told',
  'connection.test': 'told',
  'connection.show-demo': 'told',
  'window.set-pinned': 'told',
  'window.set-shape': 'told',
  'window.minimise': 'told',
  'window.hide': 'told',
};

const EVENTS: { readonly [N in EventName]: EventRule<Events[N]> } = {
  board: updateWithoutNames,
  state: stateWithoutNames,
  notice: noticeWithoutNames,
  command: commandWithoutNames,
};

/** Whether the request has no answer that names nobody. */
export function isRefusedWithoutNames(name: RequestName): boolean {
  return ANSWERS[name] === 'refused';
}

/** The answer without what names people. Only of a request that is not refused. */
export function answerWithoutNames<N extends RequestName>(name: N, answer: Requests[N]['result']) {
  const rule: AnswerRule<Requests[N]['result']> = ANSWERS[name];
  return typeof rule === 'function' ? rule(answer) : answer;
}

/** What is told of an event without what names people; null where that is nothing. */
export function eventWithoutNames<N extends EventName>(name: N, payload: Events[N]): Events[N] | null {
  const rule: EventRule<Events[N]> = EVENTS[name];
  return typeof rule === 'function' ? rule(payload) : payload;
}

export function stateWithoutNames(state: WidgetState): WidgetState {
  return { ...state, alerts: alertsWithoutNames(state.alerts), recentCalls: [] };
}

function updateWithoutNames(update: BoardUpdate): BoardUpdate {
  return { ...update, changes: update.changes.filter(({ type }) => type === 'team' || type === 'team-gone') };
}

function snapshotWithoutNames(snapshot: BoardSnapshot): BoardSnapshot {
  return { ...snapshot, teams: snapshot.teams.map(({ team }) => ({ team, members: [] })) };
}

function alertsWithoutNames(alerts: AlertsView): AlertsView {
  return { ...alerts, list: alerts.list.map(alertWithoutNames) };
}

function noticeWithoutNames(notice: Notice): Notice {
  const { what } = notice;
  return what.type === 'alert' ? { ...notice, what: { ...what, alert: alertWithoutNames(what.alert) } } : notice;
}

/** A call leads to the people who had it. */
function commandWithoutNames(command: PageCommand): PageCommand | null {
  return command.type === 'journey' ? null : command;
}

function alertWithoutNames(alert: Alert): Alert {
  switch (alert.kind) {
    case 'limit':
      return { ...alert, memberId: '', memberName: '' };
    case 'failure':
      return { ...alert, people: alert.people.map(({ isOver }) => ({ memberId: '', memberName: '', isOver })) };
    case 'floor':
      return alert;
  }
}
