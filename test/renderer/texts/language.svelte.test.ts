/** Everything shown follows a change of language without a reload: the formats, and the order of names. */
import { expect, test, vi } from 'vitest';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';
import { ENGLISH, formatLocale, numberText, t, translatorFor, setTranslator } from '../../../src/shared/texts/texts.ts';
import { clockText } from '../../../src/shared/texts/spans.ts';

const system = { languages: ['en-GB', 'de'] };
vi.stubGlobal('navigator', system);
const { language } = await import('../../../src/renderer/texts/language.svelte.ts');
const { BoardStore } = await import('../../../src/renderer/board/board.svelte.ts');

test('the page starts in the system’s language, or in English', () => {
  expect(language.translator).toMatchObject({ language: 'en', direction: 'ltr', formatLocale: 'en-GB' });
});

test('values derived from texts and numbers follow', () => {
  const value = $derived(`${formatLocale()}: ${numberText(7)}, ${clockText(61_000)}`);
  const shown = () => value;
  expect(shown()).toBe('en-GB: 7, 1:01');
  system.languages = ['en-u-nu-arab'];
  language.choose('en');
  expect(shown()).toBe('en-u-nu-arab: ٧, ١:٠١');
  system.languages = ['en-GB'];
  language.choose('');
  expect(shown()).toBe('en-GB: 7, 1:01');
});

test('values derived from a text follow', () => {
  let translator = $state.raw(ENGLISH);
  setTranslator(() => translator);
  const value = $derived(t('link.words.live'));
  const shown = () => value;
  expect(shown()).toBe('Live');
  translator = { ...ENGLISH, translate: () => 'Im Bild' };
  expect(shown()).toBe('Im Bild');
});

test('names are sorted by the rules of the language, and so is what joins later', async () => {
  const counts = { agentIds: ['1'], isAnnounced: true, counts: NO_COUNTS, confirmed: 0, confirmedIn: 1 };
  const named = (name: string) => ({ ...counts, teamId: name, teamName: name });
  const head = { feed: 1, ends: [], counts: NO_COUNTS, unconfirmed: 0 };
  const names = ['Z', 'Ö', 'A'];
  const store = new BoardStore(() =>
    Promise.resolve({ version: 1, head, teams: names.map((name) => ({ team: named(name), members: [] })) }),
  );
  const order = () => store.teams.map(({ name }) => name).join('');
  setTranslator(() => translatorFor('en', ['en']));
  store.sort();
  await store.refresh();
  expect(order()).toBe('AÖZ');
  // In Swedish, Ö comes after Z.
  setTranslator(() => ({ ...ENGLISH, formatLocale: 'sv' }));
  store.sort();
  expect(order()).toBe('AZÖ');
  store.follow({ version: 2, head, changes: [{ type: 'team', team: named('Å') }] });
  expect(order()).toBe('AZÅÖ');
});
