/** Alerts and notices in words, the same in page, tray and notifications. It must not know how they are shown. */
import type { ReasonBook } from '../reasons/reasons.ts';
import { BY_NAME, type Naming } from '../texts/names.ts';
import { t } from '../texts/texts.ts';
import { traitsOf, type Alert, type AlertWords } from './alert-kinds.ts';
import type { Notice } from './alerts.ts';

/** An alert as a title and details. Nobody is named if people are only counted. */
export function alertWords(alert: Alert, book: ReasonBook, naming: Naming = BY_NAME): AlertWords {
  return traitsOf(alert).words(alert, book, naming);
}

/** A notice in words. */
export function noticeWords({ what }: Notice, book: ReasonBook, naming: Naming = BY_NAME): AlertWords {
  switch (what.type) {
    case 'alert':
      return alertWords(what.alert, book, naming);
    case 'more':
      return { title: t('alerts.moreTitle', { count: what.count }), body: '' };
    case 'test':
      return { title: t('alerts.testTitle'), body: t('alerts.testBody') };
  }
}
