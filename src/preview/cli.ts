/** The preview as a command: reads its options, serves the page, prints its address and ends cleanly on request. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError, InvalidArgumentError } from 'commander';
import open from 'open';
import { errorText } from '../shared/base/error-text.ts';
import { systemClock } from '../core/base/clock.ts';
import { commandLineLayer, settingsCommand } from '../core/settings/command-line.ts';
import { NO_VAULT } from '../core/settings/vault.ts';
import { feedFetcher } from '../host/support/fetch-feed.ts';
import { openLog, openNamedLog } from '../host/support/log.ts';
import { policyOfMachine } from '../host/settings/machine-policy.ts';
import { makeProfileFolder, profileFolder } from '../host/settings/profile.ts';
import { WidgetHost } from '../host/widget-host.ts';
import { servePreview } from './server.ts';

const PAGE_ROOT = fileURLToPath(new URL('../../out/renderer', import.meta.url));

const command = settingsCommand('npm run preview --')
  .description('Serves the widget to a browser on this machine.')
  .option('--port <number>', 'port to serve on; 0 for any free one', readPort, 0)
  .option('--no-open', 'only print the address, open no browser');

try {
  command.parse();
  await run();
} catch (error) {
  // Commander has already printed what is wrong with the command line, or its help.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}

async function run(): Promise<void> {
  const options = command.opts<{ port: number; open: boolean }>();
  if (!existsSync(path.join(PAGE_ROOT, 'index.html'))) throw new Error('The page is not built yet: npm run build');
  const { layer, profileDir } = commandLineLayer(command);
  const folder = profileFolder(profileDir, process.platform, process.env, homedir());
  makeProfileFolder(folder);
  const host = new WidgetHost({
    profileDir: folder,
    environment: process.env,
    commandLine: layer,
    clock: systemClock,
    readPolicy: policyOfMachine(),
    // Node has no access to the system's store.
    findVault: NO_VAULT,
    fetchFeed: feedFetcher(fetch),
    log: openLog(folder),
    namedLog: openNamedLog(folder),
  });
  // The page is served before the host starts, so that an unavailable port leaves nothing running.
  const preview = await servePreview({ host, pageRoot: PAGE_ROOT, port: options.port });
  await host.start();
  console.log(`UCCX Team Widget in the browser: ${preview.url}`);
  if (options.open) await open(preview.url).catch(() => undefined);

  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    void Promise.all([host.stop(), preview.close()]).finally(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
