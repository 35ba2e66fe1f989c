/** Reads a package: its files, and the fuses in its executable. */
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** By electron-builder's names. Undefined for a fuse that is neither on nor off. */
export async function fusesOf(program: string) {
  const wire = await getCurrentFuseWire(program);
  const state = (fuse: FuseV1Options): 'on' | 'off' | undefined =>
    // The characters 0 and 1.
    (({ 48: 'off', 49: 'on' }) as const)[Number(wire[fuse])];
  return {
    runAsNode: state(FuseV1Options.RunAsNode),
    enableNodeOptionsEnvironmentVariable: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    enableNodeCliInspectArguments: state(FuseV1Options.EnableNodeCliInspectArguments),
    enableEmbeddedAsarIntegrityValidation: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyLoadAppFromAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    enableCookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    loadBrowserProcessSpecificV8Snapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    grantFileProtocolExtraPrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  };
}

/** The files of an archive, and those among them that are not part of the build. */
export function filesOf(asar: string): { readonly all: readonly string[]; readonly beside: readonly string[] } {
  const all = listPackage(asar, { isPack: false }).map((file) => file.split(path.sep).join('/'));
  return { all, beside: all.filter((file) => !/^\/(out(\/|$)|package\.json$|LICENSE$)/.test(file)) };
}
