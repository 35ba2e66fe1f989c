/** The host's window, if it has one. In a browser, the page has a shape and nothing else. */
import type { Shape } from '../../shared/desktop/shape.ts';
import { BROWSER_HOST, type WindowPort, type WindowView } from '../../shared/desktop/window.ts';
import { NotHereError } from '../base/handlers.ts';

export class HostWindow implements WindowPort {
  readonly #onChange: () => void;
  #window: WindowPort | null = null;
  #pageShape: Shape = 'panel';

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Sets the window. The page then draws its buttons. */
  set(window: WindowPort): void {
    this.#window = window;
    this.#onChange();
  }

  get view(): WindowView {
    return this.#window?.view ?? { host: BROWSER_HOST, isPinned: false, shape: this.#pageShape };
  }

  setPinned(isPinned: boolean): void {
    this.#own.setPinned(isPinned);
  }

  setShape(shape: Shape): void {
    if (this.#window !== null) {
      this.#window.setShape(shape);
      return;
    }
    this.#pageShape = shape;
    this.#onChange();
  }

  minimise(): void {
    this.#own.minimise();
  }

  hide(): void {
    this.#own.hide();
  }

  get #own(): WindowPort {
    if (this.#window === null) throw new NotHereError('There is no window of the widget’s own here.');
    return this.#window;
  }
}
