/**
 * Finds what stands out in a journey. Each rule is pure and claims only what the steps themselves show. The rules
 * assume nothing about how a call centre works, and read a description only if it says plainly that nobody answered.
 */
import { deviceKind, type DeviceKind } from '../../shared/journey/devices.ts';
import { foldSentence, isBlank, trimId, trimInvisible } from '../../shared/base/folding.ts';
import type { Finding, JourneyStep } from '../../shared/journey/journey.ts';

type Steps = readonly JourneyStep[];
type Rule = (steps: Steps) => readonly Finding[];

/** All findings, most important first. */
export function findingsIn(steps: Steps): readonly Finding[] {
  return RULES.flatMap((rule) => rule(steps));
}

/** The last step is with a person or in a queue and has no duration: it may still be going on. */
export const mayBeUp: Rule = (steps) => {
  const last = steps.at(-1);
  if (last === undefined || !WITH_SOMEBODY.has(deviceKind(last.deviceType))) return [];
  return isBlank(last.duration) ? [{ kind: 'may-be-up', steps: [last.number] }] : [];
};

export const endsInQueue: Rule = (steps) => {
  const last = visits(steps).at(-1);
  if (last?.kind !== 'queue' || mayBeUp(steps).length > 0) return [];
  return [{ kind: 'ends-in-queue', steps: numbers(last.steps), device: last.device }];
};

/** The last steps are in a script: the caller hung up there, or the script ended the call. */
export const endsInScript: Rule = (steps) => {
  const last = visits(steps).at(-1);
  if (last?.kind !== 'ctiPort' || isBlank(last.steps.at(-1)?.duration ?? '-')) return [];
  return [{ kind: 'ends-in-script', steps: numbers(last.steps), device: last.device }];
};

/** Offers whose step itself says that nobody answered. */
export const unanswered: Rule = (steps) => offers('unanswered', steps.filter(saysUnanswered));

/** To an agent and back to the same queue: the offer was not answered, or the agent returned the call. */
export const returned: Rule = (steps) =>
  offers(
    'returned',
    visits(steps).flatMap((visit, index, all) => (isReturned(all, index) ? visit.steps : [])),
  );

/**
 * From one device to another and back, each time as another call: the caller was passed around. Within one call,
 * devices also alternate in a conference, and a consultation leaves the first call where it was.
 */
export const backAndForth: Rule = (steps) => {
  const all = visits(steps);
  const found: Finding[] = [];
  for (let from = 0; from + 2 < all.length;) {
    let to = from + 1;
    while (to + 1 < all.length && all[to + 1]?.device === all[to - 1]?.device) to += 1;
    const turns = all.slice(from, to + 1);
    const [first, second] = turns;
    if (
      turns.length >= 3 &&
      first !== undefined &&
      second !== undefined &&
      turns.every(isWithPerson) &&
      areOtherCalls(turns)
    ) {
      found.push({
        kind: 'back-and-forth',
        devices: [first.device, second.device],
        steps: turns.flatMap((turn) => numbers(turn.steps)),
      });
    }
    from = to;
  }
  return found;
};

/** In the same queue again, other than by returning from an agent, which another rule covers. */
export const sameQueue: Rule = (steps) => {
  const all = visits(steps);
  const entries = new Map<string, number[]>();
  for (const [index, visit] of all.entries()) {
    if (visit.kind !== 'queue' || visit.device === '') continue;
    const before = entries.get(visit.device);
    if (before === undefined) entries.set(visit.device, firstNumber(visit));
    else if (!isBackFromOffers(all, index)) before.push(...firstNumber(visit));
  }
  return Array.from(entries)
    .filter(([, own]) => own.length > 1)
    .map(([device, own]) => ({ kind: 'same-queue', device, steps: own }));
};

export const queued: Rule = (steps) => {
  const own = steps.filter(({ deviceType }) => deviceKind(deviceType) === 'queue');
  const read = own.filter(({ seconds }) => seconds !== null);
  if (read.length === 0) return [];
  const seconds = read.reduce((sum, step) => sum + (step.seconds ?? 0), 0);
  return [{ kind: 'queued', seconds, isPartial: read.length < own.length, steps: numbers(own) }];
};

/** One step that is longer than every other readable one and makes up a fair share of their sum. */
export const longest: Rule = (steps) => {
  const read = steps.filter(({ seconds }) => seconds !== null);
  const sum = read.reduce((all, { seconds }) => all + (seconds ?? 0), 0);
  const most = read.reduce((all, { seconds }) => Math.max(all, seconds ?? 0), 0);
  const own = read.filter(({ seconds }) => seconds === most);
  const [only] = own;
  if (read.length < 2 || own.length > 1 || only === undefined || most === 0) return [];
  if (most / sum < MIN_SHARE) return [];
  const what = [only.description, only.device].map(trimInvisible).filter((text) => text !== '');
  return [
    {
      kind: 'longest',
      seconds: most,
      share: most / sum,
      isPartial: read.length < steps.length,
      what,
      steps: [only.number],
    },
  ];
};

