/**
 * The settings as the host has them: read from all sources, weakest first, and changed in the user's file alone. It must
 * not know what is done with them.
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
import { sayInEnglish, type Text } from '../../shared/texts/text.ts';
import type { ReadPolicy } from './machine-policy.ts';

export interface HostSettingsOptions {
  readonly profileDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly commandLine: Layer;
  /** The machine's policy; none if it is not named. */
  readonly readPolicy?: ReadPolicy | undefined;
  readonly findVault: FindVault;
  readonly readFile: ReadNamedFile;
  readonly log: Log;
  /** What the demo is watched for, if nobody has set anything. */
  readonly demoRules: Pick<Settings, 'limits' | 'floors'>;
  /** They were read, and may be others than before. */
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

  /** The same; in the demo with limits and floors of its own, if nobody has set any. */
  get inUse(): Settings {
    return this.#watched(this.#layered);
  }

  /** Whether people are only counted. */
  get isAnonymous(): boolean {
    return this.values.privacy === 'counts';
  }

  /** The first thing in the settings that keeps the widget from connecting. */
  get error(): SettingsProblem | undefined {
    return this.#layered.problems.find(({ severity }) => severity === 'error');
  }

  /** The user's own file. */
  get filePath(): string {
    return this.#file.path;
  }

  /** A second start named settings: they go over those of the first, once they are read. */
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

  /** A form in which nothing was changed writes nothing. */
  async write(changes: Partial<Settings>): Promise<void> {
    if (Object.keys(changes).length > 0) await this.#file.write(changes);
  }

  /** Which of them a stronger source than the user's file has set. */
  fixed<K extends SettingKey>(keys: readonly K[]): readonly FixedSetting<K>[] {
    return keys.flatMap((key) => {
      const origin = this.#layered.origins.get(key);
      return origin === undefined || origin.source === 'file' ? [] : [{ key, ...origin }];
    });
  }

  /** What is right of what a form changed, and what is not. What it can't change is passed over. */
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

  /** Why nothing is to be written: something is wrong, or was changed elsewhere since the form was opened. */
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
      this.#options.log.warn(`settings: ${sayInEnglish(problemText(problem))}${more}`);
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

/** What is wrong with what a form has for a setting. */
export function formProblem(key: SettingKey, message: Text): SettingsProblem {
  return { source: 'form', place: '', key, message, severity: 'error' };
}
