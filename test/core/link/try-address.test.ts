/** What the test of a connection requests, how it reads the answers, and that it leaves nothing behind. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { plainCodec } from '../../../src/core/link/codec.ts';
import {
  MAX_ANSWER_MS,
  MAX_QUIET_MS,
  MAX_TRIAL_MS,
  MAX_TRIED_AGENTS,
  tryAddress,
} from '../../../src/core/link/try-address.ts';
import { systemClock } from '../../../src/core/base/clock.ts';
import { webSocketTransport } from '../../../src/core/link/web-socket-transport.ts';
import type { AddressTrial } from '../../../src/shared/link/link.ts';
import { BareProcessor, member } from '../../../lab/bare-processor.ts';
import { FakeClock, settled } from '../../../lab/fake-clock.ts';
import { FakeTransport } from '../../../lab/fake-transport.ts';

const TRANSPORT = { subprotocol: '', headers: new Map<string, string>(), caFile: '', connectTimeoutMs: 10_000 };
const URL = 'ws://processor';
const SETTLE_MS = 5000;

function setUp(...agentIds: readonly string[]) {
  const clock = new FakeClock();
  const transport = new FakeTransport(() => clock.now());
  let trial: AddressTrial | null = null;
  void tryAddress(URL, {
    transport: transport.open,
    transportOptions: TRANSPORT,
    codec: plainCodec,
    clock,
    agentIds,
    answerTimeoutMs: 10_000,
    settleMs: SETTLE_MS,
  }).then((result) => {
    trial = result;
  });
  /** The newest connection opens and answers the ping. */
  const greet = async (): Promise<void> => {
    transport.last.handlers.onOpen();
    await settled();
    transport.last.pong();
    await settled();
  };
  const answer = async (message: object): Promise<void> => {
    transport.last.receive({ command: 'report.teamstatus.begin', ...message });
    await settled();
  };
  const accept = (): Promise<void> => answer({ result: 'success', data: {} });
  const refuse = (agentId: string, message = 'No such agent'): Promise<void> =>
    answer({
      result: 'failure',
      failure: { code: 'E1', message, context: '' },
      original: { command: 'report.teamstatus.begin', data: { agentId } },
    });
  const team = (agentId: string | null, teamId: string, ...memberIds: readonly string[]): void => {
    transport.last.receive({
      name: 'report.teamstatus.teamadded',
      data: {
        ...(agentId === null ? {} : { agentId }),
        team: { teamId, teamName: teamId, members: memberIds.map((id) => member(id)) },
      },
    });
  };
  const sent = (): readonly string[] =>
    transport.connections.flatMap(({ requests }, index) =>
      (requests as { command: string; data: { agentId: string } }[]).map(
        ({ command, data }) => `${String(index)} ${command.replace('report.teamstatus.', '')} ${data.agentId}`,
      ),
    );
  return { clock, transport, greet, answer, accept, refuse, team, sent, result: () => trial };
}

