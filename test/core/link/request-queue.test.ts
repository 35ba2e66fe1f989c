/** Which answer belongs to which request, although a response names only its command. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_EARLIER_IDS, RequestQueue, type Outcome } from '../../../src/core/link/request-queue.ts';
import type { ReportCommand, ReportRequest } from '../../../src/shared/link/report.ts';
import { FakeClock, settled } from '../../../lab/fake-clock.ts';

const ANSWER_MS = 10_000;
const MAX_WAIT_MS = 20_000;
const QUARANTINE_MS = 10_000;
const JOURNEY = 'report.calljourney';

function setUp() {
  const clock = new FakeClock();
  const sent: string[] = [];
  const violations: string[] = [];
  let untold = 0;
  const queue = new RequestQueue({
    clock,
    answerTimeoutMs: ANSWER_MS,
    maxWaitMs: MAX_WAIT_MS,
    quarantineMs: QUARANTINE_MS,
    maxWaiting: 3,
    onViolation: (kind) => violations.push(kind),
    onAmbiguous: () => {
      untold += 1;
    },
  });
  const attach = (): void => {
    queue.attach((request) => sent.push(idOf(request)));
  };
  attach();
  const ask = (id: string, survivesBreak = true) => watch(queue.request(JOURNEY, { CallId: id }, { survivesBreak }));
  const begin = (agentId: string) =>
    watch(queue.request('report.teamstatus.begin', { agentId }, { survivesBreak: false }));
  const end = (agentId: string) => watch(queue.request('report.teamstatus.end', { agentId }, { survivesBreak: false }));
  /** A success whose steps name these calls. */
  const success = (...ids: string[]): void => {
    queue.answer({ type: 'success', command: JOURNEY, data: { CallJourney: ids.map((CallId) => ({ CallId })) } });
  };
  const failure = (original: unknown, command: ReportCommand = JOURNEY): void => {
    queue.answer({ type: 'failure', command, failure: { code: 'X', message: 'no', context: '' }, original });
  };
  const refuse = (id: string): void => {
    failure({ command: JOURNEY, data: { CallId: id } });
  };
  return { clock, sent, violations, queue, attach, ask, begin, end, success, failure, refuse, untold: () => untold };
}

function idOf(request: ReportRequest): string {
  return request.command === JOURNEY ? request.data.CallId : request.data.agentId;
}

/** The outcome of a request in a word, and whom the answer was for. */
function watch(promise: Promise<Outcome>) {
  const seen: { outcome: string | null } = { outcome: null };
  void promise.then((outcome) => {
    if (outcome.type === 'not-sent') seen.outcome = outcome.reason;
    else if (outcome.type === 'success') seen.outcome = `success ${stepIds(outcome.data)}`.trim();
    else seen.outcome = outcome.type;
  });
  return {
    get: async (): Promise<string | null> => {
      await settled();
      return seen.outcome;
    },
  };
}

function stepIds(data: unknown): string {
  const { CallJourney } = data as { CallJourney?: { CallId: string }[] };
  return (CallJourney ?? []).map(({ CallId }) => CallId).join(' ');
}

test('a journey of one step without a list around it shows whose it is, too', async () => {
  const { ask, queue, success, untold } = setUp();
  const step = (id: string): void => {
    queue.answer({ type: 'success', command: JOURNEY, data: { CallJourney: { CallId: `"${id}"` } } });
  };
  ask('1');
  success('1');
  const two = ask('2');
  step('1');
  expect([await two.get(), untold()]).toEqual([null, 1]);
});

test('[REQ-8] a journey that comes again is not given to another call that it names, too', async () => {
  const { queue, attach, ask, success, untold } = setUp();
  const one = ask('1');
  success('1', '2');
  const two = ask('2');
  success('1', '2');
  expect([await one.get(), await two.get(), untold()]).toEqual(['success 1 2', null, 1]);
  queue.detach();
  attach();
  success('1', '2');
  expect(await two.get()).toBe('success 1 2');
});

