/**
 * The widget in a network that misbehaves: for every fault, what the link shows, that nothing is shown as fresh that is
 * not, that questions end in their own answer or in words, and that everything recovers by itself. On real sockets and
 * in real time, with short settings. The tests wait for states, never for times.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test, type TestContext } from 'vitest';
import { BUILT_IN, type Settings } from '../../../src/core/settings.ts';
import type { JourneyAnswer } from '../../../src/shared/journey/journey.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/simulator.ts';
import { FaultProxy } from '../../../lab/fault-proxy.ts';
import { faults, type Fault } from '../../../lab/faults.ts';
import { reason } from '../../../lab/fake-transport.ts';
import { Truth, until, ObservedWidget, type ObservedWidgetOptions } from '../../../lab/observed-widget.ts';
import { inEnglish } from '../../support/in-english.ts';

const QUICK: Partial<Settings> = { answerTimeoutMs: 300, settleMs: 200 };
/** For faults that end in silence. */
const QUICK_HEARTBEAT_MS = 250;
/**
 * Where the end is reported, or nothing should be noticed, a machine that stalls for a while must not look like
 * silence.
 */
const CALM_HEARTBEAT_MS = 2000;
const SIMULATED: SimulatorOptions = { teams: 4, members: 24, ratePerSecond: 40, seed: 7 };
/** The supervisor of every team comes last, so that the link is live before the teams have arrived. */
const SUPERVISOR = '1001';
const AGENTS = ['1002', SUPERVISOR];

const LIMIT = { timeout: 60_000 };

function portOf(url: string): number {
  return Number(new URL(url).port);
}

async function fileWith(text: string, { onTestFinished }: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'uccx-ca-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'ca.pem');
  await writeFile(file, text);
  return file;
}

