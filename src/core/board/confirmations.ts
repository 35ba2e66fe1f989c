/**
 * Whose events vouch for one thing on the board, and in which feed each agent's last did. It does not know what the
 * thing is.
 */
export class Confirmations {
  readonly #feeds = new Map<string, number>();
  #newest = 0;

  /** The latest feed in which any agent's events confirmed it; 0 for none. */
  get newest(): number {
    return this.#newest;
  }

  /** The watched agents whose events vouch for it. */
  get agentIds(): string[] {
    return [...this.#feeds.keys()];
  }

  get isEmpty(): boolean {
    return this.#feeds.size === 0;
  }

  has(agentId: string, feed: number): boolean {
    return this.#feeds.get(agentId) === feed;
  }

  /** `feed` is the present one: no later one has confirmed it yet. */
  confirm(agentId: string, feed: number): void {
    if (this.has(agentId, feed)) return;
    this.#feeds.set(agentId, feed);
    this.#newest = feed;
  }

  /** The agent's events no longer vouch for it. Returns whether they did. */
  takeBack(agentId: string): boolean {
    const didVouch = this.#feeds.delete(agentId);
    this.#newest = Math.max(0, ...this.#feeds.values());
    return didVouch;
  }
}