test('[REQ-4] a refusal that spells the id otherwise is that of the request in flight', async () => {
  const { ask, begin, refuse, failure } = setUp();
  const call = ask('27');
  refuse('0027');
  const agent = begin('JSmith');
  failure({ data: { agentId: 'jsmith' } }, 'report.teamstatus.begin');
  expect([await call.get(), await agent.get()]).toEqual(['failure', 'failure']);
});

test('of two ids that differ in their case only, none is refused for the other', async () => {
  const { begin, failure } = setUp();
  const one = begin('kstone');
  failure({ data: { agentId: 'kstone' } }, 'report.teamstatus.begin');
  const two = begin('KStone');
  failure({ data: { agentId: 'kstone' } }, 'report.teamstatus.begin');
  expect([await one.get(), await two.get()]).toEqual(['failure', null]);
});

describe('the line', () => {
  test('[REQ-2] has one request of a command in flight, and sends the next when that one is answered', async () => {
    const { ask, sent, success, refuse } = setUp();
    const [one, two, three] = [ask('1'), ask('2'), ask('3')];
    expect(sent).toEqual(['1']);
    success('1');
    expect(sent).toEqual(['1', '2']);
    refuse('2');
    expect(sent).toEqual(['1', '2', '3']);
    success('3');
    expect([await one.get(), await two.get(), await three.get()]).toEqual(['success 1', 'failure', 'success 3']);
  });

  test('of one command does not wait for another', () => {
    const { ask, begin, end, sent } = setUp();
    ask('1');
    begin('a');
    end('b');
    expect(sent).toEqual(['1', 'a', 'b']);
  });

  test('[REQ-2] takes so many and no more, and takes more when one has gone', async () => {
    const { ask, sent, success } = setUp();
    ['1', '2', '3', '4'].forEach((id) => ask(id));
    expect(await ask('5').get()).toBe('queue-full');
    success('1');
    expect(await ask('6').get()).toBeNull();
    expect(sent).toEqual(['1', '2']);
  });

  test('holds requests back until there is a connection', async () => {
    const { queue, attach, ask, sent, success } = setUp();
    queue.detach();
    const one = ask('1');
    expect(sent).toEqual([]);
    attach();
    success('1');
    expect(await one.get()).toBe('success 1');
  });
});

describe('time', () => {
  test('[REQ-3] runs out for an answer, counted from the sending', async () => {
    const { clock, ask, success } = setUp();
    const [one, two] = [ask('1'), ask('2')];
    clock.advance(ANSWER_MS - 1);
    success('1');
    clock.advance(ANSWER_MS - 1);
    expect([await one.get(), await two.get()]).toEqual(['success 1', null]);
    clock.advance(1);
    expect(await two.get()).toBe('timeout');
  });

  test('runs out for a request that finds no connection', async () => {
    const { clock, queue, ask } = setUp();
    queue.detach();
    const one = ask('1');
    clock.advance(MAX_WAIT_MS - 1);
    expect(await one.get()).toBeNull();
    clock.advance(1);
    expect(await one.get()).toBe('link-down');
  });

  test('[REQ-2] runs out for a request that waits behind others', async () => {
    const { clock, ask, sent, success } = setUp();
    const [, two, three] = [ask('1'), ask('2'), ask('3')];
    clock.advance(MAX_WAIT_MS - 1);
    expect(await two.get()).toBeNull();
    clock.advance(1);
    expect(await three.get()).toBe('line-too-long');
    success('1');
    expect(sent).not.toContain('3');
  });

  test('leaves no timer behind when all is answered', () => {
    const { clock, ask, success } = setUp();
    ask('1');
    ask('2');
    success('1');
    success('2');
    expect(clock.timers).toBe(0);
  });
});

