/** The widget's core, host and page as served by `npm run preview`, in a process of their own. */
import { systemClock } from '../../src/core/base/clock.ts';
import { NO_FEED } from '../../src/host/support/update-checker.ts';
import { WidgetHost } from '../../src/host/widget-host.ts';
import { NO_VAULT } from '../../src/core/settings/vault.ts';
import { servePreview } from '../../src/preview/server.ts';
import type { HostOptions, HostReport } from '../browser.ts';

const { profileDir, pageRoot } = JSON.parse(process.argv[2] ?? '') as HostOptions;
const host = new WidgetHost({
  findVault: NO_VAULT,
  fetchFeed: NO_FEED,
  profileDir,
  clock: systemClock,
  environment: {},
  commandLine: { source: 'command line', values: new Map(), problems: [] },
  log: { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error },
  namedLog: { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error },
});
process.on('disconnect', () => process.exit(0));
await host.start();
const { url } = await servePreview({ host, pageRoot, port: 0 });
const report: HostReport = { type: 'serving', url };
process.send?.(report);
