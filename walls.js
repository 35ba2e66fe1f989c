/**
 * The walls in `src`. A room says where code runs, and a subject what it is about: what each may import from the
 * others, and which packages and platforms a room must not use, with the reason. The linter shows violations in the
 * editor; test/walls.test.ts checks every import.
 */

/** A room that is not listed may not exist. */
export const ROOMS = {
  shared: [],
  core: ['shared'],
  simulator: ['shared'],
  renderer: ['shared'],
  preload: ['shared'],
  host: ['shared', 'core', 'simulator'],
  main: ['shared', 'core', 'host'],
  preview: ['shared', 'core', 'host'],
};

/** What stands beside `src` and shows parts of it, with the rooms that it may import. */
export const BESIDE = { gallery: ['shared', 'renderer'] };

/** The folders in each room, in order: see `mayImportSubject`. */
export const SUBJECTS = [
  'base',
  'texts',
  'settings',
  'link',
  'reasons',
  'board',
  'history',
  'alerts',
  'journey',
  'desktop',
  'support',
];
/** So many at the start are the common ground, and may import each other. */
const GROUND = 2;

/**
 * Whether files of one subject may import files of another, in any room that they may import at all: a subject may
 * import those before it, but none after it.
 *
 * @param {string} subject
 * @param {string} other
 */
export function mayImportSubject(subject, other) {
  return levelOf(other) <= levelOf(subject);
}

function levelOf(subject) {
  const index = SUBJECTS.indexOf(subject);
  return index < GROUND ? 0 : index;
}

/** The loose files of each room, which join its subjects, with the maximum number of lines of each. */
export const JOINTS = {
  'src/core/settings.ts': 100,
  'src/core/supervision.ts': 260,
  'src/core/widget.ts': 340,
  'src/host/assembly.ts': 260,
  'src/host/gateway.ts': 200,
  'src/host/preferences.ts': 120,
  'src/host/requests.ts': 60,
  'src/host/widget-host.ts': 140,
  'src/main/index.ts': 220,
  'src/main/ipc.ts': 60,
  'src/preload/index.ts': 60,
  'src/preview/cli.ts': 80,
  'src/preview/server.ts': 140,
  'src/renderer/App.svelte': 240,
  'src/renderer/SettingsDialog.svelte': 220,
  'src/renderer/dialogs.ts': 80,
  'src/renderer/main.ts': 60,
  'src/renderer/preferences-draft.ts': 60,
  'src/renderer/stores.ts': 120,
  'src/shared/contract.ts': 100,
  'src/shared/preferences.ts': 60,
  'src/simulator/cli.ts': 80,
  'src/simulator/options.ts': 60,
  'src/simulator/session.ts': 140,
  'src/simulator/simulator.ts': 140,
};

/**
 * The joints that a subject may import. Either they only join what the subjects declare (what travels between page and
 * host, what can be set), or they are a program of their own: the simulator.
 */
export const OPEN_JOINTS = [
  'src/shared/contract.ts',
  'src/shared/preferences.ts',
  'src/core/settings.ts',
  'src/simulator/simulator.ts',
];

/** By room: what else may not be imported, as regular expressions for the imported name. */
export const FORBIDDEN = {
  shared: [
    { regex: '^(?!\\.|i18next$)', message: 'src/shared imports nothing from any platform or package but i18next.' },
  ],
  core: [{ regex: '^electron($|/)', message: 'src/core is plain Node.' }],
  simulator: [{ regex: '^electron', message: 'The simulator is plain Node.' }],
  renderer: [{ regex: '^(node:|electron|ws$)', message: 'The page has no Node and no network of its own.' }],
  host: [{ regex: '^electron$', message: 'src/host is what every host has; Electron is in src/main.' }],
  preview: [{ regex: '^electron', message: 'The preview is for machines without Electron.' }],
  gallery: [{ regex: '^(node:|electron|ws$)', message: 'The gallery is a page without a host.' }],
};

/** The one file that may use each of these names. */
export const ONLY_IN = {
  ipcMain: 'src/main/ipc.ts',
  uccx: 'src/renderer/base/bridge.ts',
};
