/**
 * Writes `out/legal`, which goes into each package: a bill of materials (CycloneDX) of what ships, and its licences.
 * What ships is what was bundled, plus Electron, and not everything that was installed for the build.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SHIPPED } from '../build/shipped-packages.ts';
import { ROOT } from './lib/root.ts';

const LEGAL = path.join(ROOT, 'out', 'legal');

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

interface Bill {
  readonly metadata: { readonly component: Component; readonly [field: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly [field: string]: unknown;
}

interface Shipped {
  readonly ref: string;
  readonly folder: string;
  readonly license: string;
}

/** Throws if npm does not know a bundled package: the bill would be incomplete. */
export function writeLegal(): void {
  const shipped = shippedPackages();
  const refs = new Set(shipped.map(({ ref }) => ref));
  // On Windows, npm is a script, which needs a shell.
  const text = execFileSync('npm sbom --sbom-format cyclonedx --package-lock-only', {
    cwd: ROOT,
    encoding: 'utf8',
    shell: true,
    maxBuffer: 100 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const all = JSON.parse(text) as Bill;
  const components = all.components.filter((one) => refs.has(one['bom-ref']));
  const missing = [...refs].filter((ref) => !components.some((one) => one['bom-ref'] === ref));
  if (missing.length > 0) throw new Error(`Bundled, but not in npm's list: ${missing.join(', ')}`);
  const root = all.metadata.component;
  const bill: Bill = {
    ...all,
    metadata: { ...all.metadata, component: { ...root, type: 'application', name: 'uccx-team-widget' } },
    // npm marks them as development dependencies only because they are bundled.
    components: components.map(({ scope: _, properties: __, ...one }) => ({
      ...one,
      scope: 'required',
    })),
    dependencies: all.dependencies
      .filter(({ ref }) => refs.has(ref) || ref === root['bom-ref'])
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) })),
  };
  mkdirSync(LEGAL, { recursive: true });
  writeFileSync(path.join(LEGAL, 'bom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  writeFileSync(path.join(LEGAL, 'third-party-licenses.txt'), shipped.map(licenceOf).join('\n'));
}

function shippedPackages(): readonly Shipped[] {
  const folders = ['main', 'preload', 'renderer'].flatMap(
    (part) => JSON.parse(readFileSync(path.join(ROOT, 'out', part, SHIPPED), 'utf8')) as string[],
  );
  return [...new Set([...folders, 'node_modules/electron'])].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
      readonly license?: string;
    };
    return { ref: `${name}@${version}`, folder, license: license ?? 'as said below' };
  });
}

function licenceOf({ ref, folder, license }: Shipped): string {
  const file = readdirSync(path.join(ROOT, folder)).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  const text = file === undefined ? '' : readFileSync(path.join(ROOT, folder, file), 'utf8').trim();
  return `${'='.repeat(80)}\n${ref} (${license})\n${'='.repeat(80)}\n\n${text}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!existsSync(path.join(ROOT, 'out', 'main', SHIPPED))) throw new Error('Nothing is built; npm run build does it.');
  writeLegal();
}
