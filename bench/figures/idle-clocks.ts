/**
 * How much of a processor core a page with 400 running clocks takes while nothing happens, compared to an empty page,
 * and to one that changes equally often.
 */
import type { Browser, Page } from '@playwright/test';
import { noChromium, openPage, withBrowser, withWidgetPage } from '../browser.ts';
import { byTurns, type Bench, type Figure } from '../figure.ts';
import { roster } from '../load.ts';
import { Processor } from '../processor.ts';

const SIZE = { members: 400, teams: 40 };
/** How long to leave a page alone before and during the measurement. */
const SETTLE_MS = 3000;
const MEASURED_MS = 15_000;
const EMPTY_PAGE = 'data:text/html,<!doctype html><title>Empty</title>';
const TICKING_PAGE = `${EMPTY_PAGE}<p id="time"></p><script>
  setInterval(() => (document.getElementById("time").textContent = Math.round(performance.now() / 1000)), 1000);
</script>`;

export const idleClocks: Figure = {
  name: 'idle-clocks',
  lines: [
    {
      figure: 'a page with 400 running clocks, idle',
      floor: 'an empty page',
      unit: '% of a core',
      compare: 'difference',
      aim: { words: 'at most 1 % more', isMet: (product, floor) => product - floor <= 1 },
    },
    {
      figure: 'the same',
      floor: 'a page that sets one text each second',
      unit: '% of a core',
      compare: 'difference',
      aim: null,
    },
  ],
  missing: noChromium,
  measure: async (bench) => {
    const { empty, ticking, product } = await byTurns(bench.rounds(3), {
      empty: () => measureBare(EMPTY_PAGE),
      ticking: () => measureBare(TICKING_PAGE),
      product: () => measureProduct(bench),
    });
    return [
      { product, floor: empty },
      { product, floor: ticking },
    ];
  },
};

function measureBare(url: string): Promise<number> {
  return withBrowser(async (browser) => shareOfCore(browser, await openPage(browser, url)));
}

async function measureProduct({ programs }: Bench): Promise<number> {
  const processor = await Processor.start(programs, { ...SIZE, announcesAtOnce: true });
  const share = await withWidgetPage(programs, processor.url, async (page, browser) => {
    const first = roster(SIZE)[0]?.members[0]?.memberName ?? '';
    await page.getByRole('row').filter({ hasText: first }).waitFor();
    return shareOfCore(browser, page);
  });
  await processor.stop();
  return share;
}

/** For all processes of the browser, including drawing. */
async function shareOfCore(browser: Browser, page: Page): Promise<number> {
  await page.waitForTimeout(SETTLE_MS);
  const session = await browser.newBrowserCDPSession();
  const seconds = async (): Promise<number> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const startedAt = performance.now();
  const before = await seconds();
  await page.waitForTimeout(MEASURED_MS);
  const used = (await seconds()) - before;
  return (100 * used) / ((performance.now() - startedAt) / 1000);
}
