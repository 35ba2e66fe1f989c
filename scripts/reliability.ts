/**
 * `npm run reliability`: plays every fault in real time against widgets with the product's own settings, all at once.
 * It measures how soon each fault is noticed, what is shown meanwhile, and how soon after its end all is right again.
 * Prints the table and writes it into docs/RELIABILITY.md. Fails if noticing a silence takes more than two heartbeats,
 * if an outdated row was shown as fresh, or if something was noticed that should be tolerated.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';
import { BUILT_IN, type Settings } from '../src/core/settings.ts';
import { translateToEnglish } from '../src/shared/texts/text.ts';
import { linkWord } from '../src/shared/link/link-words.ts';
import { startSimulator } from '../src/simulator/simulator.ts';
import { FaultProxy } from '../lab/fault-proxy.ts';
import { faults, type Fault } from '../lab/faults.ts';
import { Truth, ObservedWidget, type Shown } from '../lab/observed-widget.ts';
import { ROOT } from './lib/root.ts';
import type { SleeperNews, SleeperOrders } from '../lab/reliability-sleeper.ts';

/** How long a lasting fault lasts: long enough for a silence to be noticed, and the connection given up. */
const LASTS_MS = 45_000;
const SLEEP_MS = 25_000;
/** How soon the widget checks the first of several addresses again, instead of minutes. */
const LOOK_MS = 2000;
/** Allowed beyond two heartbeats: one frame of the screen, and timers that are late on a busy machine. */
const SLACK_MS = 250;
/** If this program itself stalled for longer, it measured the machine and not the widget. */
const MAX_STALL_MS = 1000;
/** Runs start spread over this time rather than all at once. */
const SPREAD_MS = 5000;

const BEGIN = '<!-- measured: begin (npm run reliability) -->';
const END = '<!-- measured: end -->';

const SUPERVISOR = '1001';
const { heartbeatMs } = BUILT_IN;

/** One run of one fault. */
interface Run {
  /** From the start of the fault until something other than Live was shown; null if never. */
  readonly noticedMs: number | null;
  /** From the end of the fault (or from the user's change) until the state is Live and the board equals the truth. */
  readonly rightMs: number | null;
  readonly saw: readonly string[];
  readonly lies: number;
}

interface Row {
  readonly name: string;
  readonly kind: Fault['kind'] | 'scenario';
  readonly runs: readonly Run[];
}

interface Options {
  readonly runs: string;
  readonly only?: string;
}

const options = new Command('reliability')
  .description('Measures how soon each fault is noticed, and how soon everything is right again.')
  .option('--runs <number>', 'how often each fault is played', '5')
  .option('--only <text>', 'only faults whose name contains this; leaves docs/RELIABILITY.md alone')
  .parse()
  .opts<Options>();
const RUNS = Number(options.runs);

const folder = mkdtempSync(path.join(tmpdir(), 'uccx-reliability-'));
const lively = await startSimulator({ seed: 1 });
const quiet = await startSimulator({ seed: 2, ratePerSecond: 0 });
const truths = new Map([
  [lively, await Truth.of(lively.url, SUPERVISOR)],
  [quiet, await Truth.of(quiet.url, SUPERVISOR)],
]);

const stalls = monitorEventLoopDelay();
stalls.enable();

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

let files = 0;
function fileWith(text: string): string {
  files += 1;
  const file = path.join(folder, `${String(files)}.pem`);
  writeFileSync(file, text);
  return file;
}

/** What users read: the lamp's word, and why. The host is the same in every run, but its port is not. */
function words({ state, message }: { readonly state: string; readonly message: string }): string {
  const view = { state: { name: state }, wasLive: true } as unknown as Parameters<typeof linkWord>[0];
  const why = message.replace(/(127\.0\.0\.1|localhost):\d+/g, 'host');
  if (state === 'stale') return 'Stale, since the last sign of life';
  return why === '' ? linkWord(view) : `${linkWord(view)}: ${why}`;
}

function sawIn(shown: readonly Shown[]): string[] {
  const outages = shown.filter(({ state }) => state === 'waiting' || state === 'stale' || state === 'stopped');
  return [
    ...new Set(
      outages.map(({ state, reason }) => words({ state, message: translateToEnglish(reason?.message ?? '') })),
    ),
  ];
}

