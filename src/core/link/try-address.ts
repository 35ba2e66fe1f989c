/**
 * Tries an address and, if a processor answers there, the agents. It uses connections of its own, so the board is not
 * affected. It begins each agent, counts what arrives, and ends it again. It does not know about the current
 * connection.
 */
import { trimId } from '../../shared/base/folding.ts';
import type { AddressTrial, AgentTrial, LinkReason } from '../../shared/link/link.ts';
import type { Clock } from '../base/clock.ts';
import type { Codec } from './codec.ts';
import { decodeMessage, type Answer, type Decoded, type TeamEvent } from './message.ts';
import { originalId } from './request-queue.ts';
import type { Connection, Transport, TransportOptions } from './transport.ts';

/** No more agents than this are tried: the first ones show what is wrong. */
export const MAX_TRIED_AGENTS = 20;
/** After this time no further agent is tried, because the user is waiting. */
export const MAX_TRIAL_MS = 30_000;
/** How long an answer may take. */
export const MAX_ANSWER_MS = 5000;
/** Once a team has arrived, wait for more until none has arrived for this long. */
export const MAX_QUIET_MS = 1000;

export interface TrialOptions {
  readonly transport: Transport;
  readonly transportOptions: TransportOptions;
  readonly codec: Codec;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly agentIds: readonly string[];
  readonly answerTimeoutMs: number;
  /** How long an agent's teams may take. */
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
  /** Called with each event while something waits for it. */
  #onNews: (news: News) => void = () => undefined;
  #end: Extract<News, { readonly type: 'end' }> | null = null;
  #asked = 0;
  #isAwaitingAnswer = false;
  /** An answer may still arrive, or arrived twice: the next one could be taken for another agent's. */
  #isAmbiguous = false;
  /** The members of each team of the agent being tried, by team. */
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

  /** Whether another agent can be tried. */
  get isUsable(): boolean {
    return this.#end === null && !this.#isAmbiguous;
  }

  /** Null once the processor has answered; otherwise why there is no answer. */
  async ping(): Promise<LinkReason | null> {
    // The transport has its own time limit for that.
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
   * Null if the answer may have been another agent's; it is then repeated on a connection where no other agent was
   * tried. `until`: when the user has waited long enough for all agents.
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
      // The repeated request in it shows whose answer it is.
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

  /** Whether the answer may be another agent's. The first agent tried on a connection can only receive its own. */
  get #mayBelongToAnother(): boolean {
    return this.#isAmbiguous && this.#asked > 1;
  }

  /**
   * Waits until no more teams arrive; for the first one, as long as it may take. Null, or why the connection ended
   * meanwhile.
   */
  async #settle(until: number): Promise<LinkReason | null> {
    const { clock, settleMs } = this.#options;
    const startedAt = clock.now();
    // However late it is, a begun agent gets a moment.
    const latest = startedAt + Math.min(settleMs, Math.max(MAX_QUIET_MS, until - startedAt));
    for (;;) {
      const leftMs = Math.max(0, latest - clock.now());
      const news = await this.#wait(this.#teams.size === 0 ? leftMs : Math.min(MAX_QUIET_MS, leftMs), 'team');
      if (news.type === 'end') return news.reason;
      if (news.type === 'time') return null;
    }
  }

  /** The next event of this kind; or that none came in time, or none will come. */
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
      // Violations are reported for the connection in use, not for this one.
      return { message: null, violations: [] };
    }
  }

  #count(event: TeamEvent): void {
    const { agentId, teamId } = event;
    // An event without an agent can only belong to the single agent there is, here as on the board.
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
