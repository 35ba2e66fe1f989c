/** Every message of the contract as documented, and every violation of it, one by one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage, type Decoded } from '../../../src/core/link/message.ts';
import { isBlank } from '../../../src/shared/base/folding.ts';
import { member } from '../../../lab/bare-processor.ts';

const P = 'report.teamstatus.';

/** The violations, in short lines. */
function odd({ violations }: Decoded): string[] {
  return violations.map(({ kind, detail }) => `${kind}: ${detail}`);
}

function event(name: string, team: unknown, agentId: unknown = 'a1'): unknown {
  return { name: P + name, data: { agentId, team } };
}

describe('[WIRE-2] messages as documented', () => {
  const head = { type: 'event', agentId: 'a1', teamId: 't1', teamName: 'Sales' };
  const team = { teamId: 't1', teamName: 'Sales' };
  const members = [
    member('m1', { status: 'not_ready', reason: '32763' }),
    member('m2', { memberType: 'TeamLead', status: 'ACW' }),
  ];

  test.each([
    ['teamadded', { ...team, members }, { members, areMembersComplete: true }],
    ['teamchanged', team, {}],
    ['teamremoved', team, {}],
    ['memberadded', { ...team, members }, { members, areMembersComplete: true }],
    ['memberstatuschanged', { ...team, members }, { members, areMembersComplete: true }],
    ['memberremoved', { ...team, members: [{ memberId: 'm1' }, { memberId: 'm2' }] }, { memberIds: ['m1', 'm2'] }],
  ])('the event %s', (name, sent, read) => {
    expect(decodeMessage(event(name, sent))).toEqual({ message: { ...head, name: P + name, ...read }, violations: [] });
  });

  test.each([
    ['report.calljourney', { CallJourney: [{ CallId: '1' }] }],
    [`${P}begin`, {}],
    [`${P}end`, {}],
  ])('the success of %s, with its data as they came', (command, data) => {
    expect(decodeMessage({ command, result: 'success', data })).toEqual({
      message: { type: 'success', command, data },
      violations: [],
    });
  });

  test.each(['report.calljourney', `${P}begin`, `${P}end`])('the failure of %s', (command) => {
    const failure = { code: 'E1', message: 'no', context: 'at X' };
    const original = { command, data: { agentId: 'a1' } };
    expect(decodeMessage({ command, result: 'failure', failure, original })).toEqual({
      message: { type: 'failure', command, failure, original },
      violations: [],
    });
  });

  test.each([
    [undefined, ''],
    [null, ''],
    [{ line: 1 }, '{\n  "line": 1\n}'],
    [7, '7'],
  ])('a failure’s context may be %j', (context, read) => {
    const decoded = decodeMessage({
      command: `${P}end`,
      result: 'failure',
      failure: { code: 'E', message: 'm', context },
      original: {},
    });
    expect(decoded).toMatchObject({ message: { failure: { context: read } }, violations: [] });
  });

  test('fields that are not documented are passed over', () => {
    const sent = { ...team, more: 1, members: [{ ...member('m1'), more: 1 }] };
    expect(decodeMessage({ ...(event('teamadded', sent) as object), more: 1 })).toEqual({
      message: { ...head, name: `${P}teamadded`, members: [member('m1')], areMembersComplete: true },
      violations: [],
    });
  });

  test.each(['__proto__', 'constructor', 'toString', '007', '1e3', '9007199254740993'])(
    'the id %j is text like any other',
    (id) => {
      const sent = event('memberstatuschanged', { teamId: id, teamName: id, members: [member(id)] }, id);
      const decoded = decodeMessage(JSON.parse(JSON.stringify(sent)));
      expect(decoded.violations).toEqual([]);
      expect(decoded.message).toMatchObject({ agentId: id, teamId: id, members: [{ memberId: id }] });
    },
  );
});

