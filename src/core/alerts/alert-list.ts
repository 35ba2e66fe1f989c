/**
 * The alerts as a list of lines. A repeated alert is the same line with a count, not another line. It keeps the lines,
 * latest first, and decides what to notify. It does not decide what alerts, or when that ends.
 */
import { traitsOf, type Alert, type AlertKind, type Matter } from '../../shared/alerts/alert-kinds.ts';
import { isSame } from '../../shared/base/same.ts';

/** An alert that ended longer ago than this and comes again is a new line. */
const SAME_LINE_MS = 30 * 60_000;
/** How often at most to notify again that the same team is below its floor, or the same phones are down. */
const MIN_RENOTIFY_MS = 5 * 60_000;
/** How many ended lines are kept: those that ended last. */
const MAX_ENDED = 100;

export interface AlertListOptions {
  readonly now: () => number;
  /** Calls `notifyDue` after this time; returns a function that cancels the call. */
  readonly after: (ms: number) => () => void;
  /** Notify this alert. */
  readonly onAlert: (alert: Alert) => void;
  /** A notified alert has changed; `isMore`: it now covers more. */
  readonly onUpdate: (alert: Alert, isMore: boolean) => void;
  readonly onEnd: (alert: Alert) => void;
  readonly onChange: () => void;
}

interface Line {
  readonly key: string;
  alert: Alert;
  /** Whether the current state of its subject is known. */
  isKnown: () => boolean;
  notifiedAt: number;
  /** Subjects whose notification would have come too soon, and when each may be notified if it is still affected. */
  readonly waiting: Map<string, number>;
  /** When the next of those is due. */
  nextDueAt: number;
  cancel: () => void;
  /** The subjects already named. */
  readonly named: Set<string>;
}

export class AlertList {
  readonly #options: AlertListOptions;
  /** By alert id, latest last. */
  readonly #lines = new Map<number, Line>();
  /** Ended lines, earliest end first. */
  readonly #ended = new Set<Line>();
  /** The last line for each key. */
  readonly #byKey = new Map<string, Line>();
  #lastId = 0;

  constructor(options: AlertListOptions) {
    this.#options = options;
  }

