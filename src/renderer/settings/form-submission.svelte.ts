/**
 * A form from opening to saving: the typed values, which of them were changed, and the outcome of sending them. It must
 * not know what the form is for, or how it looks.
 */
import { errorText } from '../../shared/base/error-text.ts';
import { isSame } from '../../shared/base/same.ts';
import { keysOf } from '../../shared/base/keys-of.ts';
import type { Edit, SaveResult, SettingsProblem } from '../../shared/settings/settings.ts';

/** The outcome of the last attempt. */
export type Outcome<F> =
  | { readonly name: 'none' | 'saving' | 'trying' }
  | { readonly name: 'refused'; readonly problems: readonly SettingsProblem[] }
  /** Changed here and elsewhere. Holds the values from elsewhere. */
  | { readonly name: 'moved'; readonly moved: Partial<F> }
  /** There was no answer; says why. */
  | { readonly name: 'failed'; readonly why: string };

export interface FormOptions<F, D> {
  /** The values when the form opens. Later changes do not overwrite what is being typed. */
  readonly set: F;
  readonly draftOf: (form: F) => D;
  readonly formOf: (draft: D) => F;
  readonly save: (edit: Edit<F>) => Promise<SaveResult<F>>;
}

type Refusal<F> =
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] }
  | Extract<SaveResult<F>, { readonly ok: false }>;

export class FormSubmission<F extends object, D> {
  /** The text as typed. */
  draft: D;
  readonly #options: FormOptions<F, D>;
  /** The saved values, as far as the form knows. */
  #base: F;
  #outcome: Outcome<F> = $state.raw({ name: 'none' });

  constructor(options: FormOptions<F, D>) {
    this.#options = options;
    this.#base = options.set;
    this.draft = $state(options.draftOf(options.set));
  }

  get outcome(): Outcome<F> {
    return this.#outcome;
  }

  /** The typed values, as they would be sent. */
  get form(): F {
    return this.#options.formOf(this.draft);
  }

  /** Saves what was changed, and nothing else. Returns whether it was saved. */
  async save(): Promise<boolean> {
    const { draftOf, formOf, save } = this.#options;
    // Converted as the form does, so that only what the user edited counts as a change.
    const before = formOf(draftOf(this.#base));
    return (await this.#attempt('saving', () => save(editOf(this.form, before, this.#base)))) !== null;
  }

  /** Overwrites what was changed elsewhere. */
  keepMine(): Promise<boolean> {
    this.#accept();
    return this.save();
  }

  /** Discards the user's changes to what was also changed elsewhere. Saves nothing yet. */
  takeTheirs(): void {
    const { draftOf, formOf } = this.#options;
    const theirs = this.#accept();
    this.draft = draftOf({ ...formOf(this.draft), ...theirs });
  }

  /** Sends the typed values without saving. Null if refused, failed, or overtaken. */
  try<R extends { readonly ok: true }>(ask: (form: F) => Promise<R | Refusal<F>>): Promise<R | null> {
    return this.#attempt('trying', () => ask(this.form));
  }

  #accept(): Partial<F> {
    const moved = this.#outcome.name === 'moved' ? this.#outcome.moved : {};
    this.#base = { ...this.#base, ...moved };
    this.#outcome = { name: 'none' };
    return moved;
  }

  /** Only the last attempt counts. */
  async #attempt<R extends { readonly ok: true }>(
    name: 'saving' | 'trying',
    ask: () => Promise<R | Refusal<F>>,
  ): Promise<R | null> {
    const attempt: Outcome<F> = { name };
    this.#outcome = attempt;
    let answer: R | Refusal<F> | null = null;
    let outcome: Outcome<F> = { name: 'none' };
    try {
      answer = await ask();
      if (!answer.ok) outcome = outcomeOf(answer);
    } catch (error) {
      outcome = { name: 'failed', why: errorText(error) };
    }
    if (this.#outcome !== attempt) return null;
    this.#outcome = outcome;
    return answer?.ok === true ? answer : null;
  }
}

function outcomeOf<F>(refusal: Refusal<F>): Outcome<F> {
  return 'moved' in refusal && Object.keys(refusal.moved).length > 0
    ? { name: 'moved', moved: refusal.moved }
    : { name: 'refused', problems: refusal.problems };
}

/** `typed` and `before` are converted in the same way; `base` holds the saved values. */
function editOf<F extends object>(typed: F, before: F, base: F): Edit<F> {
  const changes: Partial<F> = {};
  const was: Partial<F> = {};
  for (const key of keysOf(typed)) {
    if (isSame(typed[key], before[key])) continue;
    changes[key] = typed[key];
    was[key] = base[key];
  }
  return { changes, base: was };
}
