/**
 * Has the widget started when somebody signs in to the computer, or not any more: by the system's own list on Windows and
 * macOS, by a file in the autostart folder on Linux (freedesktop.org, Desktop Application Autostart Specification).
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app } from 'electron';

const FILE = 'uccx-team-widget.desktop';

/** `configDir`: the folder of the user's configuration, on Linux. Rejects where it can't be written. */
export async function setAutostart(isWanted: boolean, configDir: string): Promise<void> {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isWanted, args: ['--hidden'] });
    return;
  }
  const file = path.join(configDir, 'autostart', FILE);
  if (!isWanted) {
    await rm(file, { force: true });
    return;
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, desktopEntry(process.env['APPIMAGE'] ?? process.execPath));
}

/** What a desktop file holds. In `Exec` some characters have a meaning, and so has each of their escapes. */
export function desktopEntry(program: string): string {
  const quoted = `"${program.replace(/[\\"`$]/g, '\\\\$&').replaceAll('%', '%%')}"`;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=UCCX Team Widget',
    `Exec=${quoted} --hidden`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
