/** Checks, tests and saves the connection form. It must not know how a connection is made. */
import type { Clock } from '../../core/base/clock.ts';
import type { SerialQueue } from '../../core/base/serial-queue.ts';
import { plainCodec } from '../../core/link/codec.ts';
import { transportOptionsOf } from '../../core/link/session.ts';
import type { Transport } from '../../core/link/transport.ts';
import { tryAddress } from '../../core/link/try-address.ts';
import type { ConnectionEdit, TestResult } from '../../shared/link/requests.ts';
import { CONNECTION_KEYS, type ConnectionForm } from '../../shared/link/connection-settings.ts';
import type { SaveResult } from '../../shared/settings/settings.ts';
import { formProblem, type HostSettings } from '../settings/host-settings.ts';

export interface ConnectionEditsOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly settings: HostSettings;
  readonly transport: Transport;
  /** Changes of the settings, the demo and the connection run one at a time. */
  readonly changes: SerialQueue;
  /** Reconnects with the saved settings. */
  readonly connect: () => Promise<void>;
}

export class ConnectionEdits {
  readonly #options: ConnectionEditsOptions;

  constructor(options: ConnectionEditsOptions) {
    this.#options = options;
  }

  save(edit: ConnectionEdit): Promise<SaveResult<ConnectionForm>> {
    return this.#options.changes.run(() => this.#save(edit));
  }

  /** Tests the form without touching the present connection. */
  async test(form: ConnectionForm): Promise<TestResult> {
    const { settings, transport, clock } = this.#options;
    const { changes, problems } = this.#check(form);
    if (problems.length > 0) return { ok: false, problems };
    const tried = { ...settings.values, ...changes };
    const { processorUrls, agentIds, answerTimeoutMs, settleMs } = tried;
    const options = {
      transport,
      transportOptions: transportOptionsOf(tried),
      codec: plainCodec,
      clock,
      agentIds: [...new Set(agentIds)],
      answerTimeoutMs,
      settleMs,
    };
    return { ok: true, trials: await Promise.all(processorUrls.map((url) => tryAddress(url, options))) };
  }

  async #save({ changes: given, base, needsAgents = false }: ConnectionEdit): Promise<SaveResult<ConnectionForm>> {
    const { settings, connect } = this.#options;
    const { changes, problems } = this.#check(given);
    const { agentIds } = { ...settings.values, ...given };
    if (needsAgents && this.#canChange('agentIds') && agentIds.length === 0) {
      problems.push({ ...formProblem('agentIds', { key: 'settings.agentsMissing' }), severity: 'warning' });
    }
    const refused = await settings.refusal(changes, problems, base);
    if (refused !== null) return refused;
    await settings.write(changes);
    await connect();
    return { ok: true };
  }

  /** What the form may change in the connection settings, and what is wrong with it. */
  #check(given: Partial<ConnectionForm>) {
    const { settings } = this.#options;
    const checked = settings.check(CONNECTION_KEYS, given);
    const { processorUrls } = { ...settings.values, ...given };
    if (this.#canChange('processorUrls') && processorUrls.length === 0) {
      checked.problems.push(formProblem('processorUrls', { key: 'settings.processorMissing' }));
    }
    return checked;
  }

  #canChange(key: keyof ConnectionForm): boolean {
    return this.#options.settings.fixed([key]).length === 0;
  }
}
