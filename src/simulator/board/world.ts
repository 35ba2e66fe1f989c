/**
 * A contact centre that changes step by step: teams, their members, their statuses. The same seed and number of steps
 * give the same world and the same changes. It knows nothing about time, sockets or JSON frames.
 */
import type { ReportEventName } from '../../shared/link/report.ts';
import { personName, SHIFTS, teamName } from './names.ts';
import { Random, type Weighted } from '../base/random.ts';
import { afterPhoneFailure, ARRIVING, initialState, nextState, type MemberState } from './member-state.ts';

/** A full member, as in the reports. */
export interface MemberReport {
  readonly memberId: string;
  readonly memberType: 'Agent' | 'Supervisor' | 'TeamLead';
  readonly memberName: string;
  readonly status: string;
  readonly reason: string;
}

export interface TeamReport<M = MemberReport> {
  readonly teamId: string;
  readonly teamName: string;
  readonly members: readonly M[];
}

/** One change in one team: an event without the agent it is sent for. */
export type WorldChange =
  | {
      readonly name: Exclude<ReportEventName, 'report.teamstatus.memberremoved'>;
      readonly team: TeamReport;
    }
  | {
      readonly name: 'report.teamstatus.memberremoved';
      readonly team: TeamReport<Pick<MemberReport, 'memberId'>>;
    };

export interface WorldOptions {
  readonly teams: number;
  readonly members: number;
  readonly seed: number;
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly type: MemberReport['memberType'];
  readonly teams: Team[];
  /** Its position in the list of all people, so that leaving costs the same in a large world. */
  slot: number;
  state: MemberState;
  changedAtStep: number;
}

interface Team {
  readonly id: string;
  readonly plainName: string;
  name: string;
  readonly members: Person[];
}

/** The agent who supervises every team. */
const SUPERVISOR_ID = '1001';
/** The agent who is in the first team only. */
const AGENT_ID = '1002';

type StepKind = 'status' | 'phone-failure' | 'people' | 'rename' | 'teams';
const STEP_KINDS: Weighted<StepKind> = [
  ['status', 9_920],
  ['people', 40],
  ['phone-failure', 17],
  ['rename', 15],
  ['teams', 8],
];

export class World {
  readonly agentIds: readonly string[] = [SUPERVISOR_ID, AGENT_ID];
  readonly #random: Random;
  readonly #nameOffset: number;
  readonly #teams: Team[] = [];
  readonly #people: Person[] = [];
  readonly #teamsAtStart: number;
  readonly #placesAtStart: number;
  #teamsEver = 0;
  #peopleEver = 0;
  #places = 0;
  #steps = 0;

