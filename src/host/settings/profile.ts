/** Where the profile folder is, with the settings and everything the widget remembers. The same for every host. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const NAME = 'uccx-team-widget';

/** The profile folder: the one asked for, or the operating system's usual place. */
export function profileFolder(
  asked: string | null,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (asked !== null) return path.resolve(asked);
  switch (platform) {
    case 'win32':
      return path.join(environment['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), NAME);
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', NAME);
    default:
      return path.join(environment['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), NAME);
  }
}

/**
 * Creates the folder if it is missing, for its owner alone: what the widget writes is private. Throws if it can't be
 * created.
 */
export function makeProfileFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
