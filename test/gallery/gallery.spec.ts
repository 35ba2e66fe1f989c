/** The gallery itself: what it has, what it says of what it has not, and that what looks for faults finds them. */
import { CODES } from '../../gallery/address.ts';
import { EXHIBITS, exhibit, titleOf } from '../../gallery/exhibits.ts';
import { axeFaults } from '../support/axe.ts';
import { expect, faultsIn, go, SIZES, test } from '../support/gallery-page.ts';

test('its index has a frame for every exhibit, and finds those of a name', async ({ shown, served }) => {
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
  test(`an address that names what there is not is told what there is: ${address}`, async ({ shown, served }) => {
    await shown.goto(served + address);
    await expect(shown.getByRole('alert')).toContainText('in the gallery');
    await expect(shown.getByText(known, { exact: true })).toBeVisible();
  });
}

test('what a state has not can’t be opened in it, and that is said', async ({ shown, served }) => {
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

test('axe is shown to find a colour that is too faint', async ({ shown }) => {
  await shown.setViewportSize(SIZES.panel);
  await go(shown, exhibit('48'), { theme: 'light' });
  await shown.addStyleTag({ content: '.member { color: #ddd !important }' });
  expect((await axeFaults(shown)).map(({ id }) => id)).toContain('color-contrast');
});

test('what overlaps, is cut or lies outside is shown to be found', async ({ framed }) => {
  await go(framed, exhibit('48'));
  const find = async (content: string) => {
    const style = await framed.addStyleTag({ content });
    const found = await faultsIn(framed, { widths: [380], height: 640, languages: CODES.slice(0, 1) });
    await style.evaluate((element) => {
      element.parentNode?.removeChild(element);
    });
    return Object.values(found).flat().join('\n');
  };
  expect(await find('body {}')).toBe('');
  expect(await find('.member .status { margin-inline-start: -60px !important }')).toContain('over one another');
  expect(await find('.member .words { text-overflow: clip !important; max-width: 40px !important }')).toContain(
    'cut across',
  );
  expect(await find('header button:last-child { position: fixed; left: 370px }')).toContain('outside the window');
});
