/** JSON for people and logs, of values whose shape nobody vouches for. */
import { errorText } from '../../shared/base/error-text.ts';

/**
 * The value as JSON, or a word in its stead where it has none: what comes from outside may be nested so deeply that it
 * can be read but not written. Never throws.
 */
export function jsonText(value: unknown, indent?: number): string {
  try {
    const text = JSON.stringify(value, null, indent) as string | undefined;
    return text ?? '';
  } catch (error) {
    return `(can’t be shown: ${errorText(error)})`;
  }
}
