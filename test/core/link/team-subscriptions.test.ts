/** Begins and ends in order, on a queue and a clock of their own. */
import { describe, expect, test } from 'vitest';
import { RequestQueue } from '../../../src/core/link/request-queue.ts';
import { TeamSubscriptions } from '../../../src/core/link/team-subscriptions.ts';
import type { ReportCommand } from '../../../src/shared/link/report.ts';
import { FakeClock, settled } from '../../../lab/fake-clock.ts';

const ANSWER_MS = 10_000;
const SETTLE_MS = 5000;
const RETRY_MS = 15_000;

function setUp() {
  const clock = new FakeClock();
  const sent: string[] = [];
  const told: string[] = [];
  const queue = new RequestQueue({
    clock,
    answerTimeoutMs: ANSWER_MS,
    maxWaitMs: 2 * ANSWER_MS,
    quarantineMs: ANSWER_MS,
    maxWaiting: 20,
    onViolation: (kind) => told.push(kind),
    onAmbiguous: () => told.push('untold'),
    onUnsolicited: (answer) => {
      subscriptions.noteUnsolicited(answer);
    },
  });
  const subscriptions: TeamSubscriptions = new TeamSubscriptions({
    clock,
    queue,
    settleMs: SETTLE_MS,
    retryBeginMs: RETRY_MS,
    teamsOf: () => 0,
    onSubscribed: () => told.push('subscribed'),
    onAllRefused: () => told.push('all refused'),
    onUnanswered: ({ code }) => told.push(code),
    onBegin: () => undefined,
    onSettle: (agentId) => told.push(`settle ${agentId}`),
    onGivenUp: (agentId) => told.push(`unheard ${agentId}`),
    onForget: (agentId) => told.push(`forget ${agentId}`),
    onChange: () => undefined,
  });
  const attach = (): void => {
    queue.attach((request) => {
      const id = request.command === 'report.calljourney' ? request.data.CallId : request.data.agentId;
      sent.push(`${request.command.replace('report.teamstatus.', '')} ${id}`);
    });
    subscriptions.attach();
  };
  const detach = (): void => {
    queue.detach();
    subscriptions.detach();
  };
  const answer = async (word: 'begin' | 'end'): Promise<void> => {
    queue.answer({ type: 'success', command: `report.teamstatus.${word}`, data: {} });
    await settled();
  };
  const refuse = async (agentId: string): Promise<void> => {
    const command: ReportCommand = 'report.teamstatus.begin';
    const failure = { code: 'E1', message: 'no such agent', context: 'at X' };
    queue.answer({ type: 'failure', command, failure, original: { command, data: { agentId } } });
    await settled();
  };
  const states = () => subscriptions.views.map(({ agentId, state }) => `${agentId} ${state}`);
  return { clock, sent, told, subscriptions, attach, detach, answer, refuse, states };
}

