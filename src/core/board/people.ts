/**
 * One person per member id, however many teams name it: the status that was last told, since when, and how well that
 * is known. It does not know teams' names, connections or who reads it.
 */
import type { Since, StatusCounts } from '../../shared/board.ts';
import { isSameWord } from '../../shared/folding.ts';
import { statusKind } from '../../shared/report.ts';

export interface Person {
  readonly memberId: string;
  name: string;
  status: string;
  /** Null where it was not told. */
  reason: string | null;
  since: Since;
  reasonSince: Since;
  /** The feed in which the status was last told. */
  toldIn: number;
}

/** What an event tells of a member. Null where it did not say. */
export interface Told {
  readonly name: string | null;
  readonly status: string | null;
  readonly reason: string | null;
}

/**
 * The person as first met. It was not seen when the status began, so “at least” is all that can be said. What is not
 * told of the status stays empty.
 */
export function meet(memberId: string, told: Told, feed: number, now: number): Person {
  const since: Since = { at: now, known: 'at-least' };
  return {
    memberId,
    name: told.name === null || told.name === '' ? memberId : told.name,
    status: told.status ?? '',
    reason: normalReason(told.reason),
    since,
    reasonSince: since,
    toldIn: feed,
  };
}

/**
 * Takes what an event tells of a known person; `isChange`: the event says that it has just become so. Returns whether
 * anything that shows has changed.
 */
export function tell(person: Person, told: Told, isChange: boolean, feed: number, now: number): boolean {
  const name = told.name === null || told.name === '' ? person.name : told.name;
  const status = told.status ?? '';
  const reason = normalReason(told.reason);
  const isSameStatus = isSameWord(person.status, status);
  const isSameReason = isSameStatus && person.reason === reason;
  const isSameFeed = person.toldIn === feed;
  const changed = !isSameFeed || !isSameReason || person.name !== name || person.status !== status;
  if (isSameFeed) {
    // Seen to happen only where both what was and what is now are known.
    const wasSeen = isChange && person.status !== '' && status !== '';
    const isReasonSeen = wasSeen && person.reason !== null && reason !== null;
    if (!isSameStatus) person.since = { at: now, known: wasSeen ? 'exact' : 'at-least' };
    if (!isSameReason) person.reasonSince = { at: now, known: isReasonSeen ? 'exact' : 'at-least' };
  } else {
    // Told for the first time since a break: whatever happened meanwhile was not seen.
    person.since = isSameStatus ? acrossGap(person.since, now) : { at: now, known: 'at-least' };
    person.reasonSince = isSameReason ? acrossGap(person.reasonSince, now) : { at: now, known: 'at-least' };
  }
  person.name = name;
  person.status = status;
  person.reason = reason;
  person.toldIn = feed;
  return changed;
}

function acrossGap(since: Since, now: number): Since {
  return { at: now, known: 'across-gap', beforeGapAt: since.beforeGapAt ?? since.at };
}

/** `0` and empty both mean: no reason. */
function normalReason(reason: string | null): string | null {
  const code = reason?.trim() ?? null;
  return code === '0' ? '' : code;
}

/** Counts people by status, one by one, and how many of them a feed has confirmed. */
export class Counter {
  readonly #counts = { ready: 0, not_ready: 0, acw: 0, other: 0 };
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
  confirmAnew(feeds: readonly number[]): void {
    this.#feed = 0;
    this.#confirmed = 0;
    for (const feed of feeds) this.confirm(0, feed);
  }

  get value(): StatusCounts {
    const { ready, not_ready: notReady, acw, other } = this.#counts;
    return { ready, notReady, acw, other };
  }

  /** How many of those counted were confirmed in this feed. */
  confirmed(feed: number): number {
    return feed === this.#feed ? this.#confirmed : 0;
  }
}
