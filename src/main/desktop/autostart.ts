/**
 * Starts the widget when somebody signs in to the computer, or no longer does: through the system's own list on Windows
 * and macOS, through a file in the autostart folder on Linux (freedesktop.org, Desktop Application Autostart
 * Specification). It must know no Electron.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'uccx-team-widget.desktop';

export interface AutostartOptions {
  readonly platform: NodeJS.Platform;
  /** The folder of the user's configuration, on Linux. */
  readonly configDir: string;
  /** The program to start, on Linux. */
  readonly program: string;
  /** Changes the system's own list, elsewhere. */
  readonly setLoginItem: (isWanted: boolean) => void;
}

/**
 * Whether there is anything to change. An entry that we never wanted is not ours to remove: it may belong to another
 * profile. But a policy may have forbidden what was once wanted. `wasWanted` is null at startup.
 */
export function isAutostartDue(
  isWanted: boolean,
  { wasWanted, isPolicy }: { readonly wasWanted: boolean | null; readonly isPolicy: boolean },
): boolean {
  return isWanted || wasWanted === true || isPolicy;
}

/** Rejects if it can't be written. */
export async function setAutostart(
  isWanted: boolean,
  { platform, configDir, program, setLoginItem }: AutostartOptions,
): Promise<void> {
  if (platform !== 'linux') {
    setLoginItem(isWanted);
    return;
  }
  const file = path.join(configDir, 'autostart', FILE);
  if (!isWanted) {
    await rm(file, { force: true });
    return;
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, desktopEntry(program));
}

/** The content of the file. A backslash is escaped in any value; in `Exec`, other characters are too. */
function desktopEntry(program: string): string {
  const quoted = `"${program.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%')}"`.replaceAll('\\', '\\\\');
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
