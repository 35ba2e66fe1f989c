/** Headers as written on a command line or in a variable: one “Name: value” per line. */

/** Null if any line is not a header. */
export function readHeaderLines(lines: readonly string[]): Readonly<Record<string, string>> | null {
  const headers: [string, string][] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) return null;
    headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return Object.fromEntries(headers);
}
