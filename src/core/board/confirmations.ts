/**
 * Which agents' events confirm one thing on the board, and in which feed each last did. An immutable value: things
 * confirmed by the same agents in the same feeds share one. It does not know what the things are.
 */
export class Confirmations {
  static readonly none = new Confirmations(new Map());

  /** The latest feed in which any agent confirmed it; 0 for none. */
  readonly newest: number;
  readonly #feeds: ReadonlyMap<string, number>;
  /**
   * The result of the last change, to share it with the next thing that changes in the same way. Held weakly, so it
   * lives only as long as something uses it.
   */
  #next: { readonly agentId: string; readonly feed: number | null; readonly became: WeakRef<Confirmations> } | null =
    null;

  private constructor(feeds: ReadonlyMap<string, number>) {
    this.#feeds = feeds;
    this.newest = Math.max(0, ...feeds.values());
  }

  /** The watched agents that confirm it. */
  get agentIds(): string[] {
    return [...this.#feeds.keys()];
  }

  get isEmpty(): boolean {
    return this.#feeds.size === 0;
  }

  has(agentId: string, feed: number): boolean {
    return this.#feeds.get(agentId) === feed;
  }

  /** Adds this agent's confirmation in this feed. */
  confirm(agentId: string, feed: number): Confirmations {
    return this.has(agentId, feed) ? this : this.#become(agentId, feed);
  }

  /** Removes this agent's confirmation; returns the same value if there was none. */
  without(agentId: string): Confirmations {
    return this.#feeds.has(agentId) ? this.#become(agentId, null) : this;
  }

  #become(agentId: string, feed: number | null): Confirmations {
    if (this.#next?.agentId === agentId && this.#next.feed === feed) {
      const became = this.#next.became.deref();
      if (became !== undefined) return became;
    }
    const feeds = new Map(this.#feeds);
    if (feed === null) feeds.delete(agentId);
    else feeds.set(agentId, feed);
    const became = new Confirmations(feeds);
    this.#next = { agentId, feed, became: new WeakRef(became) };
    return became;
  }
}
