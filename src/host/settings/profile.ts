/** Where the profile folder is: settings and what the widget remembers. The same place for every host. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const NAME = 'uccx-team-widget';

/** The profile folder: the one that was asked for, or the usual place of the operating system. */
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

/** Makes it where it is not there, for its owner alone: what the widget writes is nobody else's. Throws where it can't be made. */
export function makeProfileFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
