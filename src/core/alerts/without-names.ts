/** Alerts without the people they are about. */
import { traitsOf, type Alert } from '../../shared/alerts/alert-kinds.ts';
import type { AlertsView, Notice } from '../../shared/alerts/alerts.ts';

export function alertsWithoutNames(alerts: AlertsView): AlertsView {
  return { ...alerts, list: alerts.list.map(alertWithoutNames) };
}

export function noticeWithoutNames(notice: Notice): Notice {
  const { what } = notice;
  return what.type === 'alert' ? { ...notice, what: { ...what, alert: alertWithoutNames(what.alert) } } : notice;
}

function alertWithoutNames(alert: Alert): Alert {
  return traitsOf(alert).withoutNames(alert);
}
