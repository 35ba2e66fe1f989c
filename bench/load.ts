/**
 * What the benchmark's processor sends: a roster of teams and the frames of their events, the same in every run. It
 * knows nothing about sockets, and shares no code with `src`.
 */

export const AGENT_ID = '1001';
/** A member's name in the very last frame of a burst, by which a reader knows that it has handled all of them. */
export const LAST_NAME = 'the last of the burst';

const P = 'report.teamstatus.';
const STATUSES = [
  { status: 'ready', reason: '0' },
  { status: 'not_ready', reason: '32763' },
  { status: 'ACW', reason: '0' },
  { status: 'not_ready', reason: '32761' },
] as const;

export interface Member {
  readonly memberId: string;
  readonly memberType: string;
  readonly memberName: string;
  readonly status: string;
  readonly reason: string;
}

export interface Team {
  readonly teamId: string;
  readonly teamName: string;
  readonly members: readonly Member[];
}

/** The members are distributed evenly among the teams. */
export interface Size {
  readonly members: number;
  readonly teams: number;
}

/** Ids and names sort in this order, so the first team is at the top of the screen. */
export function roster({ members, teams }: Size): readonly Team[] {
  const perTeam = members / teams;
  return Array.from({ length: teams }, (_, team) => ({
    teamId: `t${padded(team, 4)}`,
    teamName: `Team ${padded(team, 4)}`,
    members: Array.from({ length: perTeam }, (_, index) => ({
      memberId: `m${padded(team * perTeam + index, 6)}`,
      memberType: 'Agent',
      memberName: `Agent ${padded(team * perTeam + index, 6)}`,
      ...statusAt(index),
    })),
  }));
}

/** The frame of an event for a team. */
export function teamEvent(
  name: 'teamadded' | 'teamremoved' | 'memberstatuschanged' | 'memberremoved',
  { teamId, teamName }: Team,
  members?: readonly (Member | Pick<Member, 'memberId'>)[],
): string {
  return JSON.stringify({ name: P + name, data: { agentId: AGENT_ID, team: { teamId, teamName, members } } });
}

export function teamAdded(team: Team): string {
  return teamEvent('teamadded', team, team.members);
}

export function statusChanged(team: Team, member: Member): string {
  return teamEvent('memberstatuschanged', team, [member]);
}

/** The frames of a burst, each with a new status for a member. The last one names the member `LAST_NAME`. */
export function* burst(teams: readonly Team[], count: number): Generator<string> {
  const next = random(count);
  for (let sent = 1; sent <= count; sent += 1) {
    const { team, member } = pick(teams, next());
    const named = sent === count ? { ...member, memberName: LAST_NAME } : member;
    yield statusChanged(team, { ...named, ...statusAt(sent) });
  }
}

/** One of all members; `at` from 0 up to, but not including, 1. */
export function pick(teams: readonly Team[], at: number): { readonly team: Team; readonly member: Member } {
  const place = at * teams.length;
  const team = teams[Math.floor(place)];
  const member = team?.members[Math.floor((place % 1) * team.members.length)];
  if (team === undefined || member === undefined) throw new Error('There is nobody in the roster');
  return { team, member };
}

/** Cycles through the statuses, so that every event is a change. */
export function statusAt(turn: number): { readonly status: string; readonly reason: string } {
  return STATUSES[turn % STATUSES.length] ?? STATUSES[0];
}

/** Numbers from 0 up to 1, the same for the same seed, so that chance does not affect comparisons. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** The answer to any request for a call's journey: steps alternate between queues and agents' phones. */
export function journeyAnswer(steps: number): string {
  const CallJourney = Array.from({ length: steps }, (_, index) => ({
    CallId: '7',
    Device: index % 2 === 0 ? 'Billing' : String(3000 + (index % 40)),
    DeviceType: index % 2 === 0 ? '77' : '76',
    Description: `Step ${String(index + 1)} of the call`,
    Duration: `00:00:${String((index * 7) % 60).padStart(2, '0')}`,
  }));
  return JSON.stringify({ command: 'report.calljourney', result: 'success', data: { CallJourney } });
}
