import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addSettings, expect, test } from '../support/widget-fixture.ts';

test('a form writes only what was changed in it', async ({ processor, openWidget, profileDir }) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  const before = await inFile(profileDir);
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Appearance' }).click();
  await dialog.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  await addSettings(profileDir, { limits: [{ status: 'acw', seconds: 60 }] });
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  expect(await inFile(profileDir)).toEqual({ ...before, limits: [{ status: 'acw', seconds: 60 }], theme: 'dark' });
});

test('what was changed both in the form and in the file is reported, and the user chooses', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const meet = async (theirs: string) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await dialog.getByRole('tab', { name: 'Appearance' }).click();
    await dialog.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
    await addSettings(profileDir, { theme: theirs });
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('Theme – there now: Light');
    expect(await inFile(profileDir)).toMatchObject({ theme: theirs });
  };
  await meet('light');
  await dialog.getByRole('button', { name: 'Take what is there' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Theme' })).toHaveValue('light');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await addSettings(profileDir, { theme: 'system' });
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await dialog.getByRole('tab', { name: 'Appearance' }).click();
  await dialog.getByRole('combobox', { name: 'Language' }).selectOption('English');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await meet('light');
  await dialog.getByRole('button', { name: 'Save mine' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await inFile(profileDir)).toMatchObject({ theme: 'dark' });
});

test('the connection form also asks before it overwrites what somebody else wrote', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await addSettings(profileDir, { processorUrls: [processor.url], agentIds: ['1001'] });
  const page = await openWidget([]);
  await (await processor.connection()).begin();
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection' });
  await dialog.getByRole('textbox', { name: 'Agent IDs' }).fill('1002');
  await addSettings(profileDir, { agentIds: ['7', '8'], theme: 'dark' });
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('Agent IDs – there now: 7');
  expect(await inFile(profileDir)).toMatchObject({ agentIds: ['7', '8'] });
  await dialog.getByRole('button', { name: 'Take what is there' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Agent IDs' })).toHaveValue('7, 8');
  await dialog.getByRole('textbox', { name: 'Agent IDs' }).fill('7, 8, 9');
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  expect(await inFile(profileDir)).toMatchObject({ agentIds: ['7', '8', '9'], theme: 'dark' });
});

test('each question of the connection form is answered once, whatever else it asks', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await addSettings(profileDir, { processorUrls: [processor.url], agentIds: ['1001'] });
  const page = await openWidget([]);
  await (await processor.connection()).begin();
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection' });
  const agents = dialog.getByRole('textbox', { name: 'Agent IDs' });
  const urls = dialog.getByRole('textbox', { name: 'Processor URL' });
  await agents.fill('');
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(agents).toHaveAccessibleDescription(/Enter at least one agent ID/);
  // A wrong field elsewhere is a separate matter, and so is a test.
  await urls.fill('http://server');
  await dialog.getByRole('button', { name: 'Connect without agents' }).click();
  await expect(urls).toHaveAccessibleDescription(/ws:\/\/ or wss:\/\//);
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await urls.fill(processor.url);
  await addSettings(profileDir, { agentIds: ['7'] });
  await dialog.getByRole('button', { name: 'Connect without agents' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Agent IDs – there now: 7');
  await dialog.getByRole('button', { name: 'Save mine' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await inFile(profileDir)).toMatchObject({ agentIds: [] });
});

test('a limit’s team is called unknown only if the limit would apply to none', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { teamId: 't1', teamName: 'Sales', members: [] });
  await expect(page.getByRole('button', { name: /^Sales/ })).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('button', { name: 'Add a limit' }).click();
  const team = dialog.getByRole('combobox', { name: 'Team' });
  const unknown = dialog.getByText('No team has this name at present.');
  for (const [typed, count] of [
    ['Sale', 1],
    ['sales ', 0],
    ['ＳＡＬＥＳ', 0],
    ['T1', 1],
    [' t1', 0],
    ['\u200b', 0],
  ] as const) {
    await team.fill(typed);
    await expect(unknown, typed).toHaveCount(count);
  }
});

test('repeated warnings do not keep a window from opening', async ({ processor, openWidget, profileDir }) => {
  const reasonsFile = path.join(profileDir, 'reasons.json');
  await writeFile(reasonsFile, '[{"code":"27","label":"Lunch"},{"code":"28"},{"code":"29"}]');
  await addSettings(profileDir, { reasonsFile });
  const page = await openWidget();
  await (await processor.connection()).begin();
  await expect(page.getByText('line 1, 2 times: there is no label')).toBeVisible();
  for (const name of ['Connection', 'Settings', 'Connection', 'Settings']) {
    await page.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog', { name });
    if (name === 'Settings') await dialog.getByRole('tab', { name: 'Reasons' }).click();
    await expect(dialog.getByText('there is no label').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

async function inFile(profileDir: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(profileDir, 'settings.json'), 'utf8')) as Record<string, unknown>;
}
