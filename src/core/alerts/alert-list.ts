/**
 * The alerts as lines of a list: the same thing again is the same line, with a count, and not another one. It keeps
 * them, latest first, and says what is new to be told; what alerts, and when it is over, is not its to say.
 */
import type { Alert, AlertKind, FailureAlert, FloorAlert, LimitAlert, StruckPerson } from '../../shared/alerts.ts';

/** What is over for longer than this and then comes again is another line. */
const SAME_LINE_MS = 30 * 60_000;
/** A team that is below its floor again, or the same phones that are down again, are told aloud only so often. */
const TELL_AGAIN_MS = 5 * 60_000;
/** How many lines that are over are kept: those that were last over. */
const MAX_ENDED = 100;

type Common = 'id' | 'at' | 'lastAt' | 'times' | 'endedAt' | 'isSeen' | 'isKnown';
/** What an alert is about, without what the list knows of it. */
export type Matter = Omit<LimitAlert, Common> | Omit<FailureAlert, Common> | Omit<FloorAlert, Common>;

export interface AlertListOptions {
  readonly now: () => number;
  /** Has `tellDue` called after so long; gives back what calls that off. */
  readonly after: (ms: number) => () => void;
  /** To be told aloud. */
  readonly onAlert: (alert: Alert) => void;
  /** What has been told is not as it was; `isMore`: it has become more. */
  readonly onAmend: (alert: Alert, isMore: boolean) => void;
  readonly onEnd: (alert: Alert) => void;
  readonly onChange: () => void;
}

interface Line {
  readonly key: string;
  alert: Alert;
  /** Whether what it is about is known at present. */
  readonly isKnown: () => boolean;
  toldAt: number;
  /** When it may be told again, where it was too soon; null where nothing is left to tell. */
  tellAt: number | null;
  callOff: () => void;
  /** Whom it has named when it was told. */
  named: ReadonlySet<string>;
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

  see(): void {
    if (this.unseen === 0) return;
    for (const line of this.#lines.values()) line.alert = { ...line.alert, isSeen: true };
    this.#options.onChange();
  }

  /** It has begun, or begun again. */
  open(key: string, matter: Matter, isKnown: () => boolean): void {
    const now = this.#options.now();
    const before = this.#lineOf(key);
    const line: Line = {
      key,
      alert: {
        id: before?.alert.id ?? (this.#lastId += 1),
        at: before?.alert.at ?? now,
        lastAt: now,
        times: (before?.alert.times ?? 0) + 1,
        endedAt: null,
        isSeen: false,
        isKnown: true,
        ...matter,
      },
      isKnown,
      toldAt: before?.toldAt ?? Number.NEGATIVE_INFINITY,
      tellAt: null,
      callOff: () => undefined,
      named: before?.named ?? new Set(),
    };
    before?.callOff();
    if (before !== undefined) this.#drop(before);
    this.#byKey.set(key, line);
    this.#lines.set(line.alert.id, line);
    const named = namesIn(matter);
    // Each stay over a limit is news, since it has lasted; so is each person whom something has struck.
    const isNews = matter.kind === 'limit' || hasNews(line, named);
    const mayAt = line.toldAt + TELL_AGAIN_MS;
    if (isNews || now >= mayAt) this.#tell(line, named);
    else this.#tellLater(line, mayAt);
    this.#options.onChange();
  }

  /** Tells what could not be told yet when it began, if it goes on and is known to. */
  tellDue(): void {
    for (const line of this.#lines.values()) {
      if (line.tellAt === null || line.alert.endedAt !== null) continue;
      if (this.#options.now() >= line.tellAt && line.isKnown()) this.#tell(line, namesIn(line.alert));
    }
  }

  #tell(line: Line, named: readonly string[]): void {
    line.callOff();
    line.tellAt = null;
    line.toldAt = this.#options.now();
    line.named = new Set(named);
    this.#options.onAlert(line.alert);
  }

  #tellLater(line: Line, at: number): void {
    line.tellAt = at;
    line.callOff = this.#options.after(Math.max(0, at - this.#options.now()));
  }

  /** It goes on after all: nothing of it is told, nor counted. */
  reopen(key: string, matter: Matter): void {
    const line = this.#byKey.get(key);
    if (line === undefined) return;
    line.alert = { ...line.alert, ...matter, endedAt: null };
    this.#ended.delete(line);
    line.callOff();
    if (line.tellAt !== null) this.#tellLater(line, line.tellAt);
    this.#options.onChange();
  }

  /** It is about something else by now; `isMore`: about more. */
  amend(key: string, matter: Matter, isMore = false): void {
    const line = this.#byKey.get(key);
    if (line === undefined || line.alert.endedAt !== null) return;
    if (isAbout(line.alert, matter)) return;
    const alert = { ...line.alert, ...matter };
    line.alert = alert;
    const named = namesIn(matter);
    // What was too soon to be told need not wait: whom it strikes now it has not named.
    if (isMore && line.tellAt !== null && hasNews(line, named)) this.#tell(line, named);
    else {
      if (isMore) line.named = new Set([...line.named, ...named]);
      this.#options.onAmend(alert, isMore);
    }
    this.#options.onChange();
  }

  end(key: string): void {
    const line = this.#byKey.get(key);
    if (line === undefined || line.alert.endedAt !== null) return;
    line.alert = { ...line.alert, endedAt: this.#options.now() };
    line.callOff();
    this.#ended.add(line);
    const [first] = this.#ended;
    if (first !== undefined && this.#ended.size > MAX_ENDED) this.#drop(first);
    this.#options.onEnd(line.alert);
    this.#options.onChange();
  }

  clear(): void {
    for (const line of this.#lines.values()) line.callOff();
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

function hasNews({ named }: Line, memberIds: readonly string[]): boolean {
  return memberIds.some((memberId) => !named.has(memberId));
}

function namesIn(matter: Matter): readonly string[] {
  return matter.kind === 'failure' ? matter.people.map(({ memberId }) => memberId) : [];
}

function isAbout(alert: Alert, matter: Matter): boolean {
  const is: Readonly<Record<string, unknown>> = { ...alert, people: undefined };
  const same = Object.entries<unknown>({ ...matter, people: undefined }).every(([name, value]) => is[name] === value);
  return (
    same && arePeople(alert.kind === 'failure' ? alert.people : [], matter.kind === 'failure' ? matter.people : [])
  );
}

function arePeople(some: readonly StruckPerson[], others: readonly StruckPerson[]): boolean {
  if (some.length !== others.length) return false;
  return some.every(({ memberId, memberName, isOver }, index) => {
    const other = others[index];
    return memberId === other?.memberId && memberName === other.memberName && isOver === other.isOver;
  });
}

/** The key of one thing of a kind: ids are free text, so no sign can stand between them. */
export function keyOf(kind: AlertKind, ...of: readonly string[]): string {
  return JSON.stringify([kind, ...of]);
}
