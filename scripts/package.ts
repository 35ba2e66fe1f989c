/**
 * `npm run package`: builds each package that this machine can build, one by one, and says what the others need. `npm
 * run package:dir` builds only the unpacked app for this machine, to look at or to test.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Command } from 'commander';
import { writeLegal } from './bill-of-materials.ts';
import { buildIfNeeded } from './lib/build.ts';
import { ROOT } from './lib/root.ts';
import { hasCommand } from './lib/runtimes.ts';

interface Kind {
  readonly name: string;
  /** electron-builder's arguments. */
  readonly args: readonly string[];
  /** Why it can't be built here; null if it can. */
  readonly missing: string | null;
}

const ELECTRON_BUILDER = path.join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
const BOTH = ['--x64', '--arm64'];
const { platform } = process;
const needsMac = platform === 'darwin' ? null : 'a Mac';
const needsUnix = platform === 'win32' ? 'Linux or a Mac' : null;
const needsWine = platform === 'win32' || hasCommand('wine') ? null : 'Windows, or wine';
// To get the uninstaller, macOS reads it out of the installer, but Linux has to run the installer.
const needsWineOnLinux = platform === 'linux' ? needsWine : null;
const needsRpmbuild = needsUnix ?? (hasCommand('rpmbuild') ? null : 'rpmbuild (apt-get install rpm)');

const KINDS: readonly Kind[] = [
  { name: 'Windows installer (NSIS)', args: ['--win', 'nsis', ...BOTH], missing: needsWineOnLinux },
  { name: 'Windows package (MSI)', args: ['--win', 'msi', ...BOTH], missing: needsWine },
  { name: 'macOS disk image and zip', args: ['--mac', 'dmg', 'zip', '--universal'], missing: needsMac },
  { name: 'AppImage', args: ['--linux', 'AppImage', ...BOTH], missing: needsUnix },
  { name: 'Debian package', args: ['--linux', 'deb', ...BOTH], missing: needsUnix },
  { name: 'RPM package', args: ['--linux', 'rpm', ...BOTH], missing: needsRpmbuild },
];

interface Options {
  readonly dir?: true;
  readonly output?: string;
}

const { dir, output } = new Command('npm run package --')
  .description('Makes every package that this machine can make.')
  .option('--dir', 'only the unpacked app for this machine')
  .option('--output <folder>', 'where to; dist by default')
  .parse()
  .opts<Options>();

buildIfNeeded();
writeLegal();
if (dir === true) process.exitCode = make(['--dir']) ? 0 : 1;
else makeAll();

function makeAll(): void {
  const lines = KINDS.map(({ name, args, missing }) => {
    if (missing !== null) return `  not made   ${name}: needs ${missing}`;
    console.log(`\n— ${name} —`);
    if (make(args)) return `  made       ${name}`;
    process.exitCode = 1;
    return `  FAILED     ${name}: what is said above tells why`;
  });
  console.log(`\n${lines.join('\n')}`);
}

function make(args: readonly string[]): boolean {
  const config = ['--config', path.join('build', 'electron-builder.ts')];
  const folder = output === undefined ? [] : [`--config.directories.output=${path.resolve(output)}`];
  const all = [ELECTRON_BUILDER, ...args, ...config, ...folder, '--publish', 'never'];
  return spawnSync(process.execPath, all, { cwd: ROOT, stdio: 'inherit' }).status === 0;
}
