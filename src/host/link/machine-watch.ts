/**
 * Notices, on any system and in any host, when the machine woke from sleep or its network changed, by looking every
 * few seconds. It must know nothing of what is then done.
 */
import { networkInterfaces } from 'node:os';
import type { Clock } from '../../core/base/clock.ts';

const LOOK_EVERY_MS = 2000;
/** A look that comes this much later than it should was held up by a sleep. */
const SLEEP_MS = 3000;

export interface MachineWatchOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /**
   * The addresses by which the machine can be reached, in any order, or null where they can't be told;
   * `systemAddresses` outside of tests.
   */
  readonly addresses: () => readonly string[] | null;
  readonly onChange: (what: 'woke' | 'network') => void;
}

/** Begins at once. Returns what ends it, which may be called twice. */
export function watchMachine({ clock, addresses, onChange }: MachineWatchOptions): () => void {
  const told = (): string | null => addresses()?.toSorted().join() ?? null;
  let network = told();
  let lookedAt = clock.now();
  let cancel: () => void;
  const wait = (): void => {
    cancel = clock.after(LOOK_EVERY_MS, look);
  };
  const look = (): void => {
    const now = clock.now();
    const sleptMs = now - lookedAt - LOOK_EVERY_MS;
    const before = network;
    lookedAt = now;
    network = told() ?? before;
    wait();
    if (sleptMs > SLEEP_MS) onChange('woke');
    else if (network !== before) onChange('network');
  };
  wait();
  return () => {
    cancel();
  };
}

/** Every address of every network interface but the loopback; null where the system does not tell. */
export function systemAddresses(): readonly string[] | null {
  let interfaces;
  try {
    interfaces = networkInterfaces();
  } catch {
    return null;
  }
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ mac, cidr, address }) => `${mac} ${cidr ?? address}`);
}
