/**
 * What the widget guarantees from end to end: after any sequence of events in the contact centre, on the network and in
 * the widget, the board is correct again. For a long run by hand: `MODEL_RUNS=100000 MODEL_SEED=7 npx vitest run
 * test/core/link/link.model.test.ts`. A failure prints seed and path; add it to REGRESSIONS with a line about what it
 * found.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOfRun } from '../../../lab/chance.ts';
import { FaultyProcessor, type Cut, type Obstacle } from '../../../lab/faulty-processor.ts';
import { AGENTS, LinkRun, UNKNOWN_AGENT, type Behaviour, type Step } from '../../../lab/link-run.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 2000);
const SEED = Number(process.env['MODEL_SEED'] ?? seedOfRun());

const agentId = fc.constantFrom(...AGENTS.filter((one) => one !== UNKNOWN_AGENT));
const teamId = fc.constantFrom('t1', 't2', 'constructor');
const memberId = fc.constantFrom('m1', 'm2', 'm3', '__proto__');
const memberIds = fc.uniqueArray(memberId, { minLength: 1, maxLength: 3 });
const status = fc.constantFrom('ready', 'not_ready', 'ACW', 'READY', 'talking');
const to = fc.record(
  { status, reason: fc.constantFrom('0', '', '32763', '7'), name: fc.constantFrom('Ana', 'Bo') },
  { requiredKeys: [] },
);
const part = fc.double({ min: 0, max: 1, noNaN: true });
const behaviour = fc.oneof(
  fc.record({
    of: fc.constant('begin' as const),
    behaviour: fc.constantFrom<Behaviour>('now', 'twice', 'late', 'events-first', 'never', 'refuse'),
  }),
  fc.record({ of: fc.constant('end' as const), behaviour: fc.constantFrom<Behaviour>('now', 'late', 'never') }),
  fc.record({
    of: fc.constant('journey' as const),
    behaviour: fc.constantFrom<Behaviour>('now', 'twice', 'late', 'late', 'never', 'refuse'),
  }),
);
const obstacle: fc.Arbitrary<Obstacle> = fc.oneof(
  fc.constant<Obstacle>({ type: 'refuse' }),
  fc.record({ type: fc.constant('cut' as const), part }),
);

/** A step of one kind, with its data. */
function step(kind: Step['do'], rest: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Step> {
  return fc.record({ do: fc.constant(kind), ...rest }) as fc.Arbitrary<unknown> as fc.Arbitrary<Step>;
}

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: step('join-team', { agentId, teamId }) },
  { weight: 2, arbitrary: step('leave-team', { agentId, teamId }) },
  { weight: 1, arbitrary: step('delete-team', { teamId }) },
  { weight: 1, arbitrary: step('rename-team', { teamId, name: fc.constantFrom('Sales', 'Service') }) },
  { weight: 5, arbitrary: step('add-members', { teamId, memberIds, type: fc.constantFrom('Agent', 'Supervisor') }) },
  { weight: 3, arbitrary: step('remove-members', { teamId, memberIds }) },
  { weight: 7, arbitrary: step('change', { memberIds, to }) },
  { weight: 4, arbitrary: behaviour.map((one): Step => ({ do: 'behaviour', ...one })) },
  { weight: 2, arbitrary: step('answer', {}) },
  { weight: 2, arbitrary: step('answer-again', { which: fc.nat({ max: 5 }) }) },
  { weight: 3, arbitrary: step('ask', { callId: fc.constantFrom('c1', 'c2', 'c3'), isTransfer: fc.boolean() }) },
  { weight: 2, arbitrary: step('watch', { agentIds: fc.subarray([...AGENTS]) }) },
  { weight: 1, arbitrary: step('try-now', {}) },
  { weight: 1, arbitrary: step('hold', {}) },
  { weight: 1, arbitrary: step('release', {}) },
  { weight: 2, arbitrary: step('repeat', {}) },
  { weight: 1, arbitrary: step('mute', {}) },
  { weight: 1, arbitrary: step('unmute', {}) },
  { weight: 3, arbitrary: step('cut', { how: fc.constantFrom<Cut>('close', 'fin', 'rst'), part, memberId, status }) },
  { weight: 1, arbitrary: step('obstacles', { obstacles: fc.array(obstacle, { minLength: 1, maxLength: 3 }) }) },
  { weight: 5, arbitrary: step('pass', { ms: fc.constantFrom(7, 501, 3001, 11_003, 41_007) }) },
  { weight: 1, arbitrary: step('settle', {}) },
);

let processor: FaultyProcessor;
beforeAll(async () => {
  processor = await FaultyProcessor.start();
});
afterAll(() => processor.stop());