describe('[VALUE-2] the contract’s own words in another spelling are used, and counted', () => {
  test.each(['Success', 'SUCCESS', ' success ', 'suc-cess'])('the result %j', (result) => {
    expect(decodeMessage({ command: 'report.calljourney', result, data: {} })).toEqual({
      message: { type: 'success', command: 'report.calljourney', data: {} },
      violations: [{ kind: 'other-spelling', detail: `result: “${result}”` }],
    });
  });

  test.each(['Failure', ' failure\u00a0', 'FAILURE'])('the result %j', (result) => {
    const failure = { code: 'E', message: 'm' };
    const decoded = decodeMessage({ command: `${P}begin`, result, failure, original: {} });
    expect(decoded.message).toMatchObject({ type: 'failure', failure });
    expect(odd(decoded)).toEqual([`other-spelling: result: “${result}”`]);
  });

  test.each(['Report.CallJourney', 'report.call_journey', 'report.calljourney '])('the command %j', (command) => {
    const decoded = decodeMessage({ command, result: 'success', data: {} });
    expect(decoded.message).toMatchObject({ type: 'success', command: 'report.calljourney' });
    expect(odd(decoded)).toEqual([`other-spelling: command: “${command}”`]);
  });

  test.each(['report.teamstatus.teamChanged', 'report.team_status.team-changed', 'REPORT.TEAMSTATUS.TEAMCHANGED'])(
    'the event %j',
    (name) => {
      const decoded = decodeMessage({ name, data: { agentId: 'a1', team: { teamId: 't', teamName: 'T' } } });
      expect(decoded.message).toMatchObject({ name: `${P}teamchanged`, teamId: 't' });
      expect(odd(decoded)).toEqual([`other-spelling: name: “${name}”`]);
    },
  );

  test.each(['"a1"', ' a1 ', '“a1”', "'a1'\u200b"])('an agent’s id is told without what stands around it: %j', (id) => {
    const decoded = decodeMessage(event('teamchanged', { teamId: 't', teamName: 'T' }, id));
    expect(decoded).toMatchObject({ message: { agentId: 'a1' }, violations: [] });
  });

  test.each(['kstone', 'KStone', 'kstone ', '"kstone"'])('a member’s and a team’s id are exact: %j', (id) => {
    const decoded = decodeMessage(event('memberadded', { teamId: id, teamName: 'T', members: [member(id)] }));
    expect(decoded.message).toMatchObject({ teamId: id, members: [{ memberId: id }] });
  });
});

describe('what can’t be used at all', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'not-a-message: null instead of an object'],
    ['a list', [], 'not-a-message: a list instead of an object'],
    ['text', 'hello', 'not-a-message: string instead of an object'],
    ['a number', 7, 'not-a-message: number instead of an object'],
    ['neither response nor event', { messageType: 1 }, 'not-a-message: neither “command” nor “name”'],
    ['an unknown command', { command: 'report.weather', result: 'success' }, 'unknown-command: “report.weather”'],
    ['a command that is no text', { command: 7 }, 'unknown-command: number'],
    ['a command called __proto__', { command: '__proto__', result: 'success' }, 'unknown-command: “__proto__”'],
    ['no result', { command: 'report.calljourney' }, 'missing-field: result of report.calljourney'],
    [
      'an unknown result',
      { command: 'report.calljourney', result: 'maybe' },
      'unknown-result: “maybe” for report.calljourney',
    ],
    [
      'a result that is no text',
      { command: 'report.calljourney', result: true },
      'unknown-result: boolean for report.calljourney',
    ],
    ['an unknown event', { name: `${P}teamexploded`, data: {} }, `unknown-event: “${P}teamexploded”`],
    ['an event named constructor', { name: 'constructor', data: {} }, 'unknown-event: “constructor”'],
    ['an event whose name is no text', { name: null }, 'unknown-event: null'],
    ['an event without data', { name: `${P}teamadded` }, 'missing-field: data'],
    [
      'an event whose data are a list',
      { name: `${P}teamadded`, data: [] },
      'mistyped-field: data: a list instead of an object',
    ],
    ['an event without a team', { name: `${P}teamadded`, data: { agentId: 'a1' } }, 'missing-field: data.team'],
    ['an event whose team is text', event('teamadded', 't1'), 'mistyped-field: data.team: string instead of an object'],
    ['an event whose team has no id', event('teamchanged', { teamName: 'x' }), 'missing-field: data.team.teamId'],
    [
      'an event whose team has an empty id',
      event('teamchanged', { teamId: '', teamName: 'x' }),
      'missing-field: data.team.teamId',
    ],
  ])('%s', (_, input, oddity) => {
    const decoded = decodeMessage(input);
    expect(decoded.message).toBeNull();
    expect(odd(decoded)).toEqual([oddity]);
  });

  test('a very long name is told in part', () => {
    expect(odd(decodeMessage({ name: 'x'.repeat(10_000) }))[0]?.length).toBeLessThan(200);
  });
});

