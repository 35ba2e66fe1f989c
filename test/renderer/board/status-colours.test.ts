/** Each kind of status has a colour of its own, by which its mark is drawn. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DOCUMENTED_STATUSES, STATUS_KINDS } from '../../../src/shared/board/statuses.ts';

const tokens = readFileSync(path.resolve(import.meta.dirname, '../../../src/renderer/base/tokens.css'), 'utf8');
const [, faded = ''] = /\.faded \{(.*?)\}/s.exec(tokens) ?? [];

test.each(STATUS_KINDS)('%s has a colour in both themes', (kind) => {
  expect(tokens).toMatch(new RegExp(`^ {2}--${kind}: light-dark\\(#[0-9a-f]{6}, #[0-9a-f]{6}\\);$`, 'm'));
});

test.each(DOCUMENTED_STATUSES)('%s loses its colour when it is no longer known to be true', (kind) => {
  expect(faded).toContain(`--${kind}: var(--other);`);
});
