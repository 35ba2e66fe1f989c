/**
 * How the packages are made: `electron-builder --config build/electron-builder.ts`, or rather `npm run package`, which
 * knows what the machine it runs on can build. docs/DEPLOYMENT.md says what the packages do on a computer.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Configuration } from 'electron-builder';
import { SHIPPED } from './shipped-packages.ts';
import { LINK_SCHEME } from '../src/shared/journey/deep-link.ts';
import { LANGUAGES } from '../src/shared/texts/languages.ts';

const environment = process.env;

/** Whoever hands out packages of their own names themselves in them. */
const maintainer = environment['UCCX_MAINTAINER'] ?? 'UCCX Team Widget <uccx-team-widget@example.invalid>';
/** Whom Windows names as the maker. */
export const company = maintainer.replace(/\s*<.*$/, '') || 'UCCX Team Widget';
const homepage = environment['UCCX_HOMEPAGE'] ?? 'https://example.invalid/uccx-team-widget';
/** Certificates are given to electron-builder by the environment; without one a package is made, and not signed. */
const isGiven = (name: string) => (environment[name] ?? '') !== '';
const isSignedForMac = isGiven('CSC_LINK') || isGiven('CSC_NAME');
const isNotarised = isGiven('APPLE_API_KEY') || isGiven('APPLE_ID');
/** An unpacked Electron that stands in for the official one, where that can't be downloaded. */
const electronDist = environment['ELECTRON_OVERRIDE_DIST_PATH'];

const config: Configuration = {
  appId: 'com.openmethods.uccx-team-widget',
  copyright: 'MIT licence, see LICENSE',
  directories: { output: 'dist', buildResources: 'build' },
  // All that runs is bundled in `out`. Beside it there is nothing: no sources, no tests, no node_modules.
  files: ['out/**', '!out/legal/**', `!out/*/${SHIPPED}`, 'package.json', 'LICENSE', '!node_modules', '!**/*.map'],
  // What ships, and its licences (scripts/bill-of-materials.ts).
  extraResources: [{ from: 'out/legal', to: 'legal' }],
  asar: true,
  // The author is whose name Windows shows: without one it is that of Electron's makers.
  extraMetadata: { homepage, author: { name: company }, desktopName: 'uccx-team-widget.desktop' },
  // Nothing of it is native.
  npmRebuild: false,
  // The page's languages are in its texts; these are those of Chromium's own menus and boxes.
  electronLanguages: LANGUAGES.map(({ code }) => (code === 'en' ? 'en-US' : code)),
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  ...(electronDist === undefined ? {} : { electronDist }),
  // Electron's own app, which it runs where there is no other, is no part of ours; some distributions have it as a folder.
  afterExtract: async ({ appOutDir, electronPlatformName }) => {
    const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources';
    await rm(path.join(appOutDir, resources, 'default_app.asar'), { recursive: true, force: true });
  },
  // The widget does not install itself anew; see docs/DEPLOYMENT.md.
  publish: null,

  // Every fuse is decided: https://www.electronjs.org/docs/latest/tutorial/fuses
  electronFuses: {
    // The executable is the widget and not a Node for whoever sets a variable.
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Only the app that was packed is run: checked on Windows and macOS, where Electron can.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // There are no cookies; to encrypt them would ask for the key chain at each start.
    enableCookieEncryption: false,
    // There is no such snapshot.
    loadBrowserProcessSpecificV8Snapshot: false,
    // The page has a scheme of its own.
    grantFileProtocolExtraPrivileges: false,
  },

  protocols: [{ name: 'UCCX call journey', schemes: [LINK_SCHEME], role: 'Viewer' }],

  win: {
    target: [
      { target: 'nsis', arch: ['x64', 'arm64'] },
      { target: 'msi', arch: ['x64', 'arm64'] },
    ],
    icon: 'build/icon.ico',
  },
  nsis: {
    // For the computer and all who use it; `/S` asks nothing.
    oneClick: true,
    perMachine: true,
    runAfterFinish: false,
    createDesktopShortcut: false,
    // What somebody has set stays for the next installation.
    deleteAppDataOnUninstall: false,
    include: 'build/installer.nsh',
  },
  msi: {
    oneClick: true,
    perMachine: true,
    runAfterFinish: false,
    createDesktopShortcut: false,
    // Never another one: by it Windows knows what a new version takes the place of.
    upgradeCode: '6F3C1B52-0E0B-4C59-9B0C-2D1F7A5C8E41',
  },
  msiProjectCreated: async (file) => {
    await writeFile(file, withLinkScheme(await readFile(file, 'utf8')));
  },

  mac: {
    target: [
      { target: 'dmg', arch: 'universal' },
      { target: 'zip', arch: 'universal' },
    ],
    icon: 'build/icon.png',
    category: 'public.app-category.business',
    // Without a certificate signed ad hoc, which an Apple processor asks for; the hardened runtime takes a real one.
    ...(isSignedForMac ? {} : { identity: '-' }),
    hardenedRuntime: isSignedForMac,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    notarize: isSignedForMac && isNotarised,
  },

  linux: {
    target: [
      { target: 'AppImage', arch: ['x64', 'arm64'] },
      { target: 'deb', arch: ['x64', 'arm64'] },
      { target: 'rpm', arch: ['x64', 'arm64'] },
    ],
    icon: 'build/icon.png',
    category: 'Office',
    executableName: 'uccx-team-widget',
    maintainer,
    synopsis: 'Live team status and call journeys of Cisco UCCX',
    // electron-builder's own would have an AppImage started without the sandbox.
    executableArgs: [],
    desktop: { entry: { StartupWMClass: 'uccx-team-widget', Keywords: 'UCCX;call centre;agent;supervisor;' } },
  },
};
export default config;

/**
 * The WiX project of the MSI with the link scheme for all who use the computer. electron-builder has an option for it in
 * no installer of Windows.
 * @throws if the project has no place for it, which is to be seen when it is built and not when a link does nothing.
 */
export function withLinkScheme(project: string): string {
  const key = `Software\\Classes\\${LINK_SCHEME}`;
  const component = [
    '<Component Id="LinkScheme" Guid="3D6E4E0B-8A55-4B0A-9F4E-5B7C21C0A9D3">',
    `<RegistryKey Root="HKLM" Key="${key}">`,
    '<RegistryValue Type="string" Value="URL:UCCX call journey" KeyPath="yes"/>',
    '<RegistryValue Name="URL Protocol" Type="string" Value=""/>',
    '</RegistryKey>',
    String.raw`<RegistryValue Root="HKLM" Key="${key}\shell\open\command" Type="string" Value='"[#mainExecutable]" -- "%1"'/>`,
    '</Component>',
  ];
  const end = '</ComponentGroup>';
  if (project.split(end).length !== 2 || !project.includes('Id="mainExecutable"')) {
    throw new Error('electron-builder makes another WiX project than before: the link scheme has no place in it');
  }
  return project.replace(end, () => `  ${component.join('\n      ')}\n    ${end}`);
}
