/**
 * One person per member id, however many teams name it: the status that was last told, since when, and how well that is
 * known. It does not know teams' names, connections or who reads it.
 */
import type { Since } from '../../shared/board/board.ts';
import { isBlank, isSameWord } from '../../shared/base/folding.ts';
import { normalReason } from '../../shared/reasons/reasons.ts';
import { NO_COUNTS, statusKind, type StatusCounts } from '../../shared/board/statuses.ts';

/** A stay in a status or a reason. */
export interface Stay {
  readonly since: Since;
  /** For how long, at the very least, nothing was told meanwhile. */
  readonly missedMs: number;
}

export interface Person {
  readonly memberId: string;
  name: string;
  status: string;
  /** Null where it was not told. */
  reason: string | null;
  stay: Stay;
  reasonStay: Stay;
  /** The feed in which the status was last told. */
  reportedIn: number;
  /** When it was first told after the last gap. */
  reportedAt: number;
}

/** What an event tells of a member. Null where it did not say. */
export interface PersonUpdate {
  readonly name: string | null;
  readonly status: string | null;
  readonly reason: string | null;
}

/** A time in which nothing was told of a person; it ends when something is. */
export interface Gap {
  /** Until when what had been told is known to have been true. */
  readonly from: number;
  /** Until when it may have been: nobody can tell at which moment between the two the connection was lost. */
  readonly latest: number;
}

/** When something is told, and how that joins what was told before. */
export interface UpdateContext {
  readonly feed: number;
  readonly at: number;
  /** It has just become so. */
  readonly isChange: boolean;
  /** What lies between this and what was told before; null where nothing does. */
  readonly gap: Gap | null;
}

/**
 * The person as first met. It was not seen when the status began, so “at least” is all that can be said. What is not
 * told of the status stays empty.
 */
export function newPerson(memberId: string, update: PersonUpdate, feed: number, at: number): Person {
  const stay = begin(at, 'at-least');
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

/** Takes what an event tells of a known person. Returns whether anything that shows has changed. */
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
  // Seen to happen only where both what was and what is now are known, and nothing was missed between.
  const wasSeen = isChange && gap === null && person.status !== '' && status !== '';
  const isReasonSeen = wasSeen && person.reason !== null && reason !== null;
  const { reportedAt } = person;
  const next = (stay: Stay, isSame: boolean, isSeen: boolean): Stay => {
    if (!isSame) return begin(at, isSeen ? 'exact' : 'at-least');
    return gap === null ? stay : goOn(stay, reportedAt, gap, at);
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

function begin(at: number, known: 'exact' | 'at-least'): Stay {
  return { since: { at, known }, missedMs: 0 };
}

/**
 * The same after a gap as before it, so the stay is taken to have gone on; unless the gap was longer than all that had
 * been known of it. In doubt when the gap began, the time counts as unwatched where that is told, and as watched where
 * the gap might be too long: else a connection that breaks more often than its heart beats would begin every clock anew.
 */
function goOn({ since, missedMs }: Stay, reportedAt: number, gap: Gap, at: number): Stay {
  // What came late, or was told after the last gap, is not missed twice.
  const from = Math.max(since.at, reportedAt, gap.from);
  const latest = Math.max(from, gap.latest);
  if (at - latest > latest - since.at - missedMs) return begin(at, 'at-least');
  const unwatchedMs = (since.unwatchedMs ?? 0) + at - from;
  return { since: { at: since.at, known: 'across-gap', unwatchedMs }, missedMs: missedMs + at - latest };
}

/** Counts people by status, one by one, and how many of them a feed has confirmed. */
export class Counter {
  readonly #counts = { ...NO_COUNTS };
  #confirmed = 0;
  #feed = 0;

  add(status: string, by: 1 | -1): void {
    this.#counts[statusKind(status)] += by;
  }

  /** One of those counted has another status now. */
  move(before: string, after: string): void {
    if (before === after) return;
    this.add(before, -1);
    this.add(after, 1);
  }

  /** One that had last been confirmed in one feed now is in another; 0 stands for never, or not any more. */
  confirm(before: number, after: number): void {
    if (after > this.#feed) {
      this.#feed = after;
      this.#confirmed = 0;
    }
    if (before === after) return;
    if (before === this.#feed) this.#confirmed -= 1;
    if (after === this.#feed) this.#confirmed += 1;
  }

  /** Counts anew, where a later feed's confirmations have all been taken back. */
  recountConfirmed(feeds: readonly number[]): void {
    this.#feed = 0;
    this.#confirmed = 0;
    for (const feed of feeds) this.confirm(0, feed);
  }

  get value(): StatusCounts {
    return { ...this.#counts };
  }

  /** How many of those counted were confirmed in this feed. */
  confirmed(feed: number): number {
    return feed === this.#feed ? this.#confirmed : 0;
  }
}
