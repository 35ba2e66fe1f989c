/**
 * Turns what the board tells into alerts: somebody over a limit, something broken for one or many, a team below its
 * floor. It takes note of what the board tells, and judges only when the board has told all that it knows: so nothing
 * alerts to what is not so any more, nothing twice for the same stay, and nothing from data that is not known to be
 * true. It follows the board as any reader does, and does not know who tells an alert aloud.
 */
import { levelOf } from '../../shared/attention.ts';
import { ALERTS_ON, type Alert, type AlertSettings, type StruckPerson } from '../../shared/alerts.ts';
import { total, type BoardUpdate, type MemberRow, type TeamHead } from '../../shared/board.ts';
import { foldWord } from '../../shared/folding.ts';
import { ReasonBook } from '../../shared/reasons.ts';
import type { Clock } from '../processor/clock.ts';
import { AlertList, keyOf, type AlertListOptions, type Matter } from './alert-list.ts';

/** Like failures that come within this time of each other are told as one. */
const INCIDENT_MS = 60_000;
/** How long an incident gathers before it is told. */
const GATHER_MS = 2000;
/** A timer that comes so much later than it should was held up by a sleep. */
const LATE_MS = 5000;
/** Who comes back within this time has not been away, for what has been told of them. */
const AWAY_MS = 60_000;

export interface AlertDeskOptions extends Omit<AlertListOptions, 'now' | 'after'> {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** Something is due to be judged: `look` is wanted, once the board has told all that it knows. */
  readonly onDue: () => void;
  /** A timer was held up, as by a sleep: whoever knows better says now that what is known is old. */
  readonly onLate: () => void;
}

/** What has been told of a person, so that it is not told again. */
interface Told {
  /** The beginning of the stay in a status. */
  stay: number;
  /** By the key of its alert, and by team: how long the limit was that the stay has passed. */
  readonly limits: Map<string, Map<string, number>>;
  /** The beginning of the failure that has been told. */
  failureAt: number | null;
  /** The beginning of one that nobody wanted to be told of. */
  unwantedAt: number | null;
}

/** One who is, or was lately, over a limit or struck by a failure. */
interface Person {
  readonly told: Told;
  /** The rows that are over a limit, by team; the others are none of the desk's business. */
  readonly over: Map<string, MemberRow>;
  /** The keys of their limit alerts that are not over. */
  readonly open: Set<string>;
  incident: Incident | null;
  /** The beginning of the last failure that was seen to strike them, as the board has it. */
  struckAt: number | null;
  /** The failure that they had when an incident was told without them, since their row was old. */
  unseen: string | null;
  /** The feed in which the reason of that was last confirmed. */
  struckIn: number;
}

interface Incident {
  readonly reason: string;
  readonly key: string;
  /** By person, in the order in which it struck them. */
  readonly people: Map<string, StruckPerson>;
  lastAt: number;
  /** When it has gathered, to be told or told again; null while there is nothing to tell. */
  dueAt: number | null;
  callOff: () => void;
}

interface Floor {
  readonly key: string;
  head: TeamHead;
  /** Since when the team is below it, as far as anybody can tell; null while it is not. */
  belowSince: number | null;
  callOff: (() => void) | null;
}

export class AlertDesk {
  readonly #options: AlertDeskOptions;
  readonly #list: AlertList;
  book = new ReasonBook([]);
  #settings: AlertSettings = ALERTS_ON;
  #isLive = false;
  #feed = 0;
  readonly #people = new Map<string, Person>();
  /** Whose limits are to be judged. */
  readonly #due = new Set<string>();
  /** Who is in no team any more, and when they left; the earliest first. */
  readonly #gone = new Map<string, number>();
  /** By reason. */
  readonly #incidents = new Map<string, Incident>();
  readonly #floors = new Map<string, Floor>();
  /** By team: its members, to know who has gone with it. */
  readonly #members = new Map<string, Set<string>>();

  constructor(options: AlertDeskOptions) {
    this.#options = options;
    this.#list = new AlertList({ ...options, now: () => options.clock.now(), after: (ms) => this.#after(ms) });
  }

  /** The latest first. */
  get list(): readonly Alert[] {
    return this.#list.alerts;
  }

  get unseen(): number {
    return this.#list.unseen;
  }

  /** Somebody has looked at the alerts. */
  see(): void {
    this.#list.see();
  }

