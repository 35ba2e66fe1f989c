/** The link and the watched agents in words. */
import { describe, expect, test } from 'vitest';
import { reason } from '../../../lab/fake-transport.ts';
import { linkWord, refusedWords } from '../../../src/shared/link/link-words.ts';
import type { AgentView, LinkState } from '../../../src/shared/link/link.ts';

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
    [{ name: 'waiting', since: 0, attempt: 1, nextTryAt: 1, reason: reason('closed') }, false, 'Reconnecting'],
    [{ name: 'stopped', since: 0, reason: reason('closed') }, true, 'Stopped'],
  ])('of %j, live before: %s, reads “%s”', (state, wasLive, word) => {
    const link = { state, wasLive, blindSince: null, blindReason: null };
    expect(linkWord({ link, agents: [] })).toBe(word);
    // The agents make a difference only to a link that is not waiting for anything else.
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
