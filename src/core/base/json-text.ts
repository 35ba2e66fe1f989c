/** Writes values of unknown shape as JSON, for people and logs. */
import { errorText } from '../../shared/base/error-text.ts';

/**
 * The value as JSON, or a short explanation if it can't be written: input may be nested so deeply that it can be parsed
 * but not serialized. Never throws.
 */
export function jsonText(value: unknown, indent?: number): string {
  try {
    const text = JSON.stringify(value, null, indent) as string | undefined;
    return text ?? '';
  } catch (error) {
    return `(can’t be shown: ${errorText(error)})`;
  }
}
