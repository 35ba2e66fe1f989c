/**
 * Reads an event as docs/PROTOCOL.md describes events and their violations, field by field and without regard to speed.
 * Shares no code with the widget's own decoder; ignores answers and everything else.
 */
import type { MemberMessage, TeamEvent } from '../src/core/link/message.ts';

/** The event in a frame, or null if there is none that can be used. */
export function readEvent(frame: string): TeamEvent | null {
  let message: unknown;
  try {
    message = JSON.parse(frame);
  } catch {
    return null;
  }
  const name = field(message, 'name');
  const word = typeof name === 'string' ? bare(name) : '';
  // A message with a command is an answer, whatever else it contains.
  if (field(message, 'command') !== undefined) return null;
  const data = field(message, 'data');
  const team = field(data, 'team');
  const teamId = id(field(team, 'teamId'));
  if (teamId === null) return null;
  const base = {
    type: 'event' as const,
    agentId: unquoted(id(field(data, 'agentId'))),
    teamId,
    teamName: text(field(team, 'teamName')),
  };
  const list = field(team, 'members');
  const alone = field(list, 'memberId') === undefined ? [] : [list];
  const items: readonly unknown[] = Array.isArray(list) ? list : alone;
  const ids = items.map((item) => id(field(item, 'memberId')));
  const members = items.flatMap((item, index): MemberMessage[] => {
    const memberId = ids[index] ?? null;
    if (memberId === null) return [];
    return [
      {
        memberId,
        memberName: text(field(item, 'memberName')),
        memberType: text(field(item, 'memberType')),
        status: id(field(item, 'status')),
        reason: text(field(item, 'reason')),
      },
    ];
  });
  switch (word) {
    case 'report.teamstatus.teamadded':
      return { ...base, name: word, members, areMembersComplete: Array.isArray(list) && !ids.includes(null) };
    case 'report.teamstatus.memberadded':
    case 'report.teamstatus.memberstatuschanged':
      return {
        ...base,
        name: word,
        members,
        areMembersComplete: !ids.includes(null) && (Array.isArray(list) || items.length === 1),
      };
    case 'report.teamstatus.memberremoved':
      return { ...base, name: word, memberIds: ids.filter((one) => one !== null) };
    case 'report.teamstatus.teamchanged':
      return isSomething(list) ? { ...base, name: word, members } : { ...base, name: word };
    case 'report.teamstatus.teamremoved':
      return { ...base, name: word };
    default:
      return null;
  }
}

/** A word for comparison: without invisible characters and dashes, in lower case. */
export function bare(word: string): string {
  const kept = Array.from(word.normalize('NFKC')).filter(isSeen);
  const letters = kept.filter((letter) => !/[\p{Pd}\p{Pc}]/u.test(letter));
  return (letters.length > 0 ? letters : kept).join('').toLowerCase();
}

/** An id without the quotes that exports put around it; an id of quotes alone stays. */
function unquoted(text: string | null): string | null {
  const inner = text?.replace(/^[\s\p{Z}\p{Cc}\p{Cf}"'“”‘’„‚«»‹›`]+|[\s\p{Z}\p{Cc}\p{Cf}"'“”‘’„‚«»‹›`]+$/gu, '') ?? '';
  return inner === '' ? text : inner;
}

/** Not null, nor an empty list, object or text. */
function isSomething(value: unknown): boolean {
  if (typeof value === 'string') return isSeen(value);
  if (typeof value !== 'object') return value !== undefined;
  return value !== null && Object.keys(value).length > 0;
}

export function isSeen(text: string): boolean {
  return Array.from(text).some((letter) => !/[\s\p{Z}\p{Cc}\p{Cf}\u2800]/u.test(letter) && !isFiller(letter));
}

/** Hangul and Khmer fillers, joiners and variation selectors. */
function isFiller(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  const fillers = [0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2065, 0x3164, 0xffa0];
  const isIn = (from: number, to: number): boolean => code >= from && code <= to;
  return (
    fillers.includes(code) ||
    isIn(0x180b, 0x180f) ||
    isIn(0xfe00, 0xfe0f) ||
    isIn(0xfff0, 0xfff8) ||
    isIn(0xe0000, 0xe0fff)
  );
}

/** An object's own value for a key; undefined if it is not an object or has none. */
function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
}

/** Text as it is, a number as text, anything else as null; also null for a number that JSON may have rounded. */
function text(value: unknown): string | null {
  if (typeof value === 'number') return value > -(2 ** 53) && value < 2 ** 53 ? String(value) : null;
  return typeof value === 'string' ? value : null;
}

/** Text with a visible character, or a whole number that JSON can't have rounded. */
function id(value: unknown): string | null {
  if (typeof value === 'number') return Math.abs(value) < 2 ** 53 && Number.isInteger(value) ? String(value) : null;
  return typeof value === 'string' && isSeen(value) ? value : null;
}