/** `index` is the run's number. Each run starts at another moment of the heartbeat, the first just after an answer. */
function phaseMs(index: number): number {
  return (index / RUNS) * heartbeatMs;
}

async function play(fault: Fault, index: number): Promise<Run> {
  const simulator = fault.isQuiet === true ? quiet : lively;
  const truth = truths.get(simulator);
  if (truth === undefined) throw new Error('There is no truth about this processor');
  await after(Math.random() * SPREAD_MS);
  const proxy = await FaultProxy.start(
    portOf(simulator.url),
    fault.tls === undefined ? {} : { certificate: fault.tls.certificate },
  );
  const watched = new ObservedWidget({ proxy });
  const settings: Settings = {
    ...BUILT_IN,
    processorUrls: [proxy.url],
    agentIds: [SUPERVISOR],
    caFile: fault.tls === undefined ? '' : fileWith(fault.tls.ca),
  };
  await watched.widget.connect(settings);
  await watched.when(() => watched.isRight(truth));
  // Stalls while others were still starting were not measured.
  stalls.reset();
  await after(phaseMs(index));

  const from = watched.shown.length;
  const startedAt = performance.now();
  fault.begin(proxy);
  const lasts = fault.kind !== 'end' || fault.shows.length > 1;
  if (fault.kind === 'stop') await watched.when(() => watched.state === 'stopped');
  else if (lasts) await after(LASTS_MS);
  const during = watched.shown.length;
  const endedAt = performance.now();
  if (fault.remedy === undefined) {
    await proxy.heal();
    proxy.certificate = fault.tls?.certificate ?? null;
    if (fault.kind === 'stop') watched.widget.tryNow();
  } else {
    const ca = fault.remedy.ca === undefined ? {} : { caFile: fileWith(fault.remedy.ca) };
    await watched.widget.connect({ ...settings, ...fault.remedy.settings, ...ca });
  }
  if (!lasts) await watched.when(() => watched.shown.length > from);
  await watched.when(() => watched.isRight(truth));
  const rightAt = performance.now();
  const first = watched.shown[from];
  await watched.widget.disconnect({ code: 'stopped', message: 'It is over.', remedy: '' });
  await proxy.stop();
  return {
    noticedMs: first === undefined ? null : first.at - startedAt,
    rightMs: first === undefined ? null : rightAt - endedAt,
    saw: sawIn(watched.shown.slice(from, lasts ? during : undefined)),
    lies: watched.falseClaims.size,
  };
}

/** The processor goes, and a while later another takes its place, with fewer and other people. */
async function restart(index: number): Promise<Run> {
  const before = await startSimulator({ seed: 10 + index, teams: 6, members: 60 });
  const truthBefore = await Truth.of(before.url, SUPERVISOR);
  const proxy = await FaultProxy.start(portOf(before.url));
  const watched = new ObservedWidget({ proxy });
  await watched.widget.connect({ ...BUILT_IN, processorUrls: [proxy.url], agentIds: [SUPERVISOR] });
  await watched.when(() => watched.isRight(truthBefore));
  await after(phaseMs(index));
  const from = watched.shown.length;
  const startedAt = performance.now();
  await before.close();
  await after(heartbeatMs);
  const simulator = await startSimulator({ seed: 20 + index, teams: 3, members: 20, port: portOf(before.url) });
  const truth = await Truth.of(simulator.url, SUPERVISOR);
  const endedAt = performance.now();
  await watched.when(() => watched.isRight(truth));
  const run = {
    noticedMs: (watched.shown[from]?.at ?? NaN) - startedAt,
    rightMs: performance.now() - endedAt,
    saw: sawIn(watched.shown.slice(from)),
    lies: watched.falseClaims.size,
  };
  await watched.widget.disconnect({ code: 'stopped', message: 'It is over.', remedy: '' });
  truth.close();
  truthBefore.close();
  await Promise.all([proxy.stop(), simulator.close()]);
  return run;
}

