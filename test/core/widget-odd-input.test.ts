/**
 * Each kind of bad input over a real socket: it is counted with its example, and the valid message right after it is
 * used.
 */
import { describe, expect, test } from 'vitest';
import { redact } from '../../src/core/link/redact.ts';
import { VIOLATION_KINDS } from '../../src/shared/link/violations.ts';
import { member, type BareConnection } from '../../lab/bare-processor.ts';
import { harness } from '../../lab/widget-harness.ts';

const P = 'report.teamstatus.';
const TEAM = { teamId: 't', teamName: 'Sales' };

function event(name: string, team: unknown, agentId: unknown = 'a'): object {
  return { name: P + name, data: { agentId, team } };
}

interface Case {
  readonly what: string;
  /** A frame, or the message for one. */
  readonly sent: string | Buffer | object;
  /** The violations as “kind count”, the latest kind first. */
  readonly counted: readonly string[];
  /** How the last violation's example begins, if not with the redacted frame itself. */
  readonly example?: string;
  /** The team's rows afterwards, if they change. */
  readonly rows?: string;
}

const ROWS = 'm ready, n ready';
const failure = (original: unknown) => ({
  command: 'report.calljourney',
  result: 'failure',
  failure: { code: 'E', message: 'no' },
  original,
});

const CASES: readonly Case[] = [
  { what: 'malformed JSON', sent: '{"name": "report.teamstatus', counted: ['malformed-json 1'] },
  { what: 'no JSON at all', sent: 'hello', counted: ['malformed-json 1'] },
  { what: 'an empty frame', sent: '', counted: ['malformed-json 1'] },
  { what: 'two messages in one frame', sent: '{}{}', counted: ['malformed-json 1'] },
  { what: 'a binary frame', sent: Buffer.from([0xca, 0xfe]), counted: ['binary-frame 1'], example: '' },
  {
    what: 'a good message in a binary frame',
    sent: Buffer.from(JSON.stringify(event('teamremoved', TEAM))),
    counted: ['binary-frame 1'],
    example: '',
  },
  {
    what: 'a frame over 4 MiB',
    sent: JSON.stringify({ ...event('teamremoved', TEAM), padding: 'x'.repeat(4 * 1024 * 1024) }),
    counted: ['frame-too-large 1'],
  },
  { what: 'a list', sent: '[]', counted: ['not-a-message 1'] },
  { what: 'null', sent: 'null', counted: ['not-a-message 1'] },
  { what: 'a message of another stack', sent: { messageType: 3 }, counted: ['not-a-message 1'] },
  {
    what: 'a list 100,000 levels deep',
    sent: '['.repeat(100_000) + ']'.repeat(100_000),
    counted: ['not-a-message 1'],
  },
  {
    what: 'an object 100,000 levels deep in a member',
    sent: `{"name":"${P}memberadded","data":{"agentId":"a","team":{"teamId":"t","teamName":"Sales","members":[${'{"memberId":'.repeat(100_000)}1${'}'.repeat(100_000)}]}}}`,
    counted: ['missing-field 4', 'mistyped-field 1'],
  },
  {
    what: 'an unknown command',
    sent: { command: 'report.weather', result: 'success' },
    counted: ['unknown-command 1'],
  },
  { what: 'an unknown event', sent: event('teamexploded', TEAM), counted: ['unknown-event 1'] },
  {
    what: 'an unknown result',
    sent: { command: 'report.calljourney', result: 'perhaps' },
    counted: ['unknown-result 1'],
  },
  { what: 'a response without a result', sent: { command: 'report.calljourney' }, counted: ['missing-field 1'] },
  {
    what: 'a response that nobody asked for',
    sent: { command: `${P}end`, result: 'success', data: {} },
    counted: ['unasked-answer 1'],
  },
  { what: 'a failure that nobody asked for', sent: failure({ data: { CallId: '1' } }), counted: ['unasked-answer 1'] },
  {
    what: 'a failure that is none',
    sent: { command: `${P}end`, result: 'failure', failure: 7 },
    counted: ['unasked-answer 1', 'missing-field 2', 'mistyped-field 1'],
  },
  { what: 'an event without data', sent: { name: `${P}teamadded` }, counted: ['missing-field 1'] },
  { what: 'an event without a team', sent: event('teamremoved', undefined), counted: ['missing-field 1'] },
  { what: 'an event for an unnamed team', sent: event('teamremoved', {}), counted: ['missing-field 1'] },
  {
    what: 'a mistyped team',
    sent: event('memberremoved', { ...TEAM, teamId: ['t'], members: [{ memberId: 'm' }] }),
    counted: ['mistyped-field 1'],
  },
  {
    what: 'an event for an agent that nobody began',
    sent: event('teamremoved', TEAM, 'x'),
    counted: ['unknown-agent 1'],
  },
  {
    what: 'an event for an agent called __proto__',
    sent: `{"name":"${P}teamremoved","data":{"agentId":"__proto__","team":{"teamId":"t","teamName":"Sales"}}}`,
    counted: ['unknown-agent 1'],
  },
  {
    what: 'an event that does not say for whom, which can only be the one',
    sent: event('memberremoved', { ...TEAM, members: [{ memberId: 'm' }] }, null),
    counted: ['mistyped-field 1'],
    rows: 'n ready',
  },
  {
    what: 'the removal of a team that nobody announced',
    sent: event('teamremoved', { teamId: 'x', teamName: 'X' }),
    counted: ['unknown-team 1'],
  },
  {
    what: 'a status for a member that nobody announced',
    sent: event('memberstatuschanged', { ...TEAM, members: [member('x', { status: 'ACW' })] }),
    counted: ['unknown-member 1'],
    rows: `${ROWS}, x ACW`,
  },
  {
    what: 'the removal of a member that nobody announced',
    sent: event('memberremoved', { ...TEAM, members: [{ memberId: 'x' }] }),
    counted: ['unknown-member 1'],
  },
  {
    what: 'a team that was announced already',
    sent: event('teamadded', { ...TEAM, members: [member('n')] }),
    counted: ['team-announced-again 1'],
    rows: 'n ready',
  },
  {
    what: 'a missing status, shown as unknown',
    sent: event('memberstatuschanged', {
      ...TEAM,
      members: [{ memberId: 'm', memberType: 'Agent', memberName: 'M', reason: '' }],
    }),
    counted: ['missing-field 1'],
    rows: 'm, n ready',
  },
  {
    what: 'a number as id',
    sent: event('memberadded', { ...TEAM, members: [{ ...member('x'), memberId: 7 }] }),
    counted: ['mistyped-field 1'],
    rows: `${ROWS}, 7 ready`,
  },
  {
    what: 'an odd member among good ones',
    sent: event('memberstatuschanged', { ...TEAM, members: [null, member('m', { status: 'ACW' })] }),
    counted: ['mistyped-field 1'],
    rows: 'm ACW, n ready',
  },
  {
    what: 'members that are no list',
    sent: event('memberremoved', { ...TEAM, members: 'm' }),
    counted: ['mistyped-field 1'],
  },
  {
    what: 'a status that is not documented, which is no departure',
    sent: event('memberstatuschanged', { ...TEAM, members: [member('m', { status: 'reserved' })] }),
    counted: [],
    rows: 'm reserved, n ready',
  },
];