async function simulate(options: SimulatorOptions, { onTestFinished }: TestContext): Promise<Simulator> {
  const simulator = await startSimulator({ ...SIMULATED, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** A connection to the processor that no fault touches. */
async function truthOf(url: string, { onTestFinished }: TestContext): Promise<Truth> {
  const truth = await Truth.of(url, SUPERVISOR);
  onTestFinished(() => {
    truth.close();
  });
  return truth;
}

function watch(options: ObservedWidgetOptions, { onTestFinished, onTestFailed }: TestContext): ObservedWidget {
  // Attempts follow one another ten times faster than usual, and each lasts long enough to be seen.
  const watched = new ObservedWidget({ random: () => 0.1, connectTimeoutMs: 250, ...options });
  onTestFinished(() => watched.widget.disconnect(reason('stopped')));
  onTestFailed(() => {
    console.error('shown:', watched.wordsFrom(0).join(', '));
  });
  return watched;
}

async function proxyTo(port: number, { onTestFinished }: TestContext, certificate?: string): Promise<FaultProxy> {
  const proxy = await FaultProxy.start(port, certificate === undefined ? {} : { certificate });
  onTestFinished(() => proxy.stop());
  return proxy;
}

/** A live widget with a correct board, behind a proxy in front of a busy processor. */
async function setUp(fault: Fault, context: TestContext) {
  const simulator = await simulate(fault.isQuiet === true ? { ratePerSecond: 0 } : {}, context);
  const proxy = await proxyTo(portOf(simulator.url), context, fault.tls?.certificate);
  const truth = await truthOf(simulator.url, context);
  const watched = watch({ proxy }, context);
  const settings: Settings = {
    ...BUILT_IN,
    ...QUICK,
    heartbeatMs: heartbeatOf(fault.kind),
    processorUrls: [proxy.url],
    agentIds: AGENTS,
    caFile: fault.tls === undefined ? '' : await fileWith(fault.tls.ca, context),
  };
  await watched.widget.connect(settings);
  await until(() => watched.isRight(truth));
  return { simulator, proxy, truth, watched, settings };
}

/** Whether everything `wanted` was shown, in order, with anything in between. */
function isShown(shown: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const words of shown) {
    const next = wanted[at];
    if (next !== undefined && (words === next || words.startsWith(`${next} `))) at += 1;
  }
  return at === wanted.length;
}

const CALLS = ['16817230', '16817244', 'nobody’s'];

/** Asks about calls at once. */
function askAll({ widget }: ObservedWidget): Promise<JourneyAnswer[]> {
  return Promise.all(CALLS.map((callId) => widget.askJourney(callId)));
}

/** Each question has ended in its own answer or in words, never in another's answer. */
function expectOwn(answers: readonly JourneyAnswer[]): void {
  for (const [index, answer] of answers.entries()) {
    const callId = CALLS[index] ?? '';
    if (answer.ok) {
      expect(answer.journey.callId).toBe(callId);
      expect(new Set(answer.journey.steps.map((step) => step.callId))).toEqual(new Set([callId]));
    } else {
      const { failure } = answer;
      expect(inEnglish(failure)).toMatchObject({ callId, message: WORDS, remedy: WORDS });
      if (failure.kind === 'refused')
        expect(failure).toMatchObject({ code: 'CALL_NOT_FOUND', details: holding(callId) });
    }
  }
}

const WORDS = expect.stringMatching(/^\w.*\.$/s) as string;
const holding = (text: string): string => expect.stringContaining(text) as string;

function heartbeatOf(kind: Fault['kind']): number {
  return kind === 'silence' || kind === 'slow' ? QUICK_HEARTBEAT_MS : CALM_HEARTBEAT_MS;
}

/** Each with its name first, for the titles. */
function all(...kinds: Fault['kind'][]): readonly (readonly [string, Fault])[] {
  return kinds
    .flatMap((kind) => faults(heartbeatOf(kind)).filter((fault) => fault.kind === kind))
    .map((fault) => [fault.name, fault]);
}

/** A line so slow that the teams arrive one by one, and each must be old until it has arrived. */
function makeThin(proxy: FaultProxy): void {
  proxy.each((connection) => {
    connection.trickle('down', 400, 16);
  });
}

async function becomeRight(watched: ObservedWidget, proxy: FaultProxy, truth: Truth): Promise<void> {
  makeThin(proxy);
  await until(() => watched.isFresh);
  await proxy.heal();
  await until(() => watched.isRight(truth));
}

describe.concurrent('is told, survived, and right again by itself:', () => {
  test.for(all('end', 'silence', 'slow'))('%s', LIMIT, async ([, fault], context) => {
    const { proxy, truth, watched } = await setUp(fault, context);
    const from = watched.shown.length;
    fault.begin(proxy);
    const lasts = fault.kind === 'silence' || fault.shows.length > 1;
    if (fault.kind === 'end' && !lasts) makeThin(proxy);
    const answers = askAll(watched);
    await until(() => isShown(watched.wordsFrom(from), fault.shows));
    const meanwhile = watched.wordsFrom(from);
    expect(meanwhile[0]).toBe(fault.shows[0]);
    // A lasting fault does not end because the widget tries again.
    if (lasts) expect(meanwhile).not.toContain('live');
    for (const { reason: told } of watched.shown.slice(from)) {
      if (told !== null) expect(inEnglish(told.message)).toEqual(WORDS);
    }
    await proxy.heal();
    await becomeRight(watched, proxy, truth);
    expectOwn(await answers);
    expect([...watched.falseClaims]).toEqual([]);

    const { gaps } = watched.widget.blindTime;
    expect(inEnglish(gaps[0])).toMatchObject({ reason: { code: gapCode(fault), message: WORDS } });
    if (fault.kind !== 'slow') expect(gaps[0]?.isLost).toBe(true);
    for (const { from: since, to } of gaps) expect(to).toBeGreaterThanOrEqual(since);
  });
});

/** What the ledger of blind time says about the fault. */
function gapCode({ kind, shows }: Fault): string {
  const [, code] = shows[0]?.split(' ') ?? [];
  // If the test's own machine stalls, a silence may be taken for sleep.
  return code ?? (kind === 'silence' || kind === 'slow' ? (expect.stringMatching(/^(silent|asleep)$/) as string) : '');
}

describe.concurrent('is borne, and the link stays live:', () => {
  test.for(all('borne'))('%s', LIMIT, async ([, fault], context) => {
    const { proxy, truth, watched } = await setUp(fault, context);
    const from = watched.shown.length;
    const [texts, bytes] = [proxy.latest.passedTexts.length, proxy.latest.passedBytes];
    fault.begin(proxy);
    // If nothing happens, only pongs of a few bytes pass by.
    await until(() =>
      fault.isQuiet === true ? proxy.latest.passedBytes > bytes + 9 : proxy.latest.passedTexts.length > texts + 80,
    );
    expect(watched.wordsFrom(from)).toEqual([]);
    expect(watched.widget.blindTime.gaps).toEqual([]);
    expect(proxy.attempts).toBe(1);
    expectOwn(await askAll(watched));
    await proxy.heal();
    await until(() => watched.isRight(truth));
    expect([...watched.falseClaims]).toEqual([]);
  });
});

describe.concurrent('stops the link until something is changed, or it is looked at again:', () => {
  test.for(all('stop'))('%s', LIMIT, async ([, fault], context) => {
    const { proxy, truth, watched, settings } = await setUp(fault, context);
    const from = watched.shown.length;
    fault.begin(proxy);
    const answers = askAll(watched);
    await until(() => isShown(watched.wordsFrom(from), fault.shows));
    expect(watched.wordsFrom(from)[0]).toBe(fault.shows[0]);
    expect(watched.wordsFrom(from)).not.toContain('live');
    expect(inEnglish(watched.shown.at(-1)?.reason)).toMatchObject({ message: WORDS, remedy: WORDS });
    expectOwn(await answers);
    // Further questions are answered at once: there is nothing to wait for.
    expect(await watched.widget.askJourney('1')).toMatchObject({ ok: false, failure: { kind: 'stopped' } });
    // Only the timer of the next look is running, minutes away.
    await until(() => watched.timers === 1);
    expect(watched.state).toBe('stopped');
    expect(watched.widget.blindTime.gaps).toMatchObject([{ to: null, isLost: true, reason: { code: gapCode(fault) } }]);

    if (fault.remedy === undefined) {
      await proxy.heal();
      proxy.certificate = fault.tls?.certificate ?? null;
      watched.widget.tryNow();
    } else {
      const ca = fault.remedy.ca === undefined ? {} : { caFile: await fileWith(fault.remedy.ca, context) };
      await watched.widget.connect({ ...settings, ...fault.remedy.settings, ...ca });
    }
    await becomeRight(watched, proxy, truth);
    expect([...watched.falseClaims]).toEqual([]);
  });
});

test(
  'a server that starts again with other teams and fewer members leaves nothing of the old ones',
  LIMIT,
  async (context) => {
    const before = await simulate({ teams: 6, members: 60, seed: 1 }, context);
    const proxy = await proxyTo(portOf(before.url), context);
    const watched = watch({ proxy }, context);
    const truthBefore = await truthOf(before.url, context);
    await watched.widget.connect({ ...BUILT_IN, ...QUICK, processorUrls: [proxy.url], agentIds: AGENTS });
    await until(() => watched.isRight(truthBefore));
    await before.close();
    await until(() => watched.state === 'waiting');
    const after = await simulate({ teams: 3, members: 20, seed: 2, port: portOf(before.url) }, context);
    const truth = await truthOf(after.url, context);
    await until(() => watched.isRight(truth));
    expect([...watched.falseClaims]).toEqual([]);
  },
);

test(
  'of several addresses the next one is used while the first is down, and the first again when it is back',
  LIMIT,
  async (context) => {
    const simulator = await simulate({}, context);
    const truth = await truthOf(simulator.url, context);
    const [first, second] = [
      await proxyTo(portOf(simulator.url), context),
      await proxyTo(portOf(simulator.url), context),
    ];
    // The first address is tried soon, not only after minutes.
    const watched = watch({ delayMs: (ms) => (ms >= 300_000 ? 200 : ms) }, context);
    const url = (): string | null => {
      const { state } = watched.widget.state.link;
      return state.name === 'live' ? state.url : null;
    };
    first.refuse();
    const processorUrls = [first.url, second.url];
    await watched.widget.connect({ ...BUILT_IN, ...QUICK, processorUrls, agentIds: AGENTS });
    await until(() => watched.isRight(truth));
    expect(url()).toBe(second.url);

    await first.heal();
    await until(() => url() === first.url && watched.isRight(truth));

    first.refuse();
    await until(() => url() === second.url && watched.isRight(truth));
  },
);
