/** Where settings come from, what is wrong with them, and what a form changes. It must not know what can be set. */
import type { Text } from '../texts/text.ts';

/** Where a setting comes from, from the weakest to the strongest. */
export type SettingsSource = 'built-in' | 'file' | 'environment' | 'command line' | 'policy';

/** A setting that comes from a stronger source than the user's file, so that no form can change it. */
export interface FixedSetting<K> {
  readonly key: K;
  readonly source: SettingsSource;
  readonly place: string;
}

/** Something wrong in the settings: where, what, and what to do. */
export interface SettingsProblem {
  readonly source: SettingsSource | 'form';
  /** The file's path, the variable's or the option's name; null for the form. */
  readonly place: string | null;
  /** The setting's key, such as `processorUrls`; null where the source as a whole is at fault. */
  readonly key: string | null;
  /** A clause, such as “entry 2 is not text”. */
  readonly message: Text;
  /**
   * An `error` stops the link, so that nothing is guessed; a `warning` leaves the widget running; a `note` costs nothing
   * and is told only where the settings are.
   */
  readonly severity: 'error' | 'warning' | 'note';
  /** Whether it may be gone soon, though nobody corrects anything. */
  readonly isPassing?: boolean;
  /** What the system said in words of its own, for who looks into it. */
  readonly details?: string;
}

/** What somebody changed in a form. Nothing else of it is written. */
export interface Edit<F> {
  readonly changes: Partial<F>;
  /** What those keys were when somebody began, so that a change made elsewhere since is not written over unseen. */
  readonly base: Partial<F>;
}

/** What came of saving a form. */
export type SaveResult<F> =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly problems: readonly SettingsProblem[];
      /** What was changed in the form and elsewhere, too, as it is there now. Nothing was written. */
      readonly moved: Partial<F>;
    };