describe('what can be used of an odd event', () => {
  const good = member('good');

  test.each<[string, Record<string, unknown>, unknown, string[]]>([
    [
      'a missing name',
      { memberId: 'm', memberType: 'Agent', status: 'ready', reason: '0' },
      { ...member('m'), memberName: null },
      ['missing-field: data.team.members[0].memberName'],
    ],
    [
      'a missing status, which is never guessed',
      { memberId: 'm', memberType: 'Agent', memberName: 'M', reason: '0' },
      { ...member('m'), memberName: 'M', status: null },
      ['missing-field: data.team.members[0].status'],
    ],
    [
      'an empty status',
      { ...member('m', { status: '' }) },
      { ...member('m'), status: null },
      ['missing-field: data.team.members[0].status'],
    ],
    [
      'a null reason',
      { ...member('m'), reason: null },
      { ...member('m'), reason: null },
      ['mistyped-field: data.team.members[0].reason: null instead of text'],
    ],
    [
      'a number as reason',
      { ...member('m'), reason: 32763 },
      { ...member('m'), reason: '32763' },
      ['mistyped-field: data.team.members[0].reason: number instead of text'],
    ],
    [
      'a number as id',
      { ...member('m'), memberId: 1001 },
      { ...member('m'), memberId: '1001' },
      ['mistyped-field: data.team.members[0].memberId: number instead of text'],
    ],
    [
      'an object as type',
      { ...member('m'), memberType: {} },
      { ...member('m'), memberType: null },
      ['mistyped-field: data.team.members[0].memberType: object instead of text'],
    ],
  ])('a member with %s is used, and so is the good one beside it', (_, sent, read, violations) => {
    const decoded = decodeMessage(
      event('memberstatuschanged', { teamId: 't1', teamName: 'Sales', members: [sent, good] }),
    );
    expect(decoded.message).toMatchObject({ members: [read, good] });
    expect(odd(decoded)).toEqual(violations);
  });

  const MEMBER_FIELDS = ['memberType', 'memberName', 'status', 'reason'] as const;

  test('[VALUE-5] neither a truth value, an object nor a list becomes a word, in any field of an event', () => {
    const noText = fc.oneof(
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.constantFrom('ready', '27')),
      fc.dictionary(fc.constantFrom('a', 'code'), fc.constantFrom('ready', '27')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...MEMBER_FIELDS), noText, (field, value) => {
        const members = [{ ...member('m'), [field]: value }];
        const decoded = decodeMessage(event('memberstatuschanged', { teamId: 't1', teamName: 'Sales', members }));
        expect(decoded.message).toMatchObject({ members: [{ ...member('m'), [field]: null }] });
        expect(decoded.violations).toMatchObject([{ kind: 'mistyped-field' }]);
      }),
    );
    fc.assert(
      fc.property(noText, (teamName) => {
        const decoded = decodeMessage(event('teamchanged', { teamId: 't1', teamName }));
        expect(decoded.message).toMatchObject({ teamId: 't1', teamName: null });
        expect(decoded.violations).toMatchObject([{ kind: 'mistyped-field' }]);
      }),
    );
  });

  test.each([true, false])('%j as an id names nobody and no team', (id) => {
    const lone = event('memberadded', { teamId: 't1', teamName: 'Sales', members: [{ ...member('m'), memberId: id }] });
    expect(decodeMessage(lone).message).toMatchObject({ members: [], areMembersComplete: false });
    expect(decodeMessage(event('teamchanged', { teamId: id, teamName: 'Sales' })).message).toBeNull();
  });

  test.each<[string, unknown, string]>([
    ['has no id', { status: 'ready' }, 'missing-field: data.team.members[0].memberId'],
    ['has an empty id', member(''), 'missing-field: data.team.members[0].memberId'],
    ['has an id of a blank', member(' '), 'missing-field: data.team.members[0].memberId'],
    ['has an id that can’t be seen', member('\u200b\u3164'), 'missing-field: data.team.members[0].memberId'],
    [
      'has an object as id',
      { ...member('m'), memberId: {} },
      'mistyped-field: data.team.members[0].memberId: object instead of text',
    ],
    [
      'has a number as id that stands for more than one',
      { ...member('m'), memberId: 2 ** 53 },
      'mistyped-field: data.team.members[0].memberId: number instead of text',
    ],
    [
      'has a fraction as id',
      { ...member('m'), memberId: 1.5 },
      'mistyped-field: data.team.members[0].memberId: number instead of text',
    ],
    ['is text', 'm', 'mistyped-field: data.team.members[0]: string instead of an object'],
    ['is null', null, 'mistyped-field: data.team.members[0]: null instead of an object'],
    ['is a list', ['m'], 'mistyped-field: data.team.members[0]: a list instead of an object'],
  ])('a member that %s is left out, and the good one beside it is used', (_, sent, oddity) => {
    for (const name of ['teamadded', 'memberadded', 'memberstatuschanged', 'memberremoved']) {
      const decoded = decodeMessage(event(name, { teamId: 't1', teamName: 'Sales', members: [sent, good] }));
      expect(decoded.message).toMatchObject(name === 'memberremoved' ? { memberIds: ['good'] } : { members: [good] });
      expect(odd(decoded)[0]).toBe(oddity);
      if (name !== 'memberremoved') expect(decoded.message).toMatchObject({ areMembersComplete: false });
    }
  });

  test.each<[unknown, string]>([
    [undefined, 'missing-field: data.team.members'],
    [null, 'mistyped-field: data.team.members: null instead of a list'],
    [{}, 'mistyped-field: data.team.members: object instead of a list'],
  ])('a team whose members are %j is still a team', (members, oddity) => {
    const decoded = decodeMessage(event('teamadded', { teamId: 't1', teamName: 'Sales', members }));
    expect(decoded.message).toMatchObject({ teamId: 't1', teamName: 'Sales', members: [], areMembersComplete: false });
    expect(odd(decoded)).toEqual([oddity]);
  });

  test.each<[string, unknown, unknown, string]>([
    ['missing', undefined, null, 'missing-field: data.agentId'],
    ['empty', '', null, 'missing-field: data.agentId'],
    ['a number', 7, '7', 'mistyped-field: data.agentId: number instead of text'],
    ['a list', [], null, 'mistyped-field: data.agentId: a list instead of text'],
  ])('an agent’s id that is %s', (_, sent, read, oddity) => {
    const decoded = decodeMessage({
      name: `${P}teamremoved`,
      data: { agentId: sent, team: { teamId: 't', teamName: 'n' } },
    });
    expect(decoded.message).toMatchObject({ agentId: read, teamId: 't' });
    expect(odd(decoded)).toEqual([oddity]);
  });

  test('a number as the team’s id, and a name that is none', () => {
    const decoded = decodeMessage(event('teamchanged', { teamId: 12, teamName: ['x'] }));
    expect(decoded.message).toMatchObject({ teamId: '12', teamName: null });
    expect(odd(decoded)).toEqual([
      'mistyped-field: data.team.teamId: number instead of text',
      'mistyped-field: data.team.teamName: a list instead of text',
    ]);
  });

  test('all that is odd about one message is told', () => {
    const decoded = decodeMessage(event('memberadded', { teamId: 1, members: [{}, { memberId: 2 }] }, null));
    expect(odd(decoded)).toHaveLength(12);
  });
});

