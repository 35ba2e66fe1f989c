/**
 * Decodes what came from the processor: from `unknown` to a typed message, saying where it departed from the contract.
 * What can be used of an odd message is used; what can't be told is left empty, never guessed. It does not know what
 * requests are under way or what the board shows.
 */
import type { DepartureKind } from '../../shared/departures.ts';
import { trimId, wordFinder } from '../../shared/folding.ts';
import { COMMANDS, EVENT_NAMES, type Command, type ReportFailure } from '../../shared/report.ts';
import { jsonText } from '../json-text.ts';
import { isRecord, quoted, typeName } from '../unknown.ts';

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

/** Decodes one message, already out of its envelope. Never throws. */
export function decodeMessage(input: unknown): Decoded {
  if (!isRecord(input)) return unusable('not-a-message', `${typeName(input)} instead of an object`);
  if (input.name !== undefined && input.command === undefined) return decodeEvent(input);
  if (input.command !== undefined) return decodeAnswer(input);
  return unusable('not-a-message', 'neither “command” nor “name”');
}

function decodeAnswer(input: Record<string, unknown>): Decoded {
  const odd = new Oddities();
  const command = odd.word(input.command, 'command', commandOf);
  if (command === undefined) return unusable('unknown-command', shown(input.command));
  const result = odd.word(input.result, 'result', resultOf);
  switch (result) {
    case 'success':
      return odd.with({ type: 'success', command, data: input.data });
    case 'failure': {
      const failure = isRecord(input.failure) ? input.failure : {};
      if (!isRecord(input.failure)) odd.add(input.failure, 'failure', 'an object');
      return odd.with({
        type: 'failure',
        command,
        original: input.original,
        failure: {
          code: odd.text(failure.code, 'failure.code') ?? '',
          message: odd.text(failure.message, 'failure.message') ?? '',
          context: contextText(failure.context),
        },
      });
    }
    case undefined:
      return input.result === undefined
        ? unusable('missing-field', `result of ${command}`)
        : unusable('unknown-result', `${shown(input.result)} for ${command}`);
  }
}

/** Takes what can be used of an event and notes each thing that is not as documented. */
function decodeEvent(input: Record<string, unknown>): Decoded {
  const odd = new Oddities();
  const name = odd.word(input.name, 'name', eventNameOf);
  if (name === undefined) return unusable('unknown-event', shown(input.name));
  const data = input.data;
  if (!isRecord(data)) return odd.add(data, 'data', 'an object').with(null);
  const agentId = odd.trimmedId(data.agentId, 'data.agentId');
  const team = data.team;
  if (!isRecord(team)) return odd.add(team, 'data.team', 'an object').with(null);
  const teamId = odd.id(team.teamId, 'data.team.teamId');
  if (teamId === null) return odd.with(null);
  const needsName = name === 'report.teamstatus.teamadded' || name === 'report.teamstatus.teamchanged';
  const teamName = needsName || team.teamName !== undefined ? odd.text(team.teamName, 'data.team.teamName') : null;
  switch (name) {
    case 'report.teamstatus.teamadded': {
      const members = odd.members(team.members, readMember);
      const areMembersWhole = Array.isArray(team.members) && members.length === team.members.length;
      return odd.with({ type: 'event', name, agentId, teamId, teamName, members, areMembersWhole });
    }
    case 'report.teamstatus.memberadded':
    case 'report.teamstatus.memberstatuschanged': {
      const members = odd.members(team.members, readMember);
      return odd.with({ type: 'event', name, agentId, teamId, teamName, members });
    }
    case 'report.teamstatus.memberremoved': {
      const memberIds = odd.members(team.members, readMemberId);
      return odd.with({ type: 'event', name, agentId, teamId, teamName, memberIds });
    }
    case 'report.teamstatus.teamchanged':
    case 'report.teamstatus.teamremoved':
      return odd.with({ type: 'event', name, agentId, teamId, teamName });
  }
}

