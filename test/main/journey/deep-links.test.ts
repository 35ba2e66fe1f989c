/** Links that come early, late or broken. */
import { expect, test } from 'vitest';
import { DeepLinks } from '../../../src/main/journey/deep-links.ts';

const nothing = () => undefined;
const NO_LOG = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function deepLinks() {
  const warnings: string[] = [];
  const ids: string[] = [];
  const links = new DeepLinks({ ...NO_LOG, warn: (text) => warnings.push(text) });
  return { links, warnings, ids };
}

test('only the last link that comes before anybody listens is kept', () => {
  const { links, ids } = deepLinks();
  links.open('uccx-widget://journey/1');
  links.open('uccx-widget://journey/2');
  links.listen((id) => ids.push(id));
  links.open('uccx-widget://journey/3');
  expect(ids).toEqual(['2', '3']);
});

test('a link that names no call does nothing, and its text is not logged', () => {
  const { links, ids, warnings } = deepLinks();
  links.listen((id) => ids.push(id));
  links.open('uccx-widget://settings/evil');
  expect(ids).toEqual([]);
  expect(warnings).toHaveLength(1);
  expect(warnings.join()).not.toContain('evil');
});
