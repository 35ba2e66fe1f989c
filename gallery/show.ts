/** Shows one exhibit: the shipped app on a host that has only the fixture. */
import { mount, unmount } from 'svelte';
import type { WidgetState } from '../src/shared/contract.ts';
import App from '../src/renderer/App.svelte';
import { HostClient } from '../src/renderer/base/host-client.svelte.ts';
import { Stores } from '../src/renderer/stores.ts';
import { LOOK, type Look } from './address.ts';
import { FixtureHost } from './bridge.ts';
import { titleOf, type Exhibit } from './exhibits.ts';
import type { Fixture } from './fixtures/fixture.ts';
import { open } from './openings.ts';
import { STATES } from './states.ts';

/** Removes what was shown. */
export type Leave = () => Promise<void>;

/** Resolves when everything is visible, and marks the root with `data-shown`. Rejects if it can’t be opened. */
export async function show(exhibit: Exhibit, look: Look, target: HTMLElement): Promise<Leave> {
  const fixture: Fixture = STATES[exhibit.state];
  const host = new FixtureHost({ ...fixture, state: inShape(inLook(fixture.state, look), exhibit) });
  document.title = `${titleOf(exhibit)} · Gallery`;
  const client = new HostClient((onHostLost) => {
    if (fixture.isHostLost === true) setTimeout(onHostLost, 0, true);
    return host.bridge;
  });
  const app = mount(App, { target, props: { stores: new Stores(client) } });
  const follow = ({ source, data }: MessageEvent<{ readonly [LOOK]?: Look }>): void => {
    const next = source === window.parent || source === window ? data[LOOK] : undefined;
    if (next !== undefined) host.change((state) => inLook(state, next));
  };
  addEventListener('message', follow);
  const { dataset } = document.documentElement;
  const leave: Leave = async () => {
    removeEventListener('message', follow);
    delete dataset['shown'];
    await unmount(app);
  };
  try {
    await open(exhibit);
  } catch (error) {
    await leave();
    throw error;
  }
  dataset['shown'] = '';
  return leave;
}

function inLook(state: WidgetState, look: Look): WidgetState {
  const { preferences } = state;
  return { ...state, preferences: { ...preferences, form: { ...preferences.form, ...look } } };
}

function inShape(state: WidgetState, { shape }: Exhibit): WidgetState {
  return { ...state, window: { ...state.window, shape } };
}
