/** The host and its window, as far as the page may see and control them. */
import type { Shape } from './shape.ts';

/** What runs the widget: an app with its own window, or a server whose page a browser shows. */
export interface HostView {
  readonly kind: 'desktop' | 'browser';
  readonly can: {
    /** Make the window translucent. */
    readonly opacity: boolean;
    /** React to keys whatever has the focus. */
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

/** In a browser, only the page's shape applies. */
export interface WindowView {
  readonly host: HostView;
  readonly isPinned: boolean;
  readonly shape: Shape;
}

/** A host's own window, if it has one. */
export interface WindowPort {
  readonly view: WindowView;
  setPinned(isPinned: boolean): void;
  setShape(shape: Shape): void;
  minimise(): void;
  hide(): void;
}
