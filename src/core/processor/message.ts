/**
 * Decodes what came from the processor: from `unknown` to a typed message, saying where it departed from the contract.
 * What can be used of an odd message is used; what can't be told is left empty, never guessed. It does not know what
 * requests are under way or what the board shows.
 */
import * as v from 'valibot';
import type { DepartureKind } from '../../shared/departures.ts';
import { COMMANDS, EVENT_NAMES, type Command, type EventName, type ReportFailure } from '../../shared/report.ts';
import { jsonText } from '../json-text.ts';
import { isRecord, typeName } from '../unknown.ts';

/** A full member. In an odd event a field that could not be read is null. */
export interface MemberMessage {
  readonly memberId: string;
  readonly memberType: string | null;
  readonly memberName: string | null;
  readonly status: string | null;
  readonly reason: string | null;
}

interface TeamEventBase {
  readonly type: 'event';
  /** Null where the event did not say. */
  readonly agentId: string | null;
  readonly teamId: string;
  readonly teamName: string | null;
}

export type TeamEvent = TeamEventBase &
  (
    | {
        readonly name: 'report.teamstatus.teamadded';
        readonly members: readonly MemberMessage[];
        /** False if there was no list, or somebody in it could not be read. */
        readonly areMembersWhole: boolean;
      }
    | {
        readonly name: 'report.teamstatus.memberadded' | 'report.teamstatus.memberstatuschanged';
        readonly members: readonly MemberMessage[];
      }
    | { readonly name: 'report.teamstatus.memberremoved'; readonly memberIds: readonly string[] }
    | { readonly name: 'report.teamstatus.teamchanged' | 'report.teamstatus.teamremoved' }
  );

export type Answer =
  | { readonly type: 'success'; readonly command: Command; readonly data: unknown }
  | {
      readonly type: 'failure';
      readonly command: Command;
      readonly failure: ReportFailure;
      /** The request that failed, as the processor repeats it; not checked. */
      readonly original: unknown;
    };

export type ProcessorMessage = TeamEvent | Answer;

/** One thing that is not as documented. */
export interface Oddity {
  readonly kind: DepartureKind;
  readonly detail: string;
}

export interface Decoded {
  /** Null where nothing in it can be used. */
  readonly message: ProcessorMessage | null;
  readonly oddities: readonly Oddity[];
}

const Member = v.object({
  memberId: v.pipe(v.string(), v.nonEmpty()),
  memberType: v.string(),
  memberName: v.string(),
  status: v.pipe(v.string(), v.nonEmpty()),
  reason: v.string(),
});
const Team = { teamId: v.pipe(v.string(), v.nonEmpty()), teamName: v.string() };
const AgentId = v.pipe(v.string(), v.nonEmpty());
const WithMembers = v.object({ agentId: AgentId, team: v.object({ ...Team, members: v.array(Member) }) });
const WithMemberIds = v.object({
  agentId: AgentId,
  team: v.object({ ...Team, members: v.array(v.object({ memberId: v.pipe(v.string(), v.nonEmpty()) })) }),
});
const WithoutMembers = v.object({ agentId: AgentId, team: v.object(Team) });

const commands: ReadonlySet<string> = new Set(COMMANDS);
const eventNames: ReadonlySet<string> = new Set(EVENT_NAMES);

/** Decodes one message, already out of its envelope. Never throws. */
export function decodeMessage(input: unknown): Decoded {
  if (!isRecord(input)) return unusable('not-a-message', `${typeName(input)} instead of an object`);
  if (input.name !== undefined && input.command === undefined) return decodeEvent(input);
  if (input.command !== undefined) return decodeAnswer(input);
  return unusable('not-a-message', 'neither “command” nor “name”');
}

function decodeAnswer(input: Record<string, unknown>): Decoded {
  const command = input.command;
  if (typeof command !== 'string' || !commands.has(command)) return unusable('unknown-command', shown(command));
  const known = command as Command;
  switch (input.result) {
    case 'success':
      return { message: { type: 'success', command: known, data: input.data }, oddities: [] };
    case 'failure': {
      const odd = new Oddities();
      const failure = isRecord(input.failure) ? input.failure : {};
      if (!isRecord(input.failure)) odd.add(input.failure, 'failure', 'an object');
      return odd.with({
        type: 'failure',
        command: known,
        original: input.original,
        failure: {
          code: odd.text(failure.code, 'failure.code') ?? '',
          message: odd.text(failure.message, 'failure.message') ?? '',
          context: contextText(failure.context),
        },
      });
    }
    case undefined:
      return unusable('missing-field', `result of ${command}`);
    default:
      return unusable('unknown-result', `${shown(input.result)} for ${command}`);
  }
}

function decodeEvent(input: Record<string, unknown>): Decoded {
  const name = input.name;
  if (typeof name !== 'string' || !eventNames.has(name)) return unusable('unknown-event', shown(name));
  return decodeAsDocumented(name as EventName, input.data) ?? salvage(name as EventName, input.data);
}

