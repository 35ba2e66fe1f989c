/**
 * The source of time and randomness, so that tests can control both. Also a steady machine time that includes sleep and
 * ignores changes to the system clock.
 */
import { uptime } from 'node:os';

export interface Clock {
  /**
   * Whole milliseconds that advance exactly as real time does, including while the machine sleeps. Setting the system
   * clock does not affect them. They start as milliseconds since the Unix epoch and stay that way unless the system
   * clock is set.
   */
  now(): number;
  /** Calls back once after the delay. Returns a function that cancels it; calling that twice is safe. */
  after(delayMs: number, callback: () => void): () => void;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
}

/** The times that a machine offers. Milliseconds. */
export interface TimeSources {
  /** Since the Unix epoch; jumps when the system clock is set. */
  readonly wall: () => number;
  /** Never jumps. Stops during sleep on some systems (Linux, macOS) but not on others (Windows). */
  readonly monotonic: () => number;
  /** Since boot, including sleep. Accurate to a second at worst, and slow to read. */
  readonly uptime: () => number;
}

/**
 * How far wall and monotonic time may drift apart before we look for the cause. More than the error of the coarsest
 * uptime.
 */
const MAX_DRIFT_MS = 2000;

/** A steady time from the machine's clocks. Reads the uptime only after the other two have drifted apart. */
export function steadyTime({ wall, monotonic, uptime: sinceBoot }: TimeSources): () => number {
  const startedAt = wall();
  const start = monotonic();
  let sleptMs = 0;
  let last = { wall: startedAt, monotonic: start, uptime: sinceBoot() };
  return () => {
    const ticked = monotonic();
    if (Math.abs(wall() - last.wall - (ticked - last.monotonic)) > MAX_DRIFT_MS) {
      const before = last;
      last = { wall: wall(), monotonic: ticked, uptime: sinceBoot() };
      const missedMs = last.uptime - before.uptime - (ticked - before.monotonic);
      // If the machine has been up for longer than the monotonic time says, it slept. Otherwise its clock was set.
      if (missedMs > MAX_DRIFT_MS / 2) sleptMs += missedMs;
    }
    return Math.round(startedAt + (ticked - start) + sleptMs);
  };
}

export const systemClock: Clock = {
  now: steadyTime({
    wall: () => Date.now(),
    monotonic: () => performance.now(),
    uptime: () => uptime() * 1000,
  }),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  random: () => Math.random(),
};
