/**
 * Has the widget started when somebody signs in to the computer, or not any more: by the system's own list on Windows and
 * macOS, by a file in the autostart folder on Linux (freedesktop.org, Desktop Application Autostart Specification). It
 * must know no Electron.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'uccx-team-widget.desktop';

export interface AutostartOptions {
  readonly platform: NodeJS.Platform;
  /** The folder of the user's configuration, on Linux. */
  readonly configDir: string;
  /** What is started, on Linux. */
  readonly program: string;
  /** The system's own list, elsewhere. */
  readonly setLoginItem: (isWanted: boolean) => void;
}

/**
 * Whether there is anything to be set. Of what was never wanted nothing is there to be taken away, and another profile's is
 * not ours; but what was wanted once may have been forbidden by a policy since. `wasWanted` is null at a start.
 */
export function isAutostartDue(
  isWanted: boolean,
  { wasWanted, isPolicy }: { readonly wasWanted: boolean | null; readonly isPolicy: boolean },
): boolean {
  return isWanted || wasWanted === true || isPolicy;
}

/** Rejects where it can't be written. */
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

/** What the file holds. In `Exec` some characters have a meaning and are escaped; and in any value a backslash is. */
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
