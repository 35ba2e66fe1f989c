import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { board, lamp, row } from '../support/page-parts.ts';
import { expect, member, test } from '../support/widget-fixture.ts';

test('a first start shows a living demo, says so, and offers a real connection', async ({
  openWidget,
  processor,
  profileDir,
}) => {
  const page = await openWidget([]);
  await expect(page.getByText('Demo data')).toBeVisible();
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(board(page).getByRole('row')).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Connect for real' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection' });
  await dialog.getByRole('textbox', { name: 'Processor URL' }).fill(processor.url);
  await dialog.getByRole('textbox', { name: 'Agent IDs' }).fill('1001, 1002');
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  const connection = await processor.connection();
  expect([await connection.begin(), await connection.begin()]).toEqual(['1001', '1002']);
  connection.event('teamadded', '1001', {
    teamId: 't1',
    teamName: 'Sales',
    members: [member('m1', { memberName: 'Ana Torres' })],
  });
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await expect(page.getByText('Demo data')).toHaveCount(0);
  await expect(dialog).toHaveCount(0);
  await expect(board(page).getByRole('button', { expanded: true })).toHaveCount(1);
  const saved: unknown = JSON.parse(await readFile(path.join(profileDir, 'settings.json'), 'utf8'));
  expect(saved).toMatchObject({ processorUrls: [processor.url], agentIds: ['1001', '1002'] });
});

test('the form says which field is wrong and why, and nothing is saved', async ({ openWidget, profileDir }) => {
  const page = await openWidget([]);
  const before = await readFile(path.join(profileDir, 'settings.json'), 'utf8');
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection' });
  await dialog.getByRole('textbox', { name: 'Processor URL' }).fill('http://server/reports');
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(dialog.getByRole('textbox', { name: 'Processor URL' })).toHaveAccessibleDescription(
    /ws:\/\/ or wss:\/\//,
  );
  expect(await readFile(path.join(profileDir, 'settings.json'), 'utf8')).toBe(before);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('what the command line has fixed is shown as fixed', async ({ openWidget, processor }) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Processor URL' });
  await expect(field).toBeDisabled();
  await expect(field).toHaveAccessibleDescription('Set by --processor; it can’t be changed here.');
});

test('a broken settings file stops the link and names file, key and problem; once corrected, it is read again', async ({
  openWidget,
  processor,
  profileDir,
}) => {
  const file = path.join(profileDir, 'settings.json');
  await writeFile(file, JSON.stringify({ processorUrls: ['ws://127.0.0.1:9', 'ftp://x'], agentIds: ['1'] }));
  const page = await openWidget([]);
  await expect(lamp(page)).toHaveText(/^Stopped/);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(file);
  await expect(alert).toContainText('processorUrls');
  await expect(alert).toContainText('entry 2');
  await writeFile(file, JSON.stringify({ processorUrls: [processor.url], agentIds: ['1'] }));
  await alert.getByRole('button', { name: 'Try again' }).click();
  expect(await (await processor.connection()).begin()).toBe('1');
  await expect(lamp(page)).toHaveText(/^Live/);
});

test('changed agents are subscribed and ended on the same connection', async ({
  openWidget,
  processor,
  profileDir,
}) => {
  const file = path.join(profileDir, 'settings.json');
  const quick = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...quick, processorUrls: [processor.url], agentIds: ['1001'] }));
  const page = await openWidget([]);
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', {
    teamId: 't1',
    teamName: 'Sales',
    members: [member('m1', { memberName: 'Ana Torres' })],
  });
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  await page.getByRole('textbox', { name: 'Agent IDs' }).fill('1002');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  expect((await connection.request('report.teamstatus.end')).data).toEqual({ agentId: '1001' });
  expect(await connection.begin()).toBe('1002');
  await expect(row(page, 'Ana Torres')).toHaveCount(0);
  expect(processor.connections).toHaveLength(1);
});

test('the demo can be shown again from the form', async ({ openWidget, processor }) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  await page.getByRole('button', { name: 'Show demo data' }).click();
  await expect(page.getByText('Demo data', { exact: true })).toBeVisible();
  await expect(lamp(page)).toHaveText(/^Live/);
  await page.getByRole('tab', { name: 'Call journey' }).click();
  await page.getByRole('button', { name: /Two queues/ }).click();
  await expect(page.getByRole('table', { name: 'Call journey' })).toBeVisible();
});