describe('a late answer', () => {
  /** The first request has timed out; the second one waits for the end of the quarantine. */
  function late() {
    const all = setUp();
    const one = all.ask('1');
    all.clock.advance(1);
    const two = all.ask('2');
    all.clock.advance(ANSWER_MS - 1);
    return { ...all, one, two };
  }
  /** The second request is in flight, and the answer to the first may still arrive. */
  function both() {
    const all = late();
    all.clock.advance(QUARANTINE_MS);
    expect(all.sent).toEqual(['1', '2']);
    return all;
  }

  test('[REQ-3] is waited for before the next request goes out', async () => {
    const { sent, one, two, success, violations } = late();
    expect(sent).toEqual(['1']);
    success('1');
    expect(sent).toEqual(['1', '2']);
    success('2');
    expect([await one.get(), await two.get()]).toEqual(['timeout', 'success 2']);
    expect(violations).toEqual(['late-answer']);
  });

  test('[REQ-3] is waited for so long and no longer', () => {
    const { clock, sent } = late();
    clock.advance(QUARANTINE_MS - 1);
    expect(sent).toEqual(['1']);
    clock.advance(1);
    expect(sent).toEqual(['1', '2']);
  });

  test('that names no call ends the wait, and is given to nobody', async () => {
    const { sent, two, success, violations } = late();
    success();
    expect(sent).toEqual(['1', '2']);
    expect(await two.get()).toBeNull();
    expect(violations).toEqual(['late-answer']);
  });

  test('[REQ-4] of failure is told by the request that it repeats', async () => {
    const { two, refuse, success, violations } = both();
    refuse('1');
    expect(await two.get()).toBeNull();
    success('2');
    expect(await two.get()).toBe('success 2');
    expect(violations).toEqual(['late-answer']);
  });

  test('[REQ-4] of success is told by its steps', async () => {
    const { two, success, violations } = both();
    success('x', '1');
    expect(await two.get()).toBeNull();
    success('y', '2');
    expect(await two.get()).toBe('success y 2');
    expect(violations).toEqual(['late-answer']);
  });

  test('may come after the next one’s answer', async () => {
    const { two, success, refuse, violations } = both();
    refuse('2');
    success('anything');
    expect(await two.get()).toBe('failure');
    expect(violations).toEqual(['late-answer']);
  });

  test.each([
    ['names neither call', ['x']],
    ['names both calls', ['1', '2']],
    ['has no steps', []],
  ])('[REQ-4] that %s is given to nobody, and only a new connection can tell', async (_, ids) => {
    const { two, success, violations, untold } = both();
    success(...ids);
    expect(await two.get()).toBeNull();
    expect(untold()).toBe(1);
    expect(violations).toEqual(['untold-answer']);
  });

  test('of failure without its request can’t be told either', async () => {
    const { two, failure, untold } = both();
    failure(undefined);
    expect(await two.get()).toBeNull();
    expect(untold()).toBe(1);
  });

  test('[REQ-9] that could not be told is asked for again on the next connection', async () => {
    const { queue, attach, sent, two, success } = both();
    success('x');
    queue.detach();
    attach();
    expect(sent).toEqual(['1', '2', '2']);
    success('x');
    expect(await two.get()).toBe('success x');
  });

  test('to the same call asked again is an answer to it', async () => {
    const { clock, ask, success, sent, violations } = setUp();
    ask('1');
    clock.advance(ANSWER_MS + QUARANTINE_MS);
    const again = ask('1');
    expect(sent).toEqual(['1', '1']);
    success('x');
    expect(await again.get()).toBe('success x');
    success('x');
    expect(violations).toEqual(['late-answer']);
  });

  test('is not waited for on a new connection', () => {
    const { queue, attach, sent, clock } = late();
    queue.detach();
    attach();
    expect(sent).toEqual(['1', '2']);
    clock.advance(ANSWER_MS);
    expect(clock.timers).toBe(1);
  });

  test('to an end is told by the order of sending', async () => {
    const { clock, end, queue, untold } = setUp();
    end('a');
    clock.advance(ANSWER_MS + QUARANTINE_MS);
    const two = end('b');
    const success = { type: 'success', command: 'report.teamstatus.end', data: {} } as const;
    queue.answer(success);
    expect(await two.get()).toBeNull();
    queue.answer(success);
    expect(await two.get()).toBe('success');
    expect(untold()).toBe(0);
  });
});

