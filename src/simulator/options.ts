/**
 * How large and how busy a simulated contact centre may be: defaults, allowed ranges and their check. It knows neither
 * the command line nor sockets, so that the program and the function share one check.
 */

export interface SimulatorOptions {
  /** TCP port to listen on; 0 picks a free one. Default 0. */
  readonly port?: number;
  /** Address to listen on. Default 127.0.0.1, so that nothing outside this machine can connect. */
  readonly host?: string;
  /** Teams at the start; there may later be one more. Default 6. */
  readonly teams?: number;
  /** People at the start; the number varies a little. Default 48. */
  readonly members?: number;
  /** Steps of the world per second, nearly all of them status changes; 0 for none. Default 2. */
  readonly ratePerSecond?: number;
  /** The same seed gives the same world and the same sequence of changes. Default 1. */
  readonly seed?: number;
}

export const DEFAULTS: Required<SimulatorOptions> = {
  port: 0,
  host: '127.0.0.1',
  teams: 6,
  members: 48,
  ratePerSecond: 2,
  seed: 1,
};

/** The allowed range of each number, inclusive. */
const LIMITS = {
  port: { what: 'The port', min: 0, max: 65_535, isInteger: true },
  teams: { what: 'The number of teams', min: 1, max: 1_000, isInteger: true },
  members: { what: 'The number of members', min: 1, max: 10_000, isInteger: true },
  ratePerSecond: { what: 'The rate (changes a second)', min: 0, max: 5_000, isInteger: false },
  seed: { what: 'The seed', min: 0, max: 4_294_967_295, isInteger: true },
} as const;
export type NumberOption = keyof typeof LIMITS;

/** What is wrong with a number, as a sentence with the allowed range; null if nothing is. */
export function problemOf(option: NumberOption, value: number): string | null {
  const { what, min, max, isInteger } = LIMITS[option];
  if (value >= min && value <= max && (!isInteger || Number.isInteger(value))) return null;
  return `${what} must be a ${isInteger ? 'whole ' : ''}number from ${String(min)} to ${String(max)}.`;
}

/** The options with defaults filled in. Throws a RangeError that names the first number out of its range. */
export function completeOptions(options: SimulatorOptions): Required<SimulatorOptions> {
  const complete = { ...DEFAULTS, ...options };
  for (const option of Object.keys(LIMITS) as NumberOption[]) {
    const problem = problemOf(option, complete[option]);
    if (problem !== null) throw new RangeError(`${problem} It was ${String(complete[option])}.`);
  }
  return complete;
}
