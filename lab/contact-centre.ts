/**
 * The truth that a processor reports: agents, their teams, the members and their statuses. Each action returns the
 * events that the reports promise for it according to docs/PROTOCOL.md. It knows nothing about connections, about what
 * is watched, or about what the widget shows.
 */
import type { BareMember } from './bare-processor.ts';

/** An event as sent, and the agent it is sent for. */
export interface CentreEvent {
  readonly agentId: string;
  readonly message: { readonly name: string; readonly data: unknown };
}

export interface Person {
  readonly name: string;
  readonly status: string;
  readonly reason: string;
}

interface Team {
  name: string;
  /** The member's type, by member id. */
  readonly members: Map<string, string>;
}

/** A team as it should be shown. */
export interface TrueTeam {
  readonly teamId: string;
  readonly teamName: string;
  readonly agentIds: readonly string[];
  readonly members: readonly BareMember[];
}

export class ContactCentre {
  readonly #agents = new Map<string, Set<string>>();
  readonly #teams = new Map<string, Team>();
  readonly #people = new Map<string, Person>();

  addAgent(agentId: string): void {
    this.#agents.set(agentId, new Set());
  }

  hasAgent(agentId: string): boolean {
    return this.#agents.has(agentId);
  }

  /** Everything that a new begin for the agent sends. */
  announce(agentId: string): CentreEvent[] {
    return [...(this.#agents.get(agentId) ?? [])].map((teamId) => this.#announcement(agentId, teamId));
  }

  joinTeam(agentId: string, teamId: string): CentreEvent[] {
    const teams = this.#agents.get(agentId);
    if (teams === undefined || teams.has(teamId)) return [];
    this.#team(teamId);
    teams.add(teamId);
    return [this.#announcement(agentId, teamId)];
  }

  leaveTeam(agentId: string, teamId: string): CentreEvent[] {
    if (this.#agents.get(agentId)?.delete(teamId) !== true) return [];
    return [this.#event('teamremoved', agentId, teamId)];
  }

  deleteTeam(teamId: string): CentreEvent[] {
    const events = this.#eventsFor('teamremoved', teamId);
    for (const teams of this.#agents.values()) teams.delete(teamId);
    this.#teams.delete(teamId);
    return events;
  }

  renameTeam(teamId: string, name: string): CentreEvent[] {
    this.#team(teamId).name = name;
    return this.#eventsFor('teamchanged', teamId);
  }

  addMembers(teamId: string, memberIds: readonly string[], memberType: string): CentreEvent[] {
    const { members } = this.#team(teamId);
    const added = [...new Set(memberIds)].filter((memberId) => !members.has(memberId));
    if (added.length === 0) return [];
    for (const memberId of added) members.set(memberId, memberType);
    return this.#eventsFor('memberadded', teamId, this.#members(teamId, added));
  }

  removeMembers(teamId: string, memberIds: readonly string[]): CentreEvent[] {
    const { members } = this.#team(teamId);
    const removed = [...new Set(memberIds)].filter((memberId) => members.delete(memberId));
    if (removed.length === 0) return [];
    return this.#eventsFor(
      'memberremoved',
      teamId,
      removed.map((memberId) => ({ memberId })),
    );
  }

  /** The same for all of them; if nothing differs from before, the event is a repeat. */
  change(memberIds: readonly string[], to: Partial<Person>): CentreEvent[] {
    const changed = new Set(memberIds);
    for (const memberId of changed) this.#people.set(memberId, { ...this.#person(memberId), ...to });
    return [...this.#teams].flatMap(([teamId, { members }]) => {
      const reported = [...changed].filter((memberId) => members.has(memberId));
      return reported.length === 0
        ? []
        : this.#eventsFor('memberstatuschanged', teamId, this.#members(teamId, reported));
    });
  }

  /** What is true for these agents. */
  teamsOf(agentIds: readonly string[]): TrueTeam[] {
    return [...this.#teams].flatMap(([teamId, { name, members }]) => {
      const whose = agentIds.filter((agentId) => this.#agents.get(agentId)?.has(teamId) === true);
      if (whose.length === 0) return [];
      return [{ teamId, teamName: name, agentIds: whose, members: this.#members(teamId, [...members.keys()]) }];
    });
  }

  #team(teamId: string): Team {
    let team = this.#teams.get(teamId);
    if (team === undefined) {
      team = { name: `Team ${teamId}`, members: new Map() };
      this.#teams.set(teamId, team);
    }
    return team;
  }

  #person(memberId: string): Person {
    return this.#people.get(memberId) ?? { name: `Name of ${memberId}`, status: 'ready', reason: '0' };
  }

  #members(teamId: string, memberIds: readonly string[]): BareMember[] {
    const { members } = this.#team(teamId);
    return memberIds.map((memberId) => {
      const { name, status, reason } = this.#person(memberId);
      return { memberId, memberType: members.get(memberId) ?? '', memberName: name, status, reason };
    });
  }

  #announcement(agentId: string, teamId: string): CentreEvent {
    const members = this.#members(teamId, [...this.#team(teamId).members.keys()]);
    return this.#event('teamadded', agentId, teamId, members);
  }

  #eventsFor(name: string, teamId: string, members?: readonly unknown[]): CentreEvent[] {
    return [...this.#agents]
      .filter(([, teams]) => teams.has(teamId))
      .map(([agentId]) => this.#event(name, agentId, teamId, members));
  }

  #event(name: string, agentId: string, teamId: string, members?: readonly unknown[]): CentreEvent {
    const team = { teamId, teamName: this.#team(teamId).name, ...(members === undefined ? {} : { members }) };
    return { agentId, message: { name: `report.teamstatus.${name}`, data: { agentId, team } } };
  }
}
