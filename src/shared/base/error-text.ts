/** What was thrown, in its own words. It must not know who reads them. */

export function errorText(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
