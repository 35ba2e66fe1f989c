/**
 * Chooses the next status of a member, and its reason, with plausible probabilities. It knows nothing about members,
 * teams or time; the world decides who changes and when.
 */
import reasonCodes from '../../shared/reasons/reason-codes.json' with { type: 'json' };
import type { Random, Weighted } from '../base/random.ts';

/** A status and its reason, as spelled in the reports. */
export interface MemberState {
  readonly status: string;
  readonly reason: string;
}

const READY = 'ready';
const NOT_READY = 'not_ready';
const WRAP_UP = 'ACW';
// Not documented, but UCCX sends it all the same, and a client must cope with it.
const TALKING = 'Talking';
const RESERVED = 'Reserved';
const LOGGED_OUT = 'Logged out';

const AT_START: Weighted<string> = [
  [READY, 42],
  [NOT_READY, 33],
  [WRAP_UP, 12],
  [TALKING, 5],
  [LOGGED_OUT, 6],
  [RESERVED, 2],
];

const NEXT: ReadonlyMap<string, Weighted<string>> = new Map<string, Weighted<string>>([
  [
    READY,
    [
      [NOT_READY, 42],
      [WRAP_UP, 40],
      [RESERVED, 8],
      [TALKING, 7],
      [LOGGED_OUT, 3],
    ],
  ],
  [
    NOT_READY,
    [
      [READY, 86],
      [LOGGED_OUT, 8],
      [WRAP_UP, 6],
    ],
  ],
  [
    WRAP_UP,
    [
      [READY, 68],
      [NOT_READY, 32],
    ],
  ],
  [
    RESERVED,
    [
      [TALKING, 80],
      [NOT_READY, 20],
    ],
  ],
  [
    TALKING,
    [
      [WRAP_UP, 75],
      [READY, 15],
      [NOT_READY, 10],
    ],
  ],
  [LOGGED_OUT, [[NOT_READY, 1]]],
]);

const JUST_LOGGED_IN = '32760';
const DID_NOT_ANSWER = '32763';
const WRAP_UP_RAN_OUT = '32758';

/** A site's own reasons, such as lunch, training, meeting. */
const SITE_REASONS: Weighted<string> = [
  ['1', 30],
  ['2', 22],
  ['3', 14],
  ['4', 10],
  ['5', 8],
  ['6', 6],
  ['7', 5],
  ['8', 3],
  ['9', 2],
];
const NOT_READY_REASONS = codesOf('Not Ready');
const LOGOUT_REASONS = codesOf('Logout');
const READY_REASONS: Weighted<string> = [
  ['0', 86],
  ['', 8],
  ['32751', 3],
  ['32752', 3],
];

/** The initial status of a person. */
export function initialState(random: Random): MemberState {
  const status = random.weighted(AT_START);
  return { status, reason: reasonFor(status, '', random) };
}

/** A person who has just come to work. */
export const ARRIVING: MemberState = { status: NOT_READY, reason: JUST_LOGGED_IN };

/** The next status: usually another status, sometimes only another reason, never the same again. */
export function nextState(current: MemberState, random: Random): MemberState {
  if (current.status === NOT_READY && random.chance(0.15)) {
    const reason = notReadyReason(random);
    return { status: NOT_READY, reason: reason === current.reason ? anotherSiteReason(reason) : reason };
  }
  const status = random.weighted(NEXT.get(current.status) ?? [[READY, 1]]);
  return { status, reason: reasonFor(status, current.status, random) };
}

/** What a phone failure does to a person who is present; null for one whom it does not affect. */
export function afterPhoneFailure(current: MemberState): MemberState | null {
  if (current.status === LOGGED_OUT) return null;
  const failed = { status: NOT_READY, reason: '32759' };
  return current.status === failed.status && current.reason === failed.reason ? null : failed;
}

function reasonFor(status: string, before: string, random: Random): string {
  switch (status) {
    case READY:
      return random.weighted(READY_REASONS);
    case LOGGED_OUT:
      return random.weighted(LOGOUT_REASONS);
    case NOT_READY:
      if (before === LOGGED_OUT) return JUST_LOGGED_IN;
      if (before === RESERVED) return DID_NOT_ANSWER;
      if (before === WRAP_UP && random.chance(0.5)) return WRAP_UP_RAN_OUT;
      return notReadyReason(random);
    default:
      return '0';
  }
}

function notReadyReason(random: Random): string {
  return random.weighted(random.chance(0.7) ? SITE_REASONS : NOT_READY_REASONS);
}

function anotherSiteReason(reason: string): string {
  return reason === '1' ? '2' : '1';
}

/** UCCX's own codes for a state; what people do themselves is more frequent than what happens to them. */
function codesOf(state: string): Weighted<string> {
  return reasonCodes.codes
    .filter((entry) => entry.state === state)
    .map((entry) => [entry.code, entry.causedBy === 'agent' ? 4 : 1] as const);
}
