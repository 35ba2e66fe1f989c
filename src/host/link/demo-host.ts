/** The demo: our own simulator, which the widget connects to like any processor. It must not know what shows it. */
import { BUILT_IN, type Settings } from '../../core/settings.ts';
import type { SampleCall } from '../../shared/link/connection-settings.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';

const NO_CALLS: readonly SampleCall[] = [];

export class DemoHost {
  #simulator: Simulator | null = null;

  get isShown(): boolean {
    return this.#simulator !== null;
  }

  /** Calls that the demo knows; empty while it is not shown. */
  get sampleCalls(): readonly SampleCall[] {
    return this.#simulator?.sampleCalls ?? NO_CALLS;
  }

  /** Starts the simulator unless it runs, and connects to it. */
  async show(connect: (settings: Settings) => Promise<void>): Promise<void> {
    const simulator = this.#simulator ?? (await startSimulator());
    await connect({ ...BUILT_IN, processorUrls: [simulator.url], agentIds: simulator.agentIds.slice(0, 1) });
    this.#simulator = simulator;
  }

  async end(): Promise<void> {
    const simulator = this.#simulator;
    this.#simulator = null;
    await simulator?.close();
  }
}
