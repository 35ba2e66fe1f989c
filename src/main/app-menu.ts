/** The application's menu: none, but for what an operating system or a developer can't do without. */
import { Menu } from 'electron';

export function setAppMenu(isDevelopment: boolean): void {
  // On macOS copy and paste work only through a menu; elsewhere a frameless window shows none.
  const isMac = process.platform === 'darwin';
  if (!isMac && !isDevelopment) {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' as const }] : []),
      { role: 'editMenu' },
      ...(isDevelopment ? [{ role: 'viewMenu' as const }] : []),
    ]),
  );
}