/** Even among a thousand steps one is the longest. A smaller share does not explain where the time went. */
const MIN_SHARE = 0.1;

export const newCallId: Rule = (steps) => pointingAt('new-call-id', steps, ({ isOtherCallId }) => isOtherCallId);
/** Already reported for a step that may still be going on. */
export const unreadableDuration: Rule = (steps) => {
  const lasting = new Set(mayBeUp(steps).flatMap((finding) => finding.steps));
  return pointingAt('unreadable-duration', steps, ({ seconds, number }) => seconds === null && !lasting.has(number));
};
export const malformedStep: Rule = (steps) => pointingAt('odd-step', steps, ({ malformed }) => malformed !== null);

const RULES: readonly Rule[] = [
  mayBeUp,
  endsInQueue,
  endsInScript,
  unanswered,
  returned,
  backAndForth,
  sameQueue,
  queued,
  longest,
  newCallId,
  unreadableDuration,
  malformedStep,
];

function pointingAt(
  kind: 'new-call-id' | 'unreadable-duration' | 'odd-step',
  steps: Steps,
  isOne: (step: JourneyStep) => boolean,
): readonly Finding[] {
  const own = numbers(steps.filter(isOne));
  return own.length === 0 ? [] : [{ kind, steps: own }];
}

function offers(kind: 'unanswered' | 'returned', own: Steps): readonly Finding[] {
  if (own.length === 0) return [];
  const devices = new Map<string, number>();
  for (const device of own.map((step) => trimInvisible(step.device)).filter((name) => name !== ''))
    devices.set(device, (devices.get(device) ?? 0) + 1);
  return [{ kind, devices: Array.from(devices, ([device, times]) => ({ device, times })), steps: numbers(own) }];
}

/** Consecutive steps at the same device. Two empty devices do not count as the same. */
interface Visit {
  readonly device: string;
  readonly kind: DeviceKind;
  readonly steps: JourneyStep[];
}

function visits(steps: Steps): readonly Visit[] {
  const all: Visit[] = [];
  for (const step of steps) {
    const device = trimInvisible(step.device);
    const last = all.at(-1);
    const kind = deviceKind(step.deviceType);
    if (device !== '' && last?.device === device && last.kind === kind) last.steps.push(step);
    else all.push({ device, kind, steps: [step] });
  }
  return all;
}

const WITH_SOMEBODY: ReadonlySet<DeviceKind> = new Set(['queue', 'agentPhone', 'phone', 'line']);
const WITH_A_PERSON: ReadonlySet<DeviceKind> = new Set(['agentPhone', 'phone', 'line']);
/** How a processor says in English that an offer was not answered. */
const UNANSWERED = /\b(?:not ?answered|no ?answer|unanswered)\b/;
/** Cisco's own term; in other letter case it may be a name. */
const RONA = /(?<![\p{L}\p{N}])RONA(?![\p{L}\p{N}])/u;

function saysUnanswered({ deviceType, description }: JourneyStep): boolean {
  return (
    WITH_A_PERSON.has(deviceKind(deviceType)) && (UNANSWERED.test(foldSentence(description)) || RONA.test(description))
  );
}

function isWithPerson({ device, kind }: Visit): boolean {
  return device !== '' && WITH_A_PERSON.has(kind);
}

/**
 * One step at an agent's phone between two at the same queue, all in one call, that does not say it was not answered.
 */
function isReturned(all: readonly Visit[], index: number): boolean {
  const [before, visit, behind] = [all[index - 1], all[index], all[index + 1]];
  if (visit?.kind !== 'agentPhone' || visit.steps.length !== 1 || visit.steps.some(saysUnanswered)) return false;
  if (before?.kind !== 'queue' || behind?.kind !== 'queue' || before.device !== behind.device) return false;
  const ids = new Set([...callIds(before).slice(-1), ...callIds(visit), ...callIds(behind).slice(0, 1)]);
  return ids.size === 1 && !ids.has('');
}

/** Whether nothing but offers lies between this visit to a queue and the one before. */
function isBackFromOffers(all: readonly Visit[], index: number): boolean {
  for (let at = index - 1; at >= 0; at -= 1) {
    const visit = all[at];
    if (visit === undefined) return false;
    if (visit.kind === 'queue') return visit.device === all[index]?.device;
    if (!visit.steps.every(saysUnanswered) && !isReturned(all, at)) return false;
  }
  return false;
}

/** Whether no two of them share a call. */
function areOtherCalls(turns: readonly Visit[]): boolean {
  const ids = turns.map((turn) => new Set(callIds(turn)));
  const all = new Set(ids.flatMap((own) => [...own]));
  return !all.has('') && all.size === ids.reduce((sum, own) => sum + own.size, 0);
}

function callIds({ steps }: Visit): string[] {
  return steps.map(({ callId }) => trimId(callId));
}

function numbers(steps: Steps): number[] {
  return steps.map(({ number }) => number);
}

function firstNumber({ steps }: Visit): number[] {
  return numbers(steps.slice(0, 1));
}