describe('an answer that may have come twice', () => {
  test('is given to nobody: it bears the id of the request before, and not of the one in flight', async () => {
    const { ask, success, untold, violations, queue, attach, sent } = setUp();
    const one = ask('1');
    const two = ask('2');
    success('1', 'x');
    expect(await one.get()).toBe('success 1 x');
    success('1', 'x');
    expect(await two.get()).toBeNull();
    expect(untold()).toBe(1);
    expect(violations).toEqual(['untold-answer']);
    // On a new connection it can only answer what was requested there.
    queue.detach();
    attach();
    expect(sent).toEqual(['1', '2', '2']);
    success('1', 'x');
    expect(await two.get()).toBe('success 1 x');
  });

  test('is told where it bears the id of the one in flight, or of neither', async () => {
    const { ask, success, untold } = setUp();
    const [, two, three] = [ask('1'), ask('2'), ask('3')];
    success('1');
    success('1', '2');
    expect(await two.get()).toBe('success 1 2');
    success('x');
    expect(await three.get()).toBe('success x');
    expect(untold()).toBe(0);
  });

  test('is the answer of a call that is asked again', async () => {
    const { ask, success, untold } = setUp();
    ask('1');
    const again = ask('1');
    success('1');
    success('1');
    expect(await again.get()).toBe('success 1');
    expect(untold()).toBe(0);
  });

  test('[REQ-5] leaves an answer without an id ambiguous, where the same call was requested again', async () => {
    const { ask, success, untold, queue, attach } = setUp();
    ask('1');
    const [again, two] = [ask('1'), ask('2')];
    success('1');
    success('1');
    success('x');
    expect([await again.get(), await two.get(), untold()]).toEqual(['success 1', null, 1]);
    queue.detach();
    attach();
    success('x');
    expect(await two.get()).toBe('success x');
  });
});

