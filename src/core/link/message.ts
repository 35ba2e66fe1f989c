/**
 * Decodes messages from the processor: from `unknown` to a typed message, with all violations of the contract. What is
 * usable in a malformed message is used; what can't be read is left empty, never guessed. It does not know which
 * requests are in progress or what the board shows.
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

/** A full member. In a malformed event, a field that could not be read is null. */
export interface MemberMessage {
  readonly memberId: string;
  readonly memberType: string | null;
  readonly memberName: string | null;
  readonly status: string | null;
  readonly reason: string | null;
}

interface TeamEventBase {
  readonly type: 'event';
  /** Null if the event did not say. */
  readonly agentId: string | null;
  readonly teamId: string;
  readonly teamName: string | null;
}

export type TeamEvent = TeamEventBase &
  (
    | {
        readonly name: 'report.teamstatus.teamadded';
        readonly members: readonly MemberMessage[];
        /** False if there was no list, or a member in it could not be read. */
        readonly areMembersComplete: boolean;
      }
    | {
        readonly name: 'report.teamstatus.memberadded' | 'report.teamstatus.memberstatuschanged';
        readonly members: readonly MemberMessage[];
        /** False if there were none, or one of them could not be read. */
        readonly areMembersComplete: boolean;
      }
    | { readonly name: 'report.teamstatus.memberremoved'; readonly memberIds: readonly string[] }
    | {
        readonly name: 'report.teamstatus.teamchanged';
        /** There should be none. If there are, they are in the team, so the list that seemed complete was not. */
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
      /** The request that failed, as repeated by the processor; not checked. */
      readonly original: unknown;
    };

export type ProcessorMessage = TeamEvent | Answer;

/** One violation of the documented contract. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly detail: string;
}

export interface Decoded {
  /** Null if nothing in it is usable. */
  readonly message: ProcessorMessage | null;
  readonly violations: readonly Violation[];
}

/** Decodes one message, without its envelope. Never throws. */
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
      // If nothing in it is where it should be, the raw content is all there is to show.
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

/** Reads what is usable in an event and records each violation. */
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
      // A single member is all that the event reports: unlike a team, a change may well concern just one.
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
 * Reads fields one by one and records violations. `at` is the field's place in the message, or in the member with this
 * index. Nearly all fields are valid, so descriptions are built only for the others.
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

  /** One of the contract's words in any spelling; undefined if it is none. */
  word<W extends string>(value: unknown, at: string, find: (text: string) => W | undefined): W | undefined {
    const word = typeof value === 'string' ? find(value) : undefined;
    if (word !== undefined && word !== value)
      (this.#list ??= []).push({ kind: 'other-spelling', detail: `${at}: ${shown(value)}` });
    return word;
  }

  /** Text, or a number as text; null if there is neither. */
  text(value: unknown, at: string, index?: number): string | null {
    if (typeof value === 'string') return value;
    this.add(value, at, 'text', index);
    return textOf(value);
  }

  /** Text with a visible character. A number is accepted only if it stands for one id and no other. */
  id(value: unknown, at: string, index?: number): string | null {
    const isEmpty = typeof value === 'string' && isBlank(value);
    if (typeof value === 'string' && !isEmpty) return value;
    this.add(isEmpty ? undefined : value, at, 'text', index);
    return idOf(value);
  }

  /** Whether one of these fields, which should not be there, has content. */
  unexpected(source: Record<string, unknown>, fields: readonly string[], at: string, whatFor: string): boolean {
    const field = fields.find((one) => hasContent(source[one]));
    if (field === undefined) return false;
    (this.#list ??= []).push({ kind: 'unexpected-content', detail: `${at}${field} in ${whatFor}` });
    return true;
  }

  /** An id to compare with one of ours; it may have quotes around it. */
  trimmedId(value: unknown, at: string): string | null {
    const id = this.id(value, at);
    return id === null ? null : trimId(id) || id;
  }

  /** What `read` returns for each member; unusable members are left out. A single member counts as a list of one. */
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

/** A list, or one member in place of a list. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) && value.memberId !== undefined ? [value] : [];
}

/** Fields of a full member that a leaving member does not have. */
const BESIDE_ID = ['memberType', 'memberName', 'status', 'reason'] as const;
const MEMBERS = 'data.team.members';
/** Fields of the board that do not belong here. */
const OUTSIDE_OF_TEAM = ['members', 'member', 'teams'];
const BOARD_FIELDS = ['team', ...OUTSIDE_OF_TEAM];
const commandOf = wordFinder(REPORT_COMMANDS);
const resultOf = wordFinder(['success', 'failure']);
const eventNameOf = wordFinder(REPORT_EVENT_NAMES);
const NONE: readonly Violation[] = [];

/** Whether it has any content: some write an empty list or object for nothing. */
function hasContent(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return !isBlank(value);
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function unusable(kind: ViolationKind, detail: string): Decoded {
  return { message: null, violations: [{ kind, detail }] };
}

/** `context` is free: text stays as it is, anything else becomes JSON, and nothing stays empty. */
function contextText(context: unknown): string {
  if (context === undefined || context === null) return '';
  return typeof context === 'string' ? context : jsonText(context, 2);
}

/** What was received instead of a text; empty if nothing. */
function anyText(value: unknown): string {
  return textOf(value) ?? (hasContent(value) ? jsonText(value).slice(0, 300) : '');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quoted(value.slice(0, 120)) : typeName(value);
}
