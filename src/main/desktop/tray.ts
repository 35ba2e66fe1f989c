/**
 * The tray icon: the link as a lamp, the counts in its tooltip and menu, and the way back to the window. It must not
 * know where the state comes from.
 */
import { readFileSync } from 'node:fs';
import { Menu, Tray, app, nativeImage, type NativeImage } from 'electron';
import { isSame } from '../../shared/base/same.ts';
import alert from '../../../build/tray/alert.png?asset';
import alert2x from '../../../build/tray/alert@2x.png?asset';
import live from '../../../build/tray/live.png?asset';
import live2x from '../../../build/tray/live@2x.png?asset';
import stopped from '../../../build/tray/stopped.png?asset';
import stopped2x from '../../../build/tray/stopped@2x.png?asset';
import waiting from '../../../build/tray/waiting.png?asset';
import waiting2x from '../../../build/tray/waiting@2x.png?asset';
import type { DesktopHost } from '../../host/desktop/desktop-host.ts';
import { SNOOZES_MS } from '../../shared/alerts/alerts.ts';
import { nextShape, SHAPES } from '../../shared/desktop/shape.ts';
import { t, translator } from '../../shared/texts/texts.ts';
import { durationText } from '../../shared/texts/spans.ts';
import { throttle } from '../base/throttle.ts';
import { trayText, type TrayLamp, type TrayText } from './tray-text.ts';
import type { WidgetWindow } from './window.ts';

export interface WidgetTrayOptions {
  readonly host: DesktopHost;
  readonly window: WidgetWindow;
}

const UPDATE_EVERY_MS = 1000;
const MENU_CLOSES_IN_MS = 100;

export class WidgetTray {
  readonly #options: WidgetTrayOptions;
  readonly #images: Readonly<Record<TrayLamp, NativeImage>> = {
    alert: image(alert, alert2x),
    live: image(live, live2x),
    waiting: image(waiting, waiting2x),
    stopped: image(stopped, stopped2x),
  };
  readonly #tray: Tray;
  readonly #ask = throttle(UPDATE_EVERY_MS, () => {
    this.#update();
  });
  #menu: Electron.Menu | null = null;
  #isMenuOpen = false;
  #shown: unknown = null;
  #lamp: TrayLamp = 'waiting';

  constructor(options: WidgetTrayOptions) {
    const { host, window } = options;
    this.#options = options;
    this.#tray = new Tray(this.#images[this.#lamp]);
    this.#tray.on('click', () => {
      window.toggle();
    });
    if (process.platform === 'darwin') {
      // On macOS, setting a menu would make a plain click open it too.
      this.#tray.on('right-click', () => {
        if (this.#menu !== null) this.#tray.popUpContextMenu(this.#menu);
      });
    }
    host.on({ state: this.#ask, board: this.#ask, notice: this.#ask, command: this.#ask });
    this.#ask();
  }

  /** Windows keeps showing the icon of an app that has ended until the mouse passes over it. */
  remove(): void {
    if (!this.#tray.isDestroyed()) this.#tray.destroy();
  }

  /** Checks for changes that raise no event, such as the language. */
  refresh(): void {
    this.#ask();
  }

  #update(): void {
    if (this.#isMenuOpen || this.#tray.isDestroyed()) return;
    const { host, window } = this.#options;
    const text = trayText(host.state, host.boardHead);
    const { isShown } = window;
    const { isMuted, snoozedUntil } = host.state.alerts;
    const shown = [text, isShown, window.view, isMuted, snoozedUntil, translator().language];
    if (isSame(shown, this.#shown)) return;
    this.#shown = shown;
    if (text.lamp !== this.#lamp) {
      this.#lamp = text.lamp;
      this.#tray.setImage(this.#images[text.lamp]);
    }
    this.#tray.setToolTip(text.tooltip);
    this.#menu = this.#createMenu(text, isShown);
    // Linux shows a changed menu only when it is set again.
    if (process.platform !== 'darwin') this.#tray.setContextMenu(this.#menu);
  }

  #createMenu({ lines }: TrayText, isShown: boolean): Electron.Menu {
    const { host, window } = this.#options;
    const { isPinned, shape } = window.view;
    const { isMuted, snoozedUntil } = host.state.alerts;
    const menu = Menu.buildFromTemplate([
      ...lines.map((label) => ({ label: menuLabel(label), enabled: false })),
      { type: 'separator' },
      {
        label: isShown ? t('tray.hide') : t('tray.show'),
        click: () => {
          // Do what the label said, even if the window has changed since.
          if (isShown) window.hide();
          else window.show();
        },
      },
      {
        label: t('tray.whoIsFree'),
        visible: host.state.preferences.form.privacy === 'names',
        click: () => {
          window.show();
          host.command({ type: 'who-is-free' });
        },
      },
      {
        label: t('tray.shape'),
        submenu: SHAPES.map((one) => ({
          label: t(`shape.${one}`),
          type: 'radio' as const,
          checked: one === shape,
          click: () => {
            window.setShape(one);
            window.show();
          },
        })),
      },
      {
        label: t('tray.nextShape'),
        click: () => {
          window.setShape(nextShape(window.view.shape));
        },
      },
      { type: 'separator' },
      {
        label: t('alerts.mute'),
        type: 'checkbox',
        checked: isMuted,
        click: ({ checked }) => {
          void host.ask('alerts.mute', { isMuted: checked });
        },
      },
      snoozedUntil === null
        ? {
            label: t('alerts.snooze'),
            submenu: SNOOZES_MS.map((forMs) => ({
              label: durationText(forMs),
              click: () => {
                void host.ask('alerts.snooze', { forMs });
              },
            })),
          }
        : {
            label: t('tray.endSnooze'),
            click: () => {
              void host.ask('alerts.snooze', { forMs: null });
            },
          },
      { type: 'separator' },
      {
        label: t('tray.settings'),
        click: () => {
          window.show();
          host.command({ type: 'settings' });
        },
      },
      {
        label: t('tray.alwaysOnTop'),
        type: 'checkbox',
        checked: isPinned,
        click: ({ checked }) => {
          window.setPinned(checked);
        },
      },
      { type: 'separator' },
      {
        label: t('tray.quit'),
        click: () => {
          app.quit();
        },
      },
    ]);
    // A menu must not be replaced while the mouse is on it. Linux updates it in place, and sends no event when it
    // closes.
    if (process.platform !== 'linux') {
      menu.on('menu-will-show', () => {
        this.#isMenuOpen = true;
      });
      menu.on('menu-will-close', () => {
        // The click may arrive only after this event.
        setTimeout(() => {
          this.#isMenuOpen = false;
          this.#ask();
        }, MENU_CLOSES_IN_MS);
      });
    }
    return menu;
  }
}

/** In a menu, `&` marks an access key. */
function menuLabel(text: string): string {
  return text.replaceAll('&', '&&');
}

function image(file: string, file2x: string): NativeImage {
  const both = nativeImage.createEmpty();
  both.addRepresentation({ scaleFactor: 1, buffer: readFileSync(file) });
  both.addRepresentation({ scaleFactor: 2, buffer: readFileSync(file2x) });
  return both;
}
