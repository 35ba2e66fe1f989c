/** The user can't change what the machine's policy sets, and the window says whose setting it is. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, member, test } from '../support/widget-fixture.ts';

test('what a policy has fixed is shown as fixed, and by whom', async ({ openWidget, processor, profileDir }) => {
  const policyFile = path.join(profileDir, 'policy.json');
  const policy = {
    processorUrls: [processor.url],
    floors: [{ ready: 1 }],
    privacy: 'names',
    language: 'en',
    theme: 'dark',
  };
  await writeFile(policyFile, JSON.stringify(policy));
  const page = await openWidget(['--processor', 'ws://127.0.0.1:1', '--agent', '1001']);
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { teamId: 't', teamName: 'Sales', members: [member('m')] });
  const fixed = `Set by your organisation’s policy (${policyFile}); it can’t be changed here.`;
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const connectionDialog = page.getByRole('dialog', { name: 'Connection' });
  await expect(connectionDialog.getByRole('textbox', { name: 'Processor URL' })).toBeDisabled();
  await expect(connectionDialog.getByText(fixed)).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog.getByRole('tabpanel').getByText(fixed)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Add a floor' })).toBeDisabled();
  await expect(dialog.getByRole('button', { name: 'Add a limit' })).toBeEnabled();
  await dialog.getByRole('tab', { name: 'Appearance' }).click();
  await expect(dialog.getByRole('tabpanel').getByText(fixed)).toHaveCount(1);
  await expect(dialog.getByRole('combobox', { name: 'Language' })).toBeDisabled();
  await expect(dialog.getByRole('combobox', { name: 'Theme' })).toBeDisabled();
  await dialog.getByRole('tab', { name: 'Privacy' }).click();
  await expect(dialog.getByRole('radio', { name: /^Only count/ })).toBeDisabled();
});