  set settings(settings: AlertSettings) {
    this.#settings = settings;
    for (const floor of this.#floors.values()) this.#watchFloor(floor);
    this.#options.onDue();
  }

  /** Whether what the board tells is known to be true. */
  set isLive(isLive: boolean) {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    this.#options.onChange();
    if (!isLive) return;
    for (const floor of this.#floors.values()) this.#watchFloor(floor);
    // What got over its limit while nothing was known for sure.
    for (const [memberId, { over }] of this.#people) if (over.size > 0) this.#due.add(memberId);
    this.#options.onDue();
  }

  /** Takes note of what the board tells. */
  follow({ head, changes }: BoardUpdate): void {
    if (head.feed !== this.#feed) {
      this.#feed = head.feed;
      for (const floor of this.#floors.values()) this.#watchFloor(floor);
      this.#options.onChange();
    }
    for (const change of changes) {
      if (change.type === 'team') this.#followTeam(change.team);
      else if (change.type === 'member') this.#followRow(change.teamId, change.member);
    }
    // Last: who has only gone from one team to another has not gone.
    for (const change of changes) {
      if (change.type === 'team-gone') this.#loseTeam(change.teamId);
      else if (change.type === 'member-gone') this.#loseMember(change.teamId, change.memberId);
    }
  }

  /** Judges what is due. All that the board knows has been told. */
  look(): void {
    if (!this.#isLive) return;
    for (const memberId of this.#due) this.#judgeLimits(memberId);
    this.#due.clear();
    for (const incident of this.#incidents.values()) this.#judgeIncident(incident);
    for (const floor of this.#floors.values()) this.#judgeFloor(floor);
    this.#list.tellDue();
  }

  clear(): void {
    for (const { callOff } of this.#incidents.values()) callOff();
    for (const { callOff } of this.#floors.values()) callOff?.();
    this.#people.clear();
    this.#due.clear();
    this.#gone.clear();
    this.#incidents.clear();
    this.#floors.clear();
    this.#members.clear();
    this.#list.clear();
  }

  #followRow(teamId: string, row: MemberRow): void {
    const { memberId } = row;
    const members = this.#members.get(teamId) ?? new Set();
    this.#members.set(teamId, members.add(memberId));
    this.#gone.delete(memberId);
    // What is old says nothing new, and takes nothing back.
    if (row.confirmedIn !== this.#feed) return;
    const isOver = levelOf(row) === 'red';
    const isStruck = this.book.isFailure(this.book.explaining(row));
    const person = this.#people.get(memberId) ?? (isOver || isStruck ? this.#addPerson(memberId) : null);
    if (person === null) return;
    if (isOver) {
      if (person.over.get(teamId)?.confirmedIn !== row.confirmedIn) this.#options.onChange();
      person.over.set(teamId, row);
      this.#due.add(memberId);
    } else person.over.delete(teamId);
    this.#endLimits(person);
    this.#followFailure(person, row);
  }

  /** Ends the alerts to limits that nothing shows them to be over any more. */
  #endLimits({ over, open }: Person): void {
    if (open.size === 0) return;
    const keys = new Set(Array.from(over.values(), limitKey));
    for (const key of open) {
      if (keys.has(key)) continue;
      open.delete(key);
      this.#list.end(key);
    }
  }

  #judgeLimits(memberId: string): void {
    const person = this.#people.get(memberId);
    if (person === undefined) return;
    const { told, over, open } = person;
    for (const [teamId, row] of over) {
      const { attention, since } = row;
      if (attention === undefined || row.confirmedIn !== this.#feed) continue;
      if (told.stay !== since.at) {
        told.stay = since.at;
        told.limits.clear();
      }
      const key = limitKey(row);
      const passed = told.limits.get(key);
      const before = passed?.get(teamId);
      told.limits.set(key, (passed ?? new Map<string, number>()).set(teamId, Math.max(before ?? 0, attention.limitMs)));
      if (open.has(key)) {
        const isFirst = [...over.values()].find((one) => limitKey(one) === key) === row;
        if (isFirst) this.#list.amend(key, this.#limitMatter(teamId, row));
        continue;
      }
      // A limit that has been raised since is passed anew; another team's is no news of the same stay.
      if (passed === undefined || (before !== undefined && before < attention.limitMs)) {
        if (!this.#settings.limit) continue;
        this.#list.open(key, this.#limitMatter(teamId, row), () => this.#isOverKnown(person, key));
      } else if (this.#settings.limit) this.#list.reopen(key, this.#limitMatter(teamId, row));
      if (this.#list.isOpen(key)) open.add(key);
    }
  }

  #isOverKnown({ over }: Person, key: string): boolean {
    return this.#isLive && [...over.values()].some((row) => row.confirmedIn === this.#feed && limitKey(row) === key);
  }

  #limitMatter(teamId: string, { memberId, memberName, status, reason, attention }: MemberRow): Matter {
    const teamName = this.#floors.get(teamId)?.head.teamName ?? teamId;
    const { of, limitMs } = attention ?? { of: 'status', limitMs: 0 };
    return { kind: 'limit', memberId, memberName, teamId, teamName, status, reason, of, limitMs };
  }

  #followFailure(person: Person, row: MemberRow): void {
    const { memberId, memberName, reasonSince } = row;
    const { told } = person;
    const reason = this.book.explaining(row);
    if (person.incident !== null) {
      if (person.incident.reason === reason) {
        if (person.struckIn !== this.#feed) this.#options.onChange();
        person.struckIn = this.#feed;
        this.#keepStruck(person, reasonSince.at);
        return;
      }
      this.#recover(memberId, person);
    }
    const isUnseen = reason !== null && person.unseen === reason;
    person.unseen = null;
    if (reason === null || !this.book.isFailure(reason)) return;
    const struck = { memberId, memberName, isOver: false };
    const at = isUnseen ? person.struckAt : reasonSince.at;
    if (told.failureAt === at) {
      this.#keepStruck(person, reasonSince.at);
      if (this.#settings.failure) this.#strikeOn(reason, person, struck);
      return;
    }
    // Only what was seen to happen is news.
    const isNews = this.#isLive && reasonSince.known === 'exact' && told.unwantedAt !== at;
    if (!isUnseen && !isNews) return;
    person.struckAt = reasonSince.at;
    if (this.#settings.failure) this.#strike(reason, person, struck);
    else told.unwantedAt = reasonSince.at;
  }

  /** The failure is the one that it was, wherever the board has it begin after a gap. */
  #keepStruck(person: Person, at: number): void {
    if (person.told.failureAt === person.struckAt) person.told.failureAt = at;
    person.struckAt = at;
  }

  #strike(reason: string, person: Person, struck: StruckPerson): void {
    const now = this.#options.clock.now();
    const incident = this.#incidentOf(reason);
    const isAgain = now - incident.lastAt > INCIDENT_MS;
    incident.lastAt = now;
    this.#join(incident, person, struck);
    if (incident.dueAt !== null) return;
    if (!isAgain) {
      person.told.failureAt = person.struckAt;
      this.#list.amend(incident.key, matterOf(incident), true);
      return;
    }
    incident.dueAt = now + GATHER_MS;
    incident.callOff = this.#after(GATHER_MS);
  }

  /** Somebody is back with a failure that has been told: it goes on, and is no news. */
  #strikeOn(reason: string, person: Person, struck: StruckPerson): void {
    const incident = this.#incidentOf(reason);
    incident.lastAt = Math.max(incident.lastAt, person.struckAt ?? incident.lastAt);
    this.#join(incident, person, struck);
    if (this.#list.isOpen(incident.key)) this.#list.amend(incident.key, matterOf(incident));
    else this.#list.reopen(incident.key, matterOf(incident));
  }

  #join(incident: Incident, person: Person, struck: StruckPerson): void {
    incident.people.set(struck.memberId, struck);
    person.incident = incident;
    person.struckIn = this.#feed;
  }

  #incidentOf(reason: string): Incident {
    const before = this.#incidents.get(reason);
    if (before !== undefined) return before;
    const incident: Incident = {
      reason,
      key: keyOf('failure', reason),
      people: new Map(),
      lastAt: Number.NEGATIVE_INFINITY,
      dueAt: null,
      callOff: () => undefined,
    };
    this.#incidents.set(reason, incident);
    return incident;
  }

  #judgeIncident(incident: Incident): void {
    if (incident.dueAt === null || this.#options.clock.now() < incident.dueAt) return;
    if (!this.#isStruckKnown(incident.reason)) return;
    incident.dueAt = null;
    for (const [memberId, { isOver }] of incident.people) {
      const person = this.#people.get(memberId);
      if (!isOver && person?.struckIn === this.#feed) {
        person.told.failureAt = person.struckAt;
        continue;
      }
      // Who is well again since has no part in what is told; who is only not seen again yet joins when they are.
      incident.people.delete(memberId);
      if (isOver || person === undefined) continue;
      person.incident = null;
      person.unseen = incident.reason;
    }
    this.#list.open(incident.key, matterOf(incident), () => this.#isStruckKnown(incident.reason));
  }

  #isStruckKnown(reason: string): boolean {
    const isKnown = ({ memberId, isOver }: StruckPerson): boolean =>
      !isOver && this.#people.get(memberId)?.struckIn === this.#feed;
    return this.#isLive && [...(this.#incidents.get(reason)?.people.values() ?? [])].some(isKnown);
  }

  #recover(memberId: string, person: Person): void {
    const { incident } = person;
    if (incident === null) return;
    person.incident = null;
    const struck = incident.people.get(memberId);
    if (struck !== undefined) incident.people.set(memberId, { ...struck, isOver: true });
    if ([...incident.people.values()].some(({ isOver }) => !isOver)) {
      this.#list.amend(incident.key, matterOf(incident));
      return;
    }
    incident.callOff();
    this.#incidents.delete(incident.reason);
    this.#list.end(incident.key);
  }

  #followTeam(head: TeamHead): void {
    const { teamId } = head;
    const floor = this.#floors.get(teamId) ?? { key: keyOf('floor', teamId), head, belowSince: null, callOff: null };
    if (floor.head.confirmedIn !== head.confirmedIn && this.#list.isOpen(floor.key)) this.#options.onChange();
    floor.head = head;
    this.#floors.set(teamId, floor);
    this.#watchFloor(floor);
  }

  /** Whether each row that the team has is known to be true; there may be more in the team. */
  #isFloorFresh({ head }: Floor): boolean {
    return this.#isLive && head.confirmedIn === this.#feed && head.confirmed === total(head.counts);
  }

  /** Of a team that is not announced, or not confirmed as a whole, nobody knows how many are ready. */
  #isFloorKnown(floor: Floor): boolean {
    return floor.head.isAnnounced && this.#isFloorFresh(floor);
  }

  #watchFloor(floor: Floor): void {
    const { head, key } = floor;
    const isBelow = head.floor !== undefined && head.counts.ready < head.floor;
    // Where enough are ready it does not matter who is missing: they can only add.
    if (!isBelow && this.#isFloorFresh(floor)) {
      floor.belowSince = null;
      this.#list.end(key);
    } else if (isBelow && this.#isFloorKnown(floor)) {
      floor.belowSince ??= this.#options.clock.now();
      this.#list.amend(key, floorMatter(head));
    }
    floor.callOff?.();
    floor.callOff = null;
    const dueIn = this.#floorDueIn(floor);
    if (dueIn !== null && dueIn > 0) floor.callOff = this.#after(dueIn);
  }

  /** In how long an alert to the floor is due, if the team stays below it; null where none is to come. */
  #floorDueIn(floor: Floor): number | null {
    if (floor.belowSince === null || !this.#settings.floor || this.#list.isOpen(floor.key)) return null;
    if (!this.#isFloorKnown(floor)) return null;
    return floor.belowSince + this.#settings.floorAfterSeconds * 1000 - this.#options.clock.now();
  }

  #judgeFloor(floor: Floor): void {
    const dueIn = this.#floorDueIn(floor);
    if (dueIn === null || dueIn > 0) return;
    this.#list.open(floor.key, floorMatter(floor.head), () => this.#isFloorKnown(floor));
  }

  #loseTeam(teamId: string): void {
    for (const memberId of [...(this.#members.get(teamId) ?? [])]) this.#loseMember(teamId, memberId);
    const floor = this.#floors.get(teamId);
    if (floor === undefined) return;
    floor.callOff?.();
    this.#floors.delete(teamId);
    this.#list.end(floor.key);
  }

  #loseMember(teamId: string, memberId: string): void {
    const members = this.#members.get(teamId);
    members?.delete(memberId);
    if (members?.size === 0) this.#members.delete(teamId);
    const person = this.#people.get(memberId);
    if (person === undefined) return;
    person.over.delete(teamId);
    this.#endLimits(person);
    // The alert leads to another of their teams now.
    if (person.over.size > 0) this.#due.add(memberId);
    for (const others of this.#members.values()) if (others.has(memberId)) return;
    this.#recover(memberId, person);
    const now = this.#options.clock.now();
    this.#gone.set(memberId, now);
    for (const [id, at] of this.#gone) {
      if (now - at <= AWAY_MS) break;
      this.#gone.delete(id);
      this.#people.delete(id);
    }
  }

  #addPerson(memberId: string): Person {
    const told: Told = { stay: Number.NaN, limits: new Map(), failureAt: null, unwantedAt: null };
    const person: Person = {
      told,
      over: new Map(),
      open: new Set(),
      incident: null,
      struckAt: null,
      unseen: null,
      struckIn: 0,
    };
    this.#people.set(memberId, person);
    return person;
  }

  /** Has it looked at again after so long. */
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

function matterOf({ reason, people }: Incident): Matter {
  return { kind: 'failure', reason, people: [...people.values()] };
}

function floorMatter({ teamId, teamName, floor: least = 0, counts: { ready } }: TeamHead): Matter {
  return { kind: 'floor', teamId, teamName, least, ready };
}