describe('an answer that came late or twice', () => {
  /** The call has timed out, and so has the wait for its answer. */
  const miss = ({ ask, clock }: ReturnType<typeof setUp>, id: string): void => {
    ask(id);
    clock.advance(ANSWER_MS + QUARANTINE_MS);
  };

  test('is not given to a call that timed out before and is asked again', async () => {
    const all = setUp();
    const { ask, success, untold } = all;
    miss(all, '2');
    const four = ask('4');
    success('4');
    const two = ask('2');
    success('4');
    expect([await four.get(), await two.get()]).toEqual(['success 4', null]);
    expect(untold()).toBe(1);
  });

  test.each([1, 2, 3])(
    '[REQ-4] is told from the one in flight by the id of any call before, %i calls later',
    async (later) => {
      const { ask, success, untold } = setUp();
      for (let id = 0; id < later; id += 1) {
        ask(String(id));
        success(String(id));
      }
      const last = ask('last');
      success('0');
      expect(await last.get()).toBeNull();
      expect(untold()).toBe(1);
    },
  );

  test.each([
    ['that showed its id', '1', 'x', true],
    ['that showed none', 'x', 'y', true],
    ['that was the same', 'x', 'x', false],
  ])('[REQ-5] without an id is told behind a late one %s', async (_, late, then, isTold) => {
    const { ask, clock, success, untold } = setUp();
    ask('1');
    clock.advance(ANSWER_MS);
    const two = ask('2');
    success(late);
    success(then);
    expect(await two.get()).toBe(isTold ? `success ${then}` : null);
    expect(untold()).toBe(isTold ? 0 : 1);
  });

  test('[REQ-7] without an id does not settle what is owed where it may be an earlier one once more', async () => {
    const { ask, clock, success, untold } = setUp();
    ask('0');
    success('x');
    ask('1');
    clock.advance(ANSWER_MS);
    const two = ask('2');
    success('x');
    success('y');
    expect(await two.get()).toBeNull();
    expect(untold()).toBe(1);
  });

  test('[REQ-5] without an id is given to nobody once one came that nobody had asked for: it pushes back all that come after it', async () => {
    const { ask, success, untold } = setUp();
    ask('1');
    success('x');
    success('x');
    const two = ask('2');
    success('y');
    expect(await two.get()).toBeNull();
    expect(untold()).toBe(1);
  });

  test('[REQ-6] does not keep a site from use whose answers never bear the id asked for, where none was owed', async () => {
    const { ask, success, failure, untold } = setUp();
    for (const id of ['1', '2', '3']) {
      const one = ask(id);
      success('x');
      expect(await one.get()).toBe('success x');
      const other = ask(`not ${id}`);
      failure(undefined);
      expect(await other.get()).toBe('failure');
    }
    expect(untold()).toBe(0);
  });

  test('does not keep a site from use whose answers bear it, whatever was owed and came', async () => {
    const all = setUp();
    const { ask, success, refuse, untold } = all;
    miss(all, '1');
    miss(all, '2');
    for (const id of ['3', '4', '1', '2', '3']) {
      const one = ask(id);
      success('elsewhere', id);
      expect(await one.get()).toBe(`success elsewhere ${id}`);
      const other = ask(`not ${id}`);
      refuse(`not ${id}`);
      expect(await other.get()).toBe('failure');
    }
    expect(untold()).toBe(0);
  });

  test('is a repeat, and no late answer, where it bears the id of a call that was answered', () => {
    const all = setUp();
    const { ask, success, violations, sent, clock } = all;
    ask('1');
    success('1');
    ask('2');
    clock.advance(ANSWER_MS);
    ask('3');
    success('1');
    expect(violations).toEqual(['unasked-answer']);
    expect(sent).toEqual(['1', '2']);
    success('2');
    expect(sent).toEqual(['1', '2', '3']);
  });

  test('of failure is told by its original, however often each comes', async () => {
    const all = setUp();
    const { ask, refuse, untold, violations } = all;
    miss(all, '1');
    ask('2');
    refuse('2');
    const three = ask('3');
    for (const id of ['1', '2', '1', '2']) refuse(id);
    expect(await three.get()).toBeNull();
    refuse('3');
    expect(await three.get()).toBe('failure');
    expect(untold()).toBe(0);
    expect(violations).toEqual(['late-answer', 'unasked-answer', 'unasked-answer', 'unasked-answer']);
  });

  test('that names the second of two that are owed is taken for that one’s', async () => {
    const all = setUp();
    const { ask, success, violations, untold } = all;
    miss(all, '1');
    miss(all, '2');
    const three = ask('3');
    success('2');
    success('1');
    expect(await three.get()).toBeNull();
    success('3');
    expect(await three.get()).toBe('success 3');
    expect(violations).toEqual(['late-answer', 'late-answer']);
    expect(untold()).toBe(0);
  });

  test.each([
    ['shows whose it is', '1'],
    ['does not', 'x'],
  ])('[REQ-7] does not end the wait for a second one that is owed, where it %s', (_, shown) => {
    const all = setUp();
    const { ask, success, sent, clock } = all;
    miss(all, '1');
    ask('2');
    clock.advance(ANSWER_MS);
    ask('3');
    success(shown);
    expect(sent).toEqual(['1', '2']);
    clock.advance(QUARANTINE_MS);
    expect(sent).toEqual(['1', '2', '3']);
  });

  test('without ids is given to nobody where the call in flight is one of two that are owed', async () => {
    const all = setUp();
    const { ask, success, untold } = all;
    miss(all, '1');
    miss(all, '2');
    const again = ask('1');
    success('x');
    expect(await again.get()).toBeNull();
    expect(untold()).toBe(1);
  });

  test('[REQ-4] is compared without what stands around an id', async () => {
    const { ask, success, refuse } = setUp();
    const one = ask('1');
    const two = ask(' 2 ');
    refuse('"1"');
    expect(await one.get()).toBe('failure');
    success('\u200b1 ');
    expect(await two.get()).toBeNull();
    success("'2'");
    expect(await two.get()).toBe("success '2'");
  });

  test('[REQ-11] need not be remembered for ever: from then on, what shows no id is nobody’s', async () => {
    const { ask, success, untold } = setUp();
    for (let id = 0; id <= MAX_EARLIER_IDS; id += 1) {
      ask(String(id));
      success(String(id));
    }
    const last = ask('last');
    success('0');
    expect(await last.get()).toBeNull();
    expect(untold()).toBe(1);
  });
});

