/** If two share a name, the id is shown with it wherever either is named. */
import { board, row } from '../support/page-parts.ts';
import { addSettings, expect, member, test } from '../support/widget-fixture.ts';

const kay = (memberId: string, given = {}) => member(memberId, { memberName: 'Kay Stone', ...given });

test('ids tell apart two teams and three people with the same name, in heads, rows, lists and on the wall', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await addSettings(profileDir, {
    limits: [{ status: 'not_ready', seconds: 1 }],
    floors: [{ ready: 9 }],
    alerts: { floorAfterSeconds: 1 },
  });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', {
    teamId: 't1',
    teamName: 'Claims',
    members: [
      kay('1001'),
      kay('1002', { status: 'not_ready', reason: '32759' }),
      member('1004', { memberName: 'Bo Li' }),
    ],
  });
  await expect(row(page, 'Kay Stone *1001')).toBeVisible();
  await expect(row(page, 'Bo Li')).not.toContainText('1004');
  const head = (id: string) => board(page).getByRole('button', { name: `Claims ${id}` });
  await expect(head('')).toHaveText('Claims');
  connection.event('teamadded', '1001', { teamId: 't2', teamName: 'Claims', members: [kay('1003')] });
  await expect(head('t1')).toBeVisible();
  await expect(head('t2')).toBeVisible();
  await expect(row(page, 'Kay Stone *1003')).toBeVisible();
  await page.getByRole('button', { name: /^Alerts/ }).click();
  await expect(page.getByRole('dialog')).toContainText('Claims (t1): 2 of 9 ready');
  await expect(page.getByRole('dialog')).toContainText('Kay Stone (1002)');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Who is free' }).click();
  await expect(page.getByRole('option').first()).toContainText('Claims (t1)');
  await page.keyboard.press('Escape');
  await row(page, 'Kay Stone *1002').getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('Claims (t1)');
  await expect(page.getByRole('dialog')).toContainText('1002');
  await page.keyboard.press('Escape');
  // Once there is only one of the name, the name is enough.
  connection.event('memberremoved', '1001', { teamId: 't2', teamName: 'Claims', members: [{ memberId: '1003' }] });
  connection.event('memberremoved', '1001', { teamId: 't1', teamName: 'Claims', members: [{ memberId: '1001' }] });
  await expect(row(page, 'Kay Stone')).toHaveCount(1);
  await expect(row(page, 'Kay Stone')).not.toContainText('1002');
  for (const shape of ['strip', 'wall']) {
    await page.keyboard.press('F8');
    await expect(page.locator(`:root[data-shape=${shape}]`)).toHaveCount(1);
  }
  await expect(page.getByRole('heading', { name: 'Claims t1' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Claims t2' })).toBeVisible();
});
