/**
 * The widget in Electron: starts the parts in order and wires them together. It must hold no domain rules; the core
 * knows and decides everything.
 */
import { homedir } from 'node:os';
import path from 'node:path';
import { app, dialog, net, powerMonitor } from 'electron';
import { systemClock } from '../core/base/clock.ts';
import { fileFailure } from '../core/base/file-failure.ts';
import { feedFetcher } from '../host/support/fetch-feed.ts';
import { openLog, openNamedLog } from '../host/support/log.ts';
import { policyOfMachine } from '../host/settings/machine-policy.ts';
import { makeProfileFolder, profileFolder } from '../host/settings/profile.ts';
import { WidgetHost } from '../host/widget-host.ts';
import { looksLikeCallId } from '../shared/journey/journey.ts';
import { translate } from '../shared/texts/text.ts';
import { t } from '../shared/texts/texts.ts';
import { setAppMenu } from './desktop/app-menu.ts';
import { openIpc } from './ipc.ts';
import { ownArguments, readLaunch, type Launch } from './desktop/launch.ts';
import { DeepLinks } from './journey/deep-links.ts';
import { watchCrashes, type Crashes } from './support/crashes.ts';
import { Notifications } from './alerts/notifications.ts';
import { pageAddress, type PageAddress } from './base/page-address.ts';
import { registerPageScheme, servePage } from './base/page-scheme.ts';
import { followPreferences } from './desktop/preferences.ts';
import { quitWith } from './desktop/quitting.ts';
import { denyByDefault } from './base/security.ts';
import { systemVault } from './settings/system-vault.ts';
import { WidgetTray } from './desktop/tray.ts';
import { WindowFile } from './desktop/window-file.ts';
import { WidgetWindow } from './desktop/window.ts';

const PAGE_ROOT = path.join(import.meta.dirname, '../renderer');
const PRELOAD = path.join(import.meta.dirname, '../preload/index.cjs');

const launch = readLaunch(ownArguments(process.argv, app.isPackaged), app.getVersion());
if (launch.run) start(launch);
else app.exit(launch.exitCode);

function start({ layer, profileDir, isHidden, link }: Launch & { run: true }): void {
  const profile = profileFolder(profileDir, process.platform, process.env, homedir());
  try {
    makeProfileFolder(profile);
  } catch (error) {
    // There is no log or window yet. On Linux this goes to stderr, elsewhere into a dialog box.
    const { text, details } = fileFailure(error);
    dialog.showErrorBox(t('errors.profileFolder'), `${profile}: ${translate(text)}\n\n${details}`);
    app.exit(1);
    return;
  }
  app.setPath('userData', profile);
  app.setPath('sessionData', path.join(profile, 'session'));
  // The lock belongs to the profile folder, so each profile can have its own widget. A second start passes its own
  // arguments, without Chromium's, to the first.
  if (!app.requestSingleInstanceLock({ args: ownArguments(process.argv, app.isPackaged) })) {
    app.exit(0);
    return;
  }
  const host = new WidgetHost({
    profileDir: profile,
    environment: process.env,
    commandLine: layer,
    clock: systemClock,
    readPolicy: policyOfMachine(),
    findVault: systemVault,
    // Chromium's network stack knows the system's proxies and certificates.
    fetchFeed: feedFetcher((url, init) => net.fetch(url, init)),
    log: openLog(profile),
    namedLog: openNamedLog(profile),
  });
  const { log } = host;
  const crashes = watchCrashes(log, isHidden);
  // With this switch, which tests as root need, Chromium refuses to start sandboxed processes.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  if (process.platform === 'win32') app.setAppUserModelId('com.openmethods.uccx-team-widget');
  const page = pageAddress(process.env, app.isPackaged);
  registerPageScheme();
  denyByDefault(page, log);

  const links = new DeepLinks(log);
  if (link !== null) links.open(link);
  // macOS passes a link as an event, which may come before everything else.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    links.open(url);
  });

  // Not `await`: `ready` waits for this module to finish.
  app
    .whenReady()
    .then(() => run({ host, profile, isHidden, page, crashes, links }))
    .catch(crashes.startFailed);
}

interface Start {
  readonly host: WidgetHost;
  readonly profile: string;
  readonly isHidden: boolean;
  readonly page: PageAddress;
  readonly crashes: Crashes;
  readonly links: DeepLinks;
}

async function run({ host, profile, isHidden, page, crashes, links }: Start): Promise<void> {
  const { log } = host;
  const file = new WindowFile(profile, log, systemClock);
  const remembered = await file.read();
  setAppMenu(page.isDevelopment);
  servePage(PAGE_ROOT);
  const window = new WidgetWindow({
    url: page.url,
    preload: PRELOAD,
    file,
    remembered,
    log,
    onChange: () => {
      host.windowChanged();
    },
  });
  openIpc({ host, contents: window.contents, trustedOrigin: page.origin, log });
  host.setWindow(window);
  crashes.survive(() => {
    host.reportCrash();
  });
  window.contents.on('did-start-loading', () => {
    host.pageGone();
  });
  window.contents.on('render-process-gone', () => {
    host.pageGone();
  });
  const tray = new WidgetTray({ host, window });
  const notifications = new Notifications({
    reasons: () => host.state.preferences.reasons,
    onClick: (alertId) => {
      window.show();
      if (alertId !== undefined) host.command({ type: 'alert', alertId });
    },
  });
  host.on({
    notice: (notice) => {
      notifications.show(notice);
    },
    state: ({ alerts }) => {
      notifications.closeOver(alerts);
    },
  });
  followPreferences({
    host,
    window,
    log,
    onLanguage: () => {
      setAppMenu(page.isDevelopment);
      tray.refresh();
    },
  });

  const show = (): void => {
    window.show();
  };
  links.listen((callId) => {
    // A link must not be able to send anything that does not look like an id.
    host.command({ type: 'journey', typed: callId, isConfirmed: looksLikeCallId(callId) });
    show();
  });
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { args } = data as { readonly args: readonly string[] };
    const asked = readLaunch(args, app.getVersion());
    if (asked.run && asked.link !== null) {
      // A link must not be able to change what the widget connects to.
      links.open(asked.link);
      return;
    }
    // Without settings of its own, a second start only shows the window.
    if (asked.run && asked.layer.values.size > 0) {
      host.useCommandLine(asked.layer).catch((error: unknown) => {
        log.error('the second start’s settings could not be used', error);
      });
    }
    show();
  });
  app.on('activate', show);
  const changed = (): void => {
    host.machineChanged();
  };
  powerMonitor.on('resume', changed);
  powerMonitor.on('lock-screen', () => {
    host.screenLocked(true);
  });
  powerMonitor.on('unlock-screen', () => {
    changed();
    host.screenLocked(false);
  });
  quitWith(async () => {
    window.hide();
    tray.remove();
    file.flush();
    await host.stop();
  }, log);

  window.open(isHidden);
  await host.start();
}
