/**
 * The walls in `src`. A room says where code runs, a subject what it is about: what each may import of the others, and
 * which packages and platforms a room may not touch, with the reason. The linter says it in the editor;
 * test/walls.test.ts looks at every import there is.
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

/**
 * The folders in each room, in order: a subject may import those before it, in any room it may import at all, and never one
 * behind it. The first two are the ground that all stand on, and may import each other.
 */
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
export const GROUND = 2;

/** The files that lie loose in a room, since they join its subjects, with the most lines that each may have. */
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
  'src/renderer/setting-words.ts': 60,
  'src/renderer/stores.ts': 120,
  'src/shared/contract.ts': 100,
  'src/shared/preferences.ts': 60,
  'src/simulator/cli.ts': 80,
  'src/simulator/options.ts': 60,
  'src/simulator/session.ts': 140,
  'src/simulator/simulator.ts': 140,
};

/**
 * The joints that a subject may import. They only join what the subjects declare (what travels between page and host, what
 * can be set) or are a program of their own, the simulator.
 */
export const OPEN_JOINTS = [
  'src/shared/contract.ts',
  'src/shared/preferences.ts',
  'src/core/settings.ts',
  'src/simulator/simulator.ts',
];

/** By room: what else may not be imported, as regular expressions over the imported name. */
export const FORBIDDEN = {
  shared: [
    { regex: '^(?!\\.|i18next$)', message: 'src/shared imports nothing from any platform or package but i18next.' },
  ],
  core: [{ regex: '^electron($|/)', message: 'src/core is plain Node.' }],
  simulator: [{ regex: '^electron', message: 'The simulator is plain Node.' }],
  renderer: [{ regex: '^(node:|electron|ws$)', message: 'The page has no Node and no network of its own.' }],
  host: [{ regex: '^electron$', message: 'src/host is what every host has; Electron is in src/main.' }],
  preview: [{ regex: '^electron', message: 'The preview is for machines without Electron.' }],
};

/** The one file that may name each of these. */
export const ONLY_IN = {
  ipcMain: 'src/main/ipc.ts',
  uccx: 'src/renderer/base/bridge.ts',
};
