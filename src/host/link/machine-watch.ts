/**
 * Detects, on any system and in any host, that the machine woke from sleep or its network changed. It checks every few
 * seconds, and must not know what is done about it.
 */
import { networkInterfaces } from 'node:os';
import type { Clock } from '../../core/base/clock.ts';

const LOOK_EVERY_MS = 2000;
/** A check this late must have been delayed by sleep. */
const SLEEP_MS = 3000;

export interface MachineWatchOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** The machine's network addresses in any order, or null if unknown. `systemAddresses` outside of tests. */
  readonly addresses: () => readonly string[] | null;
  readonly onChange: (what: 'woke' | 'network') => void;
}

/** Starts at once. Returns a function that stops it and may be called twice. */
export function watchMachine({ clock, addresses, onChange }: MachineWatchOptions): () => void {
  const fingerprint = (): string | null => addresses()?.toSorted().join() ?? null;
  let network = fingerprint();
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
    network = fingerprint() ?? before;
    wait();
    if (sleptMs > SLEEP_MS) onChange('woke');
    else if (network !== before) onChange('network');
  };
  wait();
  return () => {
    cancel();
  };
}

/** The addresses of all network interfaces except loopback; null if the system does not reveal them. */
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
