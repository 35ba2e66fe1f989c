/** The form for how the widget looks and behaves on the desktop has a field for each setting. */
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import AppearanceForm from '../../../src/renderer/desktop/AppearanceForm.svelte';
import { BUILT_IN_DESKTOP, DESKTOP_KEYS, type DesktopSettings } from '../../../src/shared/desktop/desktop-settings.ts';

/** The form where these settings are fixed. */
function formWith(...fixed: readonly (keyof DesktopSettings)[]): string {
  return render(AppearanceForm, {
    props: {
      draft: { ...BUILT_IN_DESKTOP, hotkeys: { ...BUILT_IN_DESKTOP.hotkeys } },
      hotkeys: BUILT_IN_DESKTOP.hotkeys,
      takenHotkeys: [],
      host: { kind: 'desktop', can: { opacity: true, hotkeys: true, autostart: true, notify: true } },
      isFixed: (key: keyof DesktopSettings) => fixed.includes(key),
    },
  }).body;
}

test.each(DESKTOP_KEYS)('%s has a field, which is disabled where the setting is fixed', (key) => {
  expect(formWith().match(/ disabled/g) ?? []).toEqual([]);
  expect(formWith(key).match(/ disabled/g)).toHaveLength(1);
});
