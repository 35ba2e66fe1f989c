/**
 * Turns what happens on the board into alerts: a person over a limit, something failing for one or many, a team below
 * its floor. It follows every update but evaluates only once the board has published everything it knows. So nothing
 * alerts to a past state, twice for the same stay, or on data that may not be true. It reads the board like any reader,
 * and does not know who shows its alerts.
 */
import { levelOf } from '../../shared/board/attention.ts';
import type {
  Alert,
  AlertPerson,
  FailureMatter,
  FloorMatter,
  LimitMatter,
  AffectedPerson,
} from '../../shared/alerts/alert-kinds.ts';
import { ALERTS_ON, type AlertSettings } from '../../shared/alerts/alerts.ts';
import type { BoardUpdate, MemberRow, TeamHead } from '../../shared/board/board.ts';
import { total } from '../../shared/board/statuses.ts';
import { foldWord } from '../../shared/base/folding.ts';
import { ReasonBook } from '../../shared/reasons/reasons.ts';
import type { Clock } from '../base/clock.ts';
import { AlertList, keyOf, type AlertListOptions } from './alert-list.ts';

/** Failures of the same kind within this time of each other form one alert. */
const INCIDENT_MS = 60_000;
/** How long an incident collects people before it alerts. */
const GATHER_MS = 2000;
/** A timer that fires this late was held up by sleep. */
const LATE_MS = 5000;
/**
 * How many people in no team are remembered with what was notified about them, because they may come back in the same
 * stay. As many as the board remembers.
 */
const MAX_GONE = 10_000;

export interface AlertCenterOptions extends Omit<AlertListOptions, 'now' | 'after'> {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** Something is due: call `look` once the board has published everything it knows. */
  readonly onDue: () => void;
  /** The timer was late, for example after sleep. Whoever knows better can now mark what is known as old. */
  readonly onLate: () => void;
}

/** One person's failure; two may begin at the same moment. */
interface Failure {
  readonly reason: string;
  readonly at: number;
}

/** What was notified about a person, so that it is not repeated. */
interface Notified {
  /** When the stay in a status began; null before the first. */
  stay: number | null;
  /** By alert key and team: the highest limit that the stay has passed. */
  readonly limits: Map<string, Map<string, number>>;
  failure: Failure | null;
  /** A failure that began while alerts for failures were off. */
  unwanted: Failure | null;
}

/** A person who is, or was recently, over a limit or affected by a failure. */
interface Person {
  readonly notified: Notified;
  /** All their rows on the board, by team. */
  readonly rows: Map<string, MemberRow>;
  /** The rows that are over a limit. */
  readonly over: Map<string, MemberRow>;
  /** The keys of their open limit alerts. */
  readonly open: Set<string>;
  incident: Incident | null;
  /** Their last failure that was seen to happen, with its beginning according to the board. */
  lastFailure: Failure | null;
  /** When the last failure began that was seen to begin: they were seen without it before, in the same feed. */
  seenAt: number | null;
  /** A failure that is still news when it is next seen: the feed ended before it could be notified. */
  unseen: string | null;
}

/** A person affected by an incident; always named here. */
interface Affected extends AffectedPerson {
  readonly person: AlertPerson;
}

interface Incident {
  readonly reason: string;
  readonly key: string;
  /** The people it has notified, by id, in the order in which it affected them. */
  readonly people: Map<string, Affected>;
  /** When it last affected one of them. */
  lastAt: number;
  /** The people it affected since its alert was last updated. */
  joined: string[];
  /** The people to notify together; null if there are none. */
  gathering: Gathering | null;
}

interface Gathering {
  /** By id, in the order in which it affected them. Anyone who has recovered is not included. */
  readonly people: Map<string, Affected>;
  lastAt: number;
  readonly dueAt: number;
  readonly cancel: () => void;
}

interface Floor {
  readonly key: string;
  head: TeamHead;
  /** How many were ready when that was last known. */
  ready: number;
  /** Since when the team is below it, as far as known; null while it is not. */
  belowSince: number | null;
  cancel: (() => void) | null;
}