describe('beginning', () => {
  test('[BEGIN-1] goes agent by agent, and is told when all are answered', async () => {
    const { sent, told, subscriptions, attach, answer, states } = setUp();
    subscriptions.watch(['a', 'b', 'a']);
    attach();
    expect(sent).toEqual(['begin a']);
    expect(states()).toEqual(['a subscribing', 'b not-subscribed']);
    await answer('begin');
    expect(told).toEqual([]);
    await answer('begin');
    expect(sent).toEqual(['begin a', 'begin b']);
    expect(states()).toEqual(['a subscribed', 'b subscribed']);
    expect(told).toEqual(['subscribed']);
  });

  test('is at once done where there is nobody to begin for', () => {
    const { told, attach } = setUp();
    attach();
    expect(told).toEqual(['subscribed']);
  });

  test('is repeated on every connection', async () => {
    const { sent, subscriptions, attach, detach, answer, states } = setUp();
    subscriptions.watch(['a']);
    attach();
    await answer('begin');
    detach();
    expect(states()).toEqual(['a not-subscribed']);
    attach();
    expect(sent).toEqual(['begin a', 'begin a']);
  });

  test('lets the board settle so long after each answer', async () => {
    const { clock, told, subscriptions, attach, answer } = setUp();
    subscriptions.watch(['a']);
    attach();
    await answer('begin');
    clock.advance(SETTLE_MS - 1);
    expect(told).toEqual(['subscribed']);
    clock.advance(1);
    expect(told).toEqual(['subscribed', 'settle a']);
    expect(clock.timers).toBe(0);
  });

  test('[BEGIN-4] that is not answered makes the connection useless', async () => {
    const { clock, told, subscriptions, attach } = setUp();
    subscriptions.watch(['a']);
    attach();
    await clock.run(ANSWER_MS);
    expect(told).toEqual(['begin-unanswered']);
  });

  test('[BEGIN-4] that hangs for one agent is put last on the next connection, and holds up nobody', async () => {
    const { clock, sent, told, subscriptions, attach, detach, answer, states } = setUp();
    subscriptions.watch(['a', 'b', 'c']);
    attach();
    await answer('begin');
    await clock.run(ANSWER_MS);
    expect(told).toContain('begin-unanswered');
    detach();
    attach();
    await answer('begin');
    await answer('begin');
    await clock.run(ANSWER_MS);
    expect(sent).toEqual(['begin a', 'begin b', 'begin a', 'begin c', 'begin b']);
    expect(states()).toEqual(['a subscribed', 'b refused', 'c subscribed']);
    expect(subscriptions.views[1]?.failure).toMatchObject({ code: 'timeout' });
    expect(told).toContain('subscribed');
    clock.advance(RETRY_MS);
    await settled();
    expect(sent.at(-1)).toBe('begin b');
    await answer('begin');
    expect(states()).toEqual(['a subscribed', 'b subscribed', 'c subscribed']);
  });

  test('stays refused, and is said to be, until another try has been answered', async () => {
    const { clock, subscriptions, attach, refuse } = setUp();
    subscriptions.watch(['a']);
    attach();
    await refuse('a');
    const before = subscriptions.views[0];
    clock.advance(RETRY_MS);
    expect(subscriptions.views[0]).toEqual(before);
  });
});

test('however many agents are let go, each end is sent', async () => {
  const { sent, subscriptions, attach, answer } = setUp();
  const many = Array.from({ length: 40 }, (_, index) => `agent ${String(index)}`);
  subscriptions.watch(many);
  attach();
  for (const _ of many) await answer('begin');
  subscriptions.watch([]);
  for (const _ of many) await answer('end');
  expect(sent.filter((request) => request.startsWith('end'))).toEqual(many.map((id) => `end ${id}`));
});

