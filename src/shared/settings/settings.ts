/**
 * Where settings come from, what is wrong with them, and what a form changes. It must not know which settings exist.
 */
import type { Text } from '../texts/text.ts';

/** Where a setting comes from, from the weakest to the strongest. */
export type SettingsSource = 'built-in' | 'file' | 'environment' | 'command line' | 'policy';

/** A setting from a stronger source than the user's file, which no form can change. */
export interface FixedSetting<K> {
  readonly key: K;
  readonly source: SettingsSource;
  readonly place: string;
}

/** Something wrong in the settings: where, what, and what to do. */
export interface SettingsProblem {
  readonly source: SettingsSource | 'form';
  /** The file's path, or the name of the variable or option; null for the form. */
  readonly place: string | null;
  /** The setting's key, such as `processorUrls`; null if the problem is with the source as a whole. */
  readonly key: string | null;
  /** A clause, such as “entry 2 is not text”. */
  readonly message: Text;
  /**
   * An `error` stops the link, so that nothing is guessed. A `warning` leaves the widget running. A `note` costs
   * nothing and appears only among the settings.
   */
  readonly severity: 'error' | 'warning' | 'note';
  /** Whether it may soon go away although nobody corrects anything. */
  readonly isTemporary?: boolean;
  /** The system's own message, for whoever investigates. */
  readonly details?: string;
}

/** What the user changed in a form. Only this is written. */
export interface Edit<F> {
  readonly changes: Partial<F>;
  /**
   * Those values when the user began to edit, so that a change made elsewhere meanwhile is not overwritten silently.
   */
  readonly base: Partial<F>;
}

/** The outcome of saving a form. */
export type SaveResult<F> =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly problems: readonly SettingsProblem[];
      /** The current values of what was changed both in the form and elsewhere. Nothing was written. */
      readonly moved: Partial<F>;
    };
