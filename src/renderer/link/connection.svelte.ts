/** What the widget connects to: its form, what is wrong with it, and what exports say about it. */
import { exportHead, type ExportHead } from '../../shared/base/export-head.ts';
import type { ConnectionForm, ConnectionView } from '../../shared/link/connection-settings.ts';
import type { Edit } from '../../shared/settings/settings.ts';
import type { HostClient } from '../base/host-client.svelte.ts';
import { now } from '../base/now.svelte.ts';

const NONE: ConnectionView = {
  isDemo: false,
  sampleCalls: [],
  form: { processorUrls: [], agentIds: [], subprotocol: '', caFile: '' },
  headerNames: [],
  fixed: [],
  settingsFile: '',
  problems: [],
};

export class ConnectionStore {
  readonly #host: HostClient;
  #view: ConnectionView = $state.raw(NONE);
  #version = $state('');

  constructor(host: HostClient) {
    this.#host = host;
  }

  get view(): ConnectionView {
    return this.#view;
  }

  get isDemo(): boolean {
    return this.#view.isDemo;
  }

  get problems() {
    return this.#view.problems;
  }

  /** The head of everything that is copied from the page. */
  get exportHead(): ExportHead {
    return exportHead({ version: this.#version, connection: this.#view }, (at) => now.wall(at));
  }

  /** With `needsAgents`, a form without agents is not saved, but answered with a warning. */
  save(edit: Edit<ConnectionForm>, needsAgents: boolean) {
    return this.#host.ask('connection.save', { ...edit, needsAgents });
  }

  /** Tries each address without touching the present connection. */
  test(form: ConnectionForm) {
    return this.#host.ask('connection.test', form);
  }

  showDemo(): void {
    this.#host.send('connection.show-demo', null);
  }

  apply(state: { readonly connection: ConnectionView; readonly version: string }): void {
    this.#view = state.connection;
    this.#version = state.version;
  }
}
