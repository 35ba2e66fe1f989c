/**
 * The walls between the rooms of `src`: what each may import of the others, and which packages and platforms it may not
 * touch, with the reason. The linter says it in the editor; test/walls.test.ts looks at every import there is.
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