describe('what does not belong in a message is counted', () => {
  const team = { teamId: 't', teamName: 'T' };
  const members = [member('m'), member('n')];

  test('members in a teamchanged are used', () => {
    const decoded = decodeMessage(event('teamchanged', { ...team, members }));
    expect(decoded.message).toMatchObject({ name: `${P}teamchanged`, members });
    expect(odd(decoded)).toEqual([`unexpected-content: data.team.members in ${P}teamchanged`]);
  });

  test('members in a teamremoved are of no use', () => {
    const decoded = decodeMessage(event('teamremoved', { ...team, members }));
    expect(decoded.message).not.toHaveProperty('members');
    expect(odd(decoded)).toEqual([`unexpected-content: data.team.members in ${P}teamremoved`]);
  });

  test('full members in a memberremoved are known by their ids, and counted once', () => {
    const decoded = decodeMessage(event('memberremoved', { ...team, members }));
    expect(decoded.message).toMatchObject({ memberIds: ['m', 'n'] });
    expect(odd(decoded)).toEqual([`unexpected-content: data.team.members[…].memberType in ${P}memberremoved`]);
  });

  test('members beside the team they belong to are counted', () => {
    const beside = {
      name: `${P}teamadded`,
      data: { agentId: '1', team: { ...team, members }, members },
      teams: [team],
    };
    expect(odd(decodeMessage(beside))).toEqual([
      `unexpected-content: teams in ${P}teamadded`,
      `unexpected-content: data.members in ${P}teamadded`,
    ]);
  });

  test.each(['teamchanged', 'teamremoved'])('nothing in a %s is nothing', (name) => {
    for (const nothing of [undefined, null, [], {}, '', ' ']) {
      expect(odd(decodeMessage(event(name, { ...team, members: nothing })))).toEqual([]);
    }
  });

  test.each([
    [{ command: `${P}begin`, result: 'success', data: { team } }, `data.team in ${P}begin`],
    [{ command: `${P}end`, result: 'success', data: { members } }, `data.members in ${P}end`],
    [{ command: `${P}begin`, result: 'success', data: { teams: [team] } }, `data.teams in ${P}begin`],
    [{ command: `${P}begin`, result: 'success', data: [team] }, `data in ${P}begin`],
    [{ command: `${P}begin`, result: 'success', data: {}, team }, `team in a success of ${P}begin`],
    [
      { command: 'report.calljourney', result: 'success', data: { CallJourney: [], members } },
      'data.members in report.calljourney',
    ],
    [
      { command: `${P}begin`, result: 'success', data: {}, failure: { code: 'E' } },
      `failure in a success of ${P}begin`,
    ],
  ])('an answer with more than its own: %#', (sent, detail) => {
    const decoded = decodeMessage(sent);
    expect(decoded.message?.type).toBe('success');
    expect(odd(decoded)).toEqual([`unexpected-content: ${detail}`]);
  });

  test.each(['teamadded', 'memberadded', 'memberstatuschanged', 'memberremoved'])(
    'the same member twice in the list of a %s',
    (name) => {
      const list = ['m', 'n', 'm', 'M'].map((memberId) => (name === 'memberremoved' ? { memberId } : member(memberId)));
      expect(odd(decodeMessage(event(name, { ...team, members: list })))).toEqual([
        'repeated-member: data.team.members[2].memberId',
      ]);
    },
  );
});

