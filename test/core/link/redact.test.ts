/** What an example still says, and that it reveals nobody. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact, redactQuotes } from '../../../src/core/link/redact.ts';

const EVENT = {
  name: 'report.teamstatus.memberstatuschanged',
  data: {
    agentId: '1001',
    team: {
      teamId: 't-7',
      teamName: 'Sales North',
      members: [
        { memberId: 'ana.torres', memberType: 'Agent', memberName: 'Ana Torres', status: 'not_ready', reason: '32763' },
      ],
    },
  },
};

describe('an example', () => {
  test('keeps its shape and the words of the contract, and nobody’s name or id', () => {
    expect(JSON.parse(redact(JSON.stringify(EVENT)))).toEqual({
      name: 'report.teamstatus.memberstatuschanged',
      data: {
        agentId: '0000',
        team: {
          teamId: 'x-0',
          teamName: 'xxxxx xxxxx',
          members: [
            {
              memberId: 'xxx.xxxxxx',
              memberType: 'Agent',
              memberName: 'xxx xxxxxx',
              status: 'not_ready',
              reason: '32763',
            },
          ],
        },
      },
    });
  });

  test.each([
    ['{"command":"report.calljourney","result":"perhaps"}', '{"command":"report.calljourney","result":"perhaps"}'],
    ['{"memberId":4711,"x":null,"y":true}', '{"memberId":0000,"x":null,"x":true}'],
    ['{"Ana Torres":1}', '{"xxx xxxxxx":0}'],
    ['{"memberName":"Ana Tor', '{"memberName":"xxx xxx'],
    ['{"memberName":"Ana \\"A\\" Torres","status":"ready"}', '{"memberName":"xxx \\"x\\" xxxxxx","status":"ready"}'],
    ['{"name":"Ana Torres"}', '{"name":"xxx xxxxxx"}'],
    ['{"name":"report.teamstatus.teampainted"}', '{"name":"report.teamstatus.teampainted"}'],
    ['Ana Torres, 4711', 'xxx xxxxxx, 0000'],
    ['{memberName: Ana}', '{xxxxxxxxxx: xxx}'],
    ['["Ana", "ready"]', '["xxx", "xxxxx"]'],
    ['{"memberName":"عمر 王芳 José"}', '{"memberName":"xxx xx xxxx"}'],
    ['', ''],
  ])('of %s reads %s', (frame, redacted) => {
    expect(redact(frame)).toBe(redacted);
  });

  test('never has a name or an id in it, however the frame is broken', () => {
    const name = fc.constantFrom('Zoë Quist', 'qwzv', '58213', 'Q"uist', 'Zo\\ë');
    const member = fc.record({
      memberId: name,
      memberName: name,
      memberType: fc.constant('Agent'),
      status: fc.constant('ready'),
    });
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 3 }),
        fc.nat(400),
        fc.nat(400),
        fc.string({ maxLength: 3 }).map((text) => text.replace(/["\\]/g, '')),
        (members, cut, at, junk) => {
          const frame = JSON.stringify({ ...EVENT, data: { agentId: '58213', team: { members } } });
          const broken = (frame.slice(0, at) + junk + frame.slice(at)).slice(0, 120 + cut);
          const redacted = redact(broken);
          for (const trace of ['Quist', 'uist', 'qwzv', '58213']) expect(redacted).not.toContain(trace);
          expect(redacted.length).toBeLessThanOrEqual(broken.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['member “m1” of team “Sales”', 'member “x0” of team “xxxxx”'],
  ['“report.calljourney” for “4711”', '“report.calljourney” for “0000”'],
  [
    'Unexpected token \'A\', ..."rName": Ana Torres, "stat"... is not valid JSON',
    'Unexpected token \'A\', ..."xxxxx": xxx xxxxxx, "xxxx"... is not valid JSON',
  ],
  ['data.team.members: text instead of a list', 'data.team.members: text instead of a list'],
])('a sentence of ours: %s', (sentence, redacted) => {
  expect(redactQuotes(sentence)).toBe(redacted);
});
