/** Everything that the gallery shows, read by axe, in either theme. Themes differ in their colours alone. */
import { EXHIBITS, titleOf } from '../../gallery/exhibits.ts';
import { axeViolations } from '../support/axe.ts';
import { changeLook, expect, go, SIZES, test } from '../support/gallery-page.ts';

for (const exhibit of EXHIBITS) {
  test(`axe finds nothing, light or dark: ${titleOf(exhibit)}`, async ({ shown }) => {
    // A menu that scrolls is walked through by the arrows, which axe does not know.
    const size = exhibit.menu === null ? SIZES[exhibit.shape] : { ...SIZES.panel, height: 900 };
    await shown.setViewportSize(size);
    await go(shown, exhibit, { theme: 'light' });
    expect.soft(await axeViolations(shown), 'light').toEqual([]);
    await changeLook(shown, { theme: 'dark', language: 'en' });
    expect.soft(await axeViolations(shown, ['color-contrast']), 'dark').toEqual([]);
  });
}
