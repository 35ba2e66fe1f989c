/** Helpers for values of unknown shape. */
import { isBlank } from '../../shared/base/folding.ts';

/** Whether it is an object with keys: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An id: text with at least one visible character, or a whole number below 2⁵³, because JSON may have rounded larger
 * ones. Null if it can't be read as an id.
 */
export function idOf(value: unknown): string | null {
  if (typeof value === 'string') return isBlank(value) ? null : value;
  return Number.isSafeInteger(value) ? String(value) : null;
}

/**
 * A text, or the text of a number that JSON can't have rounded. Null for everything else: nobody writes “true” as a
 * text.
 */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Math.abs(value) < 2 ** 53 ? String(value) : null;
}

/** The type of the value, in words for a person. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}

/** Text from outside in our quotation marks, which it can't close. */
export function quoted(text: string): string {
  return `“${text.replace(/[“”]/g, '"')}”`;
}