describe('a refusal', () => {
  test('[BEGIN-2] is told with its reason, leaves the agent’s rows as they are, and is asked again after a while', async () => {
    const { clock, sent, told, subscriptions, attach, refuse, answer, states } = setUp();
    subscriptions.watch(['a']);
    attach();
    await refuse('a');
    expect(subscriptions.views[0]).toMatchObject({
      state: 'refused',
      failure: { code: 'E1', message: 'no such agent' },
    });
    expect(subscriptions.views[0]?.failure?.details).toContain('at X');
    expect(told).toEqual(['all refused']);
    clock.advance(RETRY_MS);
    expect(sent).toEqual(['begin a', 'begin a']);
    await answer('begin');
    expect(states()).toEqual(['a subscribed']);
    expect(subscriptions.views[0]?.failure).toBeNull();
    expect(told).toEqual(['all refused', 'subscribed']);
  });

  test('[BREAK-5] [BREAK-6] that lasts a minute is waited for no longer, one of half an hour settles the rows, and connections make no difference', async () => {
    const { clock, told, subscriptions, attach, detach, refuse, answer } = setUp();
    subscriptions.watch(['a']);
    const refusedFor = async (ms: number): Promise<string[]> => {
      told.length = 0;
      for (let left = ms; left > 0; left -= RETRY_MS) {
        clock.advance(RETRY_MS);
        await refuse('a');
      }
      return [...new Set(told)].filter((one) => one !== 'all refused');
    };
    attach();
    await refuse('a');
    expect(await refusedFor(60_000 - RETRY_MS)).toEqual([]);
    expect(await refusedFor(RETRY_MS)).toEqual(['unheard a']);
    detach();
    attach();
    told.length = 0;
    await refuse('a');
    expect(told).toEqual(['unheard a', 'all refused']);
    expect(await refusedFor(29 * 60_000 - RETRY_MS)).toEqual(['unheard a']);
    expect(await refusedFor(RETRY_MS)).toEqual(['settle a']);
    clock.advance(RETRY_MS);
    await answer('begin');
    detach();
    attach();
    told.length = 0;
    await refuse('a');
    expect(told).toEqual(['all refused']);
  });

  test('[BREAK-6] counts for no longer than somebody was there to refuse', async () => {
    const { clock, told, subscriptions, attach, detach, refuse } = setUp();
    subscriptions.watch(['a']);
    attach();
    await refuse('a');
    detach();
    clock.advance(31 * 60_000);
    attach();
    await refuse('a');
    expect(told).not.toContain('settle a');
    expect(told).not.toContain('unheard a');
  });

  test('of one agent does not keep the others from being begun', async () => {
    const { told, subscriptions, attach, refuse, answer, states } = setUp();
    subscriptions.watch(['a', 'b']);
    attach();
    await refuse('a');
    await answer('begin');
    expect(states()).toEqual(['a refused', 'b subscribed']);
    expect(told).toContain('subscribed');
  });

  test('is not asked again once the connection is gone or the agent is not watched any more', async () => {
    const { clock, sent, subscriptions, attach, detach, refuse } = setUp();
    subscriptions.watch(['a', 'b']);
    attach();
    await refuse('a');
    await refuse('b');
    subscriptions.watch(['b']);
    detach();
    clock.advance(10 * RETRY_MS);
    expect(sent).toEqual(['begin a', 'begin b']);
    expect(clock.timers).toBe(0);
  });
});

describe('a change of the watched agents', () => {
  test('[BEGIN-7] begins the new ones and ends those that are left out', async () => {
    const { sent, told, subscriptions, attach, answer } = setUp();
    subscriptions.watch(['a', 'b']);
    attach();
    await answer('begin');
    await answer('begin');
    subscriptions.watch(['b', 'c']);
    expect(sent).toEqual(['begin a', 'begin b', 'end a', 'begin c']);
    expect(told).toContain('forget a');
    expect(subscriptions.recognise('a')).toBe('ending');
    await answer('end');
    expect(subscriptions.recognise('a')).toBe('unknown');
    expect(subscriptions.recognise('c')).toEqual({ agentId: 'c' });
  });

  test('sends no end for what was never begun, and none without a connection', () => {
    const { sent, subscriptions, attach, detach } = setUp();
    subscriptions.watch(['a']);
    subscriptions.watch([]);
    attach();
    detach();
    subscriptions.watch(['b']);
    subscriptions.watch([]);
    expect(sent).toEqual([]);
  });

  test('does not begin an agent that was left out before its turn came', async () => {
    const { sent, subscriptions, attach, answer } = setUp();
    subscriptions.watch(['a', 'b']);
    attach();
    subscriptions.watch(['a']);
    await answer('begin');
    expect(sent).toEqual(['begin a']);
  });

  test('[BEGIN-6] ends an agent whose begin still waits in line only after that begin', async () => {
    const { sent, subscriptions, attach, answer } = setUp();
    subscriptions.watch(['a']);
    attach();
    subscriptions.watch(['a', 'b']);
    subscriptions.watch(['a']);
    expect(sent).toEqual(['begin a']);
    await answer('begin');
    await answer('begin');
    expect(sent).toEqual(['begin a', 'begin b', 'end b']);
  });

  test('[BEGIN-6] begins an agent again only after every end for it', async () => {
    const { sent, subscriptions, attach, answer, states } = setUp();
    subscriptions.watch(['a', 'b']);
    attach();
    await answer('begin');
    await answer('begin');
    subscriptions.watch([]);
    subscriptions.watch(['b']);
    expect(sent.slice(2)).toEqual(['end a']);
    await answer('end');
    expect(sent.slice(2)).toEqual(['end a', 'end b']);
    await answer('end');
    expect(sent.slice(2)).toEqual(['end a', 'end b', 'begin b']);
    await answer('begin');
    expect(states()).toEqual(['b subscribed']);
  });

  test('does not take a begin of the old connection for one of the new', async () => {
    const { sent, subscriptions, attach, detach, answer, states } = setUp();
    subscriptions.watch(['a']);
    attach();
    await answer('begin');
    subscriptions.watch([]);
    subscriptions.watch(['a']);
    detach();
    attach();
    await settled();
    expect(sent).toEqual(['begin a', 'end a', 'begin a']);
    await answer('begin');
    expect(states()).toEqual(['a subscribed']);
  });
});