/** Sends the case's frame with a valid message right after it, both at once. */
function sendWithGoodBehind(connection: BareConnection, { sent }: Case): void {
  if (typeof sent === 'string' || Buffer.isBuffer(sent)) connection.sendRaw(sent);
  else connection.send(sent);
  connection.event('teamadded', 'a', { teamId: 'behind', teamName: 'Behind', members: [member('z')] });
}

describe('[VIOLATION-1] survived, counted, and the good message right behind it is used', () => {
  test.each(CASES)('$what', async (one) => {
    const { goLive, sync, board, violations, widget } = await harness();
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...TEAM, members: [member('m'), member('n')] });
    await sync(connection);
    sendWithGoodBehind(connection, one);
    await sync(connection);
    expect(board()).toEqual([`Sales: ${one.rows ?? ROWS}`, 'Behind: z ready']);
    expect([...violations()].sort()).toEqual([...one.counted].sort());
    expect(widget.state.link.state.name).toBe('live');
    const frame = typeof one.sent === 'string' ? one.sent : JSON.stringify(one.sent);
    for (const violation of widget.state.violations) {
      const start = one.example ?? redact(frame.slice(0, 500));
      expect(violation.example.startsWith(start), violation.example).toBe(true);
      expect(violation.example.length).toBeLessThanOrEqual(500);
      expect(violation.lastAt).toBeGreaterThanOrEqual(violation.firstAt);
    }
  });
});

test('the same kind again is counted on, with the last example, and logged only once', async () => {
  const { goLive, sync, violations, widget, logged } = await harness();
  const connection = await goLive();
  for (let round = 0; round < 50; round += 1) connection.sendRaw(`broken ${'.'.repeat(round)}`);
  await sync(connection);
  expect(violations()).toEqual(['malformed-json 50']);
  expect(widget.state.violations[0]?.example).toBe(`xxxxxx ${'.'.repeat(49)}`);
  expect(logged.filter((line) => line.includes('malformed-json'))).toHaveLength(1);
});

test('an answer to nobody does not disturb the question in flight', async () => {
  const { goLive, widget, violations } = await harness();
  const connection = await goLive();
  const answer = widget.askJourney('7');
  const request = await connection.request('report.calljourney');
  connection.send(failure({ command: 'report.calljourney', data: { CallId: 'other' } }));
  connection.send({ command: `${P}begin`, result: 'success', data: {} });
  connection.success(request, { CallJourney: [] });
  expect(await answer).toMatchObject({ ok: true, journey: { callId: '7' } });
  expect(violations()).toEqual(['unasked-answer 2']);
});

test.each<[string, number[], string]>([
  ['a frame that breaks the WebSocket protocol', [0x83, 0], 'broken-frame 1'],
  ['text that is not UTF-8', [0x81, 1, 0xff], 'broken-frame 1'],
  ['a frame of 4 GiB', [0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0], 'frame-too-large 1'],
])('%s costs the connection and nothing else', async (_, bytes, counted) => {
  const { goLive, sync, link, clock, subscribed, board, violations } = await harness();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...TEAM, members: [member('m')] });
  connection.sendBytes(Buffer.from(bytes));
  await link('waiting');
  expect(violations()).toEqual([counted]);
  expect(board()).toEqual(['Sales old: m ready old']);
  clock.advance(1000);
  const next = await subscribed();
  next.event('teamadded', 'a', { ...TEAM, members: [member('m')] });
  await sync(next);
  expect(board()).toEqual(['Sales: m ready']);
});

test('a storm of everything at once leaves the good messages standing', async () => {
  const { goLive, sync, board, widget } = await harness();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...TEAM, members: [member('m'), member('n')] });
  for (const one of CASES)
    if (one.rows === undefined && one.what !== 'a frame over 4 MiB') sendWithGoodBehind(connection, one);
  await sync(connection);
  expect(board()).toEqual([`Sales: ${ROWS}`, 'Behind: z ready']);
  expect(widget.state.link.state.name).toBe('live');
  for (const { kind } of widget.state.violations) expect(VIOLATION_KINDS).toHaveProperty([kind]);
});
