/**
 * From the processor's send to the frame that shows it, in the widget's page, compared to a bare page that sets one
 * text from one WebSocket; at a usual and at a heavy load.
 */
import type { Page } from '@playwright/test';
import { noChromium, openPage, withBrowser, withWidgetPage } from '../browser.ts';
import type { Aim, Bench, Figure, Line, Samples } from '../figure.ts';
import { AGENT_ID, roster, type Size } from '../load.ts';
import { latencies, type Shown } from '../latencies.ts';
import { Processor } from '../processor.ts';
import { least, percentile } from '../statistics.ts';

const SECONDS = 10;
/** The first members of the first team are visible, and are the ones watched. */
const WATCHED = 8;
/** How long the last events may take to arrive. */
const MAX_WAIT_MS = 30_000;

interface Load extends Size {
  readonly perSecond: number;
  /** How many of these go to the watched members. */
  readonly watchedPerSecond: number;
}

const soon: Aim = {
  words: 'at most 1.5 ×, under 50 ms',
  isMet: (product, floor) => product <= 1.5 * floor && product < 50,
};

export const eventToPaint = figure('event-to-paint', {
  members: 400,
  teams: 40,
  perSecond: 31,
  watchedPerSecond: 31,
});

export const eventToPaintBusy = figure('event-to-paint-busy', {
  members: 10_000,
  teams: 40,
  perSecond: 800,
  watchedPerSecond: 40,
});

function figure(name: string, load: Load): Figure {
  const { members, perSecond } = load;
  const line = (share: string, aim: Aim | null): Line => ({
    figure: `event to paint, ${members.toLocaleString('en')} members, ${perSecond} a second: ${share}`,
    floor: 'a bare page that sets one text',
    unit: 'ms',
    compare: 'ratio',
    aim,
  });
  return {
    name,
    lines: [line('p50', null), line('p99', soon)],
    missing: noChromium,
    measure: (bench) => measure(bench, load),
  };
}

async function measure(bench: Bench, load: Load): Promise<readonly Samples[]> {
  const p50 = { product: [] as number[], floor: [] as number[] };
  const p99 = { product: [] as number[], floor: [] as number[] };
  for (let round = 0; round < bench.rounds(3); round += 1) {
    for (const side of ['floor', 'product'] as const) {
      const took = side === 'floor' ? await measureFloor(bench, load) : await measureProduct(bench, load);
      if (least(took) < 0) throw new Error('An event was painted before it was sent: the clocks disagree');
      p50[side].push(percentile(took, 0.5));
      p99[side].push(percentile(took, 0.99));
    }
  }
  return [p50, p99];
}

async function measureFloor({ programs }: Bench, load: Load): Promise<readonly number[]> {
  const processor = await Processor.start(programs, { ...load, announcesAtOnce: false });
  const took = await withBrowser(async (browser) => {
    const page = await openPage(browser, processor.pageUrl);
    await page.evaluate(`bench.showText(${JSON.stringify(processor.url)}, ${JSON.stringify(AGENT_ID)})`);
    await processor.subscribed();
    return stream(processor, page, load);
  });
  await processor.stop();
  return took;
}

async function measureProduct({ programs }: Bench, load: Load): Promise<readonly number[]> {
  const processor = await Processor.start(programs, { ...load, announcesAtOnce: true });
  const took = await withWidgetPage(programs, processor.url, async (page) => {
    const names = (roster(load)[0]?.members ?? []).slice(0, WATCHED).map(({ memberName }) => memberName);
    await page.evaluate(`bench.watchRows(${JSON.stringify(names)})`);
    return stream(processor, page, load);
  });
  await processor.stop();
  return took;
}

async function stream(processor: Processor, page: Page, load: Load): Promise<readonly number[]> {
  const { perSecond, watchedPerSecond } = load;
  const sent = await processor.stream({ perSecond, watchedPerSecond, watched: WATCHED, seconds: SECONDS });
  const giveUpAt = performance.now() + MAX_WAIT_MS;
  for (;;) {
    await page.waitForTimeout(500);
    const found = latencies(sent, await page.evaluate<readonly Shown[]>('bench.shown'));
    if (found !== null) return found;
    if (performance.now() > giveUpAt) throw new Error('Not every event was painted');
  }
}