describe('the test of an address', () => {
  test('without agents it pings, says goodbye and asks nothing', async () => {
    const { greet, result, sent, transport, clock } = setUp();
    await greet();
    expect(result()).toEqual({ url: URL, isOk: true, tookMs: 0, agents: [], notAsked: 0 });
    expect(sent()).toEqual([]);
    expect(transport.last.ended).toBe('closed');
    expect(clock.timers).toBe(0);
  });

  test('a processor that answers no ping is silent, and one that ends says why', async () => {
    const silent = setUp('1');
    silent.transport.last.handlers.onOpen();
    await silent.clock.run(10_000);
    expect(silent.result()).toMatchObject({ isOk: false, reason: { code: 'silent' } });
    expect(silent.transport.last.ended).toBe('terminated');
    const gone = setUp('1');
    gone.transport.last.end('refused');
    await settled();
    expect(gone.result()).toMatchObject({ isOk: false, reason: { code: 'refused' } });
  });

  test('[TEST-1] each agent is begun, counted and ended, one after the other on one connection', async () => {
    const { clock, greet, accept, refuse, team, sent, result, transport } = setUp('1001', '77777', '1003');
    await greet();
    expect(sent()).toEqual(['0 begin 1001']);
    team('1001', 't1', 'm1', 'm2');
    await accept();
    team('1001', 't2', 'm2', 'm3');
    team('9', 't9', 'm9');
    await clock.run(MAX_QUIET_MS);
    expect(sent()).toEqual(['0 begin 1001', '0 end 1001', '0 begin 77777']);
    transport.last.receive({ command: 'report.teamstatus.end', result: 'success', data: {} });
    await refuse('77777');
    expect(sent().slice(3)).toEqual(['0 begin 1003']);
    await accept();
    await clock.run(SETTLE_MS);
    expect(result()).toMatchObject({
      isOk: true,
      notAsked: 0,
      agents: [
        { agentId: '1001', type: 'accepted', teams: 2, people: 3 },
        { agentId: '77777', type: 'refused', code: 'E1', message: 'No such agent' },
        { agentId: '1003', type: 'accepted', teams: 0, people: 0, waitedMs: SETTLE_MS },
      ],
    });
    expect(sent().slice(3)).toEqual(['0 begin 1003', '0 end 1003']);
    expect(transport.last.ended).toBe('closed');
    expect(clock.timers).toBe(0);
  });

  test('teams are waited for while they come, but not for ever', async () => {
    const { clock, greet, accept, team, result } = setUp('1');
    await greet();
    await accept();
    let teams = 0;
    for (let ms = 0; ms < SETTLE_MS; ms += MAX_QUIET_MS / 2) {
      teams += 1;
      team('1', `t${String(teams)}`, 'm1');
      expect(result()).toBeNull();
      await clock.run(MAX_QUIET_MS / 2);
    }
    expect(result()).toMatchObject({ agents: [{ teams, people: 1 }] });
  });

  test('[TEST-2] a first team has as long as teams may take, and is no longer waited for once it has come', async () => {
    const { clock, greet, accept, team, result } = setUp('1');
    await greet();
    await accept();
    await clock.run(SETTLE_MS - 1);
    expect(result()).toBeNull();
    team('1', 't1', 'm1');
    await clock.run(1);
    expect(result()).toMatchObject({ agents: [{ teams: 1, people: 1 }] });
    const early = setUp('1');
    await early.greet();
    await early.accept();
    await early.clock.run(2500);
    early.team('1', 't1', 'm1');
    await early.clock.run(MAX_QUIET_MS - 1);
    expect(early.result()).toBeNull();
    await early.clock.run(1);
    expect(early.result()).toMatchObject({ agents: [{ teams: 1, waitedMs: 2500 + MAX_QUIET_MS }] });
  });

  test('[TEST-2] that no team came is said with how long it had, and never for longer than somebody waits', async () => {
    const ids = Array.from({ length: 8 }, (_, index) => `a${String(index)}`);
    const { clock, greet, accept, sent, result } = setUp(...ids);
    await greet();
    const subscribed = clock.now();
    while (result() === null) {
      if (sent().at(-1)?.includes('begin') === true) {
        await clock.run(700);
        await accept();
      }
      await clock.run(SETTLE_MS);
    }
    const trial = result();
    const waited =
      trial?.isOk === true ? trial.agents.map((one) => (one.type === 'accepted' ? one.waitedMs : NaN)) : [];
    expect(waited).toEqual([5000, 5000, 5000, 5000, 5000, 1000]);
    expect(clock.now() - subscribed).toBeLessThanOrEqual(MAX_TRIAL_MS + SETTLE_MS);
    expect(trial).toMatchObject({ notAsked: 2 });
  });

  test('who leaves and what is removed meanwhile does not count', async () => {
    const { clock, greet, accept, team, result, transport } = setUp('1');
    await greet();
    team('1', 't1', 'm1', 'm2');
    team('1', 't2', 'm3');
    const event = (name: string, of: object): void => {
      transport.last.receive({ name: `report.teamstatus.${name}`, data: { agentId: '1', team: of } });
    };
    event('memberremoved', { teamId: 't1', members: [{ memberId: 'm2' }] });
    event('teamremoved', { teamId: 't2' });
    await accept();
    await clock.run(MAX_QUIET_MS);
    expect(result()).toMatchObject({ agents: [{ teams: 1, people: 1 }] });
  });

  test.each(['Success', 'SUCCESS', ' success '])(
    'words in another spelling are read as on the board: %j',
    async (word) => {
      const { clock, greet, answer, team, result } = setUp(' 1001 ');
      await greet();
      await answer({ command: 'Report.TeamStatus.Begin', result: word });
      team('"1001"', 't1', 'm1');
      await clock.run(MAX_QUIET_MS);
      expect(result()).toMatchObject({ agents: [{ type: 'accepted', teams: 1, people: 1 }] });
    },
  );

  test('frames that can’t be read are passed over', async () => {
    const { clock, greet, accept, result, transport } = setUp('1');
    await greet();
    transport.last.handlers.onFrame('{');
    transport.last.receive([1]);
    transport.last.receive({ command: 'report.calljourney', result: 'success', data: {} });
    await accept();
    await clock.run(SETTLE_MS);
    expect(result()).toMatchObject({ agents: [{ type: 'accepted', teams: 0, people: 0 }] });
  });

  test('[TEST-5] after a begin without an answer the next agent is asked about on another connection', async () => {
    const { clock, greet, refuse, sent, result, transport } = setUp('1', '2');
    await greet();
    await clock.run(MAX_ANSWER_MS);
    expect(transport.connections[0]?.ended).toBe('closed');
    await greet();
    // Anything late on the first one answers nothing.
    transport.connections[0]?.receive({ command: 'report.teamstatus.begin', result: 'success' });
    await refuse('2');
    expect(result()).toMatchObject({
      agents: [
        { agentId: '1', type: 'unanswered' },
        { agentId: '2', type: 'refused' },
      ],
    });
    expect(sent()).toEqual(['0 begin 1', '0 end 1', '1 begin 2']);
    expect(transport.connections.map(({ ended }) => ended)).toEqual(['closed', 'closed']);
    expect(clock.timers).toBe(0);
  });

  test('[TEST-5] an answer that comes twice is not taken for the next agent’s', async () => {
    const { clock, greet, accept, refuse, sent, result } = setUp('1', '2');
    await greet();
    await accept();
    await clock.run(SETTLE_MS);
    // The first one's again, and then the second one's own.
    await accept();
    await refuse('2');
    await clock.run(SETTLE_MS);
    await greet();
    await refuse('2');
    expect(result()).toMatchObject({ agents: [{ type: 'accepted' }, { agentId: '2', type: 'refused' }] });
    expect(sent().filter((one) => one.includes('begin'))).toEqual(['0 begin 1', '0 begin 2', '1 begin 2']);
  });

  test('[TEST-5] a refusal of another agent is not this one’s', async () => {
    const { clock, greet, accept, refuse, result } = setUp('1', '2');
    await greet();
    await refuse('1');
    await refuse('1');
    await greet();
    await accept();
    await clock.run(SETTLE_MS);
    expect(result()).toMatchObject({ agents: [{ type: 'refused' }, { agentId: '2', type: 'accepted' }] });
  });

  test('[TEST-6] a connection that is cut in the middle costs the agent it was about, and no other', async () => {
    const { clock, greet, accept, result, transport } = setUp('1', '2', '3');
    await greet();
    transport.last.end('closed');
    await settled();
    await greet();
    await accept();
    transport.last.end('closed');
    await settled();
    await greet();
    await accept();
    await clock.run(SETTLE_MS);
    expect(result()).toMatchObject({
      isOk: true,
      agents: [{ type: 'cut', reason: { code: 'closed' } }, { type: 'cut' }, { agentId: '3', type: 'accepted' }],
    });
  });

  test('where no other connection can be had, the rest is not asked about', async () => {
    const { clock, greet, result, transport } = setUp('1', '2', '3');
    await greet();
    transport.last.end('closed');
    await settled();
    transport.last.end('refused');
    await settled();
    expect(result()).toMatchObject({
      agents: [{ type: 'cut' }, { agentId: '2', type: 'cut', reason: { code: 'refused' } }],
      notAsked: 1,
    });
    expect(clock.timers).toBe(0);
  });

  test('[TEST-7] not more agents are asked about, and not for longer, than somebody waits for', async () => {
    const ids = Array.from({ length: MAX_TRIED_AGENTS + 5 }, (_, index) => `a${String(index)}`);
    const many = setUp(...ids);
    await many.greet();
    for (const id of ids.slice(0, MAX_TRIED_AGENTS)) await many.refuse(id);
    expect(many.result()).toMatchObject({ notAsked: 5 });
    expect(many.sent()).toHaveLength(MAX_TRIED_AGENTS);
    const slow = setUp(...ids);
    while (slow.result() === null) {
      await slow.greet();
      await slow.clock.run(MAX_ANSWER_MS);
    }
    const asked = MAX_TRIAL_MS / MAX_ANSWER_MS + 1;
    expect(slow.result()).toMatchObject({ notAsked: ids.length - asked });
  });

  test('whatever each agent meets with, it is told of that agent, and nothing stays begun, property', async () => {
    const fate = fc.constantFrom('accept', 'refuse', 'unanswered', 'cut', 'twice');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 6 }), async (fates) => {
        const ids = fates.map((_, index) => `a${String(index)}`);
        const { clock, greet, accept, refuse, team, sent, result, transport } = setUp(...ids);
        while (result() === null) {
          const asked = sent().at(-1)?.split(' ') ?? [];
          const isAsking = asked[0] === String(transport.connections.length - 1) && asked[1] === 'begin';
          if (!isAsking) {
            await greet();
            continue;
          }
          const id = asked[2] ?? '';
          switch (fates[ids.indexOf(id)]) {
            case 'accept':
            case 'twice':
              team(id, `t ${id}`, id);
              await accept();
              if (fates[ids.indexOf(id)] === 'twice') await accept();
              await clock.run(MAX_QUIET_MS);
              break;
            case 'refuse':
              await refuse(id);
              break;
            case 'unanswered':
              await clock.run(MAX_ANSWER_MS);
              break;
            default:
              transport.last.end('closed');
              await settled();
          }
        }
        expect(result()).toMatchObject({
          agents: fates.map((one, index) => {
            const agentId = ids[index];
            if (one === 'accept' || one === 'twice') return { agentId, type: 'accepted', teams: 1, people: 1 };
            return { agentId, type: one === 'refuse' ? 'refused' : one };
          }),
          notAsked: 0,
        });
        expect(transport.connections.at(-1)?.ended).toBe('closed');
        expect(clock.timers).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('against a processor', () => {
  const processors: BareProcessor[] = [];
  afterEach(async () => {
    for (const processor of processors.splice(0)) await processor.stop();
  });

  test('[TEST-3] what was begun is ended before the goodbye', async () => {
    const processor = await BareProcessor.start();
    processors.push(processor);
    const trial = tryAddress(processor.url, {
      transport: webSocketTransport,
      transportOptions: TRANSPORT,
      codec: plainCodec,
      clock: systemClock,
      agentIds: ['1001', '77777'],
      answerTimeoutMs: 10_000,
      settleMs: 1,
    });
    const connection = await processor.connection();
    const begin = await connection.request('report.teamstatus.begin');
    connection.event('teamadded', '1001', { teamId: 't1', teamName: 'Sales', members: [member('m1')] });
    connection.success(begin);
    connection.failure(await connection.request('report.teamstatus.begin'), { code: 'X', message: 'No such agent' });
    expect(await trial).toMatchObject({
      isOk: true,
      agents: [
        { agentId: '1001', type: 'accepted', teams: 1, people: 1 },
        { agentId: '77777', type: 'refused', code: 'X', message: 'No such agent' },
      ],
    });
    expect((await connection.closed).code).toBe(1000);
    expect(
      connection.received.map(({ command, data }) => `${command.split('.').at(-1) ?? ''} ${String(data.agentId)}`),
    ).toEqual(['begin 1001', 'end 1001', 'begin 77777']);
  });
});
