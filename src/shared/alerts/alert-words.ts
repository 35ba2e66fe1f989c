/** Alerts and notices in words, the same in page, tray and notifications. It must not know how they are shown. */
import { statusWord } from '../board/board-words.ts';
import { reasonWord, whyWord } from '../reasons/reason-words.ts';
import type { ReasonBook } from '../reasons/reasons.ts';
import { BY_NAME } from '../texts/names.ts';
import { clockText } from '../texts/spans.ts';
import { listText, t } from '../texts/texts.ts';
import { peopleIn, type Alert, type Notice } from './alerts.ts';

/** An alert as a title and what more there is to say; nobody is named where names are kept back. */
export function alertWords(
  alert: Alert,
  book: ReasonBook,
  naming = BY_NAME,
): { readonly title: string; readonly body: string } {
  switch (alert.kind) {
    case 'limit': {
      const { memberId, memberName, status, of, limitMs } = alert;
      const team = naming.team(alert.teamId, alert.teamName);
      const name = memberName === '' ? '' : naming.person(memberId, memberName);
      const clock = clockText(limitMs);
      const why = whyWord(alert, book);
      if (of === 'reason') {
        const key = name === '' ? 'alerts.limitOfReasonAnonymous' : 'alerts.limitOfReason';
        return { title: t(key, { name, team, reason: why, clock }), body: name === '' ? '' : team };
      }
      const key = name === '' ? 'alerts.limitAnonymous' : 'alerts.limit';
      const title = t(key, { name, team, status: statusWord(status), clock });
      return { title, body: listText([name === '' ? '' : team, why].filter((part) => part !== '')) };
    }
    case 'failure': {
      const { reason } = alert;
      const people = peopleIn(alert);
      const named = people.filter(({ memberName }) => memberName !== '');
      const names = listText(named.map(({ memberId, memberName }) => naming.person(memberId, memberName)));
      const why = reasonWord(reason, book);
      if (people.length === 1 && names !== '')
        return { title: t('alerts.failureOfOne', { reason: why, names }), body: '' };
      return { title: t('alerts.failure', { count: people.length, reason: why }), body: names };
    }
    case 'floor': {
      const { ready, least } = alert;
      const team = naming.team(alert.teamId, alert.teamName);
      return { title: t('alerts.floor', { count: least, team, ready }), body: '' };
    }
  }
}

/** What is told aloud, in words. */
export function noticeWords(
  { what }: Notice,
  book: ReasonBook,
  naming = BY_NAME,
): { readonly title: string; readonly body: string } {
  switch (what.type) {
    case 'alert':
      return alertWords(what.alert, book, naming);
    case 'more':
      return { title: t('alerts.moreTitle', { count: what.count }), body: '' };
    case 'test':
      return { title: t('alerts.testTitle'), body: t('alerts.testBody') };
  }
}
