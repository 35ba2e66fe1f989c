/** The host and its window, as far as the page may know and steer them. */
import type { Shape } from './shape.ts';

/** What runs the widget: an app with a window of its own, or a server that a browser shows the page of. */
export interface HostView {
  readonly kind: 'desktop' | 'browser';
  readonly can: {
    /** Let the window be seen through. */
    readonly opacity: boolean;
    /** Hear keys whatever has the focus. */
    readonly hotkeys: boolean;
    /** Start with the computer. */
    readonly autostart: boolean;
    /** Show notifications itself. If it can't, the page does. */
    readonly notify: boolean;
  };
}

export const BROWSER_HOST: HostView = {
  kind: 'browser',
  can: { opacity: false, hotkeys: false, autostart: false, notify: false },
};

/** In a browser there is only the shape of the page. */
export interface WindowView {
  readonly host: HostView;
  readonly isPinned: boolean;
  readonly shape: Shape;
}

/** A host's own window. A host without one gives none. */
export interface WindowPort {
  readonly view: WindowView;
  setPinned(isPinned: boolean): void;
  setShape(shape: Shape): void;
  minimise(): void;
  hide(): void;
}