test('[TEST-4] a connection can be tested before it is made: what answers, what does not, and why', async ({
  openWidget,
  processor,
}) => {
  const page = await openWidget([]);
  await expect(page.getByText('Demo data')).toBeVisible();
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection' });
  const urls = dialog.getByRole('textbox', { name: 'Processor URL' });
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByText(/no address is given/)).toBeVisible();
  await urls.fill(`${processor.url}\nws://127.0.0.1:1/reports`);
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByText(/^Connected to 127\.0\.0\.1:\d+ in \d+ ms\.$/)).toBeVisible();
  await expect(dialog.getByText('127.0.0.1:1 can’t be reached: nothing listens there.')).toBeVisible();
  await expect(page.getByText('Demo data')).toBeVisible();
  // The tested connection was closed again, and no agent was subscribed on it.
  await processor.connections[0]?.closed;
  expect(processor.connections).toHaveLength(1);
});

test('testing a connection asks for each agent, shows the results, and ends its subscriptions', async ({
  openWidget,
  processor,
}) => {
  const page = await openWidget();
  const live = await processor.connection();
  await live.begin();
  await expect(lamp(page)).toHaveText(/^Live/);
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection' });
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  const tried = await processor.connection();
  const begin = await tried.request('report.teamstatus.begin');
  tried.event('teamadded', '1001', { teamId: 't1', teamName: 'Sales', members: [member('m1'), member('m2')] });
  tried.send({ command: 'report.teamstatus.begin', result: 'Success', data: {} });
  await expect(dialog.getByText('1001: 1 team, 2 people')).toBeVisible();
  expect(begin.data).toEqual({ agentId: '1001' });
  await tried.closed;
  expect(tried.received.map(({ command }) => command)).toEqual(['report.teamstatus.begin', 'report.teamstatus.end']);
  await live.roundTrip();
  expect(live.received, 'the connection in use was asked nothing').toHaveLength(1);
  await expect(row(page, 'Name of m1')).toHaveCount(0);
});

test('an agent that the test finds refused is pointed out at its field until it is changed', async ({
  openWidget,
  processor,
  times,
  passes,
}) => {
  const page = await openWidget([]);
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection' });
  const agents = dialog.getByRole('textbox', { name: 'Agent IDs' });
  await dialog.getByRole('textbox', { name: 'Processor URL' }).fill(processor.url);
  await agents.fill('77777, 1002, 1003');
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  const connection = await processor.connection();
  const refuse = async (code: string, message: string): Promise<void> => {
    connection.failure(await connection.request('report.teamstatus.begin'), { code, message });
  };
  await refuse('E1', 'No such agent');
  await refuse('DENIED', 'Supervisors only');
  await connection.begin();
  await connection.roundTrip();
  await passes(times.settleMs);
  await expect(dialog.getByText('77777: no such agent; check the ID')).toBeVisible();
  await expect(dialog.getByText('1002: refused: Supervisors only')).toBeVisible();
  await expect(dialog.getByText(/^1003: accepted, but no teams came within [\d.]+ seconds?$/)).toBeVisible();
  await expect(agents).toHaveAccessibleDescription('Refused: 77777, 1002. Check the agent IDs.');
  await expect(agents).toHaveAttribute('aria-invalid', 'true');
  await agents.fill('1002, 1003');
  await expect(agents).toHaveAccessibleDescription('Refused: 1002. Check the agent IDs.');
  await agents.fill('1003');
  await expect(agents).toHaveAttribute('aria-invalid', 'false');
  await expect(page.getByText('Demo data', { exact: true })).toBeVisible();
});

test('[TEST-8] a connection without agents is made only after somebody has read that it shows no teams', async ({
  openWidget,
  processor,
  profileDir,
}) => {
  const page = await openWidget([]);
  const file = path.join(profileDir, 'settings.json');
  const before = await readFile(file, 'utf8');
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection' });
  const agents = dialog.getByRole('textbox', { name: 'Agent IDs' });
  await dialog.getByRole('textbox', { name: 'Processor URL' }).fill(processor.url);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(agents).toHaveAccessibleDescription(/Enter at least one agent ID/);
  await expect(agents).toHaveAttribute('aria-invalid', 'true');
  expect(await readFile(file, 'utf8')).toBe(before);
  await agents.fill('1001');
  await expect(dialog.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
  await agents.fill(' , ');
  await dialog.getByRole('button', { name: 'Connect without agents' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(page.getByRole('heading', { name: 'No agent is watched' })).toBeVisible();
  await page.getByRole('button', { name: 'Name an agent' }).click();
  await expect(dialog).toBeVisible();
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ processorUrls: [processor.url] });
});