describe('a begin', () => {
  test('is not refused for another agent’s: the failure names whose it is', async () => {
    const { begin, failure, violations } = setUp();
    const one = begin('a');
    failure({ data: { agentId: 'b' } }, 'report.teamstatus.begin');
    expect(await one.get()).toBeNull();
    expect(violations).toEqual(['unasked-answer']);
    failure({ data: { agentId: 'a' } }, 'report.teamstatus.begin');
    expect(await one.get()).toBe('failure');
  });

  test('[BEGIN-5] has a success that names nobody while nothing else is owed, and an ambiguous one while another begin is', async () => {
    const { clock, queue, begin, untold } = setUp();
    const succeed = (): void => {
      queue.answer({ type: 'success', command: 'report.teamstatus.begin', data: {} });
    };
    const first = begin('a');
    succeed();
    expect(await first.get()).toBe('success');
    begin('b');
    clock.advance(ANSWER_MS + QUARANTINE_MS);
    const third = begin('c');
    succeed();
    expect([await third.get(), untold()]).toEqual([null, 1]);
  });

  test('that has no limits is not refused for a line that is full', async () => {
    const { queue } = setUp();
    const options = { survivesBreak: false, isLimited: false };
    const all = Array.from({ length: 21 }, (_, id) =>
      watch(queue.request('report.teamstatus.begin', { agentId: String(id) }, options)),
    );
    for (const one of all) expect(await one.get()).toBeNull();
  });
});

describe('an answer that nobody asked for', () => {
  test('is given to nobody', () => {
    const { success, violations, untold } = setUp();
    success('1');
    expect(violations).toEqual(['unasked-answer']);
    expect(untold()).toBe(0);
  });

  test('is told from the one in flight by the request that it repeats', async () => {
    const { ask, refuse, success, violations } = setUp();
    const one = ask('1');
    refuse('2');
    expect(await one.get()).toBeNull();
    expect(violations).toEqual(['unasked-answer']);
    success('1');
    expect(await one.get()).toBe('success 1');
  });

  test.each([[undefined], [null], ['text'], [{}], [{ data: [] }], [{ data: { CallId: 1 } }]])(
    'is not seen in a failure whose original is %j: it goes to the one in flight',
    async (original) => {
      const { ask, failure } = setUp();
      const one = ask('1');
      failure(original);
      expect(await one.get()).toBe('failure');
    },
  );

  test('is told by ids that are also names of objects’ own', async () => {
    const { ask, failure } = setUp();
    const one = ask('__proto__');
    failure(JSON.parse('{"data":{"CallId":"constructor"}}'));
    expect(await one.get()).toBeNull();
    failure(JSON.parse('{"data":{"CallId":"__proto__"}}'));
    expect(await one.get()).toBe('failure');
  });
});

