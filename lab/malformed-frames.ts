/**
 * Creates frames that a processor should not send, by the hundred thousand: events from a small vocabulary, most of
 * them corrupted in one of many ways. It does not know how they are handled.
 */
import type { Chance } from './chance.ts';

/** Names that do harm if text is treated as anything but text. */
const HOSTILE_NAMES: readonly [string, ...string[]] = [
  '<script>alert(1)</script>',
  '<img src=x onerror="alert(1)">',
  '</td></tr></table>',
  '&lt;&amp;&#0;',
  '{{7*7}}${7*7}',
  '\u202egnitratS',
  '\u2067\u2066isolated',
  'a\u0000b',
  '\u0001\u0007\u001b[31m\r\n\t',
  '\ud800',
  'x\udfffy',
  '\u200b\u200d\ufeff',
  'e\u0301\u0301\u0301\u0301',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];

const AGENTS: readonly [string, ...string[]] = ['1001', '__proto__', 'constructor', 'nobody'];
const TEAMS: readonly [string, ...string[]] = ['t1', 't2', 't3', '__proto__', 'constructor', 'toString'];
const MEMBERS: readonly [string, ...string[]] = [
  ...(['m1', 'm2', 'm3', 'm4', 'm5', 'm6'] as const),
  ...(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'] as const),
];
const STATUSES: readonly [string, ...string[]] = [
  ...([
    'ready',
    'not_ready',
    'ACW',
    'READY',
    ' Ready ',
    'Not Ready',
    'not-ready',
    'NotReady',
    'talking',
    '-',
    '',
  ] as const),
];
const REASONS: readonly [string, ...string[]] = ['0', '', ' 0 ', '32763', '7'];
const EVENTS: readonly [string, ...string[]] = [
  ...(['teamadded', 'teamadded', 'teamadded', 'teamchanged', 'teamremoved'] as const),
  ...(['memberadded', 'memberadded', 'memberstatuschanged', 'memberstatuschanged', 'memberremoved'] as const),
];
/** Values of every type, and numbers that JSON or JavaScript can't represent. Written as JSON. */
const VALUES: readonly [string, ...string[]] = [
  ...(['null', 'true', 'false', '0', '-0', '1', '1.5', '[]', '{}', '""', '"0"', '"ready"', '[[]]'] as const),
  ...(['1e400', '-1e400', '1e-400', '9007199254740993', '9007199254740991', '-9007199254740991'] as const),
  ...(['123456789012345678901234567890', '{"__proto__":{"polluted":1}}', '{"memberId":"m1"}'] as const),
];
const KEYS: readonly [string, ...string[]] = [
  ...(['name', 'data', 'agentId', 'team', 'teamId', 'teamName', 'members', 'memberId', 'memberType'] as const),
  ...(['memberName', 'status', 'reason', 'command', 'result', '__proto__', 'constructor', 'toString'] as const),
];

export type MalformedFrame =
  | { readonly kind: string; readonly text: string }
  /** Not text at all. */
  | { readonly kind: 'binary'; readonly bytes: Buffer };

/** A list of this many members is unusual. */
const MANY = 10_000;
const MANY_EVERY = 50_000;

export class MalformedFrames {
  readonly #chance: Chance;
  #before = '{}';

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  next(): MalformedFrame {
    const chance = this.#chance;
    if (chance.isTrue(1 / MANY_EVERY)) return { kind: 'many-members', text: this.#event(this.#many(MANY)) };
    const kind = chance.pick(KINDS);
    if (kind === 'binary') return { kind, bytes: chance.bytes(chance.below(40)) };
    const text = this.#make(kind);
    // What is spliced or sent again should sometimes be usable, not doubly corrupted.
    if (kind === 'good' || kind === 'nasty') this.#before = text;
    return { kind, text };
  }

  #make(kind: Exclude<(typeof KINDS)[number], 'binary'>): string {
    const chance = this.#chance;
    const good = this.#event();
    switch (kind) {
      case 'good':
        return good;
      case 'repeated':
        return this.#before;
      case 'nasty':
        return this.#event(undefined, () => chance.pick(HOSTILE_NAMES));
      case 'flipped': {
        const bytes = Buffer.from(good);
        for (let flips = 1 + chance.below(3); flips > 0; flips -= 1) {
          const at = chance.below(bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
        }
        return bytes.toString();
      }
      case 'truncated':
        return good.slice(0, chance.below(good.length));
      case 'spliced':
        return this.#before.slice(0, chance.below(this.#before.length)) + good.slice(chance.below(good.length));
      case 'wrong-type':
        return this.#withValue(good, () => chance.pick(VALUES));
      case 'duplicate-key':
        return good.replace(this.#someKey(good), (key) => `${key}${chance.pick(VALUES)},${key}`);
      case 'missing-key':
        return good.replace(this.#someKey(good), () => `"other":`);
      case 'other-key':
        return good.replace(this.#someKey(good), () => `"${chance.pick(KEYS)}":`);
      case 'more-keys':
        return good.replaceAll('{', () => `{"${chance.pick(KEYS)}":${chance.pick(VALUES)},`);
      case 'deep': {
        const depth = 1 + chance.below(3000);
        const nest = chance.isTrue(0.5) ? ['[', ']'] : ['{"data":', '}'];
        const inner = chance.isTrue(0.5) ? good : '1';
        const deep = `${(nest[0] ?? '').repeat(depth)}${inner}${(nest[1] ?? '').repeat(depth)}`;
        return chance.isTrue(0.5) ? deep : this.#withValue(good, () => deep);
      }
      case 'long': {
        const long = JSON.stringify(chance.pick(HOSTILE_NAMES).repeat(1 + chance.below(2000)));
        return this.#withValue(good, () => long);
      }
      case 'empty-list':
        return this.#event([]);
      case 'not-json':
        return chance.pick([
          '',
          ' ',
          '\ufeff',
          'undefined',
          'NaN',
          '{',
          '"',
          '\u0000',
          `\ufeff${good}`,
          `${good}${good}`,
        ]);
      case 'not-a-message':
        return chance.pick(VALUES);
      case 'stray-answer':
        return this.#answer();
    }
  }

  #event(members?: readonly unknown[], odd?: () => string): string {
    const chance = this.#chance;
    const list = members ?? Array.from({ length: chance.below(5) }, () => this.#member(odd));
    const name =
      members === undefined ? chance.pick(EVENTS) : chance.pick(['teamadded', 'memberadded', 'memberremoved']);
    const whose = chance.isTrue(0.9) ? chance.pick(AGENTS.slice(0, 3) as [string, ...string[]]) : chance.pick(AGENTS);
    const teamId = odd !== undefined && chance.isTrue(0.2) ? odd() : chance.pick(TEAMS);
    const teamName = odd === undefined ? `Team ${teamId}` : odd();
    const team = { teamId, teamName, ...(name.startsWith('team') && name !== 'teamadded' ? {} : { members: list }) };
    return JSON.stringify({ name: `report.teamstatus.${name}`, data: { agentId: whose, team } });
  }

  #member(odd?: () => string): unknown {
    const chance = this.#chance;
    return {
      memberId: odd !== undefined && chance.isTrue(0.2) ? odd() : chance.pick(MEMBERS),
      memberType: chance.pick(['Agent', 'Supervisor', 'TeamLead']),
      memberName: odd === undefined ? chance.pick(['Ana Torres', 'Bo Lindqvist']) : odd(),
      status: odd !== undefined && chance.isTrue(0.2) ? odd() : chance.pick(STATUSES),
      reason: odd !== undefined && chance.isTrue(0.2) ? odd() : chance.pick(REASONS),
    };
  }

  #many(count: number): unknown[] {
    return Array.from({ length: count }, (_, index) => {
      const memberId = `many ${String(index)}`;
      return { memberId, memberType: 'Agent', memberName: memberId, status: this.#chance.pick(STATUSES), reason: '0' };
    });
  }

  #answer(): string {
    const chance = this.#chance;
    const command = chance.pick(['calljourney', 'teamstatus.begin', 'teamstatus.end', 'nothing']);
    const result = chance.pick(['success', 'failure', 'perhaps']);
    const data = `{"CallJourney":${chance.pick(VALUES)}}`;
    return `{"command":"report.${command}","result":"${result}","data":${data},"failure":${chance.pick(VALUES)},"original":${chance.pick(VALUES)}}`;
  }

  /** One of its keys, verbatim, with its colon. */
  #someKey(text: string): string {
    const keys = text.match(/"[a-zA-Z]+":/g) ?? ['"'];
    return this.#chance.pick(keys as [string, ...string[]]);
  }

  /** The same text with one of its string values replaced. */
  #withValue(text: string, value: () => string): string {
    const values = text.match(/:"[^"\\]*"/g) ?? ['"'];
    return text.replace(this.#chance.pick(values as [string, ...string[]]), () => `:${value()}`);
  }
}

/** The weight of each kind. Valid ones are the most frequent, or nothing would be on the board to get wrong. */
const KINDS = [
  ...(['good', 'good', 'good', 'good', 'good', 'good', 'good', 'nasty', 'nasty', 'repeated', 'flipped'] as const),
  ...(['truncated', 'spliced', 'wrong-type', 'wrong-type', 'wrong-type', 'duplicate-key', 'missing-key'] as const),
  ...(['other-key', 'more-keys', 'deep', 'long', 'empty-list', 'not-json', 'not-a-message', 'stray-answer'] as const),
  ...(['binary'] as const),
] as const;
