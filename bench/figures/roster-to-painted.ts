/**
 * A roster of 10,000 members from the processor's send until it is painted, compared to the same JSON shown in a bare
 * list.
 */
import type { Page } from '@playwright/test';
import { noChromium, openPage, withBrowser, withWidgetPage } from '../browser.ts';
import { atMost, byTurns, type Bench, type Figure } from '../figure.ts';
import { AGENT_ID, roster } from '../load.ts';
import { Processor } from '../processor.ts';

const SIZE = { members: 10_000, teams: 40 };

export const rosterToPainted: Figure = {
  name: 'roster-to-painted',
  lines: [
    {
      figure: 'a roster of 10,000 members from socket to painted',
      floor: 'the same JSON into a bare list',
      unit: 'ms',
      compare: 'ratio',
      aim: atMost(1.5),
    },
  ],
  missing: noChromium,
  measure: async (bench) => [
    await byTurns(bench.rounds(5), {
      floor: () => measureFloor(bench),
      product: () => measureProduct(bench),
    }),
  ],
};

async function measureFloor({ programs }: Bench): Promise<number> {
  const processor = await Processor.start(programs, { ...SIZE, announcesAtOnce: false });
  const took = await withBrowser(async (browser) => {
    const page = await openPage(browser, processor.pageUrl);
    const { url } = processor;
    await page.evaluate(`bench.showList(${JSON.stringify(url)}, ${JSON.stringify(AGENT_ID)}, ${SIZE.members})`);
    await processor.subscribed();
    return announce(processor, page);
  });
  await processor.stop();
  return took;
}

async function measureProduct({ programs }: Bench): Promise<number> {
  const processor = await Processor.start(programs, { ...SIZE, announcesAtOnce: false });
  const took = await withWidgetPage(programs, processor.url, async (page) => {
    await page.getByRole('heading', { name: 'Waiting for teams' }).waitFor();
    // The first member's team is announced last and is at the top: once it is visible, everything has arrived.
    const first = roster(SIZE)[0]?.members[0]?.memberName;
    await page.evaluate(`bench.waitForRow(${JSON.stringify(first)})`);
    return announce(processor, page);
  });
  await processor.stop();
  return took;
}

async function announce(processor: Processor, page: Page): Promise<number> {
  const sentAt = await processor.announce();
  return (await page.evaluate<number>('bench.painted')) - sentAt;
}
