/**
 * Decodes what came from the processor: from `unknown` to a typed message, saying where it departed from the contract.
 * What can be used of an odd message is used; what can't be told is left empty, never guessed. It does not know what
 * requests are under way or what the board shows.
 */
import type { ViolationKind } from '../../shared/link/violations.ts';
import { isBlank, trimId, wordFinder } from '../../shared/base/folding.ts';
import {
  REPORT_COMMANDS,
  REPORT_EVENT_NAMES,
  type ReportCommand,
  type ReportFailure,
} from '../../shared/link/report.ts';
import { jsonText } from '../base/json-text.ts';
import { idOf, isRecord, quoted, textOf, typeName } from '../base/unknown.ts';

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
        readonly areMembersComplete: boolean;
      }
    | {
        readonly name: 'report.teamstatus.memberadded' | 'report.teamstatus.memberstatuschanged';
        readonly members: readonly MemberMessage[];
        /** False if there were none to read, or somebody could not be read. */
        readonly areMembersComplete: boolean;
      }
    | { readonly name: 'report.teamstatus.memberremoved'; readonly memberIds: readonly string[] }
    | {
        readonly name: 'report.teamstatus.teamchanged';
        /** There should be none. Where there are, they are in the team, and the list that was thought whole was not. */
        readonly members?: readonly MemberMessage[];
      }
    | { readonly name: 'report.teamstatus.teamremoved' }
  );

export type Answer =
  | { readonly type: 'success'; readonly command: ReportCommand; readonly data: unknown }
  | {
      readonly type: 'failure';
      readonly command: ReportCommand;
      readonly failure: ReportFailure;
      /** The request that failed, as the processor repeats it; not checked. */
      readonly original: unknown;
    };

export type ProcessorMessage = TeamEvent | Answer;

/** One thing that is not as documented. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly detail: string;
}

export interface Decoded {
  /** Null where nothing in it can be used. */
  readonly message: ProcessorMessage | null;
  readonly violations: readonly Violation[];
}

/** Decodes one message, already out of its envelope. Never throws. */
export function decodeMessage(input: unknown): Decoded {
  if (!isRecord(input)) return unusable('not-a-message', `${typeName(input)} instead of an object`);
  if (input.name !== undefined && input.command === undefined) return decodeEvent(input);
  if (input.command !== undefined) return decodeAnswer(input);
  return unusable('not-a-message', 'neither “command” nor “name”');
}