describe('whose an event is', () => {
  test.each<[string, readonly string[], string | null, unknown]>([
    ['a watched agent’s', ['a', 'b'], 'b', { agentId: 'b' }],
    ['a stranger’s', ['a'], 'x', 'unknown'],
    ['the only agent’s where it does not say', ['a'], null, { agentId: 'a' }],
    ['nobody’s where it does not say and there are several', ['a', 'b'], null, 'unknown'],
    ['nobody’s where nobody is watched', [], null, 'unknown'],
    ['told by the id alone, whatever it is', ['__proto__'], '__proto__', { agentId: '__proto__' }],
    ['a watched agent’s, with quotes around the id', ['a'], '"a"', { agentId: 'a' }],
    ['a watched agent’s that is set with quotes', ['"a"'], 'a', { agentId: '"a"' }],
    ['told by the exact id where two differ in blanks only', ['a', 'a '], 'a ', { agentId: 'a ' }],
    ['a stranger’s that differs in its letters’ case', ['a'], 'A', 'unknown'],
    ['not found in what objects have of their own', ['a'], 'constructor', 'unknown'],
  ])('%s', (_, agents, agentId, expected) => {
    const { subscriptions } = setUp();
    subscriptions.watch(agents);
    expect(subscriptions.recognise(agentId)).toEqual(expected);
  });
});

describe('events for an agent that is watched again', () => {
  test('[BEGIN-8] are the old begin’s until its end has been answered', async () => {
    const { sent, subscriptions, attach, answer } = setUp();
    subscriptions.watch(['a']);
    attach();
    await answer('begin');
    subscriptions.watch([]);
    subscriptions.watch(['a']);
    expect(subscriptions.recognise('a')).toBe('ending');
    subscriptions.watch([]);
    subscriptions.watch(['a']);
    await answer('end');
    await answer('begin');
    expect(sent).toEqual(['begin a', 'end a', 'begin a', 'end a']);
    expect(subscriptions.recognise('a')).toBe('ending');
    await answer('end');
    expect(sent.at(-1)).toBe('begin a');
    expect(subscriptions.recognise('a')).toEqual({ agentId: 'a' });
  });

  test('[BEGIN-8] could be the old begin’s for ever if its end is not answered, so a new connection is wanted', async () => {
    const { clock, sent, told, subscriptions, attach, detach, answer } = setUp();
    subscriptions.watch(['a']);
    attach();
    await answer('begin');
    subscriptions.watch([]);
    await clock.run(ANSWER_MS);
    expect(subscriptions.recognise('a')).toBe('ending');
    expect(told).not.toContain('end-unanswered');
    subscriptions.watch(['a']);
    await settled();
    expect(told).toContain('end-unanswered');
    expect(sent).toEqual(['begin a', 'end a']);
    detach();
    attach();
    await answer('begin');
    expect(subscriptions.recognise('a')).toEqual({ agentId: 'a' });
  });
});

