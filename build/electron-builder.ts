/**
 * How the packages are built: `electron-builder --config build/electron-builder.ts`, or rather `npm run package`, which
 * knows what this machine can build. docs/DEPLOYMENT.md says what the packages do on a computer.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Configuration } from 'electron-builder';
import { SHIPPED } from './shipped-packages.ts';
import { LINK_SCHEME } from '../src/shared/journey/deep-link.ts';
import { LANGUAGES } from '../src/shared/texts/languages.ts';

const environment = process.env;

/** Whoever distributes their own packages names themselves as the maintainer. */
const maintainer = environment['UCCX_MAINTAINER'] ?? 'UCCX Team Widget <uccx-team-widget@example.invalid>';
/** The publisher that Windows shows. */
export const company = maintainer.replace(/\s*<.*$/, '') || 'UCCX Team Widget';
const homepage = environment['UCCX_HOMEPAGE'] ?? 'https://example.invalid/uccx-team-widget';
/** electron-builder takes certificates from the environment. Without one, packages are not signed. */
const isGiven = (name: string) => (environment[name] ?? '') !== '';
const isSignedForMac = isGiven('CSC_LINK') || isGiven('CSC_NAME');
const isNotarised = isGiven('APPLE_API_KEY') || isGiven('APPLE_ID');
/** An unpacked Electron to use where the official one can't be downloaded. */
const electronDist = environment['ELECTRON_OVERRIDE_DIST_PATH'];

const config: Configuration = {
  appId: 'com.openmethods.uccx-team-widget',
  copyright: 'MIT licence, see LICENSE',
  directories: { output: 'dist', buildResources: 'build' },
  // Everything that runs is bundled in `out`, so there are no sources, tests or node_modules beside it.
  files: ['out/**', '!out/legal/**', `!out/*/${SHIPPED}`, 'package.json', 'LICENSE', '!node_modules', '!**/*.map'],
  // The bill of materials and the licences (scripts/bill-of-materials.ts).
  extraResources: [{ from: 'out/legal', to: 'legal' }],
  asar: true,
  // Windows shows the author's name. Without an author, it would show Electron's makers.
  extraMetadata: { homepage, author: { name: company }, desktopName: 'uccx-team-widget.desktop' },
  // There are no native modules.
  npmRebuild: false,
  // The page's languages are in its texts. These are for Chromium's own menus and dialogs.
  electronLanguages: LANGUAGES.map(({ code }) => (code === 'en' ? 'en-US' : code)),
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  ...(electronDist === undefined ? {} : { electronDist }),
  // Removes Electron's default app, which runs when there is no other. Some distributions ship it as a folder.
  afterExtract: async ({ appOutDir, electronPlatformName }) => {
    const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources';
    await rm(path.join(appOutDir, resources, 'default_app.asar'), { recursive: true, force: true });
  },
  // The widget does not update itself; see docs/DEPLOYMENT.md.
  publish: null,

  // Every fuse is set on purpose: https://www.electronjs.org/docs/latest/tutorial/fuses
  electronFuses: {
    // An environment variable must not turn the executable into a plain Node.
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Runs only the app that was packed. Electron checks this on Windows and macOS.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // There are no cookies, and encrypting them would open the keychain at each start.
    enableCookieEncryption: false,
    // There is no such snapshot.
    loadBrowserProcessSpecificV8Snapshot: false,
    // The page has its own scheme.
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
    // Per machine, for all users; `/S` asks nothing.
    oneClick: true,
    perMachine: true,
    runAfterFinish: false,
    createDesktopShortcut: false,
    // Settings survive until the next installation.
    deleteAppDataOnUninstall: false,
    include: 'build/installer.nsh',
  },
  msi: {
    oneClick: true,
    perMachine: true,
    runAfterFinish: false,
    createDesktopShortcut: false,
    // Never change this: Windows uses it to find which version to replace.
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
    // Without a certificate, sign ad hoc, as Apple silicon requires a signature. The hardened runtime needs a real one.
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
    // electron-builder's default would start an AppImage without the sandbox.
    executableArgs: [],
    desktop: { entry: { StartupWMClass: 'uccx-team-widget', Keywords: 'UCCX;call centre;agent;supervisor;' } },
  },
};
export default config;

/**
 * Adds the link scheme, for all users, to the MSI's WiX project. electron-builder supports this for none of its Windows
 * installers. Throws if the project has no place for it, so that the build fails rather than the links.
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
