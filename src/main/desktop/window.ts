/**
 * The widget's window: frameless, on top of others unless unpinned, hidden instead of closed, and restored to where it
 * was left, on a screen that exists. It must not know what its page shows.
 */
import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import appIcon from '../../../build/icon.png?asset';
import type { Log } from '../../core/base/log.ts';
import type { Shape } from '../../shared/desktop/shape.ts';
import type { HostView, WindowPort, WindowView } from '../../shared/desktop/window.ts';
import { GROUND } from './ground-colour.ts';
import { RateLimit } from '../base/rate-limit.ts';
import type { RememberedWindow, WindowFile } from './window-file.ts';
import { fitToDisplays, type Rectangle } from './window-place.ts';
import { MIN_SIZES, placeOf, SIZES, withPlace, type Display } from './window-shape.ts';

export interface WidgetWindowOptions {
  readonly url: string;
  /** Path of the preload script. */
  readonly preload: string;
  readonly file: WindowFile;
  readonly remembered: RememberedWindow;
  readonly log: Log;
  /** Called when the window was pinned, unpinned, shown or hidden. */
  readonly onChange: () => void;
}

const DESKTOP_HOST: HostView = {
  kind: 'desktop',
  can: {
    // It has no effect on Linux:
    // https://www.electronjs.org/docs/latest/api/browser-window#winsetopacityopacity-windows-macos
    opacity: process.platform !== 'linux',
    hotkeys: true,
    autostart: true,
    notify: true,
  },
};

/** Larger than any screen. */
const MAX_SIZE = 100_000;
/** A window system confirms a move within this time. */
const MOVES_WITHIN_MS = 500;
const MAX_RELOADS = 3;
const RELOADS_PER_MS = 60_000;

export class WidgetWindow implements WindowPort {
  readonly #options: WidgetWindowOptions;
  readonly #window: BrowserWindow;
  readonly #reloads = new RateLimit(MAX_RELOADS, RELOADS_PER_MS);
  #remembered: RememberedWindow;
  /** While the window changes its shape, moves come from the system, not from the user. */
  #endMoving: ReturnType<typeof setTimeout> | null = null;

