/** The simulator as a client sees it, over real sockets on 127.0.0.1. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { MAX_FRAME_BYTES } from '../../src/shared/link/report.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/simulator.ts';
import { World } from '../../src/simulator/board/world.ts';
import { Client, ReferenceBoard, type Message } from '../../lab/simulator-client.ts';

const BEGIN = 'report.teamstatus.begin';
const END = 'report.teamstatus.end';
const JOURNEY = 'report.calljourney';
const TEAM_ADDED = 'report.teamstatus.teamadded';

const started: Simulator[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((simulator) => simulator.close()));
});

/** Stands still unless a rate is given. */
async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ ratePerSecond: 0, ...options });
  started.push(simulator);
  return simulator;
}

async function startWithClient(options: SimulatorOptions = {}): Promise<Client> {
  const simulator = await start(options);
  return Client.open(simulator.url);
}

function isEvent(message: Message): boolean {
  return message.name !== undefined;
}

describe('begin', () => {
  test('is answered with nothing, and then every team of the agent comes with all its members', async () => {
    const client = await startWithClient({ teams: 6, members: 48, seed: 1 });
    client.request(BEGIN, { agentId: '1001' });
    // A request is answered before the next one, so its answer marks the end of the effects of the first.
    await client.ask(JOURNEY, { CallId: 'EMPTY' });
    const teams = new World({ teams: 6, members: 48, seed: 1 }).teamsOf('1001') ?? [];
    expect(client.received.slice(0, -1)).toEqual([
      { command: BEGIN, result: 'success', data: {} },
      ...teams.map((team) => ({ name: TEAM_ADDED, data: { agentId: '1001', team } })),
    ]);
  });

  test('of an agent brings the agent’s own teams only', async () => {
    const client = await startWithClient();
    client.request(BEGIN, { agentId: '1002' });
    await client.ask(JOURNEY, { CallId: 'EMPTY' });
    expect(client.received.filter(isEvent).map((event) => event.data?.team?.teamId)).toEqual(['1']);
    expect(client.received.filter(isEvent).map((event) => event.data?.agentId)).toEqual(['1002']);
  });

  test('of an unknown agent fails, with the whole request, and brings no events', async () => {
    const client = await startWithClient({ ratePerSecond: 500 });
    const request = { command: BEGIN, data: { agentId: '4711', shift: 'late' }, more: [1] };
    client.socket.send(JSON.stringify(request));
    const answer = await client.until((message) => message.command === BEGIN);
    expect(answer).toMatchObject({ result: 'failure', failure: { code: 'AGENT_NOT_FOUND' }, original: request });
    expect(answer.failure?.message).toContain('4711');
    expect(answer.failure?.context).toContain('\tat ');
    await client.ask(END, { agentId: '1001' });
    expect(client.received.filter(isEvent)).toEqual([]);
  });

  test('again, in the middle of it all, brings what the events have told', async () => {
    const client = await startWithClient({ ratePerSecond: 2_000, teams: 8, members: 60 });
    await client.ask(BEGIN, { agentId: '1001' });
    await client.until(() => client.received.length > 1_500);
    const start = client.received.length;
    client.request(BEGIN, { agentId: '1001' });
    const again = await client.until((message) => message.command === BEGIN, start);
    const border = client.received.indexOf(again);

    const board = new ReferenceBoard();
    for (const { name, data } of client.received.slice(0, border)) {
      if (name !== undefined && data?.team !== undefined) board.apply(name, data.team);
    }
    await client.until(() => client.received.length > border + board.teams.size);
    const fresh = new ReferenceBoard();
    for (const { name, data } of client.received.slice(border + 1, border + 1 + board.teams.size)) {
      expect(name).toBe(TEAM_ADDED);
      if (name !== undefined && data?.team !== undefined) fresh.apply(name, data.team);
    }
    expect(fresh.view()).toEqual(board.view());
  });

  test('brings events to that connection only', async () => {
    const simulator = await start({ ratePerSecond: 500 });
    const [listener, other] = [await Client.open(simulator.url), await Client.open(simulator.url)];
    await listener.ask(BEGIN, { agentId: '1001' });
    await listener.until(() => listener.received.length > 100);
    await other.ask(JOURNEY, { CallId: 'EMPTY' });
    expect(other.received).toHaveLength(1);
  });

  test('of both agents brings each change of the first team once for each', async () => {
    const client = await startWithClient({ ratePerSecond: 500, teams: 1, members: 10 });
    await client.ask(BEGIN, { agentId: '1001' });
    await client.ask(BEGIN, { agentId: '1002' });
    await client.until(() => client.received.length > 200);
    const changes = client.received.filter((message) => isEvent(message) && message.data?.team?.teamId === '1');
    const shared = changes.slice(changes.findIndex((change) => change.data?.agentId === '1002') + 1);
    for (let index = 0; index + 1 < shared.length; index += 2) {
      const [first, second] = [shared[index], shared[index + 1]];
      expect([first?.data?.agentId, second?.data?.agentId]).toEqual(['1001', '1002']);
      expect(first?.data?.team).toEqual(second?.data?.team);
    }
  });

  test('of a team of 10,000 stays within the largest frame', () => {
    const [team] = new World({ teams: 1, members: 10_000, seed: 1 }).teamsOf('1001') ?? [];
    const event = JSON.stringify({ name: TEAM_ADDED, data: { agentId: '1001', team } });
    expect(Buffer.byteLength(event)).toBeLessThan(MAX_FRAME_BYTES);
  });
});

