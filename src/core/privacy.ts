/** Takes the names out of what is told, for a screen that everybody can see: what is left is counts. It decides nothing. */
import type { Alert, AlertsView, Notice } from '../shared/alerts.ts';
import type { BoardSnapshot, BoardUpdate } from '../shared/board.ts';

export function updateWithoutNames(update: BoardUpdate): BoardUpdate {
  return { ...update, changes: update.changes.filter(({ type }) => type === 'team' || type === 'team-gone') };
}

export function snapshotWithoutNames(snapshot: BoardSnapshot): BoardSnapshot {
  return { ...snapshot, teams: snapshot.teams.map(({ team }) => ({ team, members: [] })) };
}

export function alertsWithoutNames(alerts: AlertsView): AlertsView {
  return { ...alerts, list: alerts.list.map(alertWithoutNames) };
}

export function noticeWithoutNames(notice: Notice): Notice {
  const { what } = notice;
  return what.type === 'alert' ? { ...notice, what: { ...what, alert: alertWithoutNames(what.alert) } } : notice;
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
