/**
 * The test runners' reports in one form: each test with its outcome and duration. It reads reports and formats numbers;
 * it runs nothing.
 */
import path from 'node:path';
import * as v from 'valibot';

export interface TestResult {
  readonly runner: string;
  readonly file: string;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const UnitReport = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string(), ''),
      assertionResults: v.array(
        v.object({ fullName: v.string(), status: v.string(), duration: v.optional(v.nullable(v.number()), 0) }),
      ),
    }),
  ),
});

/**
 * Reads Vitest's report. With `isChosen`, tests left out by their title are omitted, so that they don't count as
 * skipped.
 */
export function unitResults(json: unknown, isChosen: boolean): readonly TestResult[] {
  return v.parse(UnitReport, json).testResults.flatMap(({ name, status, assertionResults }) => {
    const file = path.basename(name);
    // A file that failed to load has no tests, but counts as a failure.
    if (status === 'failed' && assertionResults.every((one) => one.status !== 'failed')) {
      return [{ runner: 'unit', file, title: 'the file as a whole', outcome: 'failed', ms: 0 } as const];
    }
    return assertionResults
      .map((one): TestResult => {
        const outcome = one.status === 'passed' || one.status === 'failed' ? one.status : 'skipped';
        return { runner: 'unit', file, title: one.fullName, outcome, ms: one.duration ?? 0 };
      })
      .filter(({ outcome }) => !isChosen || outcome !== 'skipped');
  });
}

const PageSpec = v.object({
  title: v.string(),
  file: v.string(),
  tests: v.array(
    v.object({
      projectName: v.string(),
      status: v.string(),
      results: v.array(v.object({ duration: v.number() })),
    }),
  ),
});
interface PageSuite {
  readonly title: string;
  readonly specs: readonly v.InferOutput<typeof PageSpec>[];
  readonly suites?: readonly PageSuite[] | undefined;
}
const PageSuite: v.GenericSchema<unknown, PageSuite> = v.object({
  title: v.string(),
  specs: v.array(PageSpec),
  suites: v.optional(v.array(v.lazy(() => PageSuite))),
});
const PageReport = v.object({ suites: v.array(PageSuite), errors: v.optional(v.array(v.unknown()), []) });

/** Reads Playwright's report of a run or a list. Errors outside of any test count as failures too. */
export function pageResults(json: unknown): readonly TestResult[] {
  const { suites, errors } = v.parse(PageReport, json);
  const outside = errors.map((): TestResult => {
    return { runner: 'playwright', file: '', title: 'outside of any test', outcome: 'failed', ms: 0 };
  });
  return [...suites.flatMap(resultsOf), ...outside];
}

function resultsOf({ specs, suites = [] }: PageSuite): readonly TestResult[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, status, results }): TestResult => {
      const outcome = status === 'expected' ? 'passed' : status === 'skipped' ? 'skipped' : 'failed';
      const ms = results.reduce((total, { duration }) => total + duration, 0);
      return { runner: projectName, file: path.basename(file), title, outcome, ms };
    }),
  );
  return [...own, ...suites.flatMap(resultsOf)];
}

export function countsOf(results: readonly TestResult[]): Counts {
  const count = (outcome: TestResult['outcome']): number => results.filter((one) => one.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** The slowest tests of all runners, one line each, slowest first. */
export function slowest(results: readonly TestResult[], count: number): readonly string[] {
  return results
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, count)
    .map(({ ms, runner, file, title }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${runner}  ${file}: ${title}`);
}

/** What to run: files by part of their path, and tests by part of their title. */
export interface Choice {
  readonly files: readonly string[];
  readonly title: string | null;
}

/** Reads the arguments of `npm test --`. */
export function choiceIn(args: readonly string[]): Choice {
  const files: string[] = [];
  let title: string | null = null;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '-g' || arg === '-t') {
      index += 1;
      title = args[index] ?? null;
      if (title === null) throw new Error(`${arg} needs a part of a title after it.`);
    } else if (arg.startsWith('-')) {
      throw new Error(`${arg} is no option here. Use: npm test -- [part of a path]… [-g "part of a title"]`);
    } else files.push(arg);
  }
  return { files, title };
}
