/**
 * Electron distributions for Windows and macOS in which nothing runs, but with everything that goes into a package, so
 * that these packages can be built and inspected on Linux. Also replacements for tools that are not available here.
 */
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { LANGUAGES } from '../../src/shared/texts/languages.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What `@electron/fuses` looks for in an executable, and eight fuses as Electron ships them. */
const FUSES = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u000810100001', 'latin1');
/** Some of Electron's own languages; the package must leave out all but ours. */
const LOCALES = [...LANGUAGES.map(({ code }) => (code === 'en' ? 'en-US' : code)), 'pl', 'zh-CN'];

async function write(file: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content, { mode });
}

export async function windowsDistribution(folder: string): Promise<void> {
  await write(path.join(folder, 'electron.exe'), Buffer.concat([program('electron.exe'), FUSES]));
  for (const name of ['ffmpeg.dll', 'libEGL.dll']) await write(path.join(folder, name), library(name, []));
  for (const name of LOCALES) await write(path.join(folder, 'locales', `${name}.pak`), '');
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) await write(path.join(folder, name), name);
  await write(path.join(folder, 'resources', 'default_app.asar'), '');
}

export async function macDistribution(folder: string): Promise<void> {
  const contents = path.join(folder, 'Electron.app', 'Contents');
  const bundle = async (at: string, name: string, identifier: string): Promise<void> => {
    await write(path.join(at, 'Info.plist'), infoPlist(name, identifier));
    await write(path.join(at, 'MacOS', name), 'no program', 0o755);
  };
  await bundle(contents, 'Electron', 'com.github.Electron');
  const frameworks = path.join(contents, 'Frameworks');
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${kind}`;
    await bundle(path.join(frameworks, `${name}.app`, 'Contents'), name, 'com.github.Electron.helper');
  }
  const framework = path.join(frameworks, 'Electron Framework.framework');
  const version = path.join(framework, 'Versions', 'A');
  await write(path.join(version, 'Electron Framework'), FUSES, 0o755);
  for (const name of LOCALES)
    await write(path.join(version, 'Resources', `${name.replace('-', '_')}.lproj`, 'locale.pak'), '');
  await symlink('A', path.join(framework, 'Versions', 'Current'));
  for (const name of ['Electron Framework', 'Resources'])
    await symlink(path.join('Versions', 'Current', name), path.join(framework, name));
  await write(path.join(contents, 'Resources', 'default_app.asar'), '');
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) await write(path.join(folder, name), name);
}

function infoPlist(name: string, identifier: string): string {
  const values = { CFBundleExecutable: name, CFBundleName: name, CFBundleIdentifier: identifier };
  const lines = Object.entries(values).map(([key, value]) => `<key>${key}</key><string>${value}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>${lines.join('')}</dict></plist>\n`;
}

/** Makes a macOS icon from a 512-pixel PNG. electron-builder's tool for that would have to be downloaded. */
export async function macIcon(file: string): Promise<string> {
  const png = await readFile(path.join(ROOT, 'build', 'icon.png'));
  const head = Buffer.alloc(16);
  head.write('icns', 0);
  head.writeUInt32BE(png.length + 16, 4);
  head.write('ic09', 8);
  head.writeUInt32BE(png.length + 8, 12);
  await write(file, Buffer.concat([head, png]));
  return file;
}

export interface NsisTools {
  /** For electron-builder. */
  readonly environment: Readonly<Record<string, string>>;
  /** The output of makensis for each script that it compiled, in order. */
  readonly outputs: () => Promise<readonly string[]>;
}

/**
 * Debian's own makensis, which really compiles electron-builder's script and ours and has its output recorded;
 * libraries with the names that the script calls; and a wine that leaves a file where it should run an installer that
 * writes the uninstaller.
 */
export async function nsisTools(folder: string): Promise<NsisTools> {
  const log = path.join(folder, 'log');
  await mkdir(log, { recursive: true });
  await write(
    path.join(folder, 'nsis', 'linux', 'makensis'),
    `#!/bin/sh\nexport NSISDIR=/usr/share/nsis\nexec makensis -V4 "$@" >"${log}/$(date +%s%N)" 2>&1\n`,
    0o755,
  );
  await write(path.join(folder, 'nsis', 'elevate.exe'), library('elevate.exe', []));
  await write(
    path.join(folder, 'bin', 'wine'),
    '#!/bin/sh\n[ "${1##*.}" = exe ] && cp "$1" "${1%exe}__uninstaller.exe"\n',
    0o755,
  );
  for (const [name, functions] of await pluginsOf(path.join(ROOT, 'node_modules/app-builder-lib/templates/nsis'))) {
    await write(path.join(folder, 'resources', 'plugins', 'x86-unicode', `${name}.dll`), library(name, functions));
  }
  return {
    environment: {
      ELECTRON_BUILDER_NSIS_DIR: path.join(folder, 'nsis'),
      ELECTRON_BUILDER_NSIS_RESOURCES_DIR: path.join(folder, 'resources'),
      ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
      PATH: [path.join(folder, 'bin'), process.env['PATH'] ?? ''].join(path.delimiter),
    },
    outputs: async () => {
      const files = (await readdir(log)).sort();
      return Promise.all(files.map((file) => readFile(path.join(log, file), 'utf8')));
    },
  };
}

