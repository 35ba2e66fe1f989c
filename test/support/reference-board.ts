/**
 * What the board should show, worked out the slow and plain way from who vouches for what: a list of facts that is
 * searched again for every question. Shares no code with the reducer; knows no test runner.
 */
import type { MemberRow, Since, StatusCounts } from '../../src/shared/board.ts';
import type { TeamEvent } from '../../src/core/processor/message.ts';
import { sorted, type TeamView } from './board-reader.ts';
import { bare } from './reference-decoder.ts';

/** An agent's events vouch for a team, or for a member of a team, as of a feed. */
interface Fact {
  readonly agentId: string;
  readonly teamId: string;
  readonly memberId: string | null;
  readonly feed: number;
}

interface Telling {
  readonly at: number;
  readonly feed: number;
  readonly status: string;
  readonly reason: string | null;
  readonly isNews: boolean;
}

export class ReferenceBoard {
  readonly departures: string[] = [];
  #feed: number;
  #facts: Fact[] = [];
  #announcements: Fact[] = [];
  #teams: { readonly teamId: string; name: string; isAnnounced: boolean }[] = [];
  #types: { readonly teamId: string; readonly memberId: string; type: string }[] = [];
  #people: { readonly memberId: string; name: string; readonly tellings: Telling[] }[] = [];

  constructor(feed = 1) {
    this.#feed = feed;
  }

  /** `isPrompt`: the event is known to have been sent just now. */
  apply(event: TeamEvent, agentId: string, now: number, isPrompt = true): void {
    const { teamId, teamName } = event;
    const isThere = this.#teams.some((team) => team.teamId === teamId);
    const wants = event.name.slice('report.teamstatus.'.length);
    const isAgain = this.#has(this.#announcements, { agentId, teamId, memberId: null, feed: this.#feed });

    if (!isThere && wants !== 'teamadded') this.departures.push('unknown-team');
    if (!isThere && (wants === 'teamremoved' || wants === 'memberremoved')) return;
    if (wants === 'teamremoved') {
      this.#drop((fact) => fact.agentId === agentId && fact.teamId === teamId);
      return;
    }
    if (!isThere) this.#teams.push({ teamId, name: teamId, isAnnounced: false });
    this.#vouch(agentId, teamId, null);
    const team = this.#teams.find((one) => one.teamId === teamId);
    if (team !== undefined && teamName !== null && teamName !== '') team.name = teamName;

    if ('memberIds' in event) {
      for (const memberId of event.memberIds) {
        if (!this.#isIn(teamId, memberId)) this.departures.push('unknown-member');
        this.#drop((fact) => fact.agentId === agentId && fact.teamId === teamId && fact.memberId === memberId);
      }
    }
    if (!('members' in event)) return;
    if (event.name === 'report.teamstatus.teamadded') {
      if (team !== undefined) team.isAnnounced = true;
      const named = event.members.map(({ memberId }) => memberId);
      if (isAgain) {
        this.departures.push('team-announced-again');
        const isPiece =
          !event.areMembersWhole ||
          (named.length > 0 &&
            !named.some((memberId) => this.#has(this.#facts, { agentId, teamId, memberId, feed: this.#feed })));
        if (!isPiece) {
          this.#drop(
            (fact) =>
              fact.agentId === agentId &&
              fact.teamId === teamId &&
              fact.memberId !== null &&
              !named.includes(fact.memberId),
          );
        }
      }
      this.#announcements.push({ agentId, teamId, memberId: null, feed: this.#feed });
    }
    for (const { memberId, memberName, memberType, status, reason } of event.members) {
      if (isThere && wants === 'memberstatuschanged' && !this.#isIn(teamId, memberId))
        this.departures.push('unknown-member');
      let person = this.#people.find((one) => one.memberId === memberId);
      if (person === undefined) {
        person = { memberId, name: memberId, tellings: [] };
        this.#people.push(person);
      }
      if (memberName !== null && memberName !== '') person.name = memberName;
      const code = reason === null ? null : reason.trim();
      person.tellings.push({
        at: now,
        feed: this.#feed,
        status: status ?? '',
        reason: code === '0' ? '' : code,
        isNews: isPrompt && wants === 'memberstatuschanged',
      });
      const row = this.#types.find((one) => one.teamId === teamId && one.memberId === memberId);
      if (row === undefined) this.#types.push({ teamId, memberId, type: memberType ?? '' });
      else if (memberType !== null) row.type = memberType;
      this.#vouch(agentId, teamId, memberId);
    }
  }

  breakFeed(): void {
    this.#feed += 1;
  }

  settle(agentId: string): void {
    this.#drop((fact) => fact.agentId === agentId && fact.feed !== this.#feed);
    for (const team of this.#teams) {
      const { teamId } = team;
      if (!this.#has(this.#facts, { agentId, teamId, memberId: null, feed: this.#feed })) continue;
      team.isAnnounced = this.#announcements.some((one) => one.teamId === teamId && one.feed === this.#feed);
    }
  }

  forgetAgent(agentId: string): void {
    this.#drop((fact) => fact.agentId === agentId);
  }

  get counts(): StatusCounts {
    return count(this.#people.map(({ tellings }) => tellings.at(-1)?.status ?? ''));
  }

  /** How many people no event of this feed has told of. */
  get unconfirmed(): number {
    return this.#people.filter(({ tellings }) => tellings.at(-1)?.feed !== this.#feed).length;
  }

  get view(): readonly TeamView[] {
    return sorted(
      this.#teams.map(({ teamId, name, isAnnounced }) => {
        const members = this.#types.filter((one) => one.teamId === teamId).map((one) => this.#row(one));
        const vouched = this.#facts.filter((fact) => fact.teamId === teamId && fact.memberId === null);
        const confirmedIn = Math.max(...vouched.map(({ feed }) => feed));
        return {
          members,
          team: {
            teamId,
            teamName: name,
            isAnnounced,
            agentIds: vouched.map((fact) => fact.agentId),
            counts: count(members.map((row) => row.status)),
            confirmedIn,
            confirmed: members.filter((row) => row.confirmedIn === confirmedIn).length,
          },
        };
      }),
    );
  }

  #row({ teamId, memberId, type }: { teamId: string; memberId: string; type: string }): MemberRow {
    const person = this.#people.find((one) => one.memberId === memberId);
    const last = person?.tellings.at(-1);
    if (person === undefined || last === undefined) throw new Error(`Nobody is ${memberId}`);
    const feeds = this.#facts.filter((fact) => fact.teamId === teamId && fact.memberId === memberId);
    return {
      memberId,
      memberName: person.name,
      memberType: type,
      status: last.status,
      reason: last.reason,
      since: began(
        person.tellings,
        (one) => bare(one.status),
        (one) => one.status !== '',
      ),
      reasonSince: began(
        person.tellings,
        (one) => JSON.stringify([bare(one.status), one.reason]),
        (one) => one.status !== '' && one.reason !== null,
      ),
      confirmedIn: Math.max(...feeds.map(({ feed }) => feed)),
    };
  }

  #isIn(teamId: string, memberId: string): boolean {
    return this.#types.some((one) => one.teamId === teamId && one.memberId === memberId);
  }

  #has(facts: readonly Fact[], wanted: Fact): boolean {
    return facts.some(
      (fact) =>
        fact.agentId === wanted.agentId &&
        fact.teamId === wanted.teamId &&
        fact.memberId === wanted.memberId &&
        fact.feed === wanted.feed,
    );
  }

