/** Saving and printing a journey: what only a browser lets a test observe. */
import { readFile } from 'node:fs/promises';
import { askJourney } from '../support/page-parts.ts';
import { addSettings, expect, member, test } from '../support/widget-fixture.ts';

const STEPS = Array.from({ length: 12 }, (_, index) => ({
  CallId: '7/..',
  Device: `31${index}`,
  DeviceType: index % 2 === 0 ? '77' : '76',
  Description: 'Talking to Ana',
  Duration: `0:0${index % 10}`,
}));

test('a journey is saved as a picture and as a file, and printed without the window around it', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await addSettings(profileDir, { limits: [{ status: 'not_ready', seconds: 1 }] });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  // An event about somebody unrelated to the call.
  connection.event('teamadded', '1001', {
    teamId: 't',
    teamName: 'Sales',
    members: [member('m', { memberName: 'Ana Torres', status: 'not_ready' })],
  });
  await expect(page.getByRole('status', { name: 'Latest alert' })).toContainText('Ana Torres');
  await askJourney(page, '7/..');
  connection.success(await connection.request('report.calljourney'), { CallJourney: STEPS });
  const saved = async (item: string) => {
    await page.getByRole('button', { name: 'Hand on' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    const file = await download;
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
  };
  const picture = await saved('Save as a picture…');
  expect(picture.name).toBe('call-7___.png');
  expect(picture.content.subarray(1, 4).toString()).toBe('PNG');
  // A PNG's header holds width and height: twice the page's.
  expect(picture.content.readUInt32BE(16)).toBe(760);
  expect(picture.content.readUInt32BE(20)).toBeGreaterThan(1200);
  expect(picture.content.byteLength).toBeGreaterThan(20_000);
  const csv = await saved('Save as CSV…');
  expect(csv.name).toBe('call-7___.csv');
  expect(csv.content.toString('utf8')).toMatch(/^\uFEFFstep,call id/);

  await page.evaluate(() => {
    window.print = () => {
      document.title = 'printed';
    };
  });
  await page.getByRole('button', { name: 'Hand on' }).click();
  await page.getByRole('menuitem', { name: 'Print…' }).click();
  await expect(page).toHaveTitle('printed');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('article', { name: 'Call 7/..' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Settings' })).toBeHidden();
  await expect(page.getByText('Ana Torres')).toBeHidden();
  // The printout says whose call it is and from which day, as there is no window around it.
  await expect(page.getByText(`UCCX Team Widget · 127.0.0.1:${String(processor.port)}`)).toBeVisible();
  await expect(page.getByText(String(new Date().getFullYear()))).toBeVisible();
  await expect(page.getByText('Steps end to end, in proportion; real ones may overlap.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask again' })).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Call ID' })).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(640);
});
