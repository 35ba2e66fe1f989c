/**
 * The host's settings: read from all sources, weakest first, and written only to the user's file. It must not know what
 * they are used for.
 */
import type { Log } from '../../core/base/log.ts';
import type { ReadNamedFile } from '../../core/base/named-file.ts';
import { environmentLayer, mergeLayers, type Layer, type LayeredSettings } from '../../core/settings/layers.ts';
import { SettingsFile } from '../../core/settings/settings-file.ts';
import { BUILT_IN, checkSetting, type SettingKey, type Settings } from '../../core/settings.ts';
import type { FindVault } from '../../core/settings/vault.ts';
import { isSame } from '../../shared/base/same.ts';
import { problemText } from '../../shared/settings/settings-words.ts';
import type { FixedSetting, SettingsProblem } from '../../shared/settings/settings.ts';
import { translateToEnglish, type Text } from '../../shared/texts/text.ts';
import type { ReadPolicy } from './machine-policy.ts';

export interface HostSettingsOptions {
  readonly profileDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly commandLine: Layer;
  /** Reads the machine's policy. Without it there is no policy. */
  readonly readPolicy?: ReadPolicy | undefined;
  readonly findVault: FindVault;
  readonly readFile: ReadNamedFile;
  readonly log: Log;
  /** Limits and floors of the demo, used if nobody has set any. */
  readonly demoRules: Pick<Settings, 'limits' | 'floors'>;
  /** Called after each read. The settings may have changed. */
  readonly onRead: (layered: LayeredSettings) => void;
}

export class HostSettings {
  readonly #options: HostSettingsOptions;
  readonly #file: SettingsFile;
  #commandLine: Layer;
  #layered: LayeredSettings = { settings: BUILT_IN, origins: new Map(), problems: [] };

  constructor(options: HostSettingsOptions) {
    this.#options = options;
    this.#file = new SettingsFile(options.profileDir, options.findVault, options.readFile);
    this.#commandLine = options.commandLine;
  }

  get layered(): LayeredSettings {
    return this.#layered;
  }

  get values(): Settings {
    return this.#layered.settings;
  }

  /** The values in use: the demo brings its own limits and floors if nobody has set any. */
  get inUse(): Settings {
    return this.#watched(this.#layered);
  }

  /** Whether people are only counted. */
  get isAnonymous(): boolean {
    return this.values.privacy === 'counts';
  }

  /** The first problem that keeps the widget from connecting. */
  get error(): SettingsProblem | undefined {
    return this.#layered.problems.find(({ severity }) => severity === 'error');
  }

  /** The user's own file. */
  get filePath(): string {
    return this.#file.path;
  }

  /** Settings named by a second start override those of the first, from the next read on. */
  set commandLine(layer: Layer) {
    this.#commandLine = layer;
  }

  async read(): Promise<void> {
    const { environment, readPolicy, log, onRead } = this.#options;
    this.#layered = mergeLayers([
      await this.#file.readLayer(),
      environmentLayer(environment),
      this.#commandLine,
      ...((await readPolicy?.()) ?? []),
    ]);
    for (const [key, { source }] of this.#layered.origins) log.debug(`settings: ${key} from ${source}`);
    onRead(this.#layered);
  }

  /** Does nothing if nothing was changed. */
  async write(changes: Partial<Settings>): Promise<void> {
    if (Object.keys(changes).length > 0) await this.#file.write(changes);
  }

  /** The settings that a stronger source than the user's file has fixed. */
  fixed<K extends SettingKey>(keys: readonly K[]): readonly FixedSetting<K>[] {
    return keys.flatMap((key) => {
      const origin = this.#layered.origins.get(key);
      return origin === undefined || origin.source === 'file' ? [] : [{ key, ...origin }];
    });
  }

  /** Sorts what a form changed into valid changes and problems. Ignores settings that the form can't change. */
  check<K extends SettingKey>(keys: readonly K[], given: { readonly [P in K]?: unknown }) {
    const fixed = this.fixed(keys);
    const changes: Partial<Pick<Settings, K>> = {};
    const problems: SettingsProblem[] = [];
    for (const key of keys) {
      if (!(key in given) || fixed.some((one) => one.key === key)) continue;
      const checked = checkSetting(key, given[key]);
      if (checked.ok) Object.assign(changes, { [key]: checked.value });
      else problems.push(formProblem(key, checked.problem));
    }
    return { changes, problems };
  }

  /** Why nothing may be written: something is wrong, or was changed elsewhere since the form was opened. */
  async refusal<F extends Partial<Settings>>(
    changes: F,
    problems: readonly SettingsProblem[],
    base: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly ok: false; readonly problems: readonly SettingsProblem[]; readonly moved: Partial<F> } | null> {
    const moved: Partial<F> = {};
    if (problems.length > 0) return { ok: false, problems, moved };
    const layer = await this.#file.look();
    const now = layer === null ? {} : this.#watched(mergeLayers([layer]));
    for (const [key, value] of Object.entries(now)) {
      if (!(key in changes) || !(key in base)) continue;
      const isWanted = isSame(value, (changes as Readonly<Record<string, unknown>>)[key]);
      if (!isWanted && !isSame(value, base[key])) Object.assign(moved, { [key]: value });
    }
    return Object.keys(moved).length > 0 ? { ok: false, problems, moved } : null;
  }

  logProblems(problems: readonly SettingsProblem[]): void {
    for (const problem of problems) {
      const more = problem.details === undefined ? '' : ` (${problem.details})`;
      this.#options.log.warn(`settings: ${translateToEnglish(problemText(problem))}${more}`);
    }
  }

  #watched({ settings, origins }: LayeredSettings): Settings {
    if (this.values.processorUrls.length > 0) return settings;
    const { limits, floors } = this.#options.demoRules;
    return {
      ...settings,
      ...(origins.has('limits') ? {} : { limits }),
      ...(origins.has('floors') ? {} : { floors }),
    };
  }
}

/** A problem with a setting's value in a form. */
export function formProblem(key: SettingKey, message: Text): SettingsProblem {
  return { source: 'form', place: null, key, message, severity: 'error' };
}
