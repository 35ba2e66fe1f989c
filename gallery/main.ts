/**
 * Starts a page of the gallery: one exhibit, the index, or an error. In browsers that support it, going to another
 * exhibit changes the page without loading it again.
 */
import './still-time.ts';
import '@fontsource-variable/inter';
import '../src/renderer/base/tokens.css';
import '../src/renderer/base/base.css';
import { mount, unmount } from 'svelte';
import { errorText } from '../src/shared/base/error-text.ts';
import { readAddress, UnknownNameError } from './address.ts';
import { show, type Leave } from './show.ts';
import Index from './Index.svelte';
import NotShown from './NotShown.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id “app”');

async function enter(search: string, into: HTMLElement): Promise<Leave> {
  try {
    const { exhibit, look } = readAddress(search);
    if (exhibit !== null) return await show(exhibit, look, into);
    const index = mount(Index, { target: into, props: { look } });
    return () => unmount(index);
  } catch (error) {
    const known = error instanceof UnknownNameError ? error.known : [];
    const notice = mount(NotShown, { target: into, props: { message: errorText(error), known } });
    return () => unmount(notice);
  }
}

let leave = await enter(location.search, target);

if ('navigation' in window) {
  navigation.addEventListener('navigate', (event) => {
    const { pathname, search } = new URL(event.destination.url);
    // The index writes its own address.
    if (!event.canIntercept || event.navigationType !== 'push' || pathname !== location.pathname) return;
    event.intercept({
      handler: async () => {
        await leave();
        leave = await enter(search, target);
      },
    });
  });
}