describe('[VALUE-6] a number that JSON may have blurred is no text', () => {
  test.each(['9007199254740993', '1909807854436409606', '-9007199254740993', '1e400', '1e17'])('%s', (number) => {
    const sent = `{"name":"${P}memberadded","data":{"agentId":${number},"team":{"teamId":"t","teamName":${number},"members":[{"memberId":"m","memberType":${number},"memberName":${number},"status":${number},"reason":${number}}]}}}`;
    expect(decodeMessage(JSON.parse(sent)).message).toMatchObject({
      agentId: null,
      teamName: null,
      members: [{ memberId: 'm', memberType: null, memberName: null, status: null, reason: null }],
    });
  });

  test.each([
    ['32763', '32763'],
    ['1e3', '1000'],
    ['1.0', '1'],
    ['-0', '0'],
  ])('but %s is', (number, text) => {
    const sent = `{"name":"${P}memberadded","data":{"agentId":"a","team":{"teamId":${number},"teamName":"T","members":[{"memberId":${number},"memberType":"Agent","memberName":"M","status":${number},"reason":${number}}]}}}`;
    expect(decodeMessage(JSON.parse(sent)).message).toMatchObject({
      teamId: text,
      members: [{ memberId: text, status: text, reason: text }],
    });
  });
});

describe('[REQ-1] an odd failure', () => {
  test.each<[unknown, string[]]>([
    [undefined, ['missing-field: failure', 'missing-field: failure.code', 'missing-field: failure.message']],
    [
      'broken',
      [
        'mistyped-field: failure: string instead of an object',
        'missing-field: failure.code',
        'missing-field: failure.message',
      ],
    ],
    [{ message: 'm' }, ['missing-field: failure.code']],
  ])('is a failure all the same: %j', (failure, violations) => {
    const decoded = decodeMessage({ command: 'report.calljourney', result: 'failure', failure });
    expect(decoded.message?.type).toBe('failure');
    expect(odd(decoded)).toEqual(violations);
  });

  test.each<[unknown, string]>([
    [undefined, ''],
    [null, ''],
    [{}, ''],
    ['server is busy', 'server is busy'],
    [503, '503'],
    [['no', 'such agent'], '["no","such agent"]'],
    [{ reason: 'busy' }, '{"reason":"busy"}'],
    [{ code: 'E' }, ''],
    [{ code: 'E', message: { text: 'busy' } }, '{"text":"busy"}'],
    [{ code: 'E', message: '' }, ''],
  ])('that is %j says what came', (failure, message) => {
    const decoded = decodeMessage({ command: `${P}begin`, result: 'failure', failure, original: {} });
    expect(decoded.message).toMatchObject({ type: 'failure', failure: { message } });
  });

  test('with a number as its code keeps it as text', () => {
    const failure = { code: 404, message: 'm' };
    expect(decodeMessage({ command: `${P}begin`, result: 'failure', failure, original: {} })).toMatchObject({
      message: { failure: { code: '404', message: 'm' } },
    });
  });
});

