/**
 * Lists which packages are in the bundle: everything is bundled, so what ships differs from what is installed. Writes
 * `shipped-packages.json` beside the bundle with the folders of those packages, sorted, as paths in `node_modules`.
 */
import type { Plugin } from 'vite';

export const SHIPPED = 'shipped-packages.json';

export function shippedPackages(): Plugin {
  return {
    name: 'shipped-packages',
    apply: 'build',
    generateBundle() {
      const folders = new Set<string>();
      for (const id of this.getModuleIds()) {
        const [, folder] =
          /^\0?.*?\/(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/?]+)/.exec(id.replaceAll('\\', '/')) ?? [];
        if (folder !== undefined) folders.add(folder);
      }
      this.emitFile({ type: 'asset', fileName: SHIPPED, source: `${JSON.stringify([...folders].sort(), null, 2)}\n` });
    },
  };
}
