/**
 * What the board should show, computed in the slow and simple way from who confirms what: a list of facts searched anew
 * for each question. Shares no code with the reducer; knows no test runner.
 */
import type { MemberRow, Since } from '../src/shared/board/board.ts';
import type { StatusCounts } from '../src/shared/board/statuses.ts';
import type { TeamEvent } from '../src/core/link/message.ts';
import { sorted, type TeamView } from './board-reader.ts';
import { bare, isSeen } from './reference-decoder.ts';

/** An agent's events confirm a team, or a member of a team, as of a feed. */
interface Fact {
  readonly agentId: string;
  readonly teamId: string;
  readonly memberId: string | null;
  readonly feed: number;
}

/** From when nothing was reported: certainly and possibly. */
interface Silence {
  readonly from: number;
  readonly latest: number;
}

interface Report {
  readonly at: number;
  readonly feed: number;
  readonly status: string;
  readonly reason: string | null;
  readonly isNews: boolean;
  /** The silence before it. */
  readonly silence: Silence | null;
}

interface Person {
  readonly memberId: string;
  name: string;
  readonly reports: Report[];
}

/** How long a person in no team is remembered. */
const GRACE_MS = 5000;

export class ReferenceBoard {
  readonly violations: string[] = [];
  #feed: number;
  #facts: Fact[] = [];
  #announcements: Fact[] = [];
  /** Announcements that listed everyone. */
  #complete: Fact[] = [];
  /** Announcements whose lists were readable. */
  #readable: Fact[] = [];
  /** Agents whose teams have had time to arrive in this feed, and agents whose teams are not reported. */
  #settled: string[] = [];
  #ignored: string[] = [];
  /** Members named by announcements. */
  #named: Fact[] = [];
  #teams: { readonly teamId: string; name: string; isAnnounced: boolean }[] = [];
  #types: { readonly teamId: string; readonly memberId: string; type: string }[] = [];
  #people: Person[] = [];
  /** Who has left, when, and since when nothing is reported of them. */
  #left: {
    readonly person: Person;
    readonly at: number;
    readonly isReported: boolean;
    readonly silence: Silence | null;
  }[] = [];
  readonly #ends = new Map<number, Silence>();

  constructor(feed = 1) {
    this.#feed = feed;
  }

  /** `isPrompt`: the event is known to have been sent just now. */
  apply(event: TeamEvent, agentId: string, now: number, isPrompt = true): void {
    const { teamId, teamName } = event;
    const isThere = this.#teams.some((team) => team.teamId === teamId);
    const wants = event.name.slice('report.teamstatus.'.length);
    const isAgain = this.#has(this.#announcements, { agentId, teamId, memberId: null, feed: this.#feed });

    if (!isThere && wants !== 'teamadded') this.violations.push('unknown-team');
    if (!isThere && (wants === 'teamremoved' || wants === 'memberremoved')) return;
    if (wants === 'teamremoved') {
      this.#drop((fact) => fact.agentId === agentId && fact.teamId === teamId, now, 'reported');
      return;
    }
    if (!isThere) this.#teams.push({ teamId, name: teamId, isAnnounced: false });
    this.#confirm(agentId, teamId, null);
    const team = this.#teams.find((one) => one.teamId === teamId);
    if (team !== undefined && teamName !== null && isSeen(teamName)) team.name = teamName;

    if ('memberIds' in event) {
      for (const memberId of event.memberIds) {
        if (!this.#isIn(teamId, memberId)) this.violations.push('unknown-member');
        this.#drop(
          (fact) => fact.agentId === agentId && fact.teamId === teamId && fact.memberId === memberId,
          now,
          'reported',
        );
      }
    }
    if (!('members' in event)) return;
    const announcement: Fact = { agentId, teamId, memberId: null, feed: this.#feed };
    const doubt = (): void => {
      if (team !== undefined) team.isAnnounced = false;
      this.#complete = this.#complete.filter((one) => one.teamId !== teamId);
    };
    if (event.name === 'report.teamstatus.teamadded') {
      const named = event.members.map(({ memberId }) => memberId);
      const announced = this.#named.filter(
        (one) => one.agentId === agentId && one.teamId === teamId && one.feed === this.#feed,
      );
      const sharesNone =
        named.length > 0 && !announced.some(({ memberId }) => memberId !== null && named.includes(memberId));
      const isFurther = announced.length > 0;
      const isPiece = isFurther && sharesNone;
      if (isAgain) this.violations.push('team-announced-again');
      const wasReadable = this.#has(this.#readable, announcement);
      this.#readable = this.#readable.filter((one) => one.agentId !== agentId || one.teamId !== teamId);
      if (event.areMembersComplete && (!isPiece || wasReadable)) this.#readable.push(announcement);
      if (!event.areMembersComplete) doubt();
      else {
        const wasComplete = this.#has(this.#complete, announcement);
        if (!isPiece) {
          this.#drop(
            (fact) =>
              fact.agentId === agentId &&
              fact.teamId === teamId &&
              fact.memberId !== null &&
              (isFurther || fact.feed === this.#feed) &&
              !named.includes(fact.memberId),
            now,
            'reported',
          );
        }
        if (!isPiece || wasComplete) {
          this.#complete.push(announcement);
          if (team !== undefined) team.isAnnounced = true;
        }
      }
      this.#announcements.push(announcement);
      for (const memberId of named) this.#named.push({ agentId, teamId, memberId, feed: this.#feed });
    } else if (event.name === 'report.teamstatus.teamchanged' || !event.areMembersComplete) doubt();
    for (const { memberId, memberName, memberType, status, reason } of event.members) {
      if (isThere && wants === 'memberstatuschanged' && !this.#isIn(teamId, memberId))
        this.violations.push('unknown-member');
      let person = this.#people.find((one) => one.memberId === memberId);
      const left = person === undefined ? this.#left.findLast((one) => one.person.memberId === memberId) : undefined;
      const back = left !== undefined && (!left.isReported || now - left.at <= GRACE_MS) ? left : undefined;
      if (person === undefined) {
        person = back?.person ?? { memberId, name: memberId, reports: [] };
        this.#people.push(person);
      }
      const last = person.reports.at(-1);
      if (memberName !== null && isSeen(memberName)) person.name = memberName;
      const code = reason === null ? null : plainReason(reason);
      person.reports.push({
        at: now,
        feed: this.#feed,
        status: status ?? '',
        reason: code,
        isNews: isPrompt && wants === 'memberstatuschanged' && back === undefined,
        silence: back?.silence ?? (last === undefined ? null : this.#silenceAfter(last)),
      });
      const isType = memberType !== null && isSeen(memberType);
      const row = this.#types.find((one) => one.teamId === teamId && one.memberId === memberId);
      if (row === undefined) this.#types.push({ teamId, memberId, type: isType ? memberType : '' });
      else if (isType) row.type = memberType;
      this.#confirm(agentId, teamId, memberId);
    }
    if (event.name === 'report.teamstatus.teamadded') this.#letGo(now);
  }

  breakFeed(from: number, latest = from): void {
    this.#ends.set(this.#feed, { from, latest });
    this.#feed += 1;
    this.#settled = [];
    this.#ignored = [];
  }

  settle(agentId: string, now: number): void {
    this.#settled.push(agentId);
    const isUnread = (teamId: string): boolean => {
      const announcement: Fact = { agentId, teamId, memberId: null, feed: this.#feed };
      return this.#has(this.#announcements, announcement) && !this.#has(this.#readable, announcement);
    };
    this.#drop((fact) => fact.agentId === agentId && fact.feed !== this.#feed && !isUnread(fact.teamId), now, 'silent');
    this.#letGo(now);
    for (const team of this.#teams) {
      const { teamId } = team;
      if (!this.#has(this.#facts, { agentId, teamId, memberId: null, feed: this.#feed })) continue;
      team.isAnnounced = this.#complete.some((one) => one.teamId === teamId && one.feed === this.#feed);
    }
  }

  /** This agent's teams have been requested. */
  awaitTeams(agentId: string): void {
    this.#settled = this.#settled.filter((one) => one !== agentId);
    this.#ignored = this.#ignored.filter((one) => one !== agentId);
  }

  /** This agent's teams are not reported. */
  ignore(agentId: string, now: number): void {
    this.#ignored.push(agentId);
    this.#letGo(now);
  }

  forgetAgent(agentId: string, now: number): void {
    this.awaitTeams(agentId);
    this.#drop((fact) => fact.agentId === agentId, now, 'silent');
  }

  get counts(): StatusCounts {
    return count(this.#people.map(({ reports }) => reports.at(-1)?.status ?? ''));
  }

  /** How many people no event of this feed has reported. */
  get unconfirmed(): number {
    return this.#people.filter(({ reports }) => reports.at(-1)?.feed !== this.#feed).length;
  }

  get view(): readonly TeamView[] {
    return sorted(
      this.#teams.map(({ teamId, name, isAnnounced }) => {
        const members = this.#types.filter((one) => one.teamId === teamId).map((one) => this.#row(one));
        const confirmed = this.#facts.filter((fact) => fact.teamId === teamId && fact.memberId === null);
        const confirmedIn = Math.max(...confirmed.map(({ feed }) => feed));
        return {
          members,
          team: {
            teamId,
            teamName: name,
            isAnnounced,
            agentIds: confirmed.map((fact) => fact.agentId),
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
    const last = person?.reports.at(-1);
    if (person === undefined || last === undefined) throw new Error(`Nobody is ${memberId}`);
    const feeds = this.#facts.filter((fact) => fact.teamId === teamId && fact.memberId === memberId);
    return {
      memberId,
      memberName: person.name,
      memberType: type,
      status: last.status,
      reason: last.reason,
      since: began(
        person.reports,
        (one) => bare(one.status),
        (one) => one.status !== '',
      ),
      reasonSince: began(
        person.reports,
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

  #confirm(agentId: string, teamId: string, memberId: string | null): void {
    const at = this.#facts.findIndex(
      (fact) => fact.agentId === agentId && fact.teamId === teamId && fact.memberId === memberId,
    );
    if (at !== -1) this.#facts.splice(at, 1);
    this.#facts.push({ agentId, teamId, memberId, feed: this.#feed });
  }

  #silenceAfter({ feed }: Report): Silence | null {
    return feed === this.#feed ? null : (this.#ends.get(feed) ?? null);
  }

  /** Removes members that nothing reports in this feed, from teams that a settled agent's list covers completely. */
  #letGo(now: number): void {
    const listed = this.#readable
      .filter((one) => one.feed === this.#feed && this.#settled.includes(one.agentId))
      .map(({ teamId }) => teamId);
    const fresh = this.#facts.filter((fact) => fact.feed === this.#feed);
    this.#drop(
      (fact) =>
        fact.memberId !== null &&
        fact.feed !== this.#feed &&
        listed.includes(fact.teamId) &&
        [...this.#settled, ...this.#ignored].includes(fact.agentId) &&
        !fresh.some((one) => one.teamId === fact.teamId && one.memberId === fact.memberId),
      now,
      'silent',
    );
  }

  /** Removes facts, and everything that nothing confirms any more, either reported or because of silence. */
  #drop(isGone: (fact: Fact) => boolean, now: number, how: 'reported' | 'silent'): void {
    this.#facts = this.#facts.filter((fact) => !isGone(fact));
    const isTeam = (teamId: string): boolean => this.#facts.some((f) => f.teamId === teamId && f.memberId === null);
    this.#teams = this.#teams.filter(({ teamId }) => isTeam(teamId));
    this.#types = this.#types.filter((row) =>
      this.#facts.some((fact) => fact.teamId === row.teamId && fact.memberId === row.memberId),
    );
    const isThere = ({ memberId }: Person): boolean => this.#types.some((row) => row.memberId === memberId);
    for (const person of this.#people) {
      if (isThere(person)) continue;
      const last = person.reports.at(-1);
      const since = how === 'silent' ? { from: now, latest: now } : null;
      const silence = (last && this.#silenceAfter(last)) ?? since;
      this.#left.push({ person, at: now, isReported: how === 'reported', silence });
    }
    this.#people = this.#people.filter(isThere);
    const isConfirmed = (one: Fact): boolean =>
      this.#facts.some((f) => f.agentId === one.agentId && f.teamId === one.teamId && f.memberId === null);
    this.#announcements = this.#announcements.filter(isConfirmed);
    this.#complete = this.#complete.filter(isConfirmed);
    this.#readable = this.#readable.filter(isConfirmed);
    for (const team of this.#teams) team.isAnnounced &&= this.#complete.some((one) => one.teamId === team.teamId);
    this.#named = this.#named.filter((one) =>
      this.#facts.some((f) => f.agentId === one.agentId && f.teamId === one.teamId && f.memberId === one.memberId),
    );
  }
}

/** A reason without meaningless parts: blanks around it, leading zeros, a number that means none. */
function plainReason(reason: string): string {
  const text = isSeen(reason) ? trimmed(reason) : '';
  if (text.startsWith('-') && /^\d*$/.test(text.slice(1))) return '';
  const digits = text.startsWith('+') ? text.slice(1) : text;
  return /^\d+$/.test(digits) ? digits.replace(/^0+/, '') : digits === '' ? '' : text;
}

function trimmed(text: string): string {
  const letters = Array.from(text);
  while (letters.length > 0 && !isSeen(letters[0] ?? '')) letters.shift();
  while (letters.length > 0 && !isSeen(letters.at(-1) ?? '')) letters.pop();
  return letters.join('');
}

/** Since when the last report's value has held, found by going through all reports from the first. */
function began(
  reports: readonly Report[],
  value: (report: Report) => string,
  isReported: (report: Report) => boolean,
): Since {
  let at = 0;
  let known: Since['known'] = 'at-least';
  /** The silences in the current stay. */
  let silences: { readonly from: number; readonly latest: number; readonly to: number }[] = [];
  let lastSilenceTo = 0;
  const start = (report: Report, how: Since['known']): void => {
    at = report.at;
    known = how;
    silences = [];
  };
  const sum = (lengths: readonly number[]): number => lengths.reduce((all, one) => all + one, 0);
  reports.forEach((report, index) => {
    const before = reports[index - 1];
    const { silence } = report;
    if (before === undefined) start(report, 'at-least');
    else if (value(before) !== value(report)) {
      const wasSeen = silence === null && report.isNews && isReported(before) && isReported(report);
      start(report, wasSeen ? 'exact' : 'at-least');
    } else if (silence !== null) {
      const from = Math.max(silence.from, at, lastSilenceTo);
      const latest = Math.max(silence.latest, from);
      const watched = latest - at - sum(silences.map((one) => one.to - one.latest));
      if (report.at - latest > watched) start(report, 'at-least');
      else {
        silences.push({ from, latest, to: report.at });
        known = 'across-gap';
      }
    }
    if (silence !== null || before === undefined) lastSilenceTo = report.at;
  });
  return silences.length === 0
    ? { at, known }
    : { at, known, unwatchedMs: sum(silences.map(({ from, to }) => to - from)) };
}

function count(statuses: readonly string[]): StatusCounts {
  const words = statuses.map(bare);
  const many = (word: string): number => words.filter((one) => one === word).length;
  const [ready, notReady, acw] = [many('ready'), many('notready'), many('acw')];
  return { ready, not_ready: notReady, acw, other: words.length - ready - notReady - acw };
}
