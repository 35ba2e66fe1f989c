/** Alerts without the people that they are about. */
import type { Alert, AlertsView, Notice } from '../../shared/alerts/alerts.ts';

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
