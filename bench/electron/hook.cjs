/**
 * Loaded into Electron's main process before the app, by `-r`. It reports on stdout when the page has painted the text
 * in BENCH_AWAITED (or anything, if that is empty), and a little later which processes exist. It ends the app when
 * stdin ends, and changes nothing else.
 */
const { app } = require('electron');

/** Until start-up work is finished and memory is stable. */
const SETTLE_MS = 3000;

const awaited = process.env.BENCH_AWAITED ?? '';
const untilPainted = `new Promise((resolve) => {
  const awaited = ${JSON.stringify(awaited)};
  const look = () => {
    const rows = [...document.querySelectorAll('[role="row"]')];
    if (awaited !== '' && !rows.some((row) => row.textContent.includes(awaited))) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
})`;

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', async () => {
    tell({ paintedAt: await contents.executeJavaScript(untilPainted) });
    setTimeout(() => {
      tell({ processes: app.getAppMetrics().map(({ pid, memory }) => ({ pid, workingSetKb: memory.workingSetSize })) });
    }, SETTLE_MS);
  });
});

process.stdin.on('end', () => app.exit(0)).resume();

function tell(report) {
  process.stdout.write(`bench ${JSON.stringify(report)}\n`);
}
