/** Starts a page of the gallery: one exhibit, the list of all, or the reason why there is neither. */
import './still-time.ts';
import '@fontsource-variable/inter';
import '../src/renderer/base/tokens.css';
import '../src/renderer/base/base.css';
import { mount } from 'svelte';
import { errorText } from '../src/shared/base/error-text.ts';
import { readAddress, UnknownNameError } from './address.ts';
import { show } from './show.ts';
import Index from './Index.svelte';
import NotShown from './NotShown.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id “app”');

try {
  const { exhibit, look } = readAddress(location.search);
  if (exhibit === null) mount(Index, { target, props: { look } });
  else await show(exhibit, look, target);
} catch (error) {
  const known = error instanceof UnknownNameError ? error.known : [];
  mount(NotShown, { target, props: { message: errorText(error), known } });
}