describe('end', () => {
  test('is answered with nothing, and no events follow it', async () => {
    const simulator = await start({ ratePerSecond: 500 });
    const [client, observer] = [await Client.open(simulator.url), await Client.open(simulator.url)];
    await client.ask(BEGIN, { agentId: '1001' });
    await client.until(() => client.received.length > 50);
    const ended = await client.ask(END, { agentId: '1001' });
    expect(ended).toEqual({ command: END, result: 'success', data: {} });
    const border = client.received.indexOf(ended) + 1;
    await observer.ask(BEGIN, { agentId: '1001' });
    await observer.until(() => observer.received.length > 100);
    await client.ask(JOURNEY, { CallId: 'EMPTY' });
    expect(client.received.slice(border)).toHaveLength(1);
  });

  test('of one agent leaves the other', async () => {
    const client = await startWithClient({ ratePerSecond: 500 });
    await client.ask(BEGIN, { agentId: '1001' });
    await client.ask(BEGIN, { agentId: '1002' });
    await client.ask(END, { agentId: '1001' });
    const border = client.received.length;
    await client.until(() => client.received.length > border + 20);
    const agents = new Set(client.received.slice(border).map((message) => message.data?.agentId));
    expect(agents).toEqual(new Set(['1002']));
  });

  test('of an unknown agent fails', async () => {
    const client = await startWithClient();
    expect(await client.ask(END, { agentId: '__proto__' })).toMatchObject({ failure: { code: 'AGENT_NOT_FOUND' } });
  });
});

describe('a call journey', () => {
  test('is answered with its steps', async () => {
    const client = await startWithClient();
    const answer = await client.ask(JOURNEY, { CallId: '16817251' });
    expect(answer).toEqual({
      command: JOURNEY,
      result: 'success',
      data: {
        CallJourney: [
          {
            CallId: '16817251',
            Device: '8000',
            DeviceType: '74',
            Description: 'Route point Main number',
            Duration: '00:00:00',
          },
          {
            CallId: '16817251',
            Device: '5002',
            DeviceType: '73',
            Description: 'Script Welcome',
            Duration: '00:00:08',
          },
        ],
      },
    });
  });

  test('that is not known fails with the request', async () => {
    const client = await startWithClient();
    expect(await client.ask(JOURNEY, { CallId: '99' })).toMatchObject({
      command: JOURNEY,
      result: 'failure',
      failure: { code: 'CALL_NOT_FOUND' },
      original: { command: JOURNEY, data: { CallId: '99' } },
    });
  });

  test('that is slow does not hold up the next', async () => {
    const client = await startWithClient();
    client.request(JOURNEY, { CallId: 'SLOW' });
    await client.ask(JOURNEY, { CallId: 'EMPTY' });
    expect(client.received).toEqual([{ command: JOURNEY, result: 'success', data: { CallJourney: [] } }]);
  });

  test('can be asked for every sample call', async () => {
    const simulator = await start();
    const client = await Client.open(simulator.url);
    for (const { callId } of simulator.sampleCalls.filter((call) => call.callId !== 'SLOW')) {
      const answer = await client.ask(JOURNEY, { CallId: callId });
      expect(answer.result).toBe(callId === 'UNKNOWN' || callId === 'FAIL' ? 'failure' : 'success');
    }
  });
});