  /** Create it once the app is ready. It stays invisible until `open`. */
  constructor(options: WidgetWindowOptions) {
    const { preload, remembered } = options;
    this.#options = options;
    this.#remembered = remembered;
    const { place } = placeOf(remembered.shape, remembered, displays(), null);
    this.#window = new BrowserWindow({
      ...place,
      minWidth: MIN_SIZES.strip.width,
      minHeight: MIN_SIZES.strip.height,
      title: 'UCCX Team Widget',
      icon: appIcon,
      frame: false,
      show: false,
      skipTaskbar: false,
      backgroundColor: groundColour(),
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // Alerts must sound whether or not somebody has touched the page.
        autoplayPolicy: 'no-user-gesture-required',
        // Alerts must not be late while the window is hidden.
        backgroundThrottling: false,
      },
    });
    this.#assertPinned();
    this.#takeShape(place);
    this.#listenToWindow();
    this.#listenToPage();
    this.#listenToScreens();
  }

  get view(): WindowView {
    const { shape, isPinned } = this.#remembered;
    return { host: DESKTOP_HOST, isPinned, shape };
  }

  get contents(): WebContents {
    return this.#window.webContents;
  }

  get isShown(): boolean {
    return this.#window.isVisible() && !this.#window.isMinimized();
  }

  /** Loads the page, and shows the window once there is something to see, unless it should start hidden. */
  open(isHidden: boolean): void {
    if (!isHidden) {
      this.#window.once('ready-to-show', () => {
        this.show();
      });
    }
    this.#load();
  }

  setPinned(isPinned: boolean): void {
    this.#window.setAlwaysOnTop(isPinned, 'floating');
    this.#remember({ ...this.#remembered, isPinned });
    this.#options.onChange();
  }

  /** Moves to where that shape was last. */
  setShape(shape: Shape): void {
    if (shape === this.#remembered.shape) return;
    const { place, displayId } = placeOf(shape, this.#remembered, displays(), this.#displayId);
    const { displays: last } = this.#remembered;
    this.#remember({ ...this.#remembered, shape, displays: { ...last, [shape]: displayId } });
    this.#takeShape(place);
    this.#options.onChange();
  }

  /** From 0 (invisible) to 1. */
  setOpacity(opacity: number): void {
    this.#window.setOpacity(opacity);
  }

  minimise(): void {
    this.#window.minimize();
  }

  hide(): void {
    this.#window.hide();
  }

  show(): void {
    if (this.contents.isCrashed()) this.#load();
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
    if (this.#remembered.shape === 'wall' && !this.#window.isFullScreen()) {
      this.#beginMoving();
      this.#window.setFullScreen(true);
    }
  }

  toggle(): void {
    if (this.isShown) this.hide();
    else this.show();
  }

  #listenToWindow(): void {
    const window = this.#window;
    // Quitting ends the app without closing the window, so a close always comes from the user.
    window.on('close', (event) => {
      event.preventDefault();
      this.hide();
    });
    // Windows can lose the pin when the window moves between screens.
    window.on('blur', () => {
      this.#assertPinned();
    });
    window.on('show', () => {
      this.#assertPinned();
      this.#options.onChange();
    });
    window.on('hide', this.#options.onChange);
    window.on('minimize', this.#options.onChange);
    window.on('restore', this.#options.onChange);
    window.on('move', () => {
      this.#rememberPlace();
    });
    window.on('resize', () => {
      this.#rememberPlace();
    });
    // The user may leave full screen with the system's own key. The window then becomes a panel again.
    window.on('leave-full-screen', () => {
      if (this.#remembered.shape === 'wall' && this.#endMoving === null) this.setShape('panel');
    });
    nativeTheme.on('updated', () => {
      window.setBackgroundColor(groundColour());
    });
  }

  #listenToPage(): void {
    const { log } = this.#options;
    this.contents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
      if (isMainFrame) log.error(`the page did not load: ${description} (${String(code)}), ${url}`);
    });
    this.contents.on('preload-error', (_event, preload, error) => {
      log.error(`the preload script failed: ${preload}`, error);
    });
    this.contents.on('render-process-gone', (_event, { reason, exitCode }) => {
      const mayReload = this.#reloads.allows(performance.now());
      const then = mayReload ? 'it is loaded again' : 'it is not loaded again until the window is next shown';
      log.error(`the page’s process is gone: ${reason} (${String(exitCode)}); ${then}`);
      // Not inside the event: the process is still being torn down.
      if (mayReload) setImmediate(() => this.#load());
    });
  }

  #listenToScreens(): void {
    const settle = (): void => {
      // Moves that now follow come from the system, not from the user.
      this.#beginMoving();
      this.#assertPinned();
      this.#comeBack();
    };
    screen.on('display-added', settle);
    screen.on('display-removed', settle);
    screen.on('display-metrics-changed', settle);
  }

  #load(): void {
    if (this.#window.isDestroyed()) return;
    // `did-fail-load` reports failures.
    this.#window.loadURL(this.#options.url).catch(() => undefined);
  }

  #assertPinned(): void {
    if (this.#remembered.isPinned && !this.#window.isDestroyed()) this.#window.setAlwaysOnTop(true, 'floating');
  }

  #takeShape(place: Rectangle): void {
    const window = this.#window;
    const { shape } = this.#remembered;
    this.#beginMoving();
    if (window.isFullScreen()) window.setFullScreen(false);
    // The old shape's maximum may be below the new shape's minimum.
    window.setMaximumSize(MAX_SIZE, MAX_SIZE);
    const { width, height } = MIN_SIZES[shape === 'strip' ? 'strip' : 'panel'];
    window.setMinimumSize(width, height);
    window.setBounds(place);
    if (shape === 'strip') window.setMaximumSize(MAX_SIZE, SIZES.strip.height);
    // Full screen would show a window that should still be hidden.
    if (shape === 'wall' && window.isVisible()) window.setFullScreen(true);
  }

  #beginMoving(): void {
    if (this.#endMoving !== null) clearTimeout(this.#endMoving);
    this.#endMoving = setTimeout(() => {
      this.#endMoving = null;
    }, MOVES_WITHIN_MS);
  }

  /** Moves onto a screen that exists after the screens have changed. */
  #comeBack(): void {
    const window = this.#window;
    if (window.isDestroyed()) return;
    const { shape } = this.#remembered;
    const there = displays();
    if (shape === 'wall') {
      // If its display is gone, the wall moves to another.
      if (there.some(({ id }) => id === this.#remembered.displays.wall)) return;
      const { place, displayId } = placeOf('wall', this.#remembered, there, null);
      this.#remember({ ...this.#remembered, displays: { ...this.#remembered.displays, wall: displayId } });
      this.#takeShape(place);
      return;
    }
    if (window.isMaximized()) return;
    if (there.some(({ id }) => id === this.#remembered.displays[shape])) {
      // The shape's display is there, perhaps again.
      const { place } = placeOf(shape, this.#remembered, there, this.#displayId);
      if (!isSamePlace(window.getBounds(), place)) this.#takeShape(place);
      return;
    }
    const now = window.getBounds();
    const fitted = fitToDisplays(
      now,
      there.map(({ area }) => area),
    );
    if (!isSamePlace(now, fitted)) window.setBounds(fitted);
  }

  get #displayId(): string {
    return String(screen.getDisplayMatching(this.#window.getBounds()).id);
  }

  #rememberPlace(): void {
    const { shape } = this.#remembered;
    if (this.#endMoving !== null || this.#window.isDestroyed() || shape === 'wall') return;
    this.#remember(withPlace(this.#remembered, shape, this.#displayId, this.#window.getNormalBounds()));
  }

  #remember(remembered: RememberedWindow): void {
    this.#remembered = remembered;
    this.#options.file.remember(remembered);
  }
}

/** The primary display first. */
function displays(): readonly Display[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ id, workArea }) => ({ id: String(id), area: workArea }));
}

function isSamePlace(a: Rectangle, b: Rectangle): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Matches the page's ground, so that nothing flashes before it is drawn. */
function groundColour(): string {
  return nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light;
}
