/**
 * Who is in which team, in what status, and since when. It applies the processor's events and records what each of them
 * changed. The cost of an event depends on the event, not on the size of the board. Of connections it knows only when
 * the feed broke, and it does not know who reads it. See docs/PROTOCOL.md, “Events”.
 */
import type {
  BoardChange,
  BoardHead,
  BoardSnapshot,
  BoardUpdate,
  FeedEnd,
  MemberRow,
  TeamHead,
} from '../../shared/board/board.ts';
import type { ViolationKind } from '../../shared/link/violations.ts';
import { isBlank } from '../../shared/base/folding.ts';
import type { MemberMessage, TeamEvent } from '../link/message.ts';
import { quoted } from '../base/unknown.ts';
import { Confirmations } from './confirmations.ts';
import { Counter, newPerson, updatePerson, type Gap, type Person, type PersonUpdate } from './people.ts';

type TeamAddedEvent = Extract<TeamEvent, { readonly name: 'report.teamstatus.teamadded' }>;

type TeamChangedEvent = Extract<TeamEvent, { readonly name: 'report.teamstatus.teamchanged' }>;

/** Only feeds that confirmed something need their end remembered, and no row outlives many feeds. */
const MAX_ENDS = 100;

/**
 * How long people are remembered after a report that they left their last team: someone who is moved leaves one team
 * before joining the next. Shorter than a heartbeat, within which no time is exact anyway.
 */
const GRACE_MS = 5000;

/** How many people are remembered who went because nothing was reported of them any more: as many as a big site has. */
const MAX_LOST = 10_000;

/** For a feed whose end is not remembered: nothing is known after its last report. */
const UNKNOWN_END: Gap = { from: 0, latest: 0 };

/** A person and the teams that name them. */
interface KnownPerson {
  readonly person: Person;
  readonly teams: Team[];
}

/** A person who is no longer in any team. */
interface Departed {
  readonly person: Person;
  readonly at: number;
  /** Since when nothing was reported of the person; null if they were reported until they left. */
  readonly gap: Gap | null;
}

/** Whether the removal was reported, or the person simply stopped being reported. */
type Removal = 'reported' | 'silent';

interface Membership extends KnownPerson {
  memberType: string;
  confirmations: Confirmations;
}

interface Team {
  readonly teamId: string;
  teamName: string;
  isAnnounced: boolean;
  confirmations: Confirmations;
  /** By watched agent: the feed that last announced the team with a `teamadded`, and whether it listed all members. */
  readonly announcements: Map<string, Announcement>;
  readonly members: Map<string, Membership>;
  readonly counter: Counter;
}

interface Announcement {
  readonly feed: number;
  readonly isComplete: boolean;
  /**
   * Whether its list was readable, so that anyone not named in it is not in the team; it may have become doubtful
   * since.
   */
  readonly isReadable: boolean;
  /** Members named in any of its parts and not removed since. */
  readonly named: Set<string>;
}

/** Receives each change to people and teams, to keep a record of them. */
export interface BoardObserver {
  /** A person appeared, or their name, status or certainty changed. */
  noteStatus(person: Readonly<Person>, at: number): void;
  noteJoined(teamId: string, teamName: string, memberId: string, memberType: string, at: number): void;
  /** `isLast`: this was their last team. */
  noteLeft(teamId: string, memberId: string, isLast: boolean): void;
  noteTeamName(teamId: string, teamName: string): void;
  /** Whether the team was announced in full, or someone may be missing. Called even if that has not changed. */
  noteAnnounced(teamId: string, isAnnounced: boolean, at: number): void;
  /** A feed that reported something has ended. `from`: until when it was known to be true. */
  noteBreak(feed: number, from: number): void;
}

export interface BoardOptions {
  readonly observer?: BoardObserver;
  /** Something has changed; the next `takeUpdate` returns it. */
  readonly onChange: () => void;
  readonly onViolation: (kind: ViolationKind, detail: string) => void;
}