describe('a break', () => {
  test('[REQ-10] is outlived by what merely reads, which goes first on the next connection', async () => {
    const { queue, attach, ask, sent, success } = setUp();
    const [one, two] = [ask('1'), ask('2')];
    queue.detach();
    attach();
    expect(sent).toEqual(['1', '1']);
    success('1');
    success('2');
    expect([await one.get(), await two.get()]).toEqual(['success 1', 'success 2']);
  });

  test('[REQ-10] ends begins, in flight or in line: whoever began decides whether to begin again', async () => {
    const { queue, attach, begin, sent } = setUp();
    const [one, two] = [begin('a'), begin('b')];
    queue.detach();
    attach();
    expect([await one.get(), await two.get()]).toEqual(['connection-lost', 'connection-lost']);
    expect(sent).toEqual(['a']);
  });

  test('does not prolong a request for ever, however often it comes', async () => {
    const { clock, queue, attach, ask } = setUp();
    const one = ask('1');
    for (let spent = 0; spent < MAX_WAIT_MS + ANSWER_MS; spent += 5000) {
      expect(await one.get()).toBeNull();
      queue.detach();
      clock.advance(5000);
      attach();
    }
    queue.detach();
    clock.advance(0);
    expect(await one.get()).toBe('link-down');
    expect(clock.timers).toBe(0);
  });

  test('leaves no answer of the old connection owed', () => {
    const { queue, attach, ask, clock, success, violations } = setUp();
    ask('1');
    clock.advance(ANSWER_MS);
    queue.detach();
    attach();
    success('1');
    expect(violations).toEqual(['unasked-answer']);
  });
});

test('abandoning ends everything, waiting or in flight, and leaves no timer behind', async () => {
  const { clock, queue, ask, begin, end } = setUp();
  end('x');
  clock.advance(ANSWER_MS);
  const all = [ask('1'), ask('2'), begin('a'), begin('b'), end('y')];
  queue.abandon();
  for (const one of all) expect(await one.get()).toBe('connection-lost');
  expect(clock.timers).toBe(0);
});

test('over any course of answers, late, lost and repeated, no call is given what was said to another', async () => {
  const ids = fc.constantFrom('1', '2', '3');
  const act = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('ask'), id: ids }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('answer'), at: fc.nat({ max: 5 }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('repeat'), at: fc.nat({ max: 5 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(100, 4000, 10_000) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40, size: 'max' }), fc.boolean(), async (acts, bearsIds) => {
      const { clock, queue, ask, attach, sent, untold } = setUp();
      const asked: { readonly id: string; readonly outcome: ReturnType<typeof watch> }[] = [];
      /**
       * What this connection may still answer, and what it has answered. Without ids, only unanswered requests can be
       * repeated.
       */
      let open: string[] = [];
      let answered: string[] = [];
      let known = 0;
      const send = (id: string): void => {
        const step = { CallId: bearsIds ? id : 'elsewhere' };
        queue.answer({ type: 'success', command: JOURNEY, data: { CallJourney: [step, { CallId: `of ${id}` }] } });
      };
      let left = 0;
      for (const one of acts) {
        open.push(...sent.slice(known));
        known = sent.length;
        if ('id' in one) asked.push({ id: one.id, outcome: ask(one.id) });
        else if ('ms' in one) clock.advance(one.ms);
        else if (one.do === 'answer') {
          const [id] = open.splice(one.at, 1);
          if (id !== undefined) {
            answered.push(id);
            send(id);
          }
        } else if (bearsIds) {
          const id = answered[one.at];
          if (id !== undefined) send(id);
        }
        if (untold() > left) {
          left = untold();
          queue.detach();
          open = [];
          answered = [];
          known = sent.length;
          attach();
        }
        await settled();
      }
      for (const { id, outcome } of asked) {
        const text = await outcome.get();
        if (text?.startsWith('success') === true) expect(text.endsWith(`of ${id}`)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