export class AlertCenter {
  readonly #options: AlertCenterOptions;
  readonly #list: AlertList;
  #book = ReasonBook.none;
  #settings: AlertSettings = ALERTS_ON;
  #isLive = false;
  #feed = 0;
  readonly #people = new Map<string, Person>();
  /** People whose limits must be checked. */
  readonly #due = new Set<string>();
  /** People with a failure that must be checked for being news. */
  readonly #newlyAffected = new Set<string>();
  /** People in no team any more; whoever left first comes first. */
  readonly #gone = new Set<string>();
  /** By reason. */
  readonly #incidents = new Map<string, Incident>();
  /** Incidents that differ from their last notification. */
  readonly #touched = new Set<Incident>();
  readonly #floors = new Map<string, Floor>();
  /** The rows of each team as last published, by team and member. */
  readonly #members = new Map<string, Map<string, MemberRow>>();

  constructor(options: AlertCenterOptions) {
    this.#options = options;
    this.#list = new AlertList({ ...options, now: () => options.clock.now(), after: (ms) => this.#after(ms) });
  }

  /** Latest first. */
  get list(): readonly Alert[] {
    return this.#list.alerts;
  }

  get unseen(): number {
    return this.#list.unseen;
  }

  /** The user has looked at the alerts. */
  markSeen(): void {
    this.#list.markSeen();
  }

