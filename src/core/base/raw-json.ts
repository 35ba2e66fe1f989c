/**
 * Finds values in the raw text of JSON, because parsing and writing a long number changes it. The text is known to be
 * valid JSON. It knows nothing about what the values mean.
 */

/** The text of the value at this path, or null if there is none. If a key appears twice, the last one counts. */
export function rawAt(json: string, path: readonly string[]): string | null {
  let [start, end] = [skipSpace(json, 0), json.length];
  for (const key of path) {
    if (json.charAt(start) !== '{') return null;
    let found: Part | null = null;
    for (const part of parts(json, start)) if (part.key === key) found = part;
    if (found === null) return null;
    ({ start, end } = found);
  }
  return json.slice(start, end).trimEnd();
}

/** The texts of an array's items, or null if it is not an array. */
export function rawItems(json: string): string[] | null {
  const start = skipSpace(json, 0);
  return json.charAt(start) === '[' ? Array.from(parts(json, start), (part) => json.slice(part.start, part.end)) : null;
}

/** The text with the line breaks and indents of `JSON.stringify`, cut off at about this length. */
export function indentedJson(json: string, maxLength: number): string {
  let text = '';
  let depth = 0;
  for (let at = skipSpace(json, 0); at < json.length && text.length < maxLength;) {
    const char = json.charAt(at);
    const next = skipSpace(json, at + 1);
    const isOpening = char === '{' || char === '[';
    if (isOpening && '}]'.includes(json.charAt(next))) {
      text += char + json.charAt(next);
      at = skipSpace(json, next + 1);
    } else if (isOpening || char === ',') {
      if (isOpening) depth += 1;
      text += char + lineBreak(depth);
      at = next;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      text += lineBreak(depth) + char;
      at = next;
    } else if (char === ':') {
      text += ': ';
      at = next;
    } else {
      const end = endOfValue(json, at);
      text += json.slice(at, end);
      at = skipSpace(json, end);
    }
  }
  return text;
}

/** A member of an object, or an item of an array, whose key is empty. */
interface Part {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

function* parts(json: string, open: number): Generator<Part> {
  const isObject = json.charAt(open) === '{';
  let at = skipSpace(json, open + 1);
  while (at < json.length && !'}]'.includes(json.charAt(at))) {
    let key = '';
    if (isObject) {
      const end = endOfValue(json, at);
      key = String(JSON.parse(json.slice(at, end)));
      at = skipSpace(json, skipSpace(json, end) + 1);
    }
    const end = endOfValue(json, at);
    yield { key, start: at, end };
    at = skipSpace(json, end);
    if (json.charAt(at) === ',') at = skipSpace(json, at + 1);
  }
}

/** Without recursion: values may be nested a hundred thousand levels deep. */
function endOfValue(json: string, start: number): number {
  const first = json.charAt(start);
  if (first === '"') return endOfText(json, start);
  if (first !== '{' && first !== '[') {
    PLAIN.lastIndex = start;
    // At least one character, so that invalid JSON can't cause an endless loop.
    return start + Math.max(1, PLAIN.exec(json)?.[0].length ?? 0);
  }
  let depth = 0;
  for (let at = start; at < json.length;) {
    const char = json.charAt(at);
    at = char === '"' ? endOfText(json, at) : at + 1;
    if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return json.length;
}

function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(json: string, start: number): number {
  let at = start;
  while (SPACE.has(json.charAt(at))) at += 1;
  return at;
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}

/** A number, or true, false, null. */
const PLAIN = /[^\s,\]}]*/y;
const SPACE: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r']);
