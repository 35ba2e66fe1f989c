/** The text of whatever was thrown. It must not know who reads it. */

export function errorText(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
