/** What somebody has set beside the connection, and how to save it. It must not know what any of it does. */
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

  /** Whether people are named, and not only counted. */
  get isNamed(): boolean {
    return this.form.privacy === 'names';
  }

  save(edit: Edit<PreferencesForm>) {
    return this.#host.ask('preferences.save', edit);
  }

  /** What is the same stays the same, so that what is derived from it need not be made anew. */
  take(view: PreferencesView): void {
    if (!isSame(view, this.#view)) this.#view = view;
  }
}
