/** The preferences, and how to save them. It must not know what any of them does. */
import { isSame } from '../../shared/base/same.ts';
import { NO_PREFERENCES, type PreferencesForm, type PreferencesView } from '../../shared/preferences.ts';
import type { Edit } from '../../shared/settings/settings.ts';
import type { HostClient } from '../base/host-client.svelte.ts';

export class PreferencesStore {
  readonly #host: HostClient;
  #view: PreferencesView = $state.raw({ form: NO_PREFERENCES, reasons: [], fixed: [], takenHotkeys: [] });

  constructor(host: HostClient) {
    this.#host = host;
  }

  get view(): PreferencesView {
    return this.#view;
  }

  get form(): PreferencesForm {
    return this.#view.form;
  }

  /** Whether people are named rather than only counted. */
  get isNamed(): boolean {
    return this.form.privacy === 'names';
  }

  save(edit: Edit<PreferencesForm>) {
    return this.#host.ask('preferences.save', edit);
  }

  /** Unchanged parts keep their identity, so that nothing derived from them is computed again. */
  apply(view: PreferencesView): void {
    if (!isSame(view, this.#view)) this.#view = view;
  }
}