function decodeAnswer(input: Record<string, unknown>): Decoded {
  const reader = new FieldReader();
  const command = reader.word(input.command, 'command', commandOf);
  if (command === undefined) return unusable('unknown-command', shown(input.command));
  const result = reader.word(input.result, 'result', resultOf);
  switch (result) {
    case 'success': {
      const isJourney = command === 'report.calljourney';
      const extra = isJourney ? BOARD_FIELDS : [...BOARD_FIELDS, 'CallJourney'];
      if (isRecord(input.data)) reader.unexpected(input.data, extra, 'data.', command);
      else if (!isJourney) reader.unexpected(input, ['data'], '', command);
      reader.unexpected(input, ['failure', ...extra], '', `a success of ${command}`);
      return reader.with({ type: 'success', command, data: input.data });
    }
    case 'failure': {
      const failure = isRecord(input.failure) ? input.failure : {};
      const code = isRecord(input.failure) ? textOf(input.failure.code) : null;
      // Where nothing in it is where it should be, what came is all that can be told.
      const isMalformed = !isRecord(input.failure) || (isBlank(code ?? '') && failure.message === undefined);
      if (!isRecord(input.failure)) reader.add(input.failure, 'failure', 'an object');
      return reader.with({
        type: 'failure',
        command,
        original: input.original,
        failure: {
          code: reader.text(failure.code, 'failure.code') ?? '',
          message:
            reader.text(failure.message, 'failure.message') ?? anyText(isMalformed ? input.failure : failure.message),
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
  const reader = new FieldReader();
  const name = reader.word(input.name, 'name', eventNameOf);
  if (name === undefined) return unusable('unknown-event', shown(input.name));
  const data = input.data;
  if (!isRecord(data)) return reader.add(data, 'data', 'an object').with(null);
  reader.unexpected(input, BOARD_FIELDS, '', name);
  reader.unexpected(data, OUTSIDE_OF_TEAM, 'data.', name);
  const agentId = reader.trimmedId(data.agentId, 'data.agentId');
  const team = data.team;
  if (!isRecord(team)) return reader.add(team, 'data.team', 'an object').with(null);
  const teamId = reader.id(team.teamId, 'data.team.teamId');
  if (teamId === null) return reader.with(null);
  const needsName = name === 'report.teamstatus.teamadded' || name === 'report.teamstatus.teamchanged';
  const teamName = needsName || team.teamName !== undefined ? reader.text(team.teamName, 'data.team.teamName') : null;
  switch (name) {
    case 'report.teamstatus.teamadded': {
      const members = reader.members(team.members, readMember);
      const areMembersComplete = Array.isArray(team.members) && members.length === team.members.length;
      return reader.with({ type: 'event', name, agentId, teamId, teamName, members, areMembersComplete });
    }
    case 'report.teamstatus.memberadded':
    case 'report.teamstatus.memberstatuschanged': {
      const members = reader.members(team.members, readMember);
      // One alone is all that it tells of: unlike a team, a change may well be of one.
      const isList = Array.isArray(team.members) || members.length > 0;
      const areMembersComplete = isList && members.length === listOf(team.members).length;
      return reader.with({ type: 'event', name, agentId, teamId, teamName, members, areMembersComplete });
    }
    case 'report.teamstatus.memberremoved': {
      const members = reader.members(team.members, readLeaver);
      const isFull = (member: unknown): boolean => isRecord(member) && BESIDE_ID.some((one) => hasContent(member[one]));
      const full = listOf(team.members).find(isFull);
      if (isRecord(full)) reader.unexpected(full, BESIDE_ID, `${MEMBERS}[…].`, name);
      return reader.with({
        type: 'event',
        name,
        agentId,
        teamId,
        teamName,
        memberIds: members.map((one) => one.memberId),
      });
    }
    case 'report.teamstatus.teamchanged': {
      if (!reader.unexpected(team, ['members'], 'data.team.', name)) {
        return reader.with({ type: 'event', name, agentId, teamId, teamName });
      }
      const members = reader.members(team.members, readMember);
      return reader.with({ type: 'event', name, agentId, teamId, teamName, members });
    }
    case 'report.teamstatus.teamremoved':
      reader.unexpected(team, ['members'], 'data.team.', name);
      return reader.with({ type: 'event', name, agentId, teamId, teamName });
  }
}

function readMember(member: Record<string, unknown>, index: number, reader: FieldReader): MemberMessage | null {
  const memberId = reader.id(member.memberId, 'memberId', index);
  const memberType = reader.text(member.memberType, 'memberType', index);
  const memberName = reader.text(member.memberName, 'memberName', index);
  const status = reader.id(member.status, 'status', index);
  const reason = reader.text(member.reason, 'reason', index);
  return memberId === null ? null : { memberId, memberType, memberName, status, reason };
}

function readLeaver(member: Record<string, unknown>, index: number, reader: FieldReader): Leaver | null {
  const memberId = reader.id(member.memberId, 'memberId', index);
  return memberId === null ? null : { memberId };
}

type Leaver = Pick<MemberMessage, 'memberId'>;

/**
 * Reads fields one by one and keeps account of what was odd about them. `at` is where the field is in the message, or
 * in the member with this index: nearly all fields are as they should be, and the words are made only for the others.
 */
class FieldReader {
  #list: Violation[] | null = null;

  with(message: ProcessorMessage | null): Decoded {
    return { message, violations: this.#list ?? NONE };
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

  /** Text, or a number as its text; null where there is none. */
  text(value: unknown, at: string, index?: number): string | null {
    if (typeof value === 'string') return value;
    this.add(value, at, 'text', index);
    return textOf(value);
  }

  /** Text in which something can be seen. A number is taken only where it stands for one id and no other. */
  id(value: unknown, at: string, index?: number): string | null {
    const isEmpty = typeof value === 'string' && isBlank(value);
    if (typeof value === 'string' && !isEmpty) return value;
    this.add(isEmpty ? undefined : value, at, 'text', index);
    return idOf(value);
  }

  /** Whether there is something in one of these fields, which should not be there. */
  unexpected(source: Record<string, unknown>, fields: readonly string[], at: string, whatFor: string): boolean {
    const field = fields.find((one) => hasContent(source[one]));
    if (field === undefined) return false;
    (this.#list ??= []).push({ kind: 'unexpected-content', detail: `${at}${field} in ${whatFor}` });
    return true;
  }

  /** An id that is compared with one of ours, on which it may stand in quotes. */
  trimmedId(value: unknown, at: string): string | null {
    const id = this.id(value, at);
    return id === null ? null : trimId(id) || id;
  }

  /** What `read` makes of each member; who can't be used is left out. One alone stands for a list of one. */
  members<T extends { readonly memberId: string }>(
    value: unknown,
    read: (member: Record<string, unknown>, index: number, reader: FieldReader) => T | null,
  ): readonly T[] {
    if (!Array.isArray(value)) this.add(value, MEMBERS, 'a list');
    const list = listOf(value);
    const members: T[] = [];
    const named = new Set<string>();
    for (let index = 0; index < list.length; index += 1) {
      const member = list[index];
      if (!isRecord(member)) {
        this.add(member, '', 'an object', index);
        continue;
      }
      const usable = read(member, index, this);
      if (usable === null) continue;
      members.push(usable);
      if (named.has(usable.memberId)) {
        (this.#list ??= []).push({ kind: 'repeated-member', detail: `${MEMBERS}[${String(index)}].memberId` });
      }
      named.add(usable.memberId);
    }
    return members;
  }
}

/** A list, or one member that stands where a list should. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) && value.memberId !== undefined ? [value] : [];
}

/** What a full member has, and one who leaves has not. */
const BESIDE_ID = ['memberType', 'memberName', 'status', 'reason'] as const;
const MEMBERS = 'data.team.members';
/** What tells of the board, where it has no place. */
const OUTSIDE_OF_TEAM = ['members', 'member', 'teams'];
const BOARD_FIELDS = ['team', ...OUTSIDE_OF_TEAM];
const commandOf = wordFinder(REPORT_COMMANDS);
const resultOf = wordFinder(['success', 'failure']);
const eventNameOf = wordFinder(REPORT_EVENT_NAMES);
const NONE: readonly Violation[] = [];

/** Whether there is anything in it: an empty list or object is what some write where there is nothing. */
function hasContent(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return !isBlank(value);
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function unusable(kind: ViolationKind, detail: string): Decoded {
  return { message: null, violations: [{ kind, detail }] };
}

/** `context` is free: text as it is, anything else as JSON, nothing as nothing. */
function contextText(context: unknown): string {
  if (context === undefined || context === null) return '';
  return typeof context === 'string' ? context : jsonText(context, 2);
}

/** What came in the place of a text; nothing where nothing did. */
function anyText(value: unknown): string {
  return textOf(value) ?? (hasContent(value) ? jsonText(value).slice(0, 300) : '');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quoted(value.slice(0, 120)) : typeName(value);
}