/** The short way, for events that are what they should be; null sends the event the long way. */
function decodeAsDocumented(name: EventName, data: unknown): Decoded | null {
  switch (name) {
    case 'report.teamstatus.teamadded':
    case 'report.teamstatus.memberadded':
    case 'report.teamstatus.memberstatuschanged': {
      const parsed = v.safeParse(WithMembers, data, { abortEarly: true });
      if (!parsed.success) return null;
      const { agentId, team } = parsed.output;
      const { teamId, teamName, members } = team;
      return good(
        name === 'report.teamstatus.teamadded'
          ? { type: 'event', name, agentId, teamId, teamName, members, areMembersWhole: true }
          : { type: 'event', name, agentId, teamId, teamName, members },
      );
    }
    case 'report.teamstatus.memberremoved': {
      const parsed = v.safeParse(WithMemberIds, data, { abortEarly: true });
      if (!parsed.success) return null;
      const { agentId, team } = parsed.output;
      const memberIds = team.members.map((member) => member.memberId);
      return good({ type: 'event', name, agentId, teamId: team.teamId, teamName: team.teamName, memberIds });
    }
    case 'report.teamstatus.teamchanged':
    case 'report.teamstatus.teamremoved': {
      const parsed = v.safeParse(WithoutMembers, data, { abortEarly: true });
      if (!parsed.success) return null;
      const { agentId, team } = parsed.output;
      return good({ type: 'event', name, agentId, teamId: team.teamId, teamName: team.teamName });
    }
  }
}

/** The long way: takes what can be used of an event and notes each thing that is not as documented. */
function salvage(name: EventName, data: unknown): Decoded {
  const odd = new Oddities();
  if (!isRecord(data)) return odd.add(data, 'data', 'an object').with(null);
  const agentId = odd.id(data.agentId, 'data.agentId');
  const team = data.team;
  if (!isRecord(team)) return odd.add(team, 'data.team', 'an object').with(null);
  const teamId = odd.id(team.teamId, 'data.team.teamId');
  if (teamId === null) return odd.with(null);
  const needsName = name === 'report.teamstatus.teamadded' || name === 'report.teamstatus.teamchanged';
  const teamName = needsName || team.teamName !== undefined ? odd.text(team.teamName, 'data.team.teamName') : null;
  const base: TeamEventBase = { type: 'event', agentId, teamId, teamName };
  switch (name) {
    case 'report.teamstatus.teamadded': {
      const members = odd.members(team.members, (member, at) => odd.member(member, at));
      const areMembersWhole = Array.isArray(team.members) && members.length === team.members.length;
      return odd.with({ ...base, name, members, areMembersWhole });
    }
    case 'report.teamstatus.memberadded':
    case 'report.teamstatus.memberstatuschanged':
      return odd.with({ ...base, name, members: odd.members(team.members, (member, at) => odd.member(member, at)) });
    case 'report.teamstatus.memberremoved': {
      const memberIds = odd.members(team.members, (member, at) => odd.id(member.memberId, `${at}.memberId`));
      return odd.with({ ...base, name, memberIds });
    }
    case 'report.teamstatus.teamchanged':
    case 'report.teamstatus.teamremoved':
      return odd.with({ ...base, name });
  }
}

/** Reads fields one by one and keeps account of what was odd about them. */
class Oddities {
  readonly #list: Oddity[] = [];

  with(message: ProcessorMessage | null): Decoded {
    return { message, oddities: this.#list };
  }

  add(value: unknown, at: string, wanted: string): this {
    if (value === undefined) this.#list.push({ kind: 'missing-field', detail: at });
    else this.#list.push({ kind: 'mistyped-field', detail: `${at}: ${typeName(value)} instead of ${wanted}` });
    return this;
  }

  /** Text, or a number or a boolean as its text; null where there is none. */
  text(value: unknown, at: string): string | null {
    if (typeof value === 'string') return value;
    this.add(value, at, 'text');
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
  }

  /** Text that is not empty. A number is taken only where it stands for one id and no other. */
  id(value: unknown, at: string): string | null {
    if (typeof value === 'string' && value !== '') return value;
    this.add(value === '' ? undefined : value, at, 'text');
    return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
  }

  members<T>(value: unknown, read: (member: Record<string, unknown>, at: string) => T | null): T[] {
    if (!Array.isArray(value)) {
      this.add(value, 'data.team.members', 'a list');
      return [];
    }
    const members: T[] = [];
    for (const [index, member] of value.entries()) {
      const at = `data.team.members[${String(index)}]`;
      if (!isRecord(member)) {
        this.add(member, at, 'an object');
        continue;
      }
      const usable = read(member, at);
      if (usable !== null) members.push(usable);
    }
    return members;
  }

  member(member: Record<string, unknown>, at: string): MemberMessage | null {
    const memberId = this.id(member.memberId, `${at}.memberId`);
    const rest = {
      memberType: this.text(member.memberType, `${at}.memberType`),
      memberName: this.text(member.memberName, `${at}.memberName`),
      status: this.id(member.status, `${at}.status`),
      reason: this.text(member.reason, `${at}.reason`),
    };
    return memberId === null ? null : { memberId, ...rest };
  }
}

function good(message: ProcessorMessage): Decoded {
  return { message, oddities: [] };
}

function unusable(kind: DepartureKind, detail: string): Decoded {
  return { message: null, oddities: [{ kind, detail }] };
}

/** `context` is free: text as it is, anything else as JSON, nothing as nothing. */
function contextText(context: unknown): string {
  if (context === undefined || context === null) return '';
  return typeof context === 'string' ? context : jsonText(context, 2);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `“${value.slice(0, 120)}”` : typeName(value);
}
