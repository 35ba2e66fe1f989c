/**
 * Removes people from what the processor sent, so that an example of a violation can be shown to anyone. Names, ids and
 * texts become “x” and “0”, letter by letter; the shape and the contract's own words stay. It also works on invalid or
 * truncated JSON.
 */
import { REPORT_EVENT_NAMES, REPORT_COMMANDS } from '../../shared/link/report.ts';

/** Fields whose values are words or codes of the contract and reveal nobody. */
const HARMLESS_FIELDS = new Set([
  'status',
  'memberType',
  'reason',
  'result',
  'code',
  'DeviceType',
  'Duration',
  'messageType',
]);
const WORDS = new Set<string>([...REPORT_EVENT_NAMES, ...REPORT_COMMANDS]);
/**
 * The contract's fields, and those of possible envelopes, in any letter case. In a broken frame, a key may be a name.
 */
const FIELDS = new Set(
  [
    ...['name', 'command', 'data', 'result', 'failure', 'code', 'message', 'context', 'original'],
    ...['agentId', 'team', 'teamId', 'teamName', 'members', 'memberId', 'memberType', 'memberName', 'status', 'reason'],
    ...['CallJourney', 'CallId', 'Device', 'DeviceType', 'Description', 'Duration'],
    ...['messageType', 'type', 'id', 'version', 'service', 'resource', 'resourceType', 'header', 'headers', 'body'],
    ...['payload', 'request', 'response', 'event', 'error', 'content', 'timestamp', 'time', 'sequence', 'session'],
  ].map((field) => field.toLowerCase()),
);
/** A JSON string, perhaps cut off, with the colon after it if it is a key; or a run of anything else. */
const PARTS = /"((?:[^"\\]|\\.)*)("?)(\s*:)?|[^"]+/gs;

/** The text with every value masked that is not a word of the contract. */
export function redact(text: string): string {
  /** The key right before the current part, if any. */
  let key = '';
  return text.replace(PARTS, (part: string, content: string | undefined, end: string, colon: string | undefined) => {
    const before = key;
    key = content !== undefined && colon !== undefined ? content : part.trim() === '' ? before : '';
    if (content === undefined) return maskBare(part);
    const isKept = colon !== undefined ? FIELDS.has(content.toLowerCase()) : isHarmless(before, content);
    return `"${isKept ? content : mask(content)}${end}${colon ?? ''}`;
  });
}

/** One of our sentences about a message, with its quotations masked. */
export function redactQuotes(sentence: string): string {
  return sentence
    .replace(/“([^”]*)/g, (_, quoted: string) => `“${WORDS.has(quoted) ? quoted : mask(quoted)}`)
    .replace(/"(.*)"/gs, (_, quoted: string) => `"${redact(quoted)}"`);
}

function isHarmless(key: string, value: string): boolean {
  return (
    WORDS.has(value) ||
    (HARMLESS_FIELDS.has(key) && value.length <= 40) ||
    (key === 'name' && /^report\.\w/.test(value))
  );
}

function mask(text: string): string {
  return text.replace(/\p{L}\p{M}*/gu, 'x').replace(/\p{N}/gu, '0');
}

/** Outside strings: JSON's own words are harmless, digits may be an id, and anything else may be anything. */
function maskBare(text: string): string {
  return text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => (/^(true|false|null)$/.test(word) ? word : mask(word)));
}
