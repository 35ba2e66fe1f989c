/**
 * Loaded into the main process before the app (`electron -r`). Lets one Electron run the app repeatedly, which takes
 * half as long as starting a new Electron. Each start evaluates the built bundle again with its own arguments: a new
 * profile folder, window, tray and socket. Once the app has quit, everything it registered with Electron is removed. It
 * must not know what the app does.
 */
const { EventEmitter } = require('node:events');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { app, BrowserWindow, globalShortcut, ipcMain, nativeTheme, protocol, session } = require('electron');

// The app is not loaded yet, so Electron does not know where it is.
const FOLDER = path.resolve(__dirname, '../..');
const MAIN = pathToFileURL(path.join(FOLDER, require(path.join(FOLDER, 'package.json')).main)).href;
/** Functions that undo what the running app registered. */
const undo = [];
let starts = 1;
let exited = Promise.withResolvers();

for (const name of ['on', 'once']) {
  const add = EventEmitter.prototype[name];
  EventEmitter.prototype[name] = function (event, listener) {
    // Electron and Node also add listeners, which must stay.
    if (new Error().stack.split('\n')[2].includes(MAIN)) undo.push(() => this.removeListener(event, listener));
    return add.call(this, event, listener);
  };
}
undoing(ipcMain, 'handle', (channel) => ipcMain.removeHandler(channel));
undoing(protocol, 'handle', (scheme) => protocol.unhandle(scheme));
undoing(app, 'requestSingleInstanceLock', () => app.releaseSingleInstanceLock());
app.exit = () => exited.resolve();
// Without a listener, Electron quits when the last window is gone.
app.on('window-all-closed', () => undefined);

/** Starts the app with these arguments. The previous one must have ended. */
globalThis.startAgain = async (args) => {
  starts += 1;
  exited = Promise.withResolvers();
  // Electron accepts this only before it is ready, and has it from the first start.
  protocol.registerSchemesAsPrivileged = () => undefined;
  process.argv = [process.execPath, FOLDER, ...args];
  await import(`${MAIN}?start=${starts}`);
  app.emit('session-created', session.defaultSession);
};

/** Quits the app as a user would, and resolves when nothing of it is left. */
globalThis.endApp = async () => {
  app.quit();
  await exited.promise;
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
  globalShortcut.unregisterAll();
  nativeTheme.themeSource = 'system';
  session.defaultSession.removeAllListeners('will-download');
  for (const step of undo.splice(0)) step();
};

/** Wraps a method so that each call also records how to undo it. */
function undoing(object, name, undoIt) {
  const original = object[name];
  object[name] = function (...args) {
    undo.push(() => undoIt(args[0]));
    return original.apply(this, args);
  };
}