function readMember(member: Record<string, unknown>, index: number, odd: Oddities): MemberMessage | null {
  const memberId = odd.id(member.memberId, 'memberId', index);
  const memberType = odd.text(member.memberType, 'memberType', index);
  const memberName = odd.text(member.memberName, 'memberName', index);
  const status = odd.id(member.status, 'status', index);
  const reason = odd.text(member.reason, 'reason', index);
  return memberId === null ? null : { memberId, memberType, memberName, status, reason };
}

function readMemberId(member: Record<string, unknown>, index: number, odd: Oddities): string | null {
  return odd.id(member.memberId, 'memberId', index);
}

/**
 * Reads fields one by one and keeps account of what was odd about them. `at` is where the field is in the message, or
 * in the member with this index: nearly all fields are as they should be, and the words are made only for the others.
 */
class Oddities {
  #list: Oddity[] | null = null;

  with(message: ProcessorMessage | null): Decoded {
    return { message, oddities: this.#list ?? NONE };
  }

  add(value: unknown, at: string, wanted: string, index?: number): this {
    const where = index === undefined ? at : `${MEMBERS}[${String(index)}]${at === '' ? '' : `.${at}`}`;
    this.#list ??= [];
    if (value === undefined) this.#list.push({ kind: 'missing-field', detail: where });
    else this.#list.push({ kind: 'mistyped-field', detail: `${where}: ${typeName(value)} instead of ${wanted}` });
    return this;
  }

  /** Which of the contract's words it is, in whatever spelling; undefined where it is none. */
  word<W extends string>(value: unknown, at: string, find: (text: string) => W | undefined): W | undefined {
    const word = typeof value === 'string' ? find(value) : undefined;
    if (word !== undefined && word !== value)
      (this.#list ??= []).push({ kind: 'other-spelling', detail: `${at}: ${shown(value)}` });
    return word;
  }

  /** Text, or a number or a boolean as its text; null where there is none. */
  text(value: unknown, at: string, index?: number): string | null {
    if (typeof value === 'string') return value;
    this.add(value, at, 'text', index);
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
  }

  /** Text that is not empty. A number is taken only where it stands for one id and no other. */
  id(value: unknown, at: string, index?: number): string | null {
    if (typeof value === 'string' && value !== '') return value;
    this.add(value === '' ? undefined : value, at, 'text', index);
    return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
  }

  /** An id that is compared with one of ours, on which it may stand in quotes. */
  trimmedId(value: unknown, at: string): string | null {
    const id = this.id(value, at);
    return id === null ? null : trimId(id) || id;
  }

  /** What `read` makes of each member; who can't be used is left out. */
  members<T>(
    value: unknown,
    read: (member: Record<string, unknown>, index: number, odd: Oddities) => T | null,
  ): readonly T[] {
    if (!Array.isArray(value)) {
      this.add(value, MEMBERS, 'a list');
      return [];
    }
    const members: T[] = [];
    for (let index = 0; index < value.length; index += 1) {
      const member: unknown = value[index];
      if (!isRecord(member)) {
        this.add(member, '', 'an object', index);
        continue;
      }
      const usable = read(member, index, this);
      if (usable !== null) members.push(usable);
    }
    return members;
  }
}

const MEMBERS = 'data.team.members';
const commandOf = wordFinder(COMMANDS);
const resultOf = wordFinder(['success', 'failure']);
const eventNameOf = wordFinder(EVENT_NAMES);
const NONE: readonly Oddity[] = [];

function unusable(kind: DepartureKind, detail: string): Decoded {
  return { message: null, oddities: [{ kind, detail }] };
}

/** `context` is free: text as it is, anything else as JSON, nothing as nothing. */
function contextText(context: unknown): string {
  if (context === undefined || context === null) return '';
  return typeof context === 'string' ? context : jsonText(context, 2);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quoted(value.slice(0, 120)) : typeName(value);
}
