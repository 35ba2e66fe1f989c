/** Looks at values whose shape nobody vouches for. */

/** Whether it is an object with keys: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
