/** The application's menu: none, except what an operating system or a developer needs. */
import { Menu, app, type MenuItemConstructorOptions } from 'electron';
import { t } from '../../shared/texts/texts.ts';

/** Builds the menu in the current language. */
export function setAppMenu(isDevelopment: boolean): void {
  // On macOS, copy and paste work only through a menu. Elsewhere a frameless window shows none.
  const isMac = process.platform === 'darwin';
  if (!isMac && !isDevelopment) {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [appMenu(), editMenu()] : [{ role: 'editMenu' as const }]),
      ...(isDevelopment ? [{ role: 'viewMenu' as const }] : []),
    ]),
  );
}

// Electron's own menus for these roles have English names only, so their entries are spelt out here.

function appMenu(): MenuItemConstructorOptions {
  const product = app.name;
  return {
    label: product,
    submenu: [
      { role: 'about', label: t('menu.about', { product }) },
      { type: 'separator' },
      { role: 'services', label: t('menu.services') },
      { type: 'separator' },
      { role: 'hide', label: t('menu.hide', { product }) },
      { role: 'hideOthers', label: t('menu.hideOthers') },
      { role: 'unhide', label: t('menu.showAll') },
      { type: 'separator' },
      { role: 'quit', label: t('menu.quit', { product }) },
    ],
  };
}

function editMenu(): MenuItemConstructorOptions {
  return {
    label: t('menu.edit'),
    submenu: [
      { role: 'undo', label: t('menu.undo') },
      { role: 'redo', label: t('menu.redo') },
      { type: 'separator' },
      { role: 'cut', label: t('menu.cut') },
      { role: 'copy', label: t('menu.copy') },
      { role: 'paste', label: t('menu.paste') },
      { role: 'pasteAndMatchStyle', label: t('menu.pasteAndMatchStyle') },
      { role: 'delete', label: t('menu.delete') },
      { role: 'selectAll', label: t('menu.selectAll') },
      { type: 'separator' },
      {
        label: t('menu.substitutions'),
        submenu: [
          { role: 'showSubstitutions', label: t('menu.showSubstitutions') },
          { type: 'separator' },
          { role: 'toggleSmartQuotes', label: t('menu.smartQuotes') },
          { role: 'toggleSmartDashes', label: t('menu.smartDashes') },
          { role: 'toggleTextReplacement', label: t('menu.textReplacement') },
        ],
      },
      {
        label: t('menu.speech'),
        submenu: [
          { role: 'startSpeaking', label: t('menu.startSpeaking') },
          { role: 'stopSpeaking', label: t('menu.stopSpeaking') },
        ],
      },
    ],
  };
}