/** The plugins that come with electron-builder rather than NSIS, by name, with the functions that its scripts call. */
async function pluginsOf(templates: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  for (const file of await readdir(templates, { recursive: true })) {
    if (!/\.ns[hi]$/.test(file)) continue;
    for (const [, plugin = '', name = ''] of (await readFile(path.join(templates, file), 'utf8')).matchAll(
      /\b(UAC|StdUtils|nsProcess|WinShell|Nsis7z|SpiderBanner|inetc|nsisunz)::(\w+)/g,
    )) {
      found.set(plugin, (found.get(plugin) ?? new Set()).add(name));
    }
  }
  return found;
}

/** With the version information of Electron's own. */
function program(name: string): Buffer {
  const executable = NtExecutable.from(library(name, []));
  const resources = NtExecutableResource.from(executable);
  const information = Resource.VersionInfo.createEmpty();
  information.setStringValues({ lang: 1033, codepage: 1200 }, { CompanyName: 'GitHub, Inc.', ProductName: 'Electron' });
  information.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}

/**
 * A Windows DLL for x86 with these functions, none of which does anything.
 * https://learn.microsoft.com/windows/win32/debug/pe-format
 */
function library(name: string, functions: Iterable<string>): Buffer {
  const names = [...functions].sort();
  const address = 0x1000;
  const fileOffset = 0x400;
  const [addresses, pointers, ordinals] = [40, 40 + 4 * names.length, 40 + 8 * names.length];
  const texts = [name, ...names].map((text) => Buffer.from(`${text}\0`));
  const textsAt: number[] = [];
  let end = ordinals + 2 * names.length;
  for (const text of texts) {
    textsAt.push(end);
    end += text.length;
  }
  const exports = Buffer.alloc(Math.ceil(end / 0x200) * 0x200);
  const put32 = (value: number, at: number) => exports.writeUInt32LE(value, at);
  put32(address + (textsAt[0] ?? 0), 12);
  put32(1, 16); // the ordinal of the first
  put32(names.length, 20);
  put32(names.length, 24);
  put32(address + addresses, 28);
  put32(address + pointers, 32);
  put32(address + ordinals, 36);
  names.forEach((_, index) => {
    put32(address, addresses + 4 * index);
    put32(address + (textsAt[index + 1] ?? 0), pointers + 4 * index);
    exports.writeUInt16LE(index, ordinals + 2 * index);
  });
  Buffer.concat(texts).copy(exports, textsAt[0] ?? 0);

  const head = Buffer.alloc(fileOffset);
  head.write('MZ', 0);
  head.writeUInt32LE(0x40, 0x3c);
  head.write('PE\0\0', 0x40);
  head.writeUInt16LE(0x14c, 0x44); // x86
  head.writeUInt16LE(1, 0x46); // sections
  head.writeUInt16LE(0xe0, 0x54); // size of what follows
  head.writeUInt16LE(0x2102, 0x56); // a library of 32 bits
  const optional = 0x58;
  head.writeUInt16LE(0x10b, optional); // PE32
  head.writeUInt32LE(0x1000_0000, optional + 28); // image base
  head.writeUInt32LE(0x1000, optional + 32); // alignment in memory
  head.writeUInt32LE(0x200, optional + 36); // alignment in the file
  head.writeUInt16LE(6, optional + 40); // Windows version
  head.writeUInt16LE(6, optional + 48);
  head.writeUInt32LE(0x2000, optional + 56); // size in memory
  head.writeUInt32LE(fileOffset, optional + 60);
  head.writeUInt16LE(2, optional + 68); // a window's program
  head.writeUInt32LE(16, optional + 92); // directories, the first of which is that of the exports
  head.writeUInt32LE(address, optional + 96);
  head.writeUInt32LE(end, optional + 100);
  const section = optional + 0xe0;
  head.write('.edata', section);
  head.writeUInt32LE(end, section + 8);
  head.writeUInt32LE(address, section + 12);
  head.writeUInt32LE(exports.length, section + 16);
  head.writeUInt32LE(fileOffset, section + 20);
  head.writeUInt32LE(0x4000_0040, section + 36); // readable data
  return Buffer.concat([head, exports]);
}