async function play(steps: readonly Step[]): Promise<void> {
  const run = new LinkRun(processor);
  try {
    await run.play(steps);
  } finally {
    await run.end();
  }
}

/** Failures found earlier, shrunk, each with what it found. */
const REGRESSIONS: Readonly<Record<string, readonly Step[]>> = {
  // The board took events of the old begin for those of the new one, and kept a team that nothing announced.
  'an agent watched again before its end was answered is told nothing of before': [
    { do: 'behaviour', of: 'end', behaviour: 'never' },
    { do: 'watch', agentIds: [] },
    { do: 'watch', agentIds: ['__proto__'] },
    { do: 'join-team', agentId: '__proto__', teamId: 't1' },
  ],
  'nor are members who came in between left over': [
    { do: 'behaviour', of: 'end', behaviour: 'never' },
    { do: 'watch', agentIds: [] },
    { do: 'join-team', agentId: 'a', teamId: 'constructor' },
    { do: 'watch', agentIds: ['a'] },
    { do: 'add-members', teamId: 'constructor', memberIds: ['m1'], type: 'Agent' },
  ],
  // The model received what followed an ambiguous answer, but the widget did not, because it had left.
  'the answer to a begin that was let go is nobody’s, and what comes behind it is not heard': [
    { do: 'behaviour', of: 'begin', behaviour: 'never' },
    { do: 'obstacles', obstacles: [{ type: 'cut', part: 0 }] },
    { do: 'mute' },
    { do: 'watch', agentIds: ['__proto__'] },
    { do: 'join-team', agentId: 'a', teamId: 't1' },
    { do: 'pass', ms: 41_007 },
    { do: 'watch', agentIds: ['a'] },
    { do: 'add-members', teamId: 't1', memberIds: ['m1'], type: 'Agent' },
  ],
  // The second copy of an answer was shown for the next call in the line.
  'a journey that is answered twice is not shown for the next call': [
    { do: 'cut', how: 'close', part: 0, memberId: 'm1', status: 'ready' },
    { do: 'ask', callId: 'c1', isTransfer: false },
    { do: 'ask', callId: 'c2', isTransfer: false },
    { do: 'behaviour', of: 'journey', behaviour: 'twice' },
    { do: 'pass', ms: 11_003 },
  ],
  // The second copy of a refusal answered the same call asked again, and the next call was shown what came after it.
  'the answer behind a repeated refusal is not shown for the next call': [
    { do: 'cut', how: 'close', part: 0, memberId: 'm1', status: 'ready' },
    { do: 'hold' },
    { do: 'ask', callId: 'c2', isTransfer: true },
    { do: 'ask', callId: 'c2', isTransfer: false },
    { do: 'behaviour', of: 'journey', behaviour: 'refuse' },
    { do: 'ask', callId: 'c1', isTransfer: false },
    { do: 'try-now' },
    { do: 'answer-again', which: 0 },
  ],
  // An answer was overdue, so the other's second copy was taken for an answer to the same call asked again.
  'an answer that comes again is not shown for a call that timed out before': [
    { do: 'behaviour', of: 'journey', behaviour: 'never' },
    { do: 'ask', callId: 'c2', isTransfer: false },
    { do: 'pass', ms: 41_007 },
    { do: 'ask', callId: 'c1', isTransfer: false },
    { do: 'pass', ms: 7 },
    { do: 'behaviour', of: 'journey', behaviour: 'late' },
    { do: 'ask', callId: 'c2', isTransfer: false },
    { do: 'answer-again', which: 0 },
  ],
  // The test's processor answered a begin after the end, and announced its teams again.
  'a begin that is answered only after its end tells nothing': [
    { do: 'cut', how: 'close', part: 0, memberId: 'm1', status: 'ready' },
    { do: 'behaviour', of: 'begin', behaviour: 'events-first' },
    { do: 'pass', ms: 3001 },
    { do: 'watch', agentIds: [] },
    { do: 'pass', ms: 11_003 },
    { do: 'join-team', agentId: 'a', teamId: 't1' },
    { do: 'add-members', teamId: 't1', memberIds: ['m1'], type: 'Agent' },
    { do: 'watch', agentIds: ['a'] },
  ],
};

test.each(Object.entries(REGRESSIONS))('%s', (_, steps) => play(steps));

test('whatever happens, the board is right again', { timeout: 3_600_000 }, async () => {
  const property = fc.asyncProperty(fc.array(anyStep, { maxLength: 40, size: 'max' }), play);
  const result = await fc.check(property, { numRuns: RUNS, seed: SEED });
  if (result.failed) throw new Error(fc.defaultReportMessage(result), { cause: result.errorInstance });
  expect(result.numRuns).toBe(RUNS);
  console.log(`link model: ${String(result.numRuns)} runs, seed ${String(SEED)}`);
});
