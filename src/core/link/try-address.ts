/**
 * Tries an address and, where a processor answers there, the agents: on connections of its own, so that whatever the
 * widget shows meanwhile is not touched. It begins each agent, counts what comes, and ends it again. It does not know
 * what is connected to now.
 */
import { trimId } from '../../shared/base/folding.ts';
import type { AddressTrial, AgentTrial, LinkReason } from '../../shared/link/link.ts';
import type { Clock } from '../base/clock.ts';
import type { Codec } from './codec.ts';
import { decodeMessage, type Answer, type Decoded, type TeamEvent } from './message.ts';
import { originalId } from './request-queue.ts';
import type { Connection, Transport, TransportOptions } from './transport.ts';

/** More agents than these are not asked about: what is wrong with them is seen with the first ones. */
export const MAX_TRIED_AGENTS = 20;
/** No further agent is asked about after this time: somebody is waiting. */
export const MAX_TRIAL_MS = 30_000;
/** How long an answer may take. */
export const MAX_ANSWER_MS = 5000;
/** Once a team has come, more are waited for until none has come for so long. */
export const MAX_QUIET_MS = 1000;

export interface TrialOptions {
  readonly transport: Transport;
  readonly transportOptions: TransportOptions;
  readonly codec: Codec;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly agentIds: readonly string[];
  readonly answerTimeoutMs: number;
  /** How long the teams of an agent may take. */
  readonly settleMs: number;
}

export async function tryAddress(url: string, options: TrialOptions): Promise<AddressTrial> {
  const { agentIds, clock } = options;
  const startedAt = clock.now();
  const until = startedAt + MAX_TRIAL_MS;
  let visit = await open(url, options);
  if (!(visit instanceof Visit)) return { url, isOk: false, reason: visit };
  const tookMs = clock.now() - startedAt;
  const agents: AgentTrial[] = [];
  const wanted = agentIds.slice(0, MAX_TRIED_AGENTS);
  while (agents.length < wanted.length && clock.now() <= until) {
    const agentId = wanted[agents.length] ?? '';
    if (!visit.isUsable) {
      visit.leave();
      const another = await open(url, options);
      if (!(another instanceof Visit)) {
        agents.push({ agentId, type: 'cut', reason: another });
        break;
      }
      visit = another;
    }
    const trial = await visit.ask(agentId, until);
    if (trial !== null) agents.push(trial);
  }
  visit.leave();
  return { url, isOk: true, tookMs, agents, notAsked: agentIds.length - agents.length };
}

/** A visit to a processor that answered a ping, or why there is none. */
async function open(url: string, options: TrialOptions): Promise<Visit | LinkReason> {
  const visit = new Visit(url, options);
  const reason = await visit.ping();
  return reason ?? visit;
}

type News =
  | { readonly type: 'open' | 'pong' | 'team' | 'time' }
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'end'; readonly reason: LinkReason };

/** One connection. */
class Visit {
  readonly #options: TrialOptions;
  readonly #connection: Connection;
  /** Tells whoever waits. */
  #onNews: (news: News) => void = () => undefined;
  #end: Extract<News, { readonly type: 'end' }> | null = null;
  #asked = 0;
  #isAwaitingAnswer = false;
  /** An answer may still come, or came twice: the next one could be taken for another agent's. */
  #isAmbiguous = false;
  /** By team of the agent that is asked about: who is in it. */
  #teams = new Map<string, Set<string>>();
  #agentId = '';

