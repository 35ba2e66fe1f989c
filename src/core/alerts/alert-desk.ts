/**
 * Turns what the board tells into alerts: somebody over a limit, something broken for one or many, a team below its
 * floor. Nothing alerts twice for the same thing, and nothing from data that is not known to be true. It follows the
 * board as any reader does, and does not know who tells an alert aloud.
 */
import { levelOf } from '../../shared/attention.ts';
import {
  ALERTS_ON,
  type Alert,
  type AlertSettings,
  type FailureAlert,
  type FloorAlert,
  type LimitAlert,
} from '../../shared/alerts.ts';
import { total, type BoardUpdate, type MemberRow, type TeamHead } from '../../shared/board.ts';
import { ReasonBook } from '../../shared/reasons.ts';
import type { Clock } from '../processor/clock.ts';

/** Like failures that come within this time of each other are one incident. */
const INCIDENT_MS = 60_000;
/** How long an incident gathers before it is told. */
const GATHER_MS = 2000;
/** A team must be below its floor for so long: a big one comes in pieces, and two may swap. */
const FLOOR_HOLD_MS = 5000;
/** How many alerts that are over are kept. */
const MAX_ENDED = 100;

export interface AlertDeskOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** A new alert. */
  readonly onAlert: (alert: Alert) => void;
  /** An alert is not as it was: it has become more, or is over. */
  readonly onAmend: (alert: Alert) => void;
  readonly onChange: () => void;
}

/** Of a person that is over a limit: in which teams, and what came of it. */
interface Over {
  readonly teams: Set<string>;
  alert: LimitAlert | null;
  /** As it was last told. */
  last: { readonly teamId: string; readonly row: MemberRow };
}

interface Incident {
  alert: FailureAlert;
  lastAt: number;
  /** Who still has the reason. */
  readonly open: Set<string>;
  isTold: boolean;
  callOff: () => void;
}

interface Floor {
  alert: FloorAlert | null;
  head: TeamHead;
  callOff: (() => void) | null;
}

export class AlertDesk {
  readonly #options: AlertDeskOptions;
  settings: AlertSettings = ALERTS_ON;
  book = new ReasonBook([]);
  #isLive = false;
  #feed = 0;
  #lastId = 0;
  #list: readonly Alert[] = [];
  #unseen = 0;
  readonly #over = new Map<string, Over>();
  /** By person: the beginning of what was last alerted to, so that it is not again. */
  readonly #toldLimits = new Map<string, { readonly beginning: string; readonly limitMs: number }>();
  readonly #toldFailures = new Map<string, number>();
  /** By reason. */
  readonly #incidents = new Map<string, Incident>();
  /** By person: the incident that they are part of. */
  readonly #struck = new Map<string, Incident>();
  readonly #floors = new Map<string, Floor>();
  /** By team: its members, to know who has gone with it. */
  readonly #members = new Map<string, Set<string>>();

  constructor(options: AlertDeskOptions) {
    this.#options = options;
  }

  /** The latest first. */
  get list(): readonly Alert[] {
    return this.#list;
  }

  get unseen(): number {
    return this.#unseen;
  }