  constructor(options: WorldOptions) {
    this.#random = new Random(options.seed);
    this.#nameOffset = this.#random.int(1_000_000);
    for (const size of this.#sizes(options)) this.#createTeam(size, () => initialState(this.#random));
    for (const person of this.#people) {
      if (person.type === 'Agent' && this.#random.chance(1 / 11)) this.#addToSecondTeam(person);
    }
    this.#teamsAtStart = this.#teams.length;
    this.#placesAtStart = this.#places;
  }

  /** The agent's current teams in a stable order; null if the agent does not exist. */
  teamsOf(agentId: string): readonly TeamReport[] | null {
    if (!this.agentIds.includes(agentId)) return null;
    return this.#teams.filter((team) => this.concerns(agentId, team.id)).map((team) => report(team, team.members));
  }

  /** Whether an agent receives events of a team, even of one that is already gone. */
  concerns(agentId: string, teamId: string): boolean {
    // The first team is never closed, so its id is enough.
    return agentId === SUPERVISOR_ID || (agentId === AGENT_ID && teamId === this.#teams[0]?.id);
  }

  /** Does one thing and returns what changed, team by team; nothing if the thing drawn is not possible. */
  step(): readonly WorldChange[] {
    this.#steps += 1;
    const kind = this.#random.weighted(STEP_KINDS);
    switch (kind) {
      case 'status':
        return this.#changeStatus();
      case 'phone-failure':
        return this.#failPhones();
      case 'people':
        return this.#random.chance(this.#chanceToJoin()) ? this.#join() : this.#leave();
      case 'rename':
        return this.#rename();
      case 'teams':
        return this.#teams.length > this.#teamsAtStart ? this.#closeTeam() : this.#openTeam();
    }
  }

  #changeStatus(): readonly WorldChange[] {
    // Of three people, the one unchanged for longest, so that people keep a status for a while.
    const [first, ...others] = [this.#anyone(), this.#anyone(), this.#anyone()];
    if (first === undefined) return [];
    let chosen: Person = first;
    for (const other of others) if (other !== undefined && other.changedAtStep < chosen.changedAtStep) chosen = other;
    this.#set(chosen, nextState(chosen.state, this.#random));
    return statusChanges([chosen]);
  }

  /** Some phones of one team fail at once: many members in one event. */
  #failPhones(): readonly WorldChange[] {
    const team = this.#random.pick(this.#teams);
    const count = 3 + this.#random.int(6);
    const start = this.#random.int(Math.max(1, team.members.length - count + 1));
    const hit: Person[] = [];
    for (const person of team.members.slice(start, start + count)) {
      const state = afterPhoneFailure(person.state);
      if (state === null) continue;
      this.#set(person, state);
      hit.push(person);
    }
    return statusChanges(hit);
  }

  #join(): readonly WorldChange[] {
    const candidate = this.#anyone();
    if (candidate !== undefined && isMovable(candidate) && candidate.teams.length === 1 && this.#random.chance(0.25)) {
      const team = this.#addToSecondTeam(candidate);
      if (team !== null) return [{ name: 'report.teamstatus.memberadded', team: report(team, [candidate]) }];
    }
    const team = this.#random.pick(this.#teams);
    return [{ name: 'report.teamstatus.memberadded', team: report(team, [this.#hire(team, 'Agent', ARRIVING)]) }];
  }

  #leave(): readonly WorldChange[] {
    const person = this.#anyone();
    if (person === undefined || !isMovable(person)) return [];
    const team = this.#random.pick(person.teams);
    this.#part(person, team);
    const members = [{ memberId: person.id }];
    return [{ name: 'report.teamstatus.memberremoved', team: { ...report(team, []), members } }];
  }

  #rename(): readonly WorldChange[] {
    const team = this.#random.pick(this.#teams);
    team.name = team.name === team.plainName ? `${team.plainName} (${this.#random.pick(SHIFTS)})` : team.plainName;
    return [{ name: 'report.teamstatus.teamchanged', team: report(team, []) }];
  }

  #openTeam(): readonly WorldChange[] {
    const team = this.#createTeam(3 + this.#random.int(4), () => ARRIVING);
    for (const person of [this.#anyone(), this.#anyone()]) {
      if (person !== undefined && isMovable(person) && person.teams.length === 1 && person.teams[0] !== team) {
        this.#place(person, team);
      }
    }
    return [{ name: 'report.teamstatus.teamadded', team: report(team, team.members) }];
  }

  /** Closes the team opened last, along with everyone who is in no other team. */
  #closeTeam(): readonly WorldChange[] {
    const team = this.#teams.pop();
    if (team === undefined) return [];
    for (const person of [...team.members]) this.#part(person, team);
    return [{ name: 'report.teamstatus.teamremoved', team: report(team, []) }];
  }

  /** Keeps the number of people near its initial value: even odds there, zero at five percent more. */
  #chanceToJoin(): number {
    const slack = Math.max(4, this.#placesAtStart / 20);
    return 0.5 - (this.#places - this.#placesAtStart) / (2 * slack);
  }

  /** Sizes of the first teams: one person in each if there are enough, and the others spread unevenly. */
  #sizes({ teams, members }: WorldOptions): number[] {
    const sizes = Array.from({ length: teams }, (_, index) => Number(index < members));
    const weights = sizes.map(() => 1 + 2 * this.#random.next());
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const spare = Math.max(0, members - teams);
    let left = spare;
    for (const [index, weight] of weights.entries()) {
      const share = Math.floor((spare * weight) / sum);
      sizes[index] = (sizes[index] ?? 0) + share;
      left -= share;
    }
    // Distribute what rounding down left over.
    for (let index = 0; left > 0; index += 1, left -= 1) sizes[index] = (sizes[index] ?? 0) + 1;
    return sizes;
  }

  /** A new team with this many new people: a supervisor, a team lead in a team of six, otherwise agents. */
  #createTeam(size: number, state: () => MemberState): Team {
    const plainName = teamName(this.#teamsEver);
    this.#teamsEver += 1;
    const team: Team = { id: String(this.#teamsEver), plainName, name: plainName, members: [] };
    this.#teams.push(team);
    for (let place = 0; place < size; place += 1) {
      const type = place === 0 ? 'Supervisor' : place === 2 && size >= 6 ? 'TeamLead' : 'Agent';
      this.#hire(team, type, state());
    }
    return team;
  }

  #hire(team: Team, type: Person['type'], state: MemberState): Person {
    const number = this.#peopleEver;
    this.#peopleEver += 1;
    const person: Person = {
      // The first two are the agents that can be watched: the supervisor, and an agent of the first team.
      id: this.agentIds[number] ?? String(2_000 + number),
      name: personName(number, this.#nameOffset),
      type,
      teams: [],
      slot: this.#people.length,
      state,
      changedAtStep: this.#steps,
    };
    this.#people.push(person);
    this.#place(person, team);
    return person;
  }

  /** Puts a person into a second team as well; null if there is no other team. */
  #addToSecondTeam(person: Person): Team | null {
    const team = this.#random.pick(this.#teams);
    if (!isMovable(person) || person.teams.includes(team)) return null;
    this.#place(person, team);
    return team;
  }

  #place(person: Person, team: Team): void {
    team.members.push(person);
    person.teams.push(team);
    this.#places += 1;
  }

  #part(person: Person, team: Team): void {
    team.members.splice(team.members.indexOf(person), 1);
    person.teams.splice(person.teams.indexOf(team), 1);
    this.#places -= 1;
    if (person.teams.length > 0) return;
    const last = this.#people.pop();
    if (last === undefined || last === person) return;
    this.#people[person.slot] = last;
    last.slot = person.slot;
  }

  #anyone(): Person | undefined {
    return this.#people[this.#random.int(this.#people.length)];
  }

  #set(person: Person, state: MemberState): void {
    person.state = state;
    person.changedAtStep = this.#steps;
  }
}

/** Supervisors, team leads and the agent that can be watched stay where they are. */
function isMovable(person: Person): boolean {
  return person.type === 'Agent' && person.id !== AGENT_ID;
}

/** One change for each team that has any of these people, with those who are in it. */
function statusChanges(people: readonly Person[]): WorldChange[] {
  const byTeam = new Map<Team, Person[]>();
  for (const person of people) {
    for (const team of person.teams) {
      const members = byTeam.get(team);
      if (members === undefined) byTeam.set(team, [person]);
      else members.push(person);
    }
  }
  return [...byTeam].map(([team, members]) => ({
    name: 'report.teamstatus.memberstatuschanged',
    team: report(team, members),
  }));
}

function report(team: Team, members: readonly Person[]): TeamReport {
  return {
    teamId: team.id,
    teamName: team.name,
    members: members.map((person) => ({
      memberId: person.id,
      memberType: person.type,
      memberName: person.name,
      status: person.state.status,
      reason: person.state.reason,
    })),
  };
}
