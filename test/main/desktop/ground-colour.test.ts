/** The window has the colour of the page's ground before the page is drawn, so that nothing flashes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { GROUND } from '../../../src/main/desktop/ground-colour.ts';

test('the window’s ground matches the page’s, in both themes', () => {
  const tokens = readFileSync(path.resolve(import.meta.dirname, '../../../src/renderer/base/tokens.css'), 'utf8');
  const [, light, dark] = /--ground: light-dark\((#\w+), (#\w+)\)/.exec(tokens) ?? [];
  expect(GROUND).toEqual({ light, dark });
});
