/**
 * One person per member id, however many teams list them: their last reported status, since when, and how certain that
 * is. It knows nothing about teams, connections or readers.
 */
import type { Since } from '../../shared/board/board.ts';
import { isBlank, isSameWord } from '../../shared/base/folding.ts';
import { normalReason } from '../../shared/reasons/reasons.ts';
import { NO_COUNTS, statusKind, type StatusCounts } from '../../shared/board/statuses.ts';

/** A stay in a status or with a reason. */
export interface Stay {
  readonly since: Since;
  /** For how long, at least, nothing was reported during the stay. */
  readonly missedMs: number;
}

export interface Person {
  readonly memberId: string;
  name: string;
  status: string;
  /** Null if it was not reported. */
  reason: string | null;
  stay: Stay;
  reasonStay: Stay;
  /** The feed that last reported the status. */
  reportedIn: number;
  /** When it was first reported after the last gap. */
  reportedAt: number;
}

/** What an event says about a member; null where it says nothing. */
export interface PersonUpdate {
  readonly name: string | null;
  readonly status: string | null;
  readonly reason: string | null;
}

/** A time without reports about a person; the next report ends it. */
export interface Gap {
  /** Until when the last report is known to have been true. */
  readonly from: number;
  /** Until when it may have been true: the connection was lost at some unknown moment in between. */
  readonly latest: number;
}

/** When an update arrived, and how it follows the one before. */
export interface UpdateContext {
  readonly feed: number;
  readonly at: number;
  /** The status changed just now. */
  readonly isChange: boolean;
  /** The gap between this update and the one before; null if there is none. */
  readonly gap: Gap | null;
}

/**
 * A person reported for the first time. Nobody saw the status begin, so its time is “at least”. Parts of the status
 * that were not reported stay empty.
 */
export function newPerson(memberId: string, update: PersonUpdate, feed: number, at: number): Person {
  const stay = beginStay(at, 'at-least');
  return {
    memberId,
    name: update.name === null || isBlank(update.name) ? memberId : update.name,
    status: update.status ?? '',
    reason: normalReason(update.reason),
    stay,
    reasonStay: stay,
    reportedIn: feed,
    reportedAt: at,
  };
}

/** Applies an update to a known person. Returns whether anything visible changed. */
export function updatePerson(
  person: Person,
  update: PersonUpdate,
  { feed, at, isChange, gap }: UpdateContext,
): boolean {
  const name = update.name === null || isBlank(update.name) ? person.name : update.name;
  const status = update.status ?? '';
  const reason = normalReason(update.reason);
  const isSameStatus = isSameWord(person.status, status);
  const isSameReason = isSameStatus && person.reason === reason;
  const changed = gap !== null || !isSameReason || person.name !== name || person.status !== status;
  // The change itself was seen only if both the old and the new status are known and nothing was missed in between.
  const wasSeen = isChange && gap === null && person.status !== '' && status !== '';
  const isReasonSeen = wasSeen && person.reason !== null && reason !== null;
  const { reportedAt } = person;
  const next = (stay: Stay, isSame: boolean, isSeen: boolean): Stay => {
    if (!isSame) return beginStay(at, isSeen ? 'exact' : 'at-least');
    return gap === null ? stay : continueStay(stay, reportedAt, gap, at);
  };
  person.stay = next(person.stay, isSameStatus, wasSeen);
  person.reasonStay = next(person.reasonStay, isSameReason, isReasonSeen);
  person.name = name;
  person.status = status;
  person.reason = reason;
  person.reportedIn = feed;
  if (gap !== null) person.reportedAt = at;
  return changed;
}

function beginStay(at: number, known: 'exact' | 'at-least'): Stay {
  return { since: { at, known }, missedMs: 0 };
}

/**
 * The status is the same after the gap as before, so the stay is assumed to have continued, unless the gap was longer
 * than all the time known before it. Where the start of the gap is uncertain, the uncertain time is shown as unwatched
 * but does not count towards a gap that is too long. Otherwise a connection that breaks more often than its heartbeat
 * would reset every clock.
 */
function continueStay({ since, missedMs }: Stay, reportedAt: number, gap: Gap, at: number): Stay {
  // Do not count time as missed twice if the report came late or followed an earlier gap.
  const from = Math.max(since.at, reportedAt, gap.from);
  const latest = Math.max(from, gap.latest);
  if (at - latest > latest - since.at - missedMs) return beginStay(at, 'at-least');
  const unwatchedMs = (since.unwatchedMs ?? 0) + at - from;
  return { since: { at: since.at, known: 'across-gap', unwatchedMs }, missedMs: missedMs + at - latest };
}

/** Counts people by status, and how many of them a feed has confirmed. */
export class Counter {
  readonly #counts = { ...NO_COUNTS };
  #confirmed = 0;
  #feed = 0;

  add(status: string, by: 1 | -1): void {
    this.#counts[statusKind(status)] += by;
  }

  /** One of the people counted changed status. */
  move(before: string, after: string): void {
    if (before === after) return;
    this.add(before, -1);
    this.add(after, 1);
  }

  /**
   * One of the people counted, last confirmed in feed `before`, is now confirmed in `after`; 0 stands for not
   * confirmed.
   */
  confirm(before: number, after: number): void {
    if (after > this.#feed) {
      this.#feed = after;
      this.#confirmed = 0;
    }
    if (before === after) return;
    if (before === this.#feed) this.#confirmed -= 1;
    if (after === this.#feed) this.#confirmed += 1;
  }

  /** Counts again after all confirmations of a later feed were removed. */
  recountConfirmed(feeds: readonly number[]): void {
    this.#feed = 0;
    this.#confirmed = 0;
    for (const feed of feeds) this.confirm(0, feed);
  }

  get value(): StatusCounts {
    return { ...this.#counts };
  }

  /** How many of the people counted this feed has confirmed. */
  confirmed(feed: number): number {
    return feed === this.#feed ? this.#confirmed : 0;
  }
}
