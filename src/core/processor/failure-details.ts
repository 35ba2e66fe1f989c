/** What stands behind “Details” of a refusal: the processor's context and the request it repeats, as text. */
import { jsonText } from '../json-text.ts';

const MAX_DETAILS_LENGTH = 20_000;

export function failureDetails(context: string, original: unknown): string {
  const parts = [];
  if (context !== '') parts.push(context);
  if (original !== undefined) parts.push(`Original request:\n${jsonText(original, 2)}`);
  return parts.join('\n\n').slice(0, MAX_DETAILS_LENGTH);
}
