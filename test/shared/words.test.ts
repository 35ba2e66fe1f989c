/** The domain's values in words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentView, LinkState } from '../../src/shared/link/link.ts';
import {
  clockText,
  countsWords,
  deviceWord,
  linkWord,
  memberTypeWord,
  reasonWord,
  refusedWords,
  statusWord,
} from '../../src/shared/words.ts';
import { reason } from '../../lab/fake-transport.ts';

test.each([
  ['ready', 'Ready'],
  ['READY ', 'Ready'],
  ['not_ready', 'Not ready'],
  ['ACW', 'After-call work'],
  ['acw', 'After-call work'],
  ['', 'Unknown'],
  ['  ', 'Unknown'],
  ['reserved', 'reserved'],
  ['not ready', 'Not ready'],
  ['Not-Ready', 'Not ready'],
  ['already', 'already'],
  ['constructor', 'constructor'],
])('the status %j reads “%s”', (status, word) => {
  expect(statusWord(status)).toBe(word);
});

test.each([
  ['', ''],
  ['0', ''],
  [' 0 ', ''],
  ['22', 'Signed out by a supervisor'],
  ['99999', 'code 99999'],
  ['-1', ''],
  ['00', ''],
  ['-0', ''],
  ['\u200b', ''],
  ['022', 'Signed out by a supervisor'],
  [' 0022\u00a0', 'Signed out by a supervisor'],
  ['65535', 'code 65535'],
  ['Lunch', 'Lunch'],
  ['/finesse/api/ReasonCode/49', '/finesse/api/ReasonCode/49'],
  ['__proto__', '__proto__'],
])('[VALUE-4] the reason %j reads “%s”', (code, word) => {
  expect(reasonWord(code)).toBe(word);
});

test.each([
  ['Agent', 'Agent'],
  ['TeamLead', 'Team lead'],
  ['TEAM_LEAD', 'Team lead'],
  ['team lead', 'Team lead'],
  [' supervisor ', 'Supervisor'],
  ['Robot', 'Robot'],
])('the member type %s reads “%s”', (type, word) => {
  expect(memberTypeWord(type)).toBe(word);
});

function agent(agentId: string, state: AgentView['state']): AgentView {
  return { agentId, state, since: 0, teams: 0, hadTeams: false, failure: null };
}

describe('the lamp', () => {
  const url = 'ws://a';
  test.each<[LinkState, boolean, string]>([
    [{ name: 'idle', since: 0 }, false, 'Connecting'],
    [{ name: 'connecting', since: 0, url, attempt: 1 }, false, 'Connecting'],
    [{ name: 'starting', since: 0, url, attempt: 1 }, false, 'Connecting'],
    [{ name: 'connecting', since: 0, url, attempt: 2 }, false, 'Reconnecting'],
    [{ name: 'connecting', since: 0, url, attempt: 1 }, true, 'Reconnecting'],
    [{ name: 'starting', since: 0, url, attempt: 1 }, true, 'Reconnecting'],
    [{ name: 'live', since: 0, url }, true, 'Live'],
    [{ name: 'stale', since: 0, url }, true, 'Stale'],
    [{ name: 'waiting', since: 0, attempt: 1, nextTryAt: 1, reason: reason('x') }, false, 'Reconnecting'],
    [{ name: 'stopped', since: 0, reason: reason('x') }, true, 'Stopped'],
  ])('of %j, live before: %s, reads “%s”', (state, wasLive, word) => {
    const link = { state, wasLive, blindSince: null, blindReason: null };
    expect(linkWord({ link, agents: [] })).toBe(word);
    // The agents make a difference only to a link that has nothing else to wait for.
    const isAnswered = state.name === 'starting';
    expect(linkWord({ link, agents: [agent('1', 'refused'), agent('2', 'refused')] })).toBe(
      isAnswered ? 'No teams' : word,
    );
    expect(linkWord({ link, agents: [agent('1', 'refused'), agent('2', 'subscribed')] })).toBe(word);
    expect(linkWord({ link, agents: [agent('1', 'refused'), agent('2', 'subscribing')] })).toBe(word);
  });

  test('who was refused is told once a reason, and not more than a sentence holds', () => {
    const refused = (agentId: string, message: string): AgentView => ({
      ...agent(agentId, 'refused'),
      failure: { code: '', message, details: '' },
    });
    expect(refusedWords([])).toBe('');
    expect(refusedWords([agent('1', 'subscribed')])).toBe('');
    expect(refusedWords([refused('1', 'No such agent'), refused('2', 'Denied'), refused('3', 'No such agent')])).toBe(
      'The processor refused 1, 3 (No such agent), 2 (Denied).',
    );
    const many = Array.from({ length: 9 }, (_, index) => refused(String(index), 'No'));
    expect(refusedWords(many)).toBe('The processor refused 0, 1, 2, 3, 4, and 4 more (No).');
  });
});

test.each([
  [{ ready: 0, notReady: 0, acw: 0, other: 0 }, 'nobody'],
  [{ ready: 12, notReady: 5, acw: 3, other: 1 }, '12 ready, 5 not ready, 3 after-call work, 1 other'],
  [{ ready: 0, notReady: 0, acw: 1, other: 0 }, '1 after-call work'],
])('the counts %j read “%s”', (counts, words) => {
  expect(countsWords(counts)).toBe(words);
});

describe('a clock', () => {
  test.each([
    [0, '0:00'],
    [7999, '0:07'],
    [60_000, '1:00'],
    [724_000, '12:04'],
    [3_753_000, '1:02:33'],
    [183_845_000, '2d 3:04:05'],
    [-5000, '0:00'],
  ])('of %d ms reads “%s”', (milliseconds, text) => {
    expect(clockText(milliseconds)).toBe(text);
  });

  test('never runs backwards, and reads back as its whole seconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 12 }), (milliseconds) => {
        const [, days, clock] = /^(?:(\d+)d )?([\d:]+)$/.exec(clockText(milliseconds)) ?? [];
        const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(Number(days ?? 0) * 86_400 + seconds).toBe(Math.floor(milliseconds / 1000));
      }),
    );
  });
});

test.each([
  ['0', 'phone', 'Phone'],
  ['73', 'ctiPort', 'CTI port'],
  ['74', 'routePoint', 'Route point'],
  ['76', 'agentPhone', 'Agent phone'],
  ['77', 'queue', 'Queue'],
  ['78', 'line', 'Non-ACD line'],
  ['65535', 'none', 'No type'],
  ['CTI Route Point', 'routePoint', 'Route point'],
  ['', 'unknown', ''],
  ['Hologram', 'unknown', 'Hologram'],
  ['__proto__', 'unknown', '__proto__'],
])('the device type %j is of kind %s and reads “%s”', (type, kind, word) => {
  expect(deviceWord(type)).toMatchObject({ kind, word });
});
