/** Looks at values whose shape nobody vouches for. */
import { isBlank } from '../../shared/base/folding.ts';

/** Whether it is an object with keys: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An id, which is text in which something can be seen. A number is one only where it is whole and below 2⁵³: beyond that
 * JSON may have made another of it. Null where it can't be told.
 */
export function idOf(value: unknown): string | null {
  if (typeof value === 'string') return isBlank(value) ? null : value;
  return Number.isSafeInteger(value) ? String(value) : null;
}

/** A text; or a number that JSON can't have blurred, as its text. Null for all else: “true” is nobody's word. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Math.abs(value) < 2 ** 53 ? String(value) : null;
}

/** What it is, in a word for a person. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}

/** Text from outside within quotation marks of ours, that it can't close. */
export function quoted(text: string): string {
  return `“${text.replace(/[“”]/g, '"')}”`;
}
