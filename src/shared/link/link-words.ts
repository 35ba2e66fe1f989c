/** The link and the watched agents in words, the same in page and tray. It must not know how they are drawn. */
import { idText } from '../texts/names.ts';
import { translate } from '../texts/text.ts';
import { listText, t } from '../texts/texts.ts';
import type { AgentView, LinkView } from './link.ts';
import { isEveryAgentRefused, refusalsOf } from './refusals.ts';

/** The state that the lamp shows, and its label: Live, No teams, Connecting, Reconnecting, Stale or Stopped. */
export type LinkLook = 'live' | 'noTeams' | 'stale' | 'stopped' | 'connecting' | 'reconnecting';

/** The parts of the widget's state that the lamp shows. */
interface Linked {
  readonly link: LinkView;
  readonly agents: readonly AgentView[];
}

export function linkLook({ link: { state, wasLive }, agents }: Linked): LinkLook {
  // The processor answers, so the link is not the problem.
  if (state.name === 'starting' && isEveryAgentRefused(agents)) return 'noTeams';
  switch (state.name) {
    case 'live':
    case 'stale':
    case 'stopped':
      return state.name;
    case 'waiting':
      return 'reconnecting';
    case 'idle':
    case 'connecting':
    case 'starting':
      return wasLive || ('attempt' in state && state.attempt > 1) ? 'reconnecting' : 'connecting';
  }
}

/** The lamp's label. */
export function linkWord(linked: Linked): string {
  return t(`link.words.${linkLook(linked)}`);
}

/** How many agents or reasons a sentence names. */
const MAX_NAMED_REFUSALS = 5;

/** “1001, 1002”. */
export function agentsWords(agentIds: readonly string[]): string {
  return shortList(agentIds.map(idText));
}

/** Whom the processor refused and why, in a sentence: “The processor refused 77777 (No such agent).” */
export function refusedWords(agents: readonly AgentView[]): string {
  const refusals = refusalsOf(agents).map(({ agentIds, message }) =>
    t('link.refusal', { agents: agentsWords(agentIds), message: translate(message) }),
  );
  return refusals.length === 0 ? '' : t('link.refusedAgents', { list: shortList(refusals) });
}

function shortList(items: readonly string[]): string {
  const more = items.length - MAX_NAMED_REFUSALS;
  const named = items.slice(0, MAX_NAMED_REFUSALS);
  return listText(more > 0 ? [...named, t('alerts.more', { count: more })] : named);
}
