/**
 * Loaded into the main process before the app (`electron -r`). Kills the page's process after its first load, and prints
 * the text of the next page's lamp. It uses no debugger, which would hold the new process back.
 */
const { app } = require('electron');

const LAMP = `new Promise((resolve) => {
  const look = () => {
    const lamp = document.querySelector('[aria-label="Processor link"]')?.textContent;
    if (lamp === 'Live') resolve(lamp);
    else requestAnimationFrame(look);
  };
  look();
})`;

let loads = 0;
app.on('web-contents-created', (_event, contents) => {
  contents.on('did-finish-load', () => {
    loads += 1;
    if (loads === 1) contents.forcefullyCrashRenderer();
    else if (loads === 2)
      void contents.executeJavaScript(LAMP).then((lamp) => console.log(`lamp after the crash: ${lamp}`));
  });
});