  #vouch(agentId: string, teamId: string, memberId: string | null): void {
    const at = this.#facts.findIndex(
      (fact) => fact.agentId === agentId && fact.teamId === teamId && fact.memberId === memberId,
    );
    if (at !== -1) this.#facts.splice(at, 1);
    this.#facts.push({ agentId, teamId, memberId, feed: this.#feed });
  }

  /** Takes facts away, and everything that nobody vouches for any more. */
  #drop(isGone: (fact: Fact) => boolean): void {
    this.#facts = this.#facts.filter((fact) => !isGone(fact));
    const isTeam = (teamId: string): boolean => this.#facts.some((f) => f.teamId === teamId && f.memberId === null);
    this.#teams = this.#teams.filter(({ teamId }) => isTeam(teamId));
    this.#types = this.#types.filter((row) =>
      this.#facts.some((fact) => fact.teamId === row.teamId && fact.memberId === row.memberId),
    );
    this.#people = this.#people.filter(({ memberId }) => this.#types.some((row) => row.memberId === memberId));
    this.#announcements = this.#announcements.filter((one) =>
      this.#facts.some((f) => f.agentId === one.agentId && f.teamId === one.teamId && f.memberId === null),
    );
  }
}

/** Since when the last telling's value has held, found by going through all tellings from the first. */
function began(
  tellings: readonly Telling[],
  value: (telling: Telling) => string,
  isTold: (telling: Telling) => boolean,
): Since {
  let since: Since = { at: 0, known: 'at-least' };
  tellings.forEach((telling, index) => {
    const before = tellings[index - 1];
    if (before === undefined) since = { at: telling.at, known: 'at-least' };
    else if (value(before) === value(telling)) {
      if (before.feed !== telling.feed) {
        since = { at: telling.at, known: 'across-gap', beforeGapAt: since.beforeGapAt ?? since.at };
      }
    } else {
      const wasSeen = before.feed === telling.feed && telling.isNews && isTold(before) && isTold(telling);
      since = { at: telling.at, known: wasSeen ? 'exact' : 'at-least' };
    }
  });
  return since;
}

function count(statuses: readonly string[]): StatusCounts {
  const words = statuses.map(bare);
  const many = (word: string): number => words.filter((one) => one === word).length;
  const [ready, notReady, acw] = [many('ready'), many('notready'), many('acw')];
  return { ready, notReady, acw, other: words.length - ready - notReady - acw };
}
