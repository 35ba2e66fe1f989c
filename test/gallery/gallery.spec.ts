/** The gallery itself: what it shows, what it says about unknown names, and that the checks of the look can fail. */
import type { Page } from '@playwright/test';
import { EXHIBITS, exhibit, titleOf } from '../../gallery/exhibits.ts';
import { axeViolations } from '../support/axe.ts';
import { expect, go, SIZES, test } from '../support/gallery-page.ts';
import { layoutProblems } from '../support/rectangles.ts';

test('the index has a frame for every exhibit, and finds exhibits by name', async ({ shown, served }) => {
  await shown.setViewportSize({ width: 1280, height: 800 });
  await shown.goto(served);
  await expect(shown.locator('iframe')).toHaveCount(EXHIBITS.length);
  expect(new Set(EXHIBITS.map(titleOf)).size).toBe(EXHIBITS.length);
  await shown.getByRole('searchbox', { name: 'Find' }).fill('journey-long');
  await expect(shown.getByRole('link')).toHaveText(['journey-long']);
});

for (const [address, known] of [
  ['?state=nowhere', 'first-start'],
  ['?state=48&dialog=nothing', 'member'],
  ['?state=48&language=xx', 'ar'],
  ['?stat=48', 'state'],
] as const) {
  test(`an unknown name in the address is reported with the known ones: ${address}`, async ({ shown, served }) => {
    await shown.goto(served + address);
    await expect(shown.getByRole('alert')).toContainText('in the gallery');
    await expect(shown.getByText(known, { exact: true })).toBeVisible();
  });
}

test('a dialog that a state does not have is reported as missing', async ({ shown, served }) => {
  await shown.clock.install();
  await shown.goto(`${served}?state=empty&dialog=digest`);
  await shown.clock.runFor(5000);
  await expect(shown.getByRole('alert')).toContainText('in this state');
});

test('every tab of the settings is an exhibit', async ({ shown, served }) => {
  await shown.goto(`${served}?state=48&dialog=settings`);
  const tabs = await shown.getByRole('dialog').getByRole('tab').allInnerTexts();
  const shownTabs = EXHIBITS.flatMap(({ dialog }) => (dialog?.startsWith('settings') === true ? [dialog] : []));
  const names = new Set(shownTabs.filter((name) => name !== 'settings-moved'));
  expect(names.size).toBe(tabs.length);
});

test('axe finds a colour that is too faint', async ({ shown }) => {
  await shown.setViewportSize(SIZES.panel);
  await go(shown, exhibit('48'), { theme: 'light' });
  const found = await withStyle(shown, '.member { color: #ddd !important }', () => axeViolations(shown));
  expect(found.map(({ id }) => id)).toContain('color-contrast');
});

test('what overlaps, is cut off or lies outside the window is found', async ({ shown }) => {
  await shown.setViewportSize(SIZES.panel);
  await go(shown, exhibit('48'), { theme: 'light', language: 'en' });
  const find = (style: string) =>
    withStyle(shown, style, async () => (await shown.evaluate(layoutProblems)).join('\n'));
  expect(await find('body {}')).toBe('');
  expect(await find('.member .status { margin-inline-start: -60px !important }')).toContain('over one another');
  expect(await find('.member .words { text-overflow: clip !important; max-width: 40px !important }')).toContain(
    'cut across',
  );
  expect(await find('header button:last-child { position: fixed; left: 370px }')).toContain('outside the window');
});

/** Runs `look` while the page has this style too. */
async function withStyle<T>(page: Page, content: string, look: () => Promise<T>): Promise<T> {
  const style = await page.addStyleTag({ content });
  try {
    return await look();
  } finally {
    await style.evaluate((element) => {
      element.parentNode?.removeChild(element);
    });
  }
}
