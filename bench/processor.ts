/** The benchmark's processor as its parent sees it: started, given orders, and stopped. What it sends is in load.ts. */
import type { Size } from './load.ts';
import { Child, type Programs } from './child.ts';
import type { Sent } from './latencies.ts';

export interface ProcessorOptions extends Size {
  /** Whether the roster follows the answer to `begin`; otherwise it waits for the order to announce it. */
  readonly announcesAtOnce: boolean;
  /** How many steps each requested call has; none if left out. */
  readonly steps?: number;
}

export type Order =
  | { readonly type: 'announce' }
  | { readonly type: 'burst'; readonly count: number }
  | {
      readonly type: 'stream';
      readonly perSecond: number;
      /** How many of these go to the watched members. */
      readonly watchedPerSecond: number;
      /** How many members of the first team are watched. */
      readonly watched: number;
      readonly seconds: number;
    };

export type Report =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'begun' }
  /** `at`: when it was sent, in milliseconds since the Unix epoch. */
  | { readonly type: 'announced'; readonly at: number }
  | { readonly type: 'streamed'; readonly watched: readonly Sent[] };

export class Processor {
  readonly url: string;
  /** An empty page that may connect to it. */
  readonly pageUrl: string;
  readonly #child: Child<Report>;

  private constructor(host: string, child: Child<Report>) {
    this.url = `ws://${host}`;
    this.pageUrl = `http://${host}/`;
    this.#child = child;
  }

  static async start(programs: Programs, options: ProcessorOptions): Promise<Processor> {
    const child = new Child<Report>(programs, 'processor', [JSON.stringify(options)]);
    const { port } = await child.report('listening');
    return new Processor(`127.0.0.1:${String(port)}`, child);
  }

  /** Resolves when a client has subscribed. */
  async subscribed(): Promise<void> {
    await this.#child.report('begun');
  }

  /** When the roster was sent, in milliseconds since the Unix epoch. */
  async announce(): Promise<number> {
    this.#send({ type: 'announce' });
    return (await this.#child.report('announced')).at;
  }

  burst(count: number): void {
    this.#send({ type: 'burst', count });
  }

  /**
   * Resolves when everything has been sent, with the events that went to the watched members; a row is a member's
   * position.
   */
  async stream(order: Omit<Extract<Order, { readonly type: 'stream' }>, 'type'>): Promise<readonly Sent[]> {
    this.#send({ type: 'stream', ...order });
    return (await this.#child.report('streamed')).watched;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  #send(order: Order): void {
    this.#child.send(order);
  }
}