  constructor(url: string, options: TrialOptions) {
    this.#options = options;
    this.#connection = options.transport(url, options.transportOptions, {
      onOpen: () => {
        this.#onNews({ type: 'open' });
      },
      onFrame: (text) => {
        this.#receive(text);
      },
      onBadFrame: () => undefined,
      onPong: () => {
        this.#onNews({ type: 'pong' });
      },
      onEnd: ({ reason }) => {
        this.#end = { type: 'end', reason };
        this.#onNews(this.#end);
      },
    });
  }

  /** Whether another agent can be asked about. */
  get isUsable(): boolean {
    return this.#end === null && !this.#isAmbiguous;
  }

  /** Null once the processor has answered; else why there is no answer. */
  async ping(): Promise<LinkReason | null> {
    // How long that may take, the transport knows.
    const opened = await this.#wait(null, 'open');
    if (opened.type === 'end') return opened.reason;
    this.#connection.ping('test');
    const news = await this.#wait(this.#options.transportOptions.connectTimeoutMs, 'pong');
    if (news.type === 'end') return news.reason;
    if (news.type === 'pong') return null;
    this.#connection.terminate();
    return { code: 'silent', message: { key: 'link.silent' }, remedy: '' };
  }

  /**
   * Null where what came may have been another agent's answer: to be asked again where none was asked about before.
   * `until`: when somebody has waited long enough for all of them.
   */
  async ask(agentId: string, until: number): Promise<AgentTrial | null> {
    const { answerTimeoutMs } = this.#options;
    this.#asked += 1;
    this.#agentId = trimId(agentId);
    this.#teams = new Map();
    this.#isAwaitingAnswer = true;
    this.#send('report.teamstatus.begin', agentId);
    const news = await this.#wait(Math.min(answerTimeoutMs, MAX_ANSWER_MS), 'answer');
    this.#isAwaitingAnswer = false;
    if (news.type === 'end') return { agentId, type: 'cut', reason: news.reason };
    if (news.type !== 'answer') {
      this.#isAmbiguous = true;
      this.#send('report.teamstatus.end', agentId);
      return { agentId, type: 'unanswered' };
    }
    const { answer } = news;
    if (answer.type === 'failure') {
      // It says whose it is by the request that it repeats.
      if (originalId(answer) !== this.#agentId) this.#isAmbiguous = true;
      if (this.#mayBelongToAnother) return null;
      return { agentId, type: 'refused', code: answer.failure.code, message: answer.failure.message };
    }
    const { clock } = this.#options;
    const acceptedAt = clock.now();
    const end = await this.#settle(until);
    if (end !== null) return { agentId, type: 'cut', reason: end };
    this.#send('report.teamstatus.end', agentId);
    if (this.#mayBelongToAnother) return null;
    const people = new Set([...this.#teams.values()].flatMap((members) => [...members]));
    const waitedMs = clock.now() - acceptedAt;
    return { agentId, type: 'accepted', teams: this.#teams.size, people: people.size, waitedMs };
  }

  leave(): void {
    this.#connection.close();
  }

  /** Whether the answer may be another agent's. The first one asked about on a connection can only have its own. */
  get #mayBelongToAnother(): boolean {
    return this.#isAmbiguous && this.#asked > 1;
  }

  /** Until no more teams come; for the first one for as long as it may take. Null, or why the connection ended meanwhile. */
  async #settle(until: number): Promise<LinkReason | null> {
    const { clock, settleMs } = this.#options;
    const startedAt = clock.now();
    // However late it is, an agent that was asked for gets a moment.
    const latest = startedAt + Math.min(settleMs, Math.max(MAX_QUIET_MS, until - startedAt));
    for (;;) {
      const leftMs = Math.max(0, latest - clock.now());
      const news = await this.#wait(this.#teams.size === 0 ? leftMs : Math.min(MAX_QUIET_MS, leftMs), 'team');
      if (news.type === 'end') return news.reason;
      if (news.type === 'time') return null;
    }
  }

  /** The next news of this kind; or that there was none in time, or will be none. */
  #wait(limitMs: number | null, wanted: News['type']): Promise<News> {
    if (this.#end !== null) return Promise.resolve(this.#end);
    return new Promise((resolve) => {
      const done = (news: News): void => {
        cancel();
        this.#onNews = () => undefined;
        resolve(news);
      };
      const cancel =
        limitMs === null
          ? () => undefined
          : this.#options.clock.after(limitMs, () => {
              done({ type: 'time' });
            });
      this.#onNews = (news) => {
        if (news.type === wanted || news.type === 'end') done(news);
      };
    });
  }

  #send(command: 'report.teamstatus.begin' | 'report.teamstatus.end', agentId: string): void {
    this.#connection.send(this.#options.codec.encode({ command, data: { agentId } }));
  }

  #receive(text: string): void {
    const { message } = this.#decode(text);
    if (message === null) return;
    if (message.type === 'event') this.#count(message);
    else if (message.command === 'report.teamstatus.begin') {
      if (!this.#isAwaitingAnswer) this.#isAmbiguous = true;
      this.#isAwaitingAnswer = false;
      this.#onNews({ type: 'answer', answer: message });
    }
  }

  #decode(text: string): Decoded {
    try {
      return decodeMessage(this.#options.codec.decode(text));
    } catch {
      // What is wrong with it is told of the connection in use, not of this one.
      return { message: null, violations: [] };
    }
  }

  #count(event: TeamEvent): void {
    const { agentId, teamId } = event;
    // An event that does not say whose it is can only be that of the one agent there is, here as on the board.
    const isOwn = agentId === null ? this.#options.agentIds.length === 1 : trimId(agentId) === this.#agentId;
    if (!isOwn) return;
    if (event.name === 'report.teamstatus.teamremoved') {
      this.#teams.delete(teamId);
      return;
    }
    const members = this.#teams.get(teamId) ?? new Set();
    if (event.name === 'report.teamstatus.memberremoved')
      for (const memberId of event.memberIds) members.delete(memberId);
    else for (const { memberId } of event.members ?? []) members.add(memberId);
    if (this.#teams.has(teamId)) return;
    this.#teams.set(teamId, members);
    this.#onNews({ type: 'team' });
  }
}
