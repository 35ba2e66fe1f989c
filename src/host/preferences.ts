/** The settings beside the connection, of all subjects: how the page gets them, and how it saves them. */
import * as v from 'valibot';
import type { SerialQueue } from '../core/base/serial-queue.ts';
import { isRecord } from '../core/base/unknown.ts';
import type { Settings } from '../core/settings.ts';
import { pick } from '../shared/base/keys-of.ts';
import type { Hotkeys } from '../shared/desktop/desktop-settings.ts';
import {
  PREFERENCE_KEYS,
  type PreferencesForm,
  type preferencesRequests,
  type PreferencesView,
} from '../shared/preferences.ts';
import type { SiteReason } from '../shared/reasons/reasons.ts';
import type { Edit, SaveResult } from '../shared/settings/settings.ts';
import type { Text } from '../shared/texts/text.ts';
import { MAX_TEXT, type Handlers } from './base/handlers.ts';
import { formProblem, type HostSettings } from './settings/host-settings.ts';

export interface PreferencesOptions {
  readonly settings: HostSettings;
  /** Changes of the settings, the demo and the connection run one at a time. */
  readonly changes: SerialQueue;
  /** Why a reasons file can't be used; null if it can. */
  readonly reasonsFileProblem: (file: string) => Promise<Text | null>;
  /** Applies the settings after they were saved and read again. `before` holds the settings used until now. */
  readonly adopt: (before: Settings, wasInError: boolean) => Promise<void>;
  readonly onChange: () => void;
}

export class Preferences {
  readonly #options: PreferencesOptions;
  #takenHotkeys: readonly (keyof Hotkeys)[] = [];

  constructor(options: PreferencesOptions) {
    this.#options = options;
  }

  view(reasons: readonly SiteReason[]): PreferencesView {
    const { settings } = this.#options;
    const { inUse } = settings;
    return {
      form: pick(inUse, PREFERENCE_KEYS),
      reasons,
      fixed: settings.fixed(PREFERENCE_KEYS),
      takenHotkeys: this.#takenHotkeys,
    };
  }

  /** Reports the hotkeys that could not be registered. */
  hotkeysTaken(taken: readonly (keyof Hotkeys)[]): void {
    this.#takenHotkeys = taken;
    this.#options.onChange();
  }

  save(edit: Edit<PreferencesForm>): Promise<SaveResult<PreferencesForm>> {
    return this.#options.changes.run(() => this.#save(edit));
  }

  async #save({ changes: given, base }: Edit<PreferencesForm>): Promise<SaveResult<PreferencesForm>> {
    const { settings, reasonsFileProblem, adopt } = this.#options;
    const { changes, problems } = settings.check(PREFERENCE_KEYS, given);
    const { reasonsFile } = changes;
    if (reasonsFile !== undefined && reasonsFile !== settings.values.reasonsFile) {
      const problem = await reasonsFileProblem(reasonsFile);
      if (problem !== null) problems.push(formProblem('reasonsFile', problem));
    }
    const refused = await settings.refusal(changes, problems, base);
    if (refused !== null) return refused;
    const before = settings.values;
    const wasInError = settings.error !== undefined;
    await settings.write(changes);
    await settings.read();
    await adopt(before, wasInError);
    return { ok: true };
  }
}

export interface PreferencesParts {
  readonly preferences: { save(edit: Edit<PreferencesForm>): Promise<SaveResult<PreferencesForm>> };
}

/** More limits or floors than anybody sets. */
const MAX_RULES = 10_000;

/** Checks only keys and sizes. The values are checked as settings are, so that the user learns what is wrong. */
const PreferencesPart = v.custom<Partial<PreferencesForm>>(
  (part) =>
    isRecord(part) &&
    Object.entries(part).every(([key, value]) => PREFERENCE_KEYS.some((known) => known === key) && isBounded(value)),
);

function isBounded(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_TEXT;
  return Array.isArray(value) ? value.length <= MAX_RULES : value !== undefined;
}

export const preferencesHandlers: Handlers<typeof preferencesRequests, PreferencesParts> = {
  'preferences.save': {
    args: v.strictObject({ changes: PreferencesPart, base: PreferencesPart }),
    privacy: 'as-is',
    run: (edit, { preferences }) => preferences.save(edit),
  },
};