/** Two addresses: the first goes down, so the second is used; then the first comes back. */
async function addresses(index: number): Promise<{ readonly away: Run; readonly back: Run }> {
  const truth = truths.get(lively);
  if (truth === undefined) throw new Error('There is no truth about this processor');
  const [first, second] = [await FaultProxy.start(portOf(lively.url)), await FaultProxy.start(portOf(lively.url))];
  const watched = new ObservedWidget({ delayMs: (ms) => (ms >= 300_000 ? LOOK_MS : ms) });
  await watched.widget.connect({ ...BUILT_IN, processorUrls: [first.url, second.url], agentIds: [SUPERVISOR] });
  await watched.when(() => watched.isRight(truth));
  await after(phaseMs(index));
  const leave = async (url: string, begin: () => unknown): Promise<Run> => {
    const from = watched.shown.length;
    const startedAt = performance.now();
    await begin();
    const isThere = (): boolean => {
      const { state } = watched.widget.state.link;
      return state.name === 'live' && state.url === url;
    };
    await watched.when(() => isThere() && watched.isRight(truth));
    const rightMs = performance.now() - startedAt;
    const first = watched.shown[from];
    const noticedMs = first === undefined ? null : first.at - startedAt;
    return { noticedMs, rightMs, saw: sawIn(watched.shown.slice(from)), lies: 0 };
  };
  const away = await leave(second.url, () => {
    first.refuse();
  });
  const back = await leave(first.url, () => first.heal());
  await watched.widget.disconnect({ code: 'stopped', message: 'It is over.', remedy: '' });
  await Promise.all([first.stop(), second.stop()]);
  return { away, back };
}

/**
 * The machine sleeps, simulated by a stopped process. Meanwhile the connection stands or is lost. On waking, the
 * process is notified or not.
 */
async function sleep(index: number, isLost: boolean, isNotified: boolean): Promise<Run> {
  const proxy = await FaultProxy.start(portOf(lively.url));
  const orders: SleeperOrders = {
    settings: { ...BUILT_IN, processorUrls: [proxy.url], agentIds: [SUPERVISOR] },
    truthUrl: lively.url,
    agentId: SUPERVISOR,
  };
  const program = fileURLToPath(new URL('../lab/reliability-sleeper.ts', import.meta.url));
  const sleeper = fork(program, [JSON.stringify(orders)]);
  const shown: { at: number; state: string; message: string }[] = [];
  sleeper.on('message', (news: SleeperNews) => {
    if (news.type === 'shown') shown.push(news);
  });
  await rightIn(sleeper);
  await after(phaseMs(index));
  const from = shown.length;
  sleeper.kill('SIGSTOP');
  if (isLost) {
    for (const connection of proxy.connections) {
      connection.vanish('up');
      connection.vanish('down');
    }
  }
  await after(SLEEP_MS);
  const right = rightIn(sleeper);
  const wokenAt = Date.now();
  sleeper.kill('SIGCONT');
  if (isNotified) sleeper.send('woke');
  const rightAt = await right;
  sleeper.disconnect();
  await proxy.stop();
  const outages = shown
    .slice(from)
    .filter(({ state }) => state !== 'live' && state !== 'connecting' && state !== 'starting');
  return {
    noticedMs: shown[from] === undefined ? null : shown[from].at - wokenAt,
    rightMs: rightAt - wokenAt,
    saw: [...new Set(outages.map(words))],
    lies: 0,
  };
}

function rightIn(sleeper: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const look = (news: SleeperNews): void => {
      if (news.type !== 'right') return;
      sleeper.off('message', look);
      resolve(news.at);
    };
    sleeper.on('message', look).once('exit', () => {
      reject(new Error('The sleeper ended'));
    });
  });
}

function times<T>(play: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: RUNS }, (_, index) => play(index)));
}

type Scenario = readonly [names: readonly string[], play: () => Promise<readonly (readonly Run[])[]>];

const SCENARIOS: readonly Scenario[] = [
  [['The server restarts after 10 s, with other teams and fewer members'], async () => [await times(restart)]],
  [
    [
      'The first of two addresses goes down, the second is used (times from its failure)',
      `The first of two addresses is back and used again (times from its return; checked after ${String(LOOK_MS / 1000)} s here, not 5 min)`,
    ],
    async () => {
      const all = await times(addresses);
      return [all.map(({ away }) => away), all.map(({ back }) => back)];
    },
  ],
  ...(
    [
      ['the connection survives', false, false],
      ['the connection is lost', true, false],
      ['the connection is lost, and the system reports the waking', true, true],
    ] as const
  ).map(([what, isLost, isNotified]): Scenario => [
    [`The machine sleeps for 25 s, ${what} (times from waking)`],
    async () => [await times((index) => sleep(index, isLost, isNotified))],
  ]),
];

