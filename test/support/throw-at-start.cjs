/** Loaded into the app's main process ahead of it (`electron -r`): throws, once, before there is anything to be seen. */
const { app } = require('electron');

app.on('will-finish-launching', () => {
  throw new Error('thrown by a test');
});