  set settings(settings: AlertSettings) {
    this.#settings = settings;
    for (const floor of this.#floors.values()) this.#watchFloor(floor);
    this.#options.onDue();
  }

  /**
   * Sets which reasons are failures. Alerts for reasons that are no longer failures end. People whose reason only now
   * counts as a failure are not news: nothing happened to them.
   */
  set book(book: ReasonBook) {
    const before = this.#book;
    this.#book = book;
    for (const members of this.#members.values()) {
      for (const row of members.values()) {
        const failure = failureOf(before, row) === null ? failureOf(book, row) : null;
        const person = this.#people.get(row.memberId) ?? (failure !== null ? this.#addPerson(row.memberId) : null);
        if (person === null) continue;
        if (failure !== null) person.notified.unwanted = failure;
        this.#followFailure(person, row);
      }
    }
    this.#updateTouched();
    this.#options.onDue();
  }

  /** Whether the board is known to be up to date. */
  set isLive(isLive: boolean) {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    this.#options.onChange();
    if (!isLive) return;
    for (const floor of this.#floors.values()) this.#watchFloor(floor);
    // Check people who went over a limit while nothing was certain.
    for (const [memberId, { over }] of this.#people) if (over.size > 0) this.#due.add(memberId);
    this.#options.onDue();
  }

  /** Follows an update of the board. */
  follow({ head, changes }: BoardUpdate): void {
    if (head.feed !== this.#feed) {
      this.#holdAffected();
      this.#feed = head.feed;
      for (const floor of this.#floors.values()) this.#watchFloor(floor);
      this.#options.onChange();
    }
    const notified = new Set<Person>();
    for (const change of changes) {
      if (change.type === 'team') this.#followTeam(change.team);
      else if (change.type === 'member') {
        const person = this.#followRow(change.teamId, change.member);
        if (person !== null) notified.add(person);
      }
    }
    // Only after all rows of a person were published.
    for (const person of notified) {
      this.#endLimits(person);
      this.#updateLimits(person);
    }
    // Last, because a person who only moved between teams has not gone.
    for (const change of changes) {
      if (change.type === 'team-gone') this.#loseTeam(change.teamId);
      else if (change.type === 'member-gone') this.#loseMember(change.teamId, change.memberId);
    }
    this.#updateTouched();
  }

  /** Evaluates what is due. The board has published everything it knows. */
  look(): void {
    if (!this.#isLive) return;
    for (const memberId of this.#due) this.#checkLimits(memberId);
    this.#due.clear();
    for (const memberId of this.#newlyAffected) this.#checkFailure(memberId);
    this.#newlyAffected.clear();
    this.#updateTouched();
    for (const incident of this.#incidents.values()) this.#checkIncident(incident);
    for (const floor of this.#floors.values()) this.#checkFloor(floor);
    this.#list.notifyDue();
  }

  clear(): void {
    for (const { gathering } of this.#incidents.values()) gathering?.cancel();
    for (const { cancel } of this.#floors.values()) cancel?.();
    this.#people.clear();
    this.#due.clear();
    this.#newlyAffected.clear();
    this.#gone.clear();
    this.#incidents.clear();
    this.#touched.clear();
    this.#floors.clear();
    this.#members.clear();
    this.#list.clear();
  }

  /** The person of a row, if there is or was anything to alert about them. */
  #followRow(teamId: string, row: MemberRow): Person | null {
    const { memberId } = row;
    const members = this.#members.get(teamId) ?? new Map<string, MemberRow>();
    this.#members.set(teamId, members);
    const before = members.get(memberId);
    members.set(memberId, row);
    this.#gone.delete(memberId);
    const isFresh = this.#isFresh(row);
    // An old row may end something, for example if another of the person's rows contradicts it, but begins nothing.
    // However, a failure that was seen to happen may arrive at the very end of its feed.
    const begins =
      failureOf(this.#book, row) !== null ? isFresh || isSeenExactly(row) : isFresh && levelOf(row) === 'red';
    const person = this.#people.get(memberId) ?? (begins ? this.#addPerson(memberId) : null);
    if (person === null) return null;
    person.rows.set(teamId, row);
    if (before?.confirmedIn !== row.confirmedIn && isAlertedTo(person)) this.#options.onChange();
    this.#followLimit(person, teamId, row);
    if (before !== undefined && this.#isFresh(before) && isFresh && this.#isOtherwise(before, row)) {
      person.seenAt = row.reasonSince.at;
    }
    this.#followFailure(person, row);
    return person;
  }

  /** Whether the reason is known to have been a different one before, or none. */
  #isOtherwise(before: MemberRow, row: MemberRow): boolean {
    if (before.status === '' || before.reason === null) return false;
    return this.#book.explaining(before) !== this.#book.explaining(row);
  }

  #isFresh({ confirmedIn }: MemberRow): boolean {
    return confirmedIn === this.#feed;
  }

  #followLimit(person: Person, teamId: string, row: MemberRow): void {
    if (levelOf(row) === 'red' || this.#isStillOver(person.over.get(teamId), row)) {
      person.over.set(teamId, row);
      this.#due.add(row.memberId);
    } else person.over.delete(teamId);
  }

  /**
   * While nothing is known, a row's clock is set back to when something last was. A row over its limit is then no
   * longer known to be over it, nor known not to be.
   */
  #isStillOver(before: MemberRow | undefined, row: MemberRow): boolean {
    if ((this.#isLive && this.#isFresh(row)) || before?.attention === undefined || row.attention === undefined) {
      return false;
    }
    const isSameStay = limitKey(before) === limitKey(row) && clockOf(before) === clockOf(row);
    return isSameStay && row.attention.limitMs <= before.attention.limitMs;
  }

  /** Ends limit alerts that no row supports any more. */
  #endLimits({ over, open }: Person): void {
    if (open.size === 0) return;
    const keys = new Set(Array.from(over.values(), limitKey));
    for (const key of open) {
      if (keys.has(key)) continue;
      open.delete(key);
      this.#list.end(key);
    }
  }

  #checkLimits(memberId: string): void {
    const person = this.#people.get(memberId);
    if (person === undefined) return;
    const { notified, over, open } = person;
    this.#updateLimits(person);
    for (const [teamId, row] of over) {
      const { attention, since } = row;
      if (attention === undefined || row.confirmedIn !== this.#feed) continue;
      if (notified.stay !== since.at) {
        notified.stay = since.at;
        notified.limits.clear();
      }
      const key = limitKey(row);
      const passed = notified.limits.get(key);
      const before = passed?.get(teamId);
      notified.limits.set(
        key,
        (passed ?? new Map<string, number>()).set(teamId, Math.max(before ?? 0, attention.limitMs)),
      );
      if (open.has(key)) continue;
      // Passing a raised limit is news again; passing another team's limit in the same stay is not.
      if (passed === undefined || (before !== undefined && before < attention.limitMs)) {
        if (!this.#settings.limit) continue;
        this.#list.open(key, this.#limitMatter(teamId, row), () => this.#isOverKnown(person, key));
      } else if (this.#settings.limit) this.#list.reopen(key, this.#limitMatter(teamId, row));
      if (this.#list.isOpen(key)) open.add(key);
    }
  }

  /** Each alert refers to a row that is known to be over its limit, if there is one. */
  #updateLimits({ over, open }: Person): void {
    for (const key of open) {
      const those = [...over].filter(([, row]) => limitKey(row) === key);
      const [teamId, row] = those.find(([, one]) => this.#isFresh(one)) ?? those[0] ?? [];
      if (teamId !== undefined && row !== undefined) this.#list.update(key, this.#limitMatter(teamId, row));
    }
  }

  #isOverKnown({ over }: Person, key: string): boolean {
    return this.#isLive && [...over.values()].some((row) => this.#isFresh(row) && limitKey(row) === key);
  }

  #limitMatter(teamId: string, { memberId, memberName, status, reason, attention }: MemberRow): LimitMatter {
    const teamName = this.#floors.get(teamId)?.head.teamName ?? teamId;
    const { of, limitMs } = attention ?? { of: 'status', limitMs: 0 };
    return { kind: 'limit', person: { memberId, memberName }, teamId, teamName, status, reason, of, limitMs };
  }

  #followFailure(person: Person, row: MemberRow): void {
    const { memberId } = row;
    const { notified, incident } = person;
    const failure = failureOf(this.#book, row);
    if (person.unseen !== failure?.reason) person.unseen = null;
    if (incident !== null) {
      if (incident.reason === failure?.reason) {
        keepFailure(person, failure);
        this.#rename(incident, row);
        return;
      }
      this.#recover(memberId, person);
    }
    if (failure === null) return;
    if (!this.#isFresh(row)) {
      if (isSeenExactly(row)) this.#hold(person, failure);
      return;
    }
    if (isSame(notified.failure, person.unseen === null ? failure : person.lastFailure)) {
      person.unseen = null;
      keepFailure(person, failure);
      if (this.#settings.failure) this.#rejoinIncident(failure, person, affectedPerson(row));
    } else if (this.#settings.failure) this.#newlyAffected.add(memberId);
    else {
      person.unseen = null;
      notified.unwanted = failure;
    }
  }

  #rename(incident: Incident, row: MemberRow): void {
    const { memberId, memberName } = row;
    for (const people of [incident.people, incident.gathering?.people]) {
      const affected = people?.get(memberId);
      if (affected !== undefined && affected.person.memberName !== memberName) {
        people?.set(memberId, { ...affected, person: { memberId, memberName } });
      }
    }
    this.#touched.add(incident);
  }

  /** Only a failure that was seen to happen is news, and only while the person is seen to have it. */
  #checkFailure(memberId: string): void {
    const person = this.#people.get(memberId);
    const row = person === undefined ? undefined : this.#seenRow(person);
    if (person === undefined || row === undefined || person.incident !== null) return;
    const failure = failureOf(this.#book, row);
    if (failure === null) return;
    const isNews = person.unseen === failure.reason || this.#isNews(person, row, failure);
    person.unseen = null;
    if (!isNews) return;
    person.lastFailure = failure;
    if (this.#settings.failure) this.#addToIncident(failure, person, affectedPerson(row));
    else person.notified.unwanted = failure;
  }

  /** The feed ends before it is clear what is news. */
  #holdAffected(): void {
    for (const memberId of this.#newlyAffected) {
      const person = this.#people.get(memberId);
      const row = person === undefined ? undefined : this.#seenRow(person);
      if (person === undefined || row === undefined) continue;
      const failure = failureOf(this.#book, row);
      if (failure !== null && this.#isNews(person, row, failure)) this.#hold(person, failure);
    }
    this.#newlyAffected.clear();
  }

  /** It alerts if it is still there when next seen, because it is known to have happened. */
  #hold(person: Person, failure: Failure): void {
    const { notified, incident } = person;
    if (incident !== null || isSame(notified.failure, failure) || isSame(notified.unwanted, failure)) return;
    if (this.#settings.failure) {
      person.unseen = failure.reason;
      person.lastFailure = failure;
    } else notified.unwanted = failure;
  }

  /** It was seen to happen, even if the exact time is unknown: what arrives late alerts late. */
  #isNews({ notified, seenAt }: Person, { reasonSince: { known } }: MemberRow, failure: Failure): boolean {
    const wasSeen = known === 'exact' || seenAt === failure.at;
    return wasSeen && known !== 'across-gap' && !isSame(notified.unwanted, failure);
  }

  /** One of their rows that is known to be true. */
  #seenRow({ rows }: Person): MemberRow | undefined {
    for (const row of rows.values()) if (this.#isFresh(row)) return row;
    return undefined;
  }

  #addToIncident({ reason }: Failure, person: Person, affected: Affected): void {
    const now = this.#options.clock.now();
    const incident = this.#incidentOf(reason);
    person.incident = incident;
    if (incident.gathering === null && now - incident.lastAt <= INCIDENT_MS) {
      incident.lastAt = now;
      incident.people.set(affected.person.memberId, affected);
      person.notified.failure = person.lastFailure;
      incident.joined.push(affected.person.memberId);
      this.#touched.add(incident);
      return;
    }
    incident.gathering ??= {
      people: new Map(),
      lastAt: now,
      dueAt: now + GATHER_MS,
      cancel: this.#after(GATHER_MS),
    };
    incident.gathering.lastAt = now;
    incident.gathering.people.set(affected.person.memberId, affected);
  }

  /** A person is back with a failure that was already notified: it continues, and is not news. */
  #rejoinIncident({ reason }: Failure, person: Person, affected: Affected): void {
    const incident = this.#incidentOf(reason);
    incident.lastAt = Math.max(incident.lastAt, person.lastFailure?.at ?? incident.lastAt);
    incident.people.set(affected.person.memberId, affected);
    person.incident = incident;
    this.#touched.add(incident);
  }

  #incidentOf(reason: string): Incident {
    const before = this.#incidents.get(reason);
    if (before !== undefined) return before;
    const key = keyOf('failure', reason);
    const incident: Incident = {
      reason,
      key,
      people: new Map(),
      lastAt: Number.NEGATIVE_INFINITY,
      joined: [],
      gathering: null,
    };
    this.#incidents.set(reason, incident);
    return incident;
  }

  /**
   * Alerts about the people collected, once one of them is seen to still have the failure. If none of them has it any
   * more, it is not news.
   */
  #checkIncident(incident: Incident): void {
    const { gathering, people } = incident;
    if (gathering === null || this.#options.clock.now() < gathering.dueAt) return;
    if (!this.#isAnySeen(gathering.people)) return;
    incident.gathering = null;
    incident.lastAt = gathering.lastAt;
    // People who have recovered are left out; people not seen again yet join when they are.
    for (const affected of [...people.values(), ...gathering.people.values()]) {
      const { memberId } = affected.person;
      const person = this.#people.get(memberId);
      if (this.#isSeenAffected(affected)) {
        people.set(memberId, affected);
        if (person !== undefined) person.notified.failure = person.lastFailure;
        continue;
      }
      people.delete(memberId);
      if (affected.isOver || person === undefined) continue;
      person.incident = null;
      person.unseen = incident.reason;
    }
    const joined = [...gathering.people.keys()].filter((memberId) => people.has(memberId));
    this.#list.open(incident.key, matterOf(incident), () => this.#isIncidentKnown(incident.reason), joined);
  }

  #isIncidentKnown(reason: string): boolean {
    const incident = this.#incidents.get(reason);
    return this.#isLive && incident !== undefined && this.#isAnySeen(incident.people);
  }

  #isAnySeen(people: ReadonlyMap<string, Affected>): boolean {
    for (const affected of people.values()) if (this.#isSeenAffected(affected)) return true;
    return false;
  }

  #isSeenAffected({ person: { memberId }, isOver }: Affected): boolean {
    const person = this.#people.get(memberId);
    return !isOver && person !== undefined && this.#seenRow(person) !== undefined;
  }

  #recover(memberId: string, person: Person): void {
    const { incident } = person;
    if (incident === null) return;
    person.incident = null;
    const { gathering, people } = incident;
    gathering?.people.delete(memberId);
    if (gathering?.people.size === 0) {
      gathering.cancel();
      incident.gathering = null;
    }
    const affected = people.get(memberId);
    if (affected !== undefined) people.set(memberId, { ...affected, isOver: true });
    this.#touched.add(incident);
  }

  /** Once per update: an incident may affect thousands. */
  #updateTouched(): void {
    for (const incident of this.#touched) {
      const { key, reason, people, gathering, joined } = incident;
      incident.joined = [];
      if ([...people.values()].every(({ isOver }) => isOver)) {
        this.#list.end(key);
        if (gathering === null) this.#incidents.delete(reason);
      } else if (this.#list.isOpen(key)) this.#list.update(key, matterOf(incident), joined);
      else this.#list.reopen(key, matterOf(incident));
    }
    this.#touched.clear();
  }

  #followTeam(head: TeamHead): void {
    const { teamId } = head;
    const key = keyOf('floor', teamId);
    const floor = this.#floors.get(teamId) ?? { key, head, ready: 0, belowSince: null, cancel: null };
    const wasKnown = this.#isFloorKnown(floor);
    floor.head = head;
    this.#floors.set(teamId, floor);
    if (this.#isFloorKnown(floor) !== wasKnown && this.#list.isOpen(key)) this.#options.onChange();
    this.#watchFloor(floor);
  }

  /** Whether every known row of the team is up to date; there may be more members. */
  #isFloorFresh({ head }: Floor): boolean {
    return this.#isLive && head.confirmedIn === this.#feed && head.confirmed === total(head.counts);
  }

  /** If a team is not announced, or not fully confirmed, the number of ready members is unknown. */
  #isFloorKnown(floor: Floor): boolean {
    return floor.head.isAnnounced && this.#isFloorFresh(floor);
  }

  #watchFloor(floor: Floor): void {
    const { head, key } = floor;
    const { floor: least = 0, counts } = head;
    // If enough are ready, missing members do not matter: they can only add to them.
    if (this.#isFloorKnown(floor) || (this.#isFloorFresh(floor) && counts.ready >= least)) floor.ready = counts.ready;
    // Also if the floor is lowered while nothing is known, to no more than were last known to be ready.
    if (floor.ready >= least) {
      floor.belowSince = null;
      this.#list.end(key);
    } else {
      if (this.#isFloorKnown(floor)) floor.belowSince ??= this.#options.clock.now();
      this.#list.update(key, floorMatter(floor));
    }
    floor.cancel?.();
    floor.cancel = null;
    const dueIn = this.#floorDueIn(floor);
    if (dueIn !== null && dueIn > 0) floor.cancel = this.#after(dueIn);
  }

  /** When an alert for the floor is due, in milliseconds from now, if the team stays below it; null if none is due. */
  #floorDueIn(floor: Floor): number | null {
    if (floor.belowSince === null || !this.#settings.floor || this.#list.isOpen(floor.key)) return null;
    if (!this.#isFloorKnown(floor)) return null;
    return floor.belowSince + this.#settings.floorAfterSeconds * 1000 - this.#options.clock.now();
  }

  #checkFloor(floor: Floor): void {
    const dueIn = this.#floorDueIn(floor);
    if (dueIn === null || dueIn > 0) return;
    this.#list.open(floor.key, floorMatter(floor), () => this.#isFloorKnown(floor));
  }

  #loseTeam(teamId: string): void {
    for (const memberId of [...(this.#members.get(teamId)?.keys() ?? [])]) this.#loseMember(teamId, memberId);
    const floor = this.#floors.get(teamId);
    if (floor === undefined) return;
    floor.cancel?.();
    this.#floors.delete(teamId);
    this.#list.end(floor.key);
  }

  #loseMember(teamId: string, memberId: string): void {
    const members = this.#members.get(teamId);
    members?.delete(memberId);
    if (members?.size === 0) this.#members.delete(teamId);
    const person = this.#people.get(memberId);
    if (person === undefined) return;
    if (isAlertedTo(person)) this.#options.onChange();
    person.rows.delete(teamId);
    person.over.delete(teamId);
    this.#endLimits(person);
    // The alert now refers to another of their teams.
    if (person.over.size > 0) this.#due.add(memberId);
    if (person.rows.size > 0) return;
    this.#recover(memberId, person);
    this.#gone.add(memberId);
    const [first] = this.#gone;
    if (this.#gone.size <= MAX_GONE || first === undefined) return;
    this.#gone.delete(first);
    this.#people.delete(first);
  }

  #addPerson(memberId: string): Person {
    const notified: Notified = { stay: null, limits: new Map(), failure: null, unwanted: null };
    const rows = new Map<string, MemberRow>();
    for (const [teamId, members] of this.#members) {
      const row = members.get(memberId);
      if (row !== undefined) rows.set(teamId, row);
    }
    const over = new Map([...rows].filter(([, row]) => levelOf(row) === 'red'));
    const none = { incident: null, lastFailure: null, seenAt: null, unseen: null };
    const person: Person = { notified, rows, over, open: new Set(), ...none };
    this.#people.set(memberId, person);
    return person;
  }

  /** Calls `look` again after this time. */
  #after(ms: number): () => void {
    const { clock, onDue, onLate } = this.#options;
    const dueAt = clock.now() + ms;
    return clock.after(ms, () => {
      if (clock.now() - dueAt > LATE_MS) onLate();
      onDue();
    });
  }
}

function limitKey({ memberId, attention, status, reason }: MemberRow): string {
  return attention?.of === 'reason'
    ? keyOf('limit', memberId, 'reason', reason ?? '')
    : keyOf('limit', memberId, 'status', foldWord(status));
}

/** Since when the clock of a row's limit runs. */
function clockOf({ attention, since, reasonSince }: MemberRow): number {
  return (attention?.of === 'reason' ? reasonSince : since).at;
}

function failureOf(book: ReasonBook, row: MemberRow): Failure | null {
  const reason = book.explaining(row);
  return reason !== null && book.isFailure(reason) ? { reason, at: row.reasonSince.at } : null;
}

function isSeenExactly({ reasonSince }: MemberRow): boolean {
  return reasonSince.known === 'exact';
}

function isSame(one: Failure | null, other: Failure | null): boolean {
  return one !== null && one.reason === other?.reason && one.at === other.at;
}

/** It is the same failure, even if the board moved its beginning after a gap. */
function keepFailure(person: Person, failure: Failure): void {
  if (isSame(person.notified.failure, person.lastFailure)) person.notified.failure = failure;
  person.lastFailure = failure;
}

function isAlertedTo({ open, incident }: Person): boolean {
  return open.size > 0 || incident !== null;
}

function affectedPerson({ memberId, memberName }: MemberRow): Affected {
  return { person: { memberId, memberName }, isOver: false };
}

function matterOf({ reason, people }: Incident): FailureMatter {
  return { kind: 'failure', reason, people: [...people.values()] };
}

function floorMatter({ head: { teamId, teamName, floor: least = 0 }, ready }: Floor): FloorMatter {
  return { kind: 'floor', teamId, teamName, least, ready };
}
