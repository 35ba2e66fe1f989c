/**
 * A call of a thousand steps: from the request until it is painted, and scrolling through it, compared to a bare list.
 */
import { noChromium, openPage, withBrowser, withWidgetPage } from '../browser.ts';
import { atMost, type Bench, type Figure } from '../figure.ts';
import { Processor } from '../processor.ts';
import { percentile } from '../statistics.ts';

const STEPS = 1000;
const SIZE = { members: 40, teams: 4, announcesAtOnce: true, steps: STEPS };
/** Between two frames, as when someone turns the wheel as fast as possible. */
const PIXELS = 120;

export const thousandSteps: Figure = {
  name: 'thousand-steps',
  lines: [
    {
      figure: 'a call of 1,000 steps from the question to painted',
      floor: 'the same JSON into a bare list',
      unit: 'ms',
      compare: 'ratio',
      aim: null,
    },
    {
      figure: 'a frame while they are scrolled, 120 px a frame: p95',
      floor: 'the bare list scrolled',
      unit: 'ms',
      compare: 'ratio',
      aim: atMost(1.5),
    },
  ],
  missing: noChromium,
  measure: async (bench) => {
    const floor: Measured[] = [];
    const product: Measured[] = [];
    for (let round = 0; round < bench.rounds(5); round += 1) {
      floor.push(await measureFloor(bench));
      product.push(await measureProduct(bench));
    }
    return (['shown', 'frame'] as const).map((part) => ({
      floor: floor.map((one) => one[part]),
      product: product.map((one) => one[part]),
    }));
  },
};

interface Measured {
  readonly shown: number;
  readonly frame: number;
}

async function measureFloor({ programs }: Bench): Promise<Measured> {
  const processor = await Processor.start(programs, SIZE);
  const measured = await withBrowser(async (browser) => {
    const page = await openPage(browser, processor.pageUrl);
    const shown = await page.evaluate<number>(`bench.listJourney(${JSON.stringify(processor.url)}, ${STEPS})`);
    const frames = await page.evaluate<number[]>(`bench.scrollThrough('li', ${PIXELS})`);
    return { shown, frame: percentile(frames, 0.95) };
  });
  await processor.stop();
  return measured;
}

async function measureProduct({ programs }: Bench): Promise<Measured> {
  const processor = await Processor.start(programs, SIZE);
  const measured = await withWidgetPage(programs, processor.url, async (page) => {
    await page.getByRole('row').nth(5).waitFor();
    await page.getByRole('tab', { name: 'Call journey' }).click();
    const shown = await page.evaluate<number>(`bench.askJourney(${STEPS})`);
    const frames = await page.evaluate<number[]>(`bench.scrollThrough('[role="row"].step', ${PIXELS})`);
    return { shown, frame: percentile(frames, 0.95) };
  });
  await processor.stop();
  return measured;
}