test('ending all ends what is begun or beginning, and resolves when that is answered', async () => {
  const { sent, subscriptions, attach, answer } = setUp();
  subscriptions.watch(['a', 'b']);
  attach();
  await answer('begin');
  await answer('begin');
  let isOver = false;
  void subscriptions.endAll().then(() => {
    isOver = true;
  });
  expect(sent.slice(2)).toEqual(['end a']);
  await answer('end');
  expect(isOver).toBe(false);
  await answer('end');
  expect(isOver).toBe(true);
});

describe('[BEGIN-9] a begin that is answered twice', () => {
  /** The second answer to the begin for a was taken for the one to the begin for b. */
  async function doubled() {
    const all = setUp();
    all.subscriptions.watch(['a', 'b']);
    all.attach();
    await all.answer('begin');
    await all.answer('begin');
    expect(all.states()).toEqual(['a subscribed', 'b subscribed']);
    all.subscriptions.noteEvent('a');
    return all;
  }

  test('takes nothing from the refusal of the other: that one is refused, and asked again', async () => {
    const { clock, refuse, answer, states, subscriptions, sent } = await doubled();
    await refuse('"b"');
    expect(states()).toEqual(['a subscribed', 'b refused']);
    expect(subscriptions.views[1]).toMatchObject({ failure: { code: 'E1', message: 'no such agent' } });
    await clock.run(RETRY_MS);
    expect(sent.at(-1)).toBe('begin b');
    await answer('begin');
    expect(states()).toEqual(['a subscribed', 'b subscribed']);
  });

  test('leaves the link not begun where the refused one is the only one that stood', async () => {
    const { subscriptions, attach, refuse, answer, told } = setUp();
    subscriptions.watch(['a', 'b']);
    attach();
    await refuse('a');
    await answer('begin');
    expect(told.at(-1)).toBe('subscribed');
    await refuse('b');
    expect(told.at(-1)).toBe('all refused');
  });

  test('is no refusal of one of whom something was told since: that refusal came again itself', async () => {
    const { refuse, states, subscriptions } = await doubled();
    subscriptions.noteEvent('b');
    await refuse('b');
    expect(states()).toEqual(['a subscribed', 'b subscribed']);
  });

  test('has whoever was told nothing begun once more, and once only', async () => {
    const { clock, answer, sent, states, told } = await doubled();
    await answer('begin');
    expect(told.at(-1)).toBe('unasked-answer');
    await clock.run(SETTLE_MS);
    expect(sent).toEqual(['begin a', 'begin b', 'begin b']);
    expect(states()).toEqual(['a subscribed', 'b subscribing']);
    await answer('begin');
    await clock.run(10 * SETTLE_MS);
    expect(states()).toEqual(['a subscribed', 'b subscribed']);
    expect(sent).toHaveLength(3);
  });

  test('has it begun once more also where the other answer comes only after its teams have had their time', async () => {
    const { clock, answer, sent } = await doubled();
    await clock.run(SETTLE_MS);
    expect(sent).toEqual(['begin a', 'begin b']);
    await answer('begin');
    expect(sent).toEqual(['begin a', 'begin b', 'begin b']);
  });

  test('is forgotten with the connection', async () => {
    const { clock, answer, sent, attach, detach } = await doubled();
    await answer('begin');
    detach();
    attach();
    await answer('begin');
    await answer('begin');
    await clock.run(10 * SETTLE_MS);
    expect(sent).toEqual(['begin a', 'begin b', 'begin a', 'begin b']);
    expect(clock.timers).toBe(0);
  });
});
