/**
 * The “Details” of a refusal: the processor's context and the request it repeats, as text, without anything that looks
 * like a secret. A server's stack trace may well contain the address of its database, with the password.
 */
import { jsonText } from '../base/json-text.ts';
import { indentedJson, rawAt } from '../base/raw-json.ts';

const MAX_DETAILS_LENGTH = 20_000;
const MASK = '***';

/** `frame` is the text of the whole refusal, so that parts that are not text can be shown as received. */
export function failureDetails(context: string, original: unknown, frame = ''): string {
  const parts = [];
  const rawContext = rawAt(frame, ['failure', 'context']);
  const isText = rawContext === null || rawContext === 'null' || rawContext.startsWith('"');
  const contextText = isText ? context : indentedJson(rawContext, MAX_DETAILS_LENGTH);
  if (contextText !== '') parts.push(contextText.slice(0, MAX_DETAILS_LENGTH));
  if (original !== undefined) {
    const raw = rawAt(frame, ['original']);
    parts.push(`Original request:\n${raw === null ? jsonText(original, 2) : indentedJson(raw, MAX_DETAILS_LENGTH)}`);
  }
  return withoutSecrets(parts.join('\n\n').slice(0, MAX_DETAILS_LENGTH));
}

// Each step is bounded, or takes characters that the next step can't start with, so no text takes long.
const IN_ADDRESS = /(\/\/)[^\s/@:]{0,200}:[^\s/@]{1,200}@/g;
const NAMED =
  /((?:password|passwd|pwd|secret|token|api[-_]?key|credentials?|session[-_]?id)["']?\s{0,5}[=:]\s{0,5}["']?)[^\s"',;&<>()[\]{}]+/gi;
const HEADER = /((?:authorization|cookie)["']?\s{0,5}[=:]\s{0,5}["']?)[^\n"']+/gi;
const SCHEME = /\b(bearer|basic)\s{1,5}[\w.~+/=-]{8,}/gi;

/** The text with anything that looks like a secret masked. */
export function withoutSecrets(text: string): string {
  return text
    .replace(HEADER, `$1${MASK}`)
    .replace(IN_ADDRESS, `$1${MASK}@`)
    .replace(NAMED, `$1${MASK}`)
    .replace(SCHEME, `$1 ${MASK}`);
}