describe('a bad request', () => {
  test.each([
    ['text that is not JSON', 'hello', undefined, ''],
    ['nothing at all', '', undefined, ''],
    ['JSON that is no object', '[1,2]', [1, 2], ''],
    ['null', 'null', null, ''],
    ['an object without a command', '{"data":{}}', { data: {} }, ''],
    ['an unknown command', '{"command":"report.sing"}', { command: 'report.sing' }, 'report.sing'],
    ['a command of another kind', '{"command":7}', { command: 7 }, ''],
    ['a begin without data', `{"command":"${BEGIN}"}`, { command: BEGIN }, BEGIN],
    [
      'a journey with a number for an id',
      `{"command":"${JOURNEY}","data":{"CallId":5}}`,
      { command: JOURNEY, data: { CallId: 5 } },
      JOURNEY,
    ],
  ])('is answered with what was wrong: %s', async (_, text, original, command) => {
    const client = await startWithClient();
    client.socket.send(text);
    const answer = await client.until(() => true);
    expect(answer).toMatchObject({ command, result: 'failure', failure: { code: 'BAD_REQUEST' } });
    expect(answer.failure?.message).not.toBe('');
    expect(answer.original).toEqual(original);
    expect(await client.ask(JOURNEY, { CallId: 'EMPTY' })).toMatchObject({ result: 'success' });
  });

  test('is answered in a binary frame too', async () => {
    const client = await startWithClient();
    client.socket.send(Buffer.from([0, 255, 1]), { binary: true });
    expect(await client.until(() => true)).toMatchObject({ result: 'failure', failure: { code: 'BAD_REQUEST' } });
  });

  test('is answered however deeply it is nested', async () => {
    const client = await startWithClient();
    client.socket.send(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(await client.until(() => true)).toMatchObject({ result: 'failure', failure: { code: 'BAD_REQUEST' } });
  });

  test('that breaks a connection leaves the others', async () => {
    const simulator = await start();
    const [bad, good] = [await Client.open(simulator.url), await Client.open(simulator.url)];
    bad.socket.send('x'.repeat(2 * 1024 * 1024));
    await bad.closed;
    expect(await good.ask(JOURNEY, { CallId: 'EMPTY' })).toMatchObject({ result: 'success' });
  });
});

describe('starting', () => {
  test('fails with a clear error where the port is taken', async () => {
    const port = Number(new URL((await start()).url).port);
    await expect(startSimulator({ port })).rejects.toThrow(
      `The simulator can't listen at port ${String(port)} on 127.0.0.1: another program has it.`,
    );
  });

  test.each([
    [{ port: 70_000 }, /^The port must be a whole number from 0 to 65535\. It was 70000\.$/],
    [{ teams: 0 }, /^The number of teams must be/],
    [{ members: 1.5 }, /^The number of members must be/],
    [{ ratePerSecond: NaN }, /^The rate \(changes a second\) must be a number from 0/],
    [{ seed: -1 }, /^The seed must be/],
  ])('fails with a clear error for %o', async (options, message) => {
    await expect(startSimulator(options)).rejects.toThrow(message);
  });
});

describe('closing', () => {
  test('cuts every connection, even a half-open one, frees the port, and may be done twice', async () => {
    const simulator = await start({ ratePerSecond: 500 });
    const client = await Client.open(simulator.url);
    await client.ask(BEGIN, { agentId: '1001' });
    client.request(JOURNEY, { CallId: 'SLOW' });
    const port = Number(new URL(simulator.url).port);
    const silent = connect(port, '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');

    await Promise.all([simulator.close(), simulator.close()]);
    await client.closed;
    const successor = await start({ port });
    expect(successor.url).toBe(simulator.url);
  });
});