  /** Latest first. */
  get alerts(): readonly Alert[] {
    const known = ({ alert, isKnown }: Line): Alert => ({ ...alert, isKnown: alert.endedAt !== null || isKnown() });
    return Array.from(this.#lines.values(), known).toReversed();
  }

  get unseen(): number {
    let count = 0;
    for (const { alert } of this.#lines.values()) if (!alert.isSeen) count += 1;
    return count;
  }

  isOpen(key: string): boolean {
    return this.#byKey.get(key)?.alert.endedAt === null;
  }

  markSeen(): void {
    if (this.unseen === 0) return;
    for (const line of this.#lines.values()) line.alert = { ...line.alert, isSeen: true };
    this.#options.onChange();
  }

  /** The alert began, or began again for the `joined` subjects. */
  open(key: string, matter: Matter, isKnown: () => boolean, affected?: readonly string[]): void {
    const now = this.#options.now();
    const before = this.#lineOf(key);
    const line = before ?? newLine(key, matter, (this.#lastId += 1), now);
    // It had ended for those who waited, too.
    if (line.alert.endedAt !== null) line.waiting.clear();
    line.alert = { ...line.alert, lastAt: now, times: line.alert.times + 1, endedAt: null, isSeen: false, ...matter };
    const joined = affected ?? subjectsOf(line.alert);
    line.isKnown = isKnown;
    if (before !== undefined) this.#drop(before);
    this.#byKey.set(key, line);
    this.#lines.set(line.alert.id, line);
    const mayAt = line.notifiedAt + MIN_RENOTIFY_MS;
    // Each stay over a limit is news, since it has lasted long enough. So is each newly affected person.
    if (traitsOf(matter).isAlwaysNews || hasNews(line, joined) || now >= mayAt) this.#notify(line);
    else {
      for (const subject of joined) line.waiting.set(subject, mayAt);
      this.#schedule(line);
    }
    this.#options.onChange();
  }

  /** Notifies what could not be notified when it began, if it is known to be still true. */
  notifyDue(): void {
    const now = this.#options.now();
    for (const line of this.#lines.values()) {
      if (line.waiting.size === 0 || line.alert.endedAt !== null) continue;
      if (line.isKnown() && isWaitedFor(line, now)) this.#notify(line);
      else if (line.nextDueAt <= now) this.#schedule(line);
    }
  }

  /** Notifies about all its subjects. Those waiting that are not currently affected keep waiting. */
  #notify(line: Line): void {
    line.notifiedAt = this.#options.now();
    for (const subject of subjectsOf(line.alert)) {
      line.named.add(subject);
      line.waiting.delete(subject);
    }
    this.#schedule(line);
    this.#options.onAlert(line.alert);
  }

  #schedule(line: Line): void {
    const now = this.#options.now();
    line.cancel();
    line.cancel = () => undefined;
    line.nextDueAt = Number.POSITIVE_INFINITY;
    for (const at of line.waiting.values()) if (at > now && at < line.nextDueAt) line.nextDueAt = at;
    if (line.nextDueAt < Number.POSITIVE_INFINITY) line.cancel = this.#options.after(line.nextDueAt - now);
  }

  /** It never ended after all: neither notified nor counted. */
  reopen(key: string, matter: Matter): void {
    const line = this.#byKey.get(key);
    if (line === undefined) return;
    line.alert = { ...line.alert, ...matter, endedAt: null };
    this.#ended.delete(line);
    this.#schedule(line);
    this.#options.onChange();
  }

  /** Its content has changed; `joined`: newly affected people. */
  update(key: string, matter: Matter, joined: readonly string[] = []): void {
    const line = this.#byKey.get(key);
    if (line === undefined || line.alert.endedAt !== null || isAbout(line.alert, matter)) return;
    const isWaiting = isWaitedFor(line, Number.POSITIVE_INFINITY);
    line.alert = { ...line.alert, ...matter };
    // A notification that would have come too soon need not wait if it names newly affected people.
    if (isWaiting && hasNews(line, joined)) this.#notify(line);
    else {
      for (const subject of joined) {
        line.named.add(subject);
        if (isWaiting) line.waiting.set(subject, line.notifiedAt + MIN_RENOTIFY_MS);
        else line.waiting.delete(subject);
      }
      this.#schedule(line);
      this.#options.onUpdate(line.alert, joined.length > 0);
    }
    this.#options.onChange();
  }

  end(key: string): void {
    const line = this.#byKey.get(key);
    if (line === undefined || line.alert.endedAt !== null) return;
    line.alert = { ...line.alert, endedAt: this.#options.now() };
    line.cancel();
    this.#ended.add(line);
    const [first] = this.#ended;
    if (first !== undefined && this.#ended.size > MAX_ENDED) this.#drop(first);
    this.#options.onEnd(line.alert);
    this.#options.onChange();
  }

  clear(): void {
    for (const line of this.#lines.values()) line.cancel();
    this.#lines.clear();
    this.#ended.clear();
    this.#byKey.clear();
    this.#options.onChange();
  }

  #drop(line: Line): void {
    this.#ended.delete(line);
    this.#lines.delete(line.alert.id);
    // The key may have a newer line by now.
    if (this.#byKey.get(line.key) === line) this.#byKey.delete(line.key);
  }

  /** The line to reuse if this comes again. */
  #lineOf(key: string): Line | undefined {
    const line = this.#byKey.get(key);
    if (line === undefined) return undefined;
    const { endedAt } = line.alert;
    return endedAt === null || this.#options.now() - endedAt <= SAME_LINE_MS ? line : undefined;
  }
}

function newLine(key: string, matter: Matter, id: number, at: number): Line {
  return {
    key,
    alert: { id, at, lastAt: at, times: 0, endedAt: null, isSeen: false, isKnown: true, ...matter },
    isKnown: () => true,
    notifiedAt: Number.NEGATIVE_INFINITY,
    waiting: new Map(),
    nextDueAt: Number.POSITIVE_INFINITY,
    cancel: () => undefined,
    named: new Set(),
  };
}

function hasNews({ named }: Line, joined: readonly string[]): boolean {
  return joined.some((subject) => !named.has(subject));
}

/** Whether it has any subject that may be notified at that time. */
function isWaitedFor({ alert, waiting }: Line, at: number): boolean {
  return waiting.size > 0 && subjectsOf(alert).some((subject) => (waiting.get(subject) ?? Infinity) <= at);
}

/** The people or the team that it is currently about. */
function subjectsOf(alert: Alert): readonly string[] {
  const subject = traitsOf(alert).subject(alert);
  switch (subject.type) {
    case 'team':
      return [subject.teamId];
    case 'people':
      return subject.people.map(({ memberId }) => memberId);
    case 'unnamed':
      return [];
  }
}

function isAbout(alert: Alert, matter: Matter): boolean {
  return isSame(alert, { ...alert, ...matter });
}

/** The key of one subject of a kind. Ids are free text, so no separator is safe. */
export function keyOf(kind: AlertKind, ...of: readonly string[]): string {
  return JSON.stringify([kind, ...of]);
}
