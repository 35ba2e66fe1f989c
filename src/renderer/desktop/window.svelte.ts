/** The host's window: its shape, and what its buttons do. */
import type { Shape } from '../../shared/desktop/shape.ts';
import { BROWSER_HOST, type WindowView } from '../../shared/desktop/window.ts';
import type { HostClient } from '../base/host-client.svelte.ts';

export class WindowStore {
  readonly #host: HostClient;
  #view: WindowView = $state.raw({ host: BROWSER_HOST, isPinned: false, shape: 'panel' });

  constructor(host: HostClient) {
    this.#host = host;
  }

  get view(): WindowView {
    return this.#view;
  }

  get shape(): Shape {
    return this.#view.shape;
  }

  setShape(shape: Shape): void {
    this.#host.send('window.set-shape', { shape });
  }

  setPinned(isPinned: boolean): void {
    this.#host.send('window.set-pinned', { isPinned });
  }

  minimise(): void {
    this.#host.send('window.minimise', null);
  }

  hide(): void {
    this.#host.send('window.hide', null);
  }

  apply(state: { readonly window: WindowView }): void {
    this.#view = state.window;
  }
}
