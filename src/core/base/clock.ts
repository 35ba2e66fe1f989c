/**
 * The seam for time and chance, so that tests decide both; and the machine's own time, made steady: it counts sleep,
 * and a change of the system clock does not touch it.
 */
import { uptime } from 'node:os';

export interface Clock {
  /**
   * Whole milliseconds that only ever pass as real time does: they count the sleep of the machine, and do not follow
   * when the system clock is set. They began as milliseconds since the Unix epoch, and still are if it never was.
   */
  now(): number;
  /** Calls back once after the delay; returns a function that calls it off and may be called twice. */
  after(delayMs: number, callback: () => void): () => void;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
}

/** What a machine tells of time. Milliseconds. */
export interface TimeSources {
  /** Since the Unix epoch; jumps when the system clock is set. */
  readonly wall: () => number;
  /** Never jumps, and stands still in sleep on some systems (Linux, macOS), not on others (Windows). */
  readonly monotonic: () => number;
  /** Since the machine was started, its sleep included. To the second at least, and not cheap to ask. */
  readonly uptime: () => number;
}

/** So far wall and monotonic time may drift apart before it is asked why; more than the coarsest uptime is off. */
const MAX_DRIFT_MS = 2000;

/** A steady time out of what the machine tells. The uptime is asked only where the other two have drifted apart. */
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
      // The machine has been up for longer than the monotonic time says: it slept. If not, its clock was set.
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
