/**
 * The benchmark's programs, each run in a fresh process. They are bundled once, like the widget itself, so that no
 * TypeScript loader affects the measurement.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const NAMES = ['processor', 'receive', 'cost', 'heap', 'host'] as const;
export type ProgramName = (typeof NAMES)[number];

export class Programs {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async bundle(): Promise<Programs> {
    const folder = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-bench-'));
    await build({
      configFile: false,
      root: fileURLToPath(new URL('..', import.meta.url)),
      logLevel: 'error',
      ssr: { noExternal: true },
      // CommonJS packages refer to their own file.
      define: { __filename: 'import.meta.filename' },
      build: {
        ssr: true,
        outDir: folder,
        emptyOutDir: true,
        target: 'node20',
        rolldownOptions: {
          external: ['bufferutil', 'utf-8-validate'],
          input: Object.fromEntries(
            NAMES.map((name) => [name, fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url))]),
          ),
          output: { entryFileNames: '[name].mjs' },
        },
      },
    });
    return new Programs(folder);
  }

  file(name: ProgramName): string {
    return path.join(this.#folder, `${name}.mjs`);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

/** A running program that sends typed reports to its parent. */
export class Child<R extends { readonly type: string }> {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #reports: R[] = [];
  #wake: () => void = () => undefined;
  #exit: string | null = null;

  constructor(programs: Programs, name: ProgramName, args: readonly string[], execArgv: readonly string[] = []) {
    this.#name = name;
    this.#child = fork(programs.file(name), [...args], { execArgv: [...execArgv] });
    this.#child.on('message', (report) => {
      this.#reports.push(report as R);
      this.#wake();
    });
    this.#child.on('exit', (code, signal) => {
      this.#exit = String(code ?? signal);
      this.#wake();
    });
  }

  /** The first report of this type that was not taken yet. Rejects if the program ends without one. */
  async report<T extends R['type']>(type: T): Promise<Extract<R, { readonly type: T }>> {
    for (;;) {
      const index = this.#reports.findIndex((report) => report.type === type);
      const [found] = index < 0 ? [] : this.#reports.splice(index, 1);
      if (found !== undefined) return found as Extract<R, { readonly type: T }>;
      if (this.#exit !== null) throw new Error(`The program ${this.#name} ended (${this.#exit}) without “${type}”`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  send(order: object): void {
    this.#child.send(order);
  }

  async stop(): Promise<void> {
    if (this.#exit !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.connected) this.#child.disconnect();
    await ended;
  }
}
