/**
 * The widget's window: frameless, on top of others unless unpinned, hidden instead of closed, and where it was left,
 * on a screen that exists. It must know nothing of what its page shows.
 */
import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import appIcon from '../../build/icon.png?asset';
import type { Log } from '../core/log.ts';
import type { WindowPort } from '../host/widget-host.ts';
import type { WindowView } from '../shared/contract.ts';
import { Allowance } from './allowance.ts';
import type { RememberedWindow, WindowMemory } from './window-memory.ts';
import { firstPlace, fitToDisplays, type Rectangle } from './window-place.ts';

export interface WidgetWindowOptions {
  readonly url: string;
  /** Path of the preload script. */
  readonly preload: string;
  readonly memory: WindowMemory;
  readonly remembered: RememberedWindow;
  readonly log: Log;
  /** Told when the window was pinned or unpinned, shown or hidden. */
  readonly onChange: () => void;
}

const SIZE = { width: 380, height: 640 };
const LEAST = { minWidth: 300, minHeight: 200 };
const MOST_RELOADS = 3;
const RELOADS_PER_MS = 60_000;

export class WidgetWindow implements WindowPort {
  readonly #options: WidgetWindowOptions;
  readonly #window: BrowserWindow;
  readonly #reloads = new Allowance(MOST_RELOADS, RELOADS_PER_MS);
  #isPinned: boolean;

  /** Once the app is ready. The window is not seen before `open`. */
  constructor(options: WidgetWindowOptions) {
    const { preload, remembered } = options;
    this.#options = options;
    this.#isPinned = remembered.isPinned;
    const displays = workAreas();
    this.#window = new BrowserWindow({
      ...(remembered.place === null ? firstPlace(SIZE, displays) : fitToDisplays(remembered.place, displays)),
      ...LEAST,
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
        // An alert sounds whether or not somebody has touched the page.
        autoplayPolicy: 'no-user-gesture-required',
        // Nor is it late where the window is hidden.
        backgroundThrottling: false,
      },
    });
    this.#assertPinned();
    this.#listenToWindow();
    this.#listenToPage();
    this.#listenToScreens();
  }

  get view(): WindowView {
    return { isFrameless: true, isPinned: this.#isPinned };
  }

  get contents(): WebContents {
    return this.#window.webContents;
  }

  get isShown(): boolean {
    return this.#window.isVisible() && !this.#window.isMinimized();
  }

  /** Loads the page, and shows the window once there is something to see, unless it starts hidden. */
  open(isHidden: boolean): void {
    if (!isHidden) {
      this.#window.once('ready-to-show', () => {
        this.show();
      });
    }
    this.#load();
  }

  setPinned(isPinned: boolean): void {
    this.#isPinned = isPinned;
    this.#window.setAlwaysOnTop(isPinned, 'floating');
    this.#remember();
    this.#options.onChange();
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
  }

  toggle(): void {
    if (this.isShown) this.hide();
    else this.show();
  }

  #listenToWindow(): void {
    const window = this.#window;
    // Quitting ends the app without closing the window, so a close is always a person's.
    window.on('close', (event) => {
      event.preventDefault();
      this.hide();
    });
    // Windows can lose it between two screens.
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
      this.#remember();
    });
    window.on('resize', () => {
      this.#remember();
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
      const mayReload = this.#reloads.take(performance.now());
      const then = mayReload ? 'it is loaded again' : 'it is not loaded again until the window is next shown';
      log.error(`the page’s process is gone: ${reason} (${String(exitCode)}); ${then}`);
      // Not from within the event: the process is still being taken down.
      if (mayReload) setImmediate(() => this.#load());
    });
  }

  #listenToScreens(): void {
    const settle = (): void => {
      this.#assertPinned();
      this.#comeBack();
    };
    screen.on('display-added', settle);
    screen.on('display-removed', settle);
    screen.on('display-metrics-changed', settle);
  }

  #load(): void {
    if (this.#window.isDestroyed()) return;
    // A failure is told by `did-fail-load`.
    this.#window.loadURL(this.#options.url).catch(() => undefined);
  }

  #assertPinned(): void {
    if (this.#isPinned && !this.#window.isDestroyed()) this.#window.setAlwaysOnTop(true, 'floating');
  }

  /** Onto a screen that exists, after the screens have changed. */
  #comeBack(): void {
    const window = this.#window;
    if (window.isDestroyed() || window.isMaximized() || window.isFullScreen()) return;
    const now = window.getBounds();
    const fitted = fitToDisplays(now, workAreas());
    if (!isSame(now, fitted)) window.setBounds(fitted);
  }

  #remember(): void {
    if (this.#window.isDestroyed()) return;
    this.#options.memory.remember({ place: this.#window.getNormalBounds(), isPinned: this.#isPinned });
  }
}

/** What each screen leaves for windows, the primary screen's first. */
function workAreas(): readonly Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

function isSame(a: Rectangle, b: Rectangle): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** The page's ground in src/renderer/styles/tokens.css, so that nothing flashes before it is drawn. */
function groundColour(): string {
  return nativeTheme.shouldUseDarkColors ? '#10151d' : '#f3f5f9';
}
