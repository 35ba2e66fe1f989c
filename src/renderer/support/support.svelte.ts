/** The widget's announcements, its version, and the support bundle. */
import type { Announcement } from '../../shared/support/announcements.ts';
import type { HostClient } from '../base/host-client.svelte.ts';

export class SupportStore {
  readonly #host: HostClient;
  #announcements: readonly Announcement[] = $state.raw([]);
  #version = $state('');

  constructor(host: HostClient) {
    this.#host = host;
  }

  get announcements(): readonly Announcement[] {
    return this.#announcements;
  }

  /** The widget's version. */
  get version(): string {
    return this.#version;
  }

  /** Dismisses an announcement that somebody has read. */
  dismiss(announcement: Announcement): void {
    this.#host.send('announcements.dismiss', announcement);
  }

  /** A zip in base 64. */
  bundle(): Promise<string> {
    return this.#host.ask('support.bundle', null);
  }

  apply(state: { readonly announcements: readonly Announcement[]; readonly version: string }): void {
    this.#announcements = state.announcements;
    this.#version = state.version;
  }
}
