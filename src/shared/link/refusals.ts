/**
 * What the processor's refusals say and what helps against them. It knows nothing of how they are drawn.
 */
import { foldWord } from '../base/folding.ts';
import { RETRY_BEGIN_MS, type AgentView } from './link.ts';
import type { ReportFailure } from './report.ts';
import type { Text } from '../texts/text.ts';

/** Whether a refusal says that what was asked for does not exist: in its code or in so many words. */
export function isNotFound({ code, message }: Pick<ReportFailure, 'code' | 'message'>): boolean {
  return NO_SUCH.test(foldWord(code.slice(0, 200))) || NO_SUCH.test(foldWord(message.slice(0, 1000)));
}

const THING = '(?:uccx|call|contact|agent|user|person|resource|session|id)';
const NO_SUCH = new RegExp(
  [
    '^unknown$|notfound|nosuch|nonexist|unfound|nolongerexists',
    "(?:not|n['’]?t)(?:exist|known|be(?:en)?found|find)",
    "(?:cannot|can['’]?t|couldnot|couldn['’]?t|unableto)(?:be)?(?:find|found|locate)",
    `unknown${THING}|${THING}(?:is)?unknown|(?:is|was)unknown`,
    `no${THING}+s?(?:with|for|has|matches|exists|found)`,
  ].join('|'),
);

/** Agents that were refused for the same reason. */
export interface Refusal {
  readonly agentIds: readonly string[];
  readonly code: string;
  readonly message: Text;
  readonly remedy: Text;
  /** What the processor told beside, of the first of them. */
  readonly details: string;
}

/** Who was refused and why, the same reason once. */
export function refusalsOf(agents: readonly Pick<AgentView, 'agentId' | 'failure'>[]): readonly Refusal[] {
  const refusals = new Map<string, Refusal>();
  for (const { agentId, failure } of agents) {
    if (failure === null) continue;
    const { code, message, details } = failure;
    const key = JSON.stringify([code, message]);
    const agentIds = [...(refusals.get(key)?.agentIds ?? []), agentId];
    refusals.set(key, { agentIds, code, message, remedy: refusalRemedy(failure), details });
  }
  return [...refusals.values()];
}

/** Where the processor knows no such agent, its id is wrong; all else may pass. */
export function refusalRemedy({ code, message }: { readonly code: string; readonly message: Text }): Text {
  return isNotFound({ code, message: typeof message === 'string' ? message : '' })
    ? { key: 'board.agentRefusedRemedy' }
    : { key: 'board.askedAgain', values: { count: RETRY_BEGIN_MS / 1000 } };
}

/** Whether the processor serves the link, but none of the agents: there is nothing wrong with the connection. */
export function isEveryAgentRefused(agents: readonly Pick<AgentView, 'state'>[]): boolean {
  return agents.length > 0 && agents.every(({ state }) => state === 'refused');
}
