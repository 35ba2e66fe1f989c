/**
 * `npm run soak -- --flaps 1000 --events 1000000 --seed 7`: runs a widget on real sockets whose processor keeps going
 * away. Prints heap, sockets and timers after each tenth. test/lab/soak.test.ts runs a shorter version.
 */
import { Command } from 'commander';
import { wholeNumber } from './lib/whole-number.ts';
import { soak } from '../lab/soak-run.ts';

interface Options {
  readonly flaps: number;
  readonly events: number;
  readonly warmUp: number;
  readonly seed: number;
  readonly json?: true;
}

const options = new Command('soak')
  .option('--flaps <count>', 'how often the connection is cut', wholeNumber, 1000)
  .option('--events <count>', 'how many events come in all', wholeNumber, 1_000_000)
  .option('--warm-up <flaps>', 'flaps before the counting begins, to fill the ledger of gaps', wholeNumber, 1000)
  .option('--seed <number>', 'the same seed gives the same events', wholeNumber, Date.now() % 2 ** 31)
  .option('--json', 'print the report as JSON')
  .parse()
  .opts<Options>();

const report = await soak(options.flaps, options.events, options.warmUp, options.seed);
if (options.json === true) {
  console.log(JSON.stringify(report));
} else {
  const { flaps, events, warmUp, seed, seconds, teams, members, tenths } = report;
  console.log(
    `${String(flaps)} flaps after ${String(warmUp)} to warm up, ${String(events)} events, seed ${String(seed)}, ${seconds.toFixed(1)} s; ` +
      `at the end ${String(teams)} teams and ${String(members)} rows, all of them true\n`,
  );
  console.log('   flaps    events   heap MB   sockets   timers');
  for (const tenth of tenths) {
    const heap = tenth.heap === null ? '?' : (tenth.heap / 2 ** 20).toFixed(2);
    const cells = [tenth.flaps, tenth.events, heap, tenth.sockets, tenth.timers].map(String);
    console.log([8, 10, 10, 10, 9].map((width, index) => (cells[index] ?? '').padStart(width)).join(''));
  }
  const [first, last] = [tenths[0]?.heap ?? null, tenths.at(-1)?.heap ?? null];
  if (first === null || last === null) console.log('\nheap: not looked at; it needs node --expose-gc');
  else console.log(`\nheap, last tenth / first tenth: ${(last / first).toFixed(3)}`);
  console.log(`resources before: ${JSON.stringify(report.resourcesBefore)}`);
  console.log(`resources after:  ${JSON.stringify(report.resourcesAfter)}; timers: ${String(report.timersAfter)}`);
}
