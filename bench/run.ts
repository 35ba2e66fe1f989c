/**
 * `npm run bench`: measures each figure beside its floor and prints the table; docs/PERFORMANCE.md explains the
 * figures. What can't be measured on this machine stays in the table, with the reason. A measurement that fails is
 * reported, fails the run, and leaves the document unchanged.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { format, resolveConfig } from 'prettier';
import { buildIfNeeded } from '../scripts/lib/build.ts';
import { ROOT } from '../scripts/lib/root.ts';
import { Programs } from './child.ts';
import type { Figure, Measured } from './figure.ts';
import { costOfAnEvent } from './figures/cost-of-an-event.ts';
import { electron } from './figures/electron.ts';
import { eventToPaint, eventToPaintBusy } from './figures/event-to-paint.ts';
import { heap } from './figures/heap.ts';
import { idleClocks } from './figures/idle-clocks.ts';
import { rosterToPainted } from './figures/roster-to-painted.ts';
import { socketToBoard } from './figures/socket-to-board.ts';
import { thousandSteps } from './figures/thousand-steps.ts';
import { describeMachine, machineText } from './machine.ts';
import { jsonLine, markdownTable, rowOf, textTable } from './table.ts';
import { errorText } from '../src/shared/base/error-text.ts';

const FIGURES = [
  socketToBoard,
  costOfAnEvent,
  eventToPaint,
  eventToPaintBusy,
  rosterToPainted,
  thousandSteps,
  idleClocks,
  heap,
  electron,
];
const DOCUMENT = path.join(ROOT, 'docs', 'PERFORMANCE.md');
const BEGIN = '<!-- figures: written by `npm run bench -- --write-docs` -->';
const END = '<!-- end of figures -->';

interface Options {
  readonly only?: readonly string[];
  readonly json?: string;
  readonly writeDocs?: true;
  readonly quick?: true;
}

const command = new Command('npm run bench --')
  .description('Measures how fast the widget is, each figure beside its floor.')
  .addOption(new Option('--only <names...>', 'only these figures').choices(FIGURES.map(({ name }) => name)))
  .option('--json <file>', 'write the figures to this file too')
  .addOption(new Option('--write-docs', 'put the table into docs/PERFORMANCE.md').conflicts(['only', 'quick']))
  .option('--quick', 'measure everything once only: to see that it runs, not how fast')
  .exitOverride();

try {
  command.parse();
  await run(command.opts<Options>());
} catch (error) {
  // Commander has already reported the error in the command line, or printed its help.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}

async function run({ only, json, writeDocs, quick }: Options): Promise<void> {
  const machine = describeMachine();
  buildIfNeeded();
  const programs = await Programs.bundle();
  const lines: Measured[] = [];
  try {
    for (const figure of FIGURES) {
      if (only !== undefined && !only.includes(figure.name)) continue;
      const startedAt = performance.now();
      lines.push(...(await measure(figure, programs, quick === true).catch((error: unknown) => failed(figure, error))));
      console.log(`${figure.name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    }
  } finally {
    await programs.remove();
  }
  const rows = lines.map(rowOf);
  console.log(`\n${machineText(machine)}\n\n${textTable(rows)}\n`);
  const measuredOn = new Date().toISOString().slice(0, 10);
  if (json !== undefined) {
    writeFileSync(json, `${JSON.stringify({ measuredOn, machine, figures: lines.map(jsonLine) }, null, 2)}\n`);
  }
  if (process.exitCode === 1) console.error('A measurement failed: the figures are not whole.');
  else if (writeDocs) {
    await writeDocument(`Measured on ${measuredOn}: ${machineText(machine)}.\n\n${markdownTable(rows)}`);
  }
}

async function measure(figure: Figure, programs: Programs, isQuick: boolean): Promise<readonly Measured[]> {
  const missing = figure.missing?.() ?? null;
  if (missing !== null) return figure.lines.map((line) => ({ ...line, missing }));
  const samples = await figure.measure({ programs, rounds: (usual) => (isQuick ? 1 : usual) });
  return figure.lines.map((line, index) => {
    const measured = samples[index];
    if (measured === undefined) throw new Error(`${figure.name} has no “${line.figure}”`);
    return { ...line, samples: measured };
  });
}

/** The next measurements do not depend on it, but the run as a whole has failed. */
function failed(figure: Figure, error: unknown): readonly Measured[] {
  console.error(`${figure.name} failed:`, error);
  process.exitCode = 1;
  return figure.lines.map((line) => ({ ...line, missing: 'its measurement failed' }));
}

async function writeDocument(figures: string): Promise<void> {
  const text = readFileSync(DOCUMENT, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('docs/PERFORMANCE.md has no place for the figures');
  const written = `${text.slice(0, begin)}${BEGIN}\n\n${figures}\n\n${text.slice(end)}`;
  const config = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(written, { ...config, filepath: DOCUMENT }));
}
