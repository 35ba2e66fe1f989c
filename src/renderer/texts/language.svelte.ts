/**
 * The language that the page speaks, as a rune: whatever says a text follows a change of it. What is wanted is decided
 * elsewhere.
 */
import { bestTranslator, setTranslator, type Translator } from '../../shared/texts/texts.ts';

class Language {
  #translator: Translator = $state.raw(bestTranslator('', navigator.languages));

  get translator(): Translator {
    return this.#translator;
  }

  /** Takes the best language for what is wanted; empty for that of the system. */
  choose(wanted: string): void {
    this.#translator = bestTranslator(wanted, navigator.languages);
  }
}

export const language = new Language();
setTranslator(() => language.translator);
