/** The floor of the Electron figures: an empty window, set up like the widget's, and nothing else. */
const { app, BrowserWindow } = require('electron');

app.setPath('userData', process.env.BENCH_PROFILE);
// With this switch, which root needs, Chromium refuses to start sandboxed processes.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 380,
    height: 640,
    frame: false,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  window.setAlwaysOnTop(true, 'floating');
  window.once('ready-to-show', () => {
    window.show();
    window.focus();
  });
  window.loadURL('data:text/html,<!doctype html><title>Empty</title>');
});