export class Board {
  readonly #options: BoardOptions;
  readonly #teams = new Map<string, Team>();
  readonly #people = new Map<string, KnownPerson>();
  /** People reported to have left their last team, earliest first. */
  readonly #departed = new Map<string, Departed>();
  /** People who went because nothing was reported of them, earliest first. They may have been there all along. */
  readonly #lost = new Map<string, Departed>();
  /** Progress of each agent's begin in this feed: its teams have had time to arrive, or it was given up. */
  readonly #begins = new Map<string, 'settled' | 'given-up'>();
  readonly #counter = new Counter();
  #feed = 1;
  /** The gaps that began when earlier feeds ended, by feed, latest last. */
  readonly #gaps = new Map<number, Gap>();
  /** The same for readers of the board. */
  #ends: readonly FeedEnd[] = [];
  /** Whether this feed confirmed anything. If not, its end does not matter. */
  #isFeedUsed = false;
  #version = 0;
  /** Changes since the last update: member ids by team. Only ids, so that many events for one row make one change. */
  #changes = new Map<string, Set<string>>();
  #isHeadChanged = false;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /**
   * Applies an event for a watched agent. `agentId` is used if the event's own could not be read. `at` is when it
   * arrived. `isPrompt`: it was certainly sent just now; otherwise its change may be long past.
   */
  apply(event: TeamEvent, agentId: string, at: number, isPrompt = true): void {
    switch (event.name) {
      case 'report.teamstatus.teamadded':
        this.#teamAdded(event, agentId, at);
        break;
      case 'report.teamstatus.memberadded':
      case 'report.teamstatus.memberstatuschanged': {
        // If the team itself was never announced, its members can't have been either.
        const wasKnown = this.#teams.has(event.teamId);
        const isNews = wasKnown && event.name === 'report.teamstatus.memberstatuschanged';
        const team = this.#knownTeam(event, agentId);
        if (!event.areMembersComplete) this.#markIncomplete(team);
        for (const member of event.members) {
          if (isNews && !team.members.has(member.memberId)) {
            this.#options.onViolation(
              'unknown-member',
              `member ${quoted(member.memberId)} of team ${quoted(event.teamId)}`,
            );
          }
          const isChange = isPrompt && event.name === 'report.teamstatus.memberstatuschanged';
          this.#putMember(team, member, isChange, agentId, at);
        }
        break;
      }
      case 'report.teamstatus.memberremoved': {
        const team = this.#teams.get(event.teamId);
        if (team === undefined) {
          this.#options.onViolation('unknown-team', `team ${quoted(event.teamId)}`);
          break;
        }
        this.#confirmTeam(team, event.teamName, agentId);
        for (const memberId of event.memberIds) {
          if (team.members.has(memberId)) this.#unconfirmMember(team, memberId, agentId, at);
          else
            this.#options.onViolation('unknown-member', `member ${quoted(memberId)} of team ${quoted(event.teamId)}`);
        }
        break;
      }
      case 'report.teamstatus.teamchanged':
        this.#teamChanged(event, agentId, at);
        break;
      case 'report.teamstatus.teamremoved': {
        const team = this.#teams.get(event.teamId);
        if (team === undefined) this.#options.onViolation('unknown-team', `team ${quoted(event.teamId)}`);
        else this.#unconfirmTeam(team, agentId, at);
        break;
      }
    }
    const team = this.#teams.get(event.teamId);
    if (team !== undefined) this.#noteAnnounced(team, at);
  }

  /**
   * The feed broke: everything shown is old until confirmed again. It was known to be true until `from`, and may have
   * been true until `latest`.
   */
  breakFeed(from: number, latest = from): void {
    if (this.#isFeedUsed) {
      this.#gaps.set(this.#feed, { from, latest });
      this.#options.observer?.noteBreak(this.#feed, from);
    }
    const [oldest] = this.#gaps.keys();
    if (this.#gaps.size > MAX_ENDS && oldest !== undefined) this.#gaps.delete(oldest);
    this.#isFeedUsed = false;
    this.#begins.clear();
    this.#feed += 1;
    this.#ends = Array.from(this.#gaps, ([feed, { from: at }]) => ({ feed, at }));
    this.#changeHead();
  }

  /**
   * The next feed comes from another processor, so the ends of this one's feeds mean nothing to it, and it knows none
   * of these people.
   */
  forgetEnds(): void {
    this.#gaps.clear();
    this.#ends = [];
    this.#departed.clear();
    this.#lost.clear();
    this.#changeHead();
  }

  /** The agent's teams have been requested: rows that are old because of this agent may still be reported. */
  awaitTeams(agentId: string): void {
    this.#begins.delete(agentId);
  }

  /** Removes what has not been confirmed for this agent since the feed last broke. */
  settle(agentId: string, at: number): void {
    this.#begins.set(agentId, 'settled');
    for (const team of [...this.#teams.values()]) {
      if (team.confirmations.has(agentId, this.#feed)) this.#settleMembers(team, agentId, at);
      else this.#unconfirmTeam(team, agentId, at, 'silent');
      this.#noteAnnounced(team, at);
    }
  }

  /**
   * This agent's teams will not be reported for now. They stay on the board as old, because nothing says that they
   * changed. But a row that is old only because of this agent does not hold up another agent's list.
   */
  ignore(agentId: string, at: number): void {
    if (this.#begins.has(agentId)) return;
    this.#begins.set(agentId, 'given-up');
    for (const team of this.#teams.values()) this.#removeUnconfirmed(team, at);
  }

  /** The agent is no longer watched. */
  forgetAgent(agentId: string, at: number): void {
    this.#begins.delete(agentId);
    for (const team of [...this.#teams.values()]) {
      this.#unconfirmTeam(team, agentId, at, 'silent');
      this.#noteAnnounced(team, at);
    }
  }

  /** Only after everyone who joined has been recorded: the record keeps nothing about a team that nobody was in. */
  #noteAnnounced({ teamId, isAnnounced }: Team, at: number): void {
    this.#options.observer?.noteAnnounced(teamId, isAnnounced, at);
  }

  /** Publishes a row again, although it has not changed here. */
  touch(teamId: string, memberId: string): void {
    const team = this.#teams.get(teamId);
    if (team?.members.has(memberId) === true) this.#changeMember(team, memberId);
  }

  /** Publishes a team and all its rows again, or all teams if it is null. */
  touchTeam(teamId: string | null): void {
    this.#changeHead();
    for (const team of this.#teams.values()) {
      if (teamId !== null && team.teamId !== teamId) continue;
      const changed = this.#changeTeam(team);
      for (const memberId of team.members.keys()) changed.add(memberId);
    }
  }

  /** How many teams this feed has shown the agent to be in. */
  teamsOf(agentId: string): number {
    let count = 0;
    for (const team of this.#teams.values()) if (team.confirmations.has(agentId, this.#feed)) count += 1;
    return count;
  }

  /** The changes since the last update, or null if there are none. */
  takeUpdate(): BoardUpdate | null {
    if (!this.#isHeadChanged) return null;
    const changes: BoardChange[] = [];
    for (const [teamId, memberIds] of this.#changes) {
      const team = this.#teams.get(teamId);
      if (team === undefined) {
        changes.push({ type: 'team-gone', teamId });
        continue;
      }
      changes.push({ type: 'team', team: this.#teamHead(team) });
      for (const memberId of memberIds) {
        const membership = team.members.get(memberId);
        changes.push(
          membership === undefined
            ? { type: 'member-gone', teamId, memberId }
            : { type: 'member', teamId, member: memberRow(membership) },
        );
      }
    }
    // Replaced rather than cleared: a cleared map keeps its old tables, and with them everything they referred to.
    this.#changes = new Map();
    this.#isHeadChanged = false;
    this.#version += 1;
    return { version: this.#version, head: this.head, changes };
  }

  /** The whole board at the version of the last update. The next update repeats the changes since then. */
  snapshot(): BoardSnapshot {
    return {
      version: this.#version,
      head: this.head,
      teams: Array.from(this.#teams.values(), (team) => ({
        team: this.#teamHead(team),
        members: Array.from(team.members.values(), memberRow),
      })),
    };
  }

  /** The names and ids of all teams and members. */
  *namesAndIds(): Iterable<string> {
    for (const [teamId, team] of this.#teams) {
      yield teamId;
      yield team.teamName;
    }
    for (const [memberId, { person }] of this.#people) {
      yield memberId;
      yield person.name;
    }
  }

  #teamAdded({ teamId, teamName, members, areMembersComplete }: TeamAddedEvent, agentId: string, at: number): void {
    const team = this.#teams.get(teamId) ?? this.#addTeam(teamId);
    const before = team.announcements.get(agentId);
    const last = before?.feed === this.#feed ? before : null;
    this.#confirmTeam(team, teamName, agentId);
    if (last !== null) {
      this.#options.onViolation('team-announced-again', `team ${quoted(teamId)} for agent ${quoted(agentId)}`);
    }
    const named = last?.named ?? new Set();
    let isComplete = false;
    let isReadable = false;
    if (areMembersComplete) {
      // If none of its members were announced before, it is not a further part. Strays don't count: they say nothing
      // about the list.
      const isFirst = named.size === 0;
      // A big team may arrive in parts, and a part never repeats a member of an earlier one.
      const isPiece = !isFirst && members.length > 0 && !members.some(({ memberId }) => named.has(memberId));
      if (!isPiece) this.#removeOthers(team, members, agentId, isFirst, at);
      // A part can't complete a list that was incomplete.
      isComplete = !isPiece || last?.isComplete === true;
      isReadable = !isPiece || last?.isReadable === true;
      if (isComplete) team.isAnnounced = true;
    } else {
      // A list that was only partly readable may name anyone, so nobody counts as left out.
      this.#markIncomplete(team);
    }
    team.announcements.set(agentId, { feed: this.#feed, isComplete, isReadable, named });
    for (const member of members) {
      named.add(member.memberId);
      this.#putMember(team, member, false, agentId, at);
    }
    this.#removeUnconfirmed(team, at);
  }

  #teamChanged(event: TeamChangedEvent, agentId: string, at: number): void {
    const team = this.#knownTeam(event, agentId);
    if (event.members === undefined) return;
    this.#markIncomplete(team);
    for (const member of event.members) this.#putMember(team, member, false, agentId, at);
  }

  /** The team may have more members than reported, until someone announces it in full. */
  #markIncomplete(team: Team): void {
    team.isAnnounced = false;
    for (const [agentId, one] of team.announcements) team.announcements.set(agentId, { ...one, isComplete: false });
  }

  /**
   * An announcement names all members, so everyone else is removed. The first one of a feed removes only strays, which
   * were reported before the team itself: members not reported yet may be in the next part.
   */
  #removeOthers(team: Team, members: readonly MemberMessage[], agentId: string, isFirst: boolean, at: number): void {
    const named = new Set(members.map((member) => member.memberId));
    for (const [memberId, { confirmations }] of [...team.members]) {
      if (named.has(memberId) || (isFirst && !confirmations.has(agentId, this.#feed))) continue;
      this.#unconfirmMember(team, memberId, agentId, at);
    }
  }

  #knownTeam(event: TeamEvent, agentId: string): Team {
    let team = this.#teams.get(event.teamId);
    if (team === undefined) {
      this.#options.onViolation('unknown-team', `team ${quoted(event.teamId)}`);
      team = this.#addTeam(event.teamId);
    }
    this.#confirmTeam(team, event.teamName, agentId);
    return team;
  }

  #addTeam(teamId: string): Team {
    const team: Team = {
      teamId,
      teamName: teamId,
      isAnnounced: false,
      confirmations: Confirmations.none,
      announcements: new Map(),
      members: new Map(),
      counter: new Counter(),
    };
    this.#teams.set(teamId, team);
    return team;
  }

  #confirmTeam(team: Team, teamName: string | null, agentId: string): void {
    this.#isFeedUsed = true;
    team.confirmations = team.confirmations.confirm(agentId, this.#feed);
    if (teamName !== null && !isBlank(teamName) && teamName !== team.teamName) {
      team.teamName = teamName;
      this.#options.observer?.noteTeamName(team.teamId, teamName);
    }
    this.#changeTeam(team);
  }

  /** `isChange`: the status changed just now. */
  #putMember(team: Team, message: MemberMessage, isChange: boolean, agentId: string, at: number): void {
    const { memberId, memberType, memberName, status, reason } = message;
    const update = { name: memberName, status, reason };
    const before = team.members.get(memberId);
    const known = before ?? this.#people.get(memberId);
    const areRowsMarked = known !== undefined && this.#updatePerson(known, update, isChange, at);
    const membership = before ?? this.#join(team, known ?? this.#newPerson(memberId, update, at));
    if (memberType !== null && !isBlank(memberType)) membership.memberType = memberType;
    if (before === undefined) {
      this.#options.observer?.noteJoined(team.teamId, team.teamName, memberId, membership.memberType, at);
    }
    team.counter.confirm(membership.confirmations.newest, this.#feed);
    membership.confirmations = membership.confirmations.confirm(agentId, this.#feed);
    if (before === undefined || !areRowsMarked) this.#changeMember(team, memberId);
  }

  /** Adds a person who is in no team yet: someone new, or someone who left a moment ago. */
  #newPerson(memberId: string, update: PersonUpdate, at: number): KnownPerson {
    const known: KnownPerson = {
      person: this.#returning(memberId, update, at) ?? newPerson(memberId, update, this.#feed, at),
      teams: [],
    };
    this.#people.set(memberId, known);
    this.#options.observer?.noteStatus(known.person, at);
    this.#counter.add(known.person.status, 1);
    this.#counter.confirm(0, this.#feed);
    return known;
  }

  /** A person who was in a team before, with the new report applied. How they got into this status was not seen. */
  #returning(memberId: string, update: PersonUpdate, at: number): Person | null {
    const departed = this.#lost.get(memberId) ?? this.#departed.get(memberId);
    this.#lost.delete(memberId);
    this.#departed.delete(memberId);
    if (departed === undefined) return null;
    const { person, gap } = departed;
    if (gap === null && at - departed.at > GRACE_MS) return null;
    updatePerson(person, update, { feed: this.#feed, at, isChange: false, gap: gap ?? this.#gapOf(person) });
    return person;
  }

  #depart(person: Person, at: number, how: Removal): void {
    const { memberId } = person;
    if (how === 'silent') {
      this.#lost.set(memberId, { person, at, gap: this.#gapOf(person) ?? { from: at, latest: at } });
      const [oldest] = this.#lost.keys();
      if (this.#lost.size > MAX_LOST && oldest !== undefined) this.#lost.delete(oldest);
      return;
    }
    for (const [id, departed] of this.#departed) {
      if (at - departed.at <= GRACE_MS) break;
      this.#departed.delete(id);
    }
    this.#departed.set(memberId, { person, at, gap: null });
  }

  /** The gap between a person's last report and this one; null if there is none. */
  #gapOf({ reportedIn }: Person): Gap | null {
    return reportedIn === this.#feed ? null : (this.#gaps.get(reportedIn) ?? UNKNOWN_END);
  }

  /** Returns whether anything changed. If so, it marks the person's row in every team. */
  #updatePerson({ person, teams }: KnownPerson, update: PersonUpdate, isChange: boolean, at: number): boolean {
    const before = person.status;
    this.#counter.confirm(person.reportedIn, this.#feed);
    if (!updatePerson(person, update, { feed: this.#feed, at, isChange, gap: this.#gapOf(person) })) return false;
    this.#options.observer?.noteStatus(person, at);
    this.#counter.move(before, person.status);
    for (const team of teams) {
      team.counter.move(before, person.status);
      this.#changeMember(team, person.memberId);
    }
    return true;
  }

  #join(team: Team, { person, teams }: KnownPerson): Membership {
    const membership = { person, teams, memberType: '', confirmations: Confirmations.none };
    team.members.set(person.memberId, membership);
    team.counter.add(person.status, 1);
    teams.push(team);
    return membership;
  }

  #settleMembers(team: Team, agentId: string, at: number): void {
    const announcement = team.announcements.get(agentId);
    // An unreadable list leaves nobody out for certain.
    const isUnread = announcement?.feed === this.#feed && !announcement.isReadable;
    for (const [memberId, { confirmations }] of isUnread ? [] : [...team.members]) {
      if (!confirmations.has(agentId, this.#feed)) this.#unconfirmMember(team, memberId, agentId, at, 'silent');
    }
    this.#removeUnconfirmed(team, at);
    const isAnnounced = [...team.announcements.values()].some(
      ({ feed, isComplete }) => isComplete && feed === this.#feed,
    );
    if (isAnnounced !== team.isAnnounced) {
      team.isAnnounced = isAnnounced;
      this.#changeTeam(team);
    }
  }

  /**
   * Once a list of the team was readable and its parts have had time to arrive, removes members that nothing reported
   * in this feed. While an agent's begin is in progress, they may still be reported.
   */
  #removeUnconfirmed(team: Team, at: number): void {
    const isListed = [...team.announcements].some(
      ([agentId, { feed, isReadable }]) => isReadable && feed === this.#feed && this.#begins.get(agentId) === 'settled',
    );
    if (!isListed) return;
    for (const [memberId, { confirmations }] of [...team.members]) {
      if (confirmations.newest === this.#feed) continue;
      for (const agentId of confirmations.agentIds) {
        if (this.#begins.has(agentId)) this.#unconfirmMember(team, memberId, agentId, at, 'silent');
      }
    }
  }

  /** This agent no longer confirms the member; a member that no agent confirms is removed. */
  #unconfirmMember(team: Team, memberId: string, agentId: string, at: number, how: Removal = 'reported'): void {
    const membership = team.members.get(memberId);
    if (membership === undefined) return;
    const before = membership.confirmations.newest;
    membership.confirmations = membership.confirmations.without(agentId);
    team.announcements.get(agentId)?.named.delete(memberId);
    team.counter.confirm(before, membership.confirmations.newest);
    this.#changeMember(team, memberId);
    if (!membership.confirmations.isEmpty) return;
    team.members.delete(memberId);
    team.counter.add(membership.person.status, -1);
    this.#changeTeam(team);
    const { person, teams } = membership;
    teams.splice(teams.indexOf(team), 1);
    this.#options.observer?.noteLeft(team.teamId, memberId, teams.length === 0);
    if (teams.length > 0) return;
    this.#people.delete(memberId);
    this.#depart(person, at, how);
    this.#counter.add(person.status, -1);
    this.#counter.confirm(person.reportedIn, 0);
  }

  #unconfirmTeam(team: Team, agentId: string, at: number, how: Removal = 'reported'): void {
    const confirmations = team.confirmations.without(agentId);
    if (confirmations === team.confirmations) return;
    team.confirmations = confirmations;
    team.announcements.delete(agentId);
    // The other agents' lists may have been incomplete.
    if (![...team.announcements.values()].some(({ isComplete }) => isComplete)) team.isAnnounced = false;
    for (const memberId of [...team.members.keys()]) this.#unconfirmMember(team, memberId, agentId, at, how);
    if (team.confirmations.isEmpty) this.#teams.delete(team.teamId);
    else team.counter.recountConfirmed(Array.from(team.members.values(), ({ confirmations }) => confirmations.newest));
    this.#changeTeam(team);
  }

  #changeTeam({ teamId }: Team): Set<string> {
    let memberIds = this.#changes.get(teamId);
    if (memberIds === undefined) {
      memberIds = new Set();
      this.#changes.set(teamId, memberIds);
    }
    this.#changeHead();
    return memberIds;
  }

  #changeMember(team: Team, memberId: string): void {
    this.#changeTeam(team).add(memberId);
  }

  #changeHead(): void {
    if (this.#isHeadChanged) return;
    this.#isHeadChanged = true;
    this.#options.onChange();
  }

  get head(): BoardHead {
    return {
      feed: this.#feed,
      ends: this.#ends,
      counts: this.#counter.value,
      unconfirmed: this.#people.size - this.#counter.confirmed(this.#feed),
    };
  }

  #teamHead(team: Team): TeamHead {
    const confirmedIn = team.confirmations.newest;
    return {
      teamId: team.teamId,
      teamName: team.teamName,
      agentIds: team.confirmations.agentIds,
      isAnnounced: team.isAnnounced,
      counts: team.counter.value,
      confirmedIn,
      confirmed: team.counter.confirmed(confirmedIn),
    };
  }
}

function memberRow({ person, memberType, confirmations }: Membership): MemberRow {
  return {
    memberId: person.memberId,
    memberName: person.name,
    memberType,
    status: person.status,
    reason: person.reason,
    since: person.stay.since,
    reasonSince: person.reasonStay.since,
    confirmedIn: confirmations.newest,
  };
}