  /** Somebody has looked at the alerts. */
  see(): void {
    if (this.#unseen === 0) return;
    this.#unseen = 0;
    this.#options.onChange();
  }

  /** Whether what the board tells is known to be true. */
  set isLive(isLive: boolean) {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    for (const floor of this.#floors.values()) this.#watchFloor(floor);
    if (!isLive) return;
    // What got over its limit while nothing was known for sure.
    for (const { alert, last } of this.#over.values()) if (alert === null) this.#followLimit(last.teamId, last.row);
  }

  follow({ head, changes }: BoardUpdate): void {
    if (head.feed !== this.#feed) {
      this.#feed = head.feed;
      for (const floor of this.#floors.values()) this.#watchFloor(floor);
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

  clear(): void {
    for (const { callOff } of this.#incidents.values()) callOff();
    for (const { callOff } of this.#floors.values()) callOff?.();
    this.#list = [];
    this.#unseen = 0;
    this.#over.clear();
    this.#toldLimits.clear();
    this.#toldFailures.clear();
    this.#incidents.clear();
    this.#struck.clear();
    this.#floors.clear();
    this.#members.clear();
    this.#options.onChange();
  }

  #followRow(teamId: string, row: MemberRow): void {
    const { memberId } = row;
    let members = this.#members.get(teamId);
    if (members === undefined) {
      members = new Set();
      this.#members.set(teamId, members);
    }
    members.add(memberId);
    // What is old says nothing new.
    if (row.confirmedIn !== this.#feed) return;
    this.#followLimit(teamId, row);
    this.#followFailure(row);
  }

  #followLimit(teamId: string, row: MemberRow): void {
    const { memberId, attention } = row;
    if (attention === undefined || levelOf(row) !== 'red') {
      this.#endOver(memberId, teamId);
      return;
    }
    const last = { teamId, row };
    const over = this.#over.get(memberId) ?? { teams: new Set<string>(), alert: null, last };
    this.#over.set(memberId, over);
    over.teams.add(teamId);
    over.last = last;
    if (!this.#isLive || over.alert !== null || row.confirmedIn !== this.#feed) return;
    const { of, limitMs } = attention;
    const { at } = of === 'reason' ? row.reasonSince : row.since;
    const beginning = `${of} ${String(at)}`;
    const told = this.#toldLimits.get(memberId);
    // A limit that has been raised since is passed anew.
    if (told?.beginning === beginning && told.limitMs >= limitMs) return;
    this.#toldLimits.set(memberId, { beginning, limitMs });
    const { memberName, status, reason } = row;
    const teamName = this.#floors.get(teamId)?.head.teamName ?? teamId;
    const alert: LimitAlert = {
      ...this.#new(),
      kind: 'limit',
      memberId,
      memberName,
      teamName,
      status,
      reason,
      of,
      limitMs,
    };
    if (this.#raise(alert)) over.alert = alert;
  }

  #endOver(memberId: string, teamId: string): void {
    const over = this.#over.get(memberId);
    if (over?.teams.delete(teamId) !== true || over.teams.size > 0) return;
    this.#over.delete(memberId);
    if (over.alert !== null) this.#end(over.alert);
  }

  #followFailure(row: MemberRow): void {
    const { memberId, memberName, reasonSince } = row;
    const reason = this.book.explaining(row);
    const struck = this.#struck.get(memberId);
    if (struck !== undefined) {
      if (struck.alert.reason === reason) return;
      this.#recover(memberId, struck);
    }
    // Only what was seen to happen is news.
    if (!this.#isLive || reason === null || reasonSince.known !== 'exact' || !this.book.isFailure(reason)) return;
    if (this.#toldFailures.get(memberId) === reasonSince.at) return;
    this.#toldFailures.set(memberId, reasonSince.at);
    this.#strike(reason, { memberId, memberName });
  }

  #strike(reason: string, person: FailureAlert['people'][number]): void {
    if (!this.settings.failure) return;
    const { clock } = this.#options;
    const now = clock.now();
    let incident = this.#incidents.get(reason);
    if (incident === undefined || now - incident.lastAt > INCIDENT_MS || incident.alert.endedAt !== null) {
      const begun: Incident = {
        alert: { ...this.#new(), kind: 'failure', reason, people: [] },
        lastAt: now,
        open: new Set(),
        isTold: false,
        callOff: clock.after(GATHER_MS, () => {
          begun.isTold = true;
          this.#raise(begun.alert);
          if (begun.open.size === 0) this.#endIncident(begun);
        }),
      };
      incident = begun;
      this.#incidents.set(reason, incident);
    }
    incident.lastAt = now;
    incident.open.add(person.memberId);
    this.#struck.set(person.memberId, incident);
    const before = incident.alert;
    if (before.people.some(({ memberId }) => memberId === person.memberId)) return;
    incident.alert = { ...before, people: [...before.people, person] };
    if (incident.isTold) this.#amend(incident.alert);
  }

  #recover(memberId: string, incident: Incident): void {
    this.#struck.delete(memberId);
    incident.open.delete(memberId);
    if (incident.open.size === 0 && incident.isTold) this.#endIncident(incident);
  }

  #endIncident(incident: Incident): void {
    incident.alert = { ...incident.alert, endedAt: this.#options.clock.now() };
    this.#amend(incident.alert);
  }

  #followTeam(head: TeamHead): void {
    const floor = this.#floors.get(head.teamId) ?? { alert: null, head, callOff: null };
    floor.head = head;
    this.#floors.set(head.teamId, floor);
    this.#watchFloor(floor);
  }

  #watchFloor(floor: Floor): void {
    const { head, alert } = floor;
    const isBelow = head.floor !== undefined && head.counts.ready < head.floor;
    // Of a team that is not announced, or not confirmed as a whole, nobody knows how many are ready.
    const isWhole = head.isAnnounced && head.confirmedIn === this.#feed && head.confirmed === total(head.counts);
    const isKnown = this.#isLive && isWhole;
    if (isKnown && !isBelow && alert !== null) {
      floor.alert = null;
      this.#end(alert);
    }
    if (!isKnown || !isBelow || alert !== null) {
      floor.callOff?.();
      floor.callOff = null;
      return;
    }
    const { clock } = this.#options;
    const dueAt = clock.now() + FLOOR_HOLD_MS;
    floor.callOff ??= clock.after(FLOOR_HOLD_MS, () => {
      floor.callOff = null;
      // Held up, as by a sleep: what is known may be old.
      if (clock.now() - dueAt > FLOOR_HOLD_MS) {
        this.#watchFloor(floor);
        return;
      }
      const { teamId, teamName, counts, floor: least = 0 } = floor.head;
      const raised: FloorAlert = { ...this.#new(), kind: 'floor', teamId, teamName, least, ready: counts.ready };
      if (this.#raise(raised)) floor.alert = raised;
    });
  }

  #loseTeam(teamId: string): void {
    for (const memberId of [...(this.#members.get(teamId) ?? [])]) this.#loseMember(teamId, memberId);
    const floor = this.#floors.get(teamId);
    floor?.callOff?.();
    this.#floors.delete(teamId);
    if (floor !== undefined && floor.alert !== null) this.#end(floor.alert);
  }

  #loseMember(teamId: string, memberId: string): void {
    const members = this.#members.get(teamId);
    members?.delete(memberId);
    if (members?.size === 0) this.#members.delete(teamId);
    this.#endOver(memberId, teamId);
    for (const others of this.#members.values()) if (others.has(memberId)) return;
    this.#toldLimits.delete(memberId);
    this.#toldFailures.delete(memberId);
    const struck = this.#struck.get(memberId);
    if (struck !== undefined) this.#recover(memberId, struck);
  }

  #new(): { readonly id: number; readonly at: number; readonly endedAt: null } {
    this.#lastId += 1;
    return { id: this.#lastId, at: this.#options.clock.now(), endedAt: null };
  }

  /** Returns whether alerts of this kind are wanted. */
  #raise(alert: Alert): boolean {
    if (!this.settings[alert.kind]) return false;
    this.#list = [alert, ...this.#list];
    this.#unseen += 1;
    this.#options.onAlert(alert);
    this.#options.onChange();
    return true;
  }

  #end(alert: Alert): void {
    this.#amend({ ...alert, endedAt: this.#options.clock.now() });
  }

  #amend(alert: Alert): void {
    if (!this.#list.some(({ id }) => id === alert.id)) return;
    let ended = 0;
    this.#list = this.#list
      .map((one) => (one.id === alert.id ? alert : one))
      .filter(({ endedAt }) => endedAt === null || (ended += 1) <= MAX_ENDED);
    this.#options.onAmend(alert);
    this.#options.onChange();
  }
}
