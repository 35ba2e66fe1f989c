/**
 * The alerts as lines of a list: the same thing again is the same line, with a count, and not another one. It keeps
 * them, latest first, and says what is new to be told; what alerts, and when it is over, is not its to say.
 */
import { traitsOf, type Alert, type AlertKind, type Matter } from '../../shared/alerts/alert-kinds.ts';
import { isSame } from '../../shared/base/same.ts';

/** What is over for longer than this and then comes again is another line. */
const SAME_LINE_MS = 30 * 60_000;
/** A team that is below its floor again, or the same phones that are down again, are told aloud only so often. */
const MIN_RENOTIFY_MS = 5 * 60_000;
/** How many lines that are over are kept: those that were last over. */
const MAX_ENDED = 100;

export interface AlertListOptions {
  readonly now: () => number;
  /** Has `tellDue` called after so long; gives back what calls that off. */
  readonly after: (ms: number) => () => void;
  /** To be told aloud. */
  readonly onAlert: (alert: Alert) => void;
  /** What has been told is not as it was; `isMore`: it has become more. */
  readonly onUpdate: (alert: Alert, isMore: boolean) => void;
  readonly onEnd: (alert: Alert) => void;
  readonly onChange: () => void;
}

interface Line {
  readonly key: string;
  alert: Alert;
  /** Whether what it is about is known at present. */
  isKnown: () => boolean;
  notifiedAt: number;
  /** Who could not be told of, since it was too soon, and from when they may be, if they are in it then. */
  readonly waiting: Map<string, number>;
  /** When the first of those may be, to whom it has not come yet. */
  nextDueAt: number;
  cancel: () => void;
  /** Whom it has named. */
  readonly named: Set<string>;
}

export class AlertList {
  readonly #options: AlertListOptions;
  /** By the id of its alert, the latest last. */
  readonly #lines = new Map<number, Line>();
  /** Those that are over; who was over first is first. */
  readonly #ended = new Set<Line>();
  /** The last line about each thing. */
  readonly #byKey = new Map<string, Line>();
  #lastId = 0;

  constructor(options: AlertListOptions) {
    this.#options = options;
  }

  /** The latest first. */
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

  /** It has begun, or begun again, for those who are `joined`. */
  open(key: string, matter: Matter, isKnown: () => boolean, affected?: readonly string[]): void {
    const now = this.#options.now();
    const before = this.#lineOf(key);
    const line = before ?? newLine(key, matter, (this.#lastId += 1), now);
    // Whoever waited was over it, too.
    if (line.alert.endedAt !== null) line.waiting.clear();
    line.alert = { ...line.alert, lastAt: now, times: line.alert.times + 1, endedAt: null, isSeen: false, ...matter };
    const joined = affected ?? subjectsOf(line.alert);
    line.isKnown = isKnown;
    if (before !== undefined) this.#drop(before);
    this.#byKey.set(key, line);
    this.#lines.set(line.alert.id, line);
    const mayAt = line.notifiedAt + MIN_RENOTIFY_MS;
    // Each stay over a limit is news, since it has lasted; so is each person whom something has struck.
    if (traitsOf(matter).isAlwaysNews || hasNews(line, joined) || now >= mayAt) this.#notify(line);
    else {
      for (const subject of joined) line.waiting.set(subject, mayAt);
      this.#schedule(line);
    }
    this.#options.onChange();
  }

  /** Tells what could not be told yet when it began, if it goes on and is known to. */
  notifyDue(): void {
    const now = this.#options.now();
    for (const line of this.#lines.values()) {
      if (line.waiting.size === 0 || line.alert.endedAt !== null) continue;
      if (line.isKnown() && isWaitedFor(line, now)) this.#notify(line);
      else if (line.nextDueAt <= now) this.#schedule(line);
    }
  }

  /** Of all who are in it. Whoever waits and is not seen to be in it just now waits on. */
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

  /** It goes on after all: nothing of it is told, nor counted. */
  reopen(key: string, matter: Matter): void {
    const line = this.#byKey.get(key);
    if (line === undefined) return;
    line.alert = { ...line.alert, ...matter, endedAt: null };
    this.#ended.delete(line);
    this.#schedule(line);
    this.#options.onChange();
  }

  /** It is about something else by now; `joined`: whom it has struck, too. */
  update(key: string, matter: Matter, joined: readonly string[] = []): void {
    const line = this.#byKey.get(key);
    if (line === undefined || line.alert.endedAt !== null || isAbout(line.alert, matter)) return;
    const isWaiting = isWaitedFor(line, Number.POSITIVE_INFINITY);
    line.alert = { ...line.alert, ...matter };
    // What was too soon to be told need not wait: whom it strikes now it has not named.
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
    // What came again after long has another line by now.
    if (this.#byKey.get(line.key) === line) this.#byKey.delete(line.key);
  }

  /** The line that is still the same if this comes again. */
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

/** Whether anybody is in it who may be told of at that time. */
function isWaitedFor({ alert, waiting }: Line, at: number): boolean {
  return waiting.size > 0 && subjectsOf(alert).some((subject) => (waiting.get(subject) ?? Infinity) <= at);
}

/** Who, or which team, it is about at present. */
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

/** The key of one thing of a kind: ids are free text, so no sign can stand between them. */
export function keyOf(kind: AlertKind, ...of: readonly string[]): string {
  return JSON.stringify([kind, ...of]);
}
