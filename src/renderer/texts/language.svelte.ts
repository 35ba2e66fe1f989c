/** The page's language as a rune: every text follows its changes. Which language is wanted is decided elsewhere. */
import { bestTranslator, setTranslator, type Translator } from '../../shared/texts/texts.ts';

class Language {
  #translator: Translator = $state.raw(bestTranslator('', navigator.languages));

  get translator(): Translator {
    return this.#translator;
  }

  /** Chooses the best language for what is wanted; empty for the system's. */
  choose(wanted: string): void {
    this.#translator = bestTranslator(wanted, navigator.languages);
  }
}

export const language = new Language();
setTranslator(() => language.translator);