describe('whatever comes', () => {
  const names = ['teamadded', 'teamchanged', 'teamremoved', 'memberadded', 'memberstatuschanged', 'memberremoved'];
  const field = (value: unknown) => fc.option(fc.oneof(fc.constant(value), fc.jsonValue()), { nil: undefined });
  const anyMember = fc.oneof(
    fc.jsonValue(),
    fc.record({
      memberId: field('m'),
      memberType: field('Agent'),
      memberName: field('M'),
      status: field('ready'),
      reason: field('0'),
    }),
  );
  const anyEvent = fc.record({
    name: fc.constantFrom(...names).map((name) => P + name),
    data: fc.record({
      agentId: field('a'),
      team: fc.record({
        teamId: field('t'),
        teamName: field('T'),
        members: fc.oneof(fc.array(anyMember, { maxLength: 4 }), fc.jsonValue()),
      }),
    }),
  });

  test('nothing throws, and what gives no message says why', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anyEvent), (input) => {
        const { message, violations } = decodeMessage(input);
        if (message === null) expect(violations.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('every member with a readable id is used, and every field is what came or null', () => {
    fc.assert(
      fc.property(fc.array(anyMember, { maxLength: 6 }), (members) => {
        const { message } = decodeMessage(event('memberadded', { teamId: 't', teamName: 'T', members }));
        const readable = members.flatMap((one) => {
          const id: unknown = typeof one === 'object' && one !== null && 'memberId' in one ? one.memberId : undefined;
          return (typeof id === 'string' && !isBlank(id)) || Number.isSafeInteger(id) ? [{ one, id: String(id) }] : [];
        });
        if (message?.type !== 'event' || !('members' in message)) throw new Error('No event came of it');
        expect(message.members.map(({ memberId }) => memberId)).toEqual(readable.map(({ id }) => id));
        message.members.forEach((read, index) => {
          const sent = readable[index]?.one as Record<string, unknown>;
          for (const key of ['memberType', 'memberName', 'status', 'reason'] as const) {
            const value = sent[key];
            // An object has no text of its own, and may even throw when asked for one.
            const hasText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
            expect([null, hasText ? String(value) : null]).toContain(read[key]);
            if (typeof sent[key] === 'string' && !isBlank(sent[key])) expect(read[key]).toBe(sent[key]);
          }
        });
      }),
      { numRuns: 500, examples: [[[{ memberId: 'm', status: { toString: 0 } }]]] },
    );
  });

  const deep = (open: string, close: string): unknown => JSON.parse(open.repeat(100_000) + close.repeat(100_000));
  const deepList = deep('[', ']');

  test.each<[string, unknown]>([
    ['as the message', deepList],
    ['as data', { name: `${P}teamadded`, data: deepList }],
    ['as a member', event('memberadded', { teamId: 't', teamName: 'T', members: [deepList] })],
    [
      'as a context',
      { command: `${P}begin`, result: 'failure', failure: { code: 'E', message: 'm', context: deepList } },
    ],
    [
      'as an original',
      { command: `${P}begin`, result: 'failure', failure: { code: 'E', message: 'm' }, original: deepList },
    ],
  ])('a list 100,000 levels deep does not throw: %s', (_, input) => {
    expect(() => decodeMessage(input)).not.toThrow();
  });

  test('a context too deep to be shown loses neither the failure’s code nor its message', () => {
    const failure = { code: 'E', message: 'm', context: deepList };
    expect(decodeMessage({ command: `${P}begin`, result: 'failure', failure, original: {} })).toMatchObject({
      message: { failure: { code: 'E', message: 'm', context: expect.stringContaining('can’t be shown') as string } },
    });
  });
});
