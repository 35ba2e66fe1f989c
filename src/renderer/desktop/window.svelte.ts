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
    this.#host.tell('window.set-shape', { shape });
  }

  setPinned(isPinned: boolean): void {
    this.#host.tell('window.set-pinned', { isPinned });
  }

  minimise(): void {
    this.#host.tell('window.minimise', null);
  }

  hide(): void {
    this.#host.tell('window.hide', null);
  }

  take(told: { readonly window: WindowView }): void {
    this.#view = told.window;
  }
}
