/**
 * `npm run fuzz -- --frames 1000000 --seed 7`: sends odd frames to the widget and checks it against an oracle. Prints
 * the number of each kind of frame and violation, and the heap. test/lab/fuzz.test.ts runs a shorter version.
 */
import { Command } from 'commander';
import { wholeNumber } from './lib/whole-number.ts';
import { fuzz } from '../lab/fuzz-run.ts';

const options = new Command('fuzz')
  .option('--frames <count>', 'how many frames', wholeNumber, 1_000_000)
  .option('--seed <number>', 'the same seed gives the same frames', wholeNumber, Date.now() % 2 ** 31)
  .option('--json', 'print the report as JSON')
  .parse()
  .opts<{ readonly frames: number; readonly seed: number; readonly json?: true }>();

const begin = performance.now();
const report = await fuzz(options.frames, options.seed);
if (options.json === true) {
  console.log(JSON.stringify(report));
} else {
  const seconds = (performance.now() - begin) / 1000;
  console.log(`${String(report.frames)} frames, seed ${String(report.seed)}, ${seconds.toFixed(1)} s`);
  console.log(`${String(report.rounds)} rounds, ${String(report.rowsCompared)} rows compared, none wrong\n`);
  table('frames by kind', report.byKind);
  table('departures by kind', report.violations);
  table(`departures on ${String(report.rawConnections)} connections broken by raw bytes`, report.rawViolations);
  const [first] = report.heap;
  const last = report.heap.at(-1);
  if (first === undefined || last === undefined) {
    console.log('heap: not looked at; it needs node --expose-gc');
  } else {
    console.log(`heap after each tenth, MB: ${report.heap.map((bytes) => (bytes / 2 ** 20).toFixed(2)).join(' ')}`);
    console.log(`last tenth / first tenth: ${(last / first).toFixed(3)}`);
  }
}

function table(title: string, counts: Readonly<Record<string, number>>): void {
  console.log(`${title}:`);
  for (const [kind, count] of Object.entries(counts).sort(([, a], [, b]) => b - a)) {
    console.log(`  ${kind.padEnd(22)}${String(count).padStart(9)}`);
  }
  console.log('');
}
