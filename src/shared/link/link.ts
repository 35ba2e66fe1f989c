/** The link to the processor as published to its readers: one state, with its data. */
import type { Text } from '../texts/text.ts';

/** Why a link is not up, as short stable codes: exports contain them. */
export const LINK_CODES = [
  'asleep',
  'bad-url',
  'begin-unanswered',
  'broken-frame',
  'ca-file',
  'certificate',
  'changed',
  'closed',
  'credentials',
  'end-unanswered',
  'refused',
  'returning',
  'settings',
  'silent',
  'stopped',
  'subprotocol',
  'unbegun',
  'unreachable',
  'untold-answer',
] as const;
export type LinkCode = (typeof LINK_CODES)[number];

/** Why the link is not up, in words for a person. */
export interface LinkReason {
  readonly code: LinkCode;
  readonly message: Text;
  /** What the reader can do about it; empty if they can only wait. */
  readonly remedy: Text;
  /** The system's or the server's own message, for whoever investigates. */
  readonly details?: string;
}

/** All times are milliseconds since the Unix epoch. `attempt` counts from 1 since the link was last live. */
export type LinkState =
  | { readonly name: 'idle'; readonly since: number }
  | { readonly name: 'connecting'; readonly since: number; readonly url: string; readonly attempt: number }
  | { readonly name: 'starting'; readonly since: number; readonly url: string; readonly attempt: number }
  | { readonly name: 'live'; readonly since: number; readonly url: string }
  | { readonly name: 'stale'; readonly since: number; readonly url: string }
  | {
      readonly name: 'waiting';
      readonly since: number;
      readonly attempt: number;
      readonly nextTryAt: number;
      readonly reason: LinkReason;
    }
  | {
      readonly name: 'stopped';
      readonly since: number;
      readonly reason: LinkReason;
      /** When to check whether the reason has gone; absent if it can't go away by itself. */
      readonly nextLookAt?: number;
    };

export interface LinkView {
  readonly state: LinkState;
  /** Whether the link has been live with these settings. */
  readonly wasLive: boolean;
  /** Since when nothing is known about the processor; null while the link is live, and if it never was. */
  readonly blindSince: number | null;
  /** What caused it; later problems in the same break do not change it. */
  readonly blindReason: LinkReason | null;
}

/** The progress of one watched agent's `begin`. */
export interface AgentView {
  readonly agentId: string;
  readonly state: 'not-subscribed' | 'subscribing' | 'subscribed' | 'refused';
  readonly since: number;
  /** How many teams the agent is known to be in. */
  readonly teams: number;
  /** Whether a team of the agent was announced since the begin. */
  readonly hadTeams: boolean;
  readonly failure: { readonly code: string; readonly message: Text; readonly details: string } | null;
}

/** How long after a refusal to try an agent again. */
export const RETRY_BEGIN_MS = 15_000;

/**
 * The outcome of a trial for one agent. `people`: the members of its teams, each counted once; `waitedMs`: how long its
 * teams had to arrive.
 */
export type AgentTrial = { readonly agentId: string } & (
  | { readonly type: 'accepted'; readonly teams: number; readonly people: number; readonly waitedMs: number }
  | { readonly type: 'refused'; readonly code: string; readonly message: string }
  | { readonly type: 'unanswered' }
  | { readonly type: 'cut'; readonly reason: LinkReason }
);

/** The outcome of trying an address. `tookMs`: until the processor answered a ping. */
export type AddressTrial =
  | {
      readonly url: string;
      readonly isOk: true;
      readonly tookMs: number;
      readonly agents: readonly AgentTrial[];
      /** How many agents there was no time for. */
      readonly notAsked: number;
    }
  | { readonly url: string; readonly isOk: false; readonly reason: LinkReason };
