/** What the processor's refusals mean, and what to do about them. It knows nothing about how they are drawn. */
import { foldWord } from '../base/folding.ts';
import { RETRY_BEGIN_MS, type AgentView } from './link.ts';
import type { ReportFailure } from './report.ts';
import type { Text } from '../texts/text.ts';

/** Whether a refusal says, by its code or its message, that the requested thing does not exist. */
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

/** Agents refused for the same reason. */
export interface Refusal {
  readonly agentIds: readonly string[];
  readonly code: string;
  readonly message: Text;
  readonly remedy: Text;
  /** Further details from the processor, for the first of them. */
  readonly details: string;
}

/** Who was refused and why, with each reason listed once. */
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

/** If the processor does not know the agent, its id is wrong; any other reason may pass. */
export function refusalRemedy({ code, message }: { readonly code: string; readonly message: Text }): Text {
  return isNotFound({ code, message: typeof message === 'string' ? message : '' })
    ? { key: 'board.agentRefusedRemedy' }
    : { key: 'board.askedAgain', values: { count: RETRY_BEGIN_MS / 1000 } };
}

/** Whether the link is up but the processor refused every agent: nothing is wrong with the connection. */
export function isEveryAgentRefused(agents: readonly Pick<AgentView, 'state'>[]): boolean {
  return agents.length > 0 && agents.every(({ state }) => state === 'refused');
}