function isWanted(name: string): boolean {
  return options.only === undefined || name.includes(options.only);
}

const startedAt = Date.now();
const [faultRows, scenarioRows] = await Promise.all([
  Promise.all(
    faults(heartbeatMs)
      .filter(({ name }) => isWanted(name))
      .map(async (fault): Promise<Row> => ({ ...fault, runs: await times((index) => play(fault, index)) })),
  ),
  Promise.all(
    SCENARIOS.filter(([names]) => names.some(isWanted)).map(async ([names, play]): Promise<Row[]> => {
      const all = await play();
      return names.map((name, index) => ({ name, kind: 'scenario', runs: all[index] ?? [] }));
    }),
  ),
]);
const rows = [...faultRows, ...scenarioRows.flat()];
const stallMs = stalls.max / 1e6;

function seconds(ms: number): string {
  const value = ms / 1000;
  return `${value < 1 ? value.toFixed(2) : value.toFixed(1)} s`;
}

function medianAndWorst(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const median = known[Math.floor((known.length - 1) / 2)];
  const worst = known.at(-1);
  return median === undefined || worst === undefined ? '—' : `${seconds(median)}, ${seconds(worst)}`;
}

function cells({ name, runs }: Row): string[] {
  // Runs with the same words differ in how far they got, so the longest account includes the others.
  const saw = runs.map((run) => run.saw).reduce((longest, one) => (one.length > longest.length ? one : longest), []);
  return [
    name,
    saw.length === 0 ? 'Live' : saw.join('<br>'),
    medianAndWorst(runs.map(({ noticedMs }) => noticedMs)),
    medianAndWorst(runs.map(({ rightMs }) => rightMs)),
  ];
}

const table = [
  ['fault', 'what the user sees', 'noticed after', 'right again after'],
  ['---', '---', '---', '---'],
  ...rows.map(cells),
].map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);

const [processor] = cpus();
const about =
  `Measured on ${new Date(startedAt).toISOString().slice(0, 10)} with ${String(cpus().length)} cores (${processor?.model ?? 'unknown'}), ` +
  `Node ${process.version}, ${process.platform}. The settings are the product’s own: heartbeat ${seconds(heartbeatMs)}, ` +
  `answers ${seconds(BUILT_IN.answerTimeoutMs)}, settling ${seconds(BUILT_IN.settleMs)}. Each fault ran ${String(RUNS)} times, ` +
  `all at once, starting at different moments of the heartbeat. The figures are median and worst.`;
console.log([about, '', ...table].join('\n'));

if (stallMs > MAX_STALL_MS) {
  console.error(
    `The machine was too busy to measure on: this program stood still for ${seconds(stallMs)}. Nothing is written.`,
  );
  process.exit(1);
}
const problems = rows.flatMap(({ name, kind, runs }) => [
  ...(kind === 'silence' && runs.some(({ noticedMs }) => (noticedMs ?? Infinity) > 2 * heartbeatMs + SLACK_MS)
    ? [`${name}: noticed later than two heartbeats`]
    : []),
  ...(kind === 'borne' && runs.some(({ noticedMs }) => noticedMs !== null) ? [`${name}: was noticed`] : []),
  ...(runs.some(({ lies }) => lies > 0) ? [`${name}: rows that were not fresh were shown as fresh`] : []),
]);
for (const problem of problems) console.error(`FAILED ${problem}`);

if (options.only === undefined) {
  const file = path.join(ROOT, 'docs', 'RELIABILITY.md');
  const before = readFileSync(file, 'utf8');
  const [head, tail] = [before.split(BEGIN)[0] ?? '', before.split(END)[1] ?? ''];
  const text = [head + BEGIN, '', about, '', ...table, '', END + tail].join('\n');
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
rmSync(folder, { recursive: true });
process.exit(problems.length === 0 ? 0 : 1);
