/** The state of the link to the processor, the agents it asks for, and since when nothing is known of their teams. */
import type { BlindTime, BlindTimeSummary } from '../../shared/link/blind-time.ts';
import type { AgentView, LinkView } from '../../shared/link/link.ts';
import type { ViolationRecord } from '../../shared/link/violations.ts';
import { linkLook } from '../../shared/link/link-words.ts';
import type { HostClient } from '../base/host-client.svelte.ts';

const NO_LINK: LinkView = { state: { name: 'idle', since: 0 }, wasLive: false, blindSince: null, blindReason: null };

export class LinkStore {
  readonly #host: HostClient;
  #view: LinkView = $state.raw(NO_LINK);
  #agents: readonly AgentView[] = $state.raw([]);
  #violations: readonly ViolationRecord[] = $state.raw([]);
  #blindTime: BlindTimeSummary = $state.raw({ gaps: 0, blindSince: null });

  /** Since when nothing is known of the processor; null while what is shown is live. */
  readonly blindSince: number | null = $derived.by(() => this.#blindTime.blindSince ?? this.#host.lostAt);
  readonly isLive: boolean = $derived.by(() => !this.isHostLost && this.#view.state.name === 'live');
  /** How the link looks; `isHostLost` takes precedence. */
  readonly look = $derived.by(() => linkLook({ link: this.#view, agents: this.#agents }));

  constructor(host: HostClient) {
    this.#host = host;
  }

  get state() {
    return this.#view.state;
  }

  /** Whether it was ever live. */
  get wasLive(): boolean {
    return this.#view.wasLive;
  }

  get blindReason() {
    return this.#view.blindReason;
  }

  get agents(): readonly AgentView[] {
    return this.#agents;
  }

  get violations(): readonly ViolationRecord[] {
    return this.#violations;
  }

  get blindTime(): BlindTimeSummary {
    return this.#blindTime;
  }

  /** Whether the host is unreachable, so that nothing shown is known to be true. */
  get isHostLost(): boolean {
    return this.#host.lostAt !== null;
  }

  tryNow(): void {
    this.#host.send('link.try-now', null);
  }

  listBlindTime(): Promise<BlindTime> {
    return this.#host.ask('blind-time.list', null);
  }

  apply(state: {
    readonly link: LinkView;
    readonly agents: readonly AgentView[];
    readonly violations: readonly ViolationRecord[];
    readonly blindTime: BlindTimeSummary;
  }): void {
    this.#view = state.link;
    this.#agents = state.agents;
    this.#violations = state.violations;
    this.#blindTime = state.blindTime;
  }
}
