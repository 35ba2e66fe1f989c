/** Saving the support bundle. */
import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from '../support/widget-fixture.ts';

test('the support bundle is saved from the connection dialog', async ({ processor, openWidget }) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  await page.getByRole('button', { name: 'Connection' }).click();
  await page.getByText('Support', { exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save support bundle…' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('uccx-team-widget-support.zip');
  const files = unzipSync(await readFile(await file.path()));
  expect(strFromU8(files['about.txt'] ?? new Uint8Array())).toContain(`127.0.0.1:${String(processor.port)}`);
});
