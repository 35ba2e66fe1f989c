/** The people that an alert names, for tests. */
import { traitsOf, type Alert, type AlertPerson } from '../src/shared/alerts/alert-kinds.ts';

/** Nobody if people are only counted, or if the alert is about a team. */
export function alertedPeople(alert: Alert): readonly AlertPerson[] {
  const subject = traitsOf(alert).subject(alert);
  return subject.type === 'people' ? subject.people : [];
}
