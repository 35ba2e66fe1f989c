/**
 * Loaded into Electron's main process before the app, by `-r`: tells on stdout when the page has painted what
 * BENCH_AWAITED names (or anything, where it names nothing), and a while later which processes there are. It ends the
 * app when stdin ends, and touches nothing else.
 */
const { app } = require('electron');

/** Until what a start leaves undone is done, and memory stands still. */
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
