/**
 * The kinds of alert, each declared once: its data, whom it is about, how urgent it is, and its words. Settings, form
 * and privacy filter follow from this table. It must not know when an alert is raised or how it is drawn.
 */
import { statusWord } from '../board/board-words.ts';
import { keysOf } from '../base/keys-of.ts';
import { reasonWord, whyWord } from '../reasons/reason-words.ts';
import type { ReasonBook } from '../reasons/reasons.ts';
import type { Naming } from '../texts/names.ts';
import { clockText } from '../texts/spans.ts';
import { listText, t } from '../texts/texts.ts';

/** What every alert has. */
export interface AlertLife {
  /** Counts up from 1. An alert that comes again keeps its id. */
  readonly id: number;
  /** When it first began, on the core's clock. */
  readonly at: number;
  /** When it last began. */
  readonly lastAt: number;
  /** How often it has begun. */
  readonly times: number;
  /** When it last ended; null while it is open. */
  readonly endedAt: number | null;
  /** Whether the user has looked at it since it last began. */
  readonly isSeen: boolean;
  /** Whether the current state of its subject is known. It always is for an alert that has ended. */
  readonly isKnown: boolean;
}

export interface AlertPerson {
  readonly memberId: string;
  readonly memberName: string;
}

/** A person is over a limit. */
export interface LimitMatter {
  readonly kind: 'limit';
  /** Null if people are only counted. */
  readonly person: AlertPerson | null;
  readonly teamId: string;
  readonly teamName: string;
  readonly status: string;
  readonly reason: string | null;
  readonly of: 'status' | 'reason';
  readonly limitMs: number;
}

export interface AffectedPerson {
  /** Null if people are only counted. */
  readonly person: AlertPerson | null;
  /** Whether it has ended for this person while others still have it. */
  readonly isOver: boolean;
}

/** Something has failed for one or many people: one incident. */
export interface FailureMatter {
  readonly kind: 'failure';
  readonly reason: string;
  /** In the order in which it affected them. */
  readonly people: readonly AffectedPerson[];
}

/** A team has fewer ready than it should. */
export interface FloorMatter {
  readonly kind: 'floor';
  readonly teamId: string;
  readonly teamName: string;
  readonly least: number;
  /** How many are ready, or were when it ended. */
  readonly ready: number;
}

/** What an alert is about. */
export type Matter = LimitMatter | FailureMatter | FloorMatter;
export type AlertKind = Matter['kind'];
export type AlertOf<K extends AlertKind> = AlertLife & Extract<Matter, { readonly kind: K }>;
export type Alert = AlertLife & Matter;

export interface AlertWords {
  readonly title: string;
  readonly body: string;
}

/** Whom an alert is about: a team, or people. */
export type AlertSubject =
  | { readonly type: 'team'; readonly teamId: string; readonly teamName: string }
  /** `teamId`: the main team, if the alert is about one. */
  | { readonly type: 'people'; readonly people: readonly AlertPerson[]; readonly teamId: string | null }
  /** People are only counted. */
  | { readonly type: 'unnamed' };

interface AlertTraits<K extends AlertKind> {
  /** Its place in the order of attention; 0 is the most urgent. */
  readonly urgency: number;
  /** Whether every new beginning is news, however soon after the last. */
  readonly isAlwaysNews: boolean;
  readonly subject: (alert: AlertOf<K>) => AlertSubject;
  readonly words: (alert: AlertOf<K>, book: ReasonBook, naming: Naming) => AlertWords;
  readonly withoutNames: (alert: AlertOf<K>) => AlertOf<K>;
}

/** In the order in which they are offered. */
const TRAITS: { readonly [K in AlertKind]: AlertTraits<K> } = {
  limit: {
    urgency: 2,
    // It has lasted long enough already.
    isAlwaysNews: true,
    subject: ({ person, teamId }) => subjectOf([person], teamId),
    words: (alert, book, naming) => {
      const { person, status, of, limitMs } = alert;
      const team = naming.team(alert.teamId, alert.teamName);
      const clock = clockText(limitMs);
      const why = whyWord(alert, book);
      if (person === null) {
        return of === 'reason'
          ? { title: t('alerts.limitOfReasonAnonymous', { team, reason: why, clock }), body: '' }
          : { title: t('alerts.limitAnonymous', { team, status: statusWord(status), clock }), body: why };
      }
      const name = naming.person(person.memberId, person.memberName);
      return of === 'reason'
        ? { title: t('alerts.limitOfReason', { name, reason: why, clock }), body: team }
        : {
            title: t('alerts.limit', { name, status: statusWord(status), clock }),
            body: listText([team, why].filter((part) => part !== '')),
          };
    },
    withoutNames: (alert) => ({ ...alert, person: null }),
  },
  failure: {
    urgency: 0,
    isAlwaysNews: false,
    subject: (alert) =>
      subjectOf(
        affectedBy(alert).map(({ person }) => person),
        null,
      ),
    words: (alert, book, naming) => {
      const affected = affectedBy(alert);
      const named = affected.flatMap(({ person }) => person ?? []);
      const names = listText(named.map(({ memberId, memberName }) => naming.person(memberId, memberName)));
      const reason = reasonWord(alert.reason, book);
      return affected.length === 1 && named.length === 1
        ? { title: t('alerts.failureOfOne', { reason, names }), body: '' }
        : { title: t('alerts.failure', { count: affected.length, reason }), body: names };
    },
    withoutNames: (alert) => ({ ...alert, people: alert.people.map(({ isOver }) => ({ person: null, isOver })) }),
  },
  floor: {
    urgency: 1,
    isAlwaysNews: false,
    subject: ({ teamId, teamName }) => ({ type: 'team', teamId, teamName }),
    words: ({ teamId, teamName, least, ready }, _, naming) => ({
      title: t('alerts.floor', { count: least, team: naming.team(teamId, teamName), ready }),
      body: '',
    }),
    withoutNames: (alert) => alert,
  },
};

export const ALERT_KINDS = keysOf(TRAITS);

/** The declaration for an alert's kind. */
export function traitsOf<K extends AlertKind>({ kind }: { readonly kind: K }): AlertTraits<K> {
  return TRAITS[kind];
}

/** Whom a failure is about: those who still have it, or after its end everyone who had it. */
function affectedBy({ people, endedAt }: AlertOf<'failure'>): readonly AffectedPerson[] {
  return endedAt === null ? people.filter(({ isOver }) => !isOver) : people;
}

function subjectOf(people: readonly (AlertPerson | null)[], teamId: string | null): AlertSubject {
  const named = people.flatMap((person) => person ?? []);
  return named.length === people.length ? { type: 'people', people: named, teamId } : { type: 'unnamed' };
}
