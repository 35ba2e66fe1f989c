import { askJourney, steps } from '../support/page-parts.ts';
import { expect, test } from '../support/widget-fixture.ts';

const step = (callId: string, device: string, duration: string, deviceType = '76') => ({
  CallId: callId,
  Device: device,
  DeviceType: deviceType,
  Description: `At ${device}`,
  Duration: duration,
});

test('a journey shows a row per step, bars and the sum of steps', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, ' "16817320"\n');
  const request = await connection.request('report.calljourney');
  expect(request.data).toEqual({ CallId: '16817320' });
  connection.success(request, {
    CallJourney: [
      step('16817320', '8000', '00:00:05', '74'),
      step('16817320', 'Billing', '0:02:15', '77'),
      step('16817331', '3190', 'n/a', 'Hologram'),
    ],
  });
  await expect(steps(page)).toHaveCount(4);
  await expect(steps(page).nth(1)).toContainText('Route point');
  await expect(steps(page).nth(2)).toContainText('0:02:15');
  await expect(steps(page).nth(3)).toContainText('Hologram');
  await expect(steps(page).nth(3)).toContainText('n/a');
  await expect(steps(page).nth(3)).toContainText('New call id');
  await expect(page.getByText('sum of steps')).toContainText('2:20');
  await expect(page.getByText('1 not in the sum')).toBeVisible();
  const bars = page.locator('.bar');
  await expect(bars).toHaveCount(2);
  const [short, long] = [await bars.nth(0).boundingBox(), await bars.nth(1).boundingBox()];
  expect((short?.width ?? 0) / (long?.width ?? 1)).toBeCloseTo(5 / 135, 1);
});

test('a refused journey is an alert with code and message, the stack behind Details', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, '404');
  connection.failure(await connection.request('report.calljourney'), {
    code: 'CALL_NOT_FOUND',
    message: 'No call with this id',
    context: 'java.lang.IllegalStateException\n\tat Journey.find(Journey.java:7)',
  });
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('CALL_NOT_FOUND');
  await expect(alert).toContainText('No call with this id');
  await expect(alert.getByText('Journey.java:7')).toBeHidden();
  await alert.getByText('Details').click();
  await expect(alert.getByText('Journey.java:7')).toBeVisible();
  await expect(alert.getByText('Original request')).toBeVisible();
});

test('a journey that is not answered times out, and its late answer is never shown as another call’s', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, 'first');
  const first = await connection.request('report.calljourney');
  await expect(page.getByRole('alert')).toContainText('timeout');
  await askJourney(page, 'second');
  // The steps name neither call, so nothing but the order tells whose they are.
  connection.success(first, { CallJourney: [step('x', 'Late device', '1')] });
  const second = await connection.request('report.calljourney');
  expect(second.data).toEqual({ CallId: 'second' });
  connection.success(second, { CallJourney: [step('y', 'Right device', '1')] });
  await expect(steps(page).nth(1)).toContainText('Right device');
  await expect(page.getByText('Late device')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Call second' })).toBeVisible();
});

test('a success without steps, and one that is malformed, each have words of their own', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, 'empty');
  connection.success(await connection.request('report.calljourney'), { CallJourney: [] });
  await expect(page.getByText('knows this call, but no step of it')).toBeVisible();
  await askJourney(page, 'odd');
  connection.success(await connection.request('report.calljourney'), { CallJourney: 'none' });
  await expect(page.getByRole('alert')).toContainText('malformed-answer');
});

test('an odd step is shown with what came of it, and the others as they are', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, '7');
  connection.success(await connection.request('report.calljourney'), {
    CallJourney: [step('7', '8000', '5'), 'not a step', { ...step('7', '3142', '5'), Duration: 9, Device: null }],
  });
  await expect(steps(page)).toHaveCount(4);
  await expect(steps(page).nth(2)).toContainText('not a step');
  await expect(steps(page).nth(3)).toContainText('At 3142');
});

test('no id, and one that is no id, are said before anything is asked', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, '  “” ');
  await expect(page.getByRole('alert')).toContainText('bad-call-id');
  await askJourney(page, 'x'.repeat(300));
  await expect(page.getByRole('alert')).toContainText('300 characters');
  await connection.roundTrip();
  expect(connection.received.filter(({ command }) => command === 'report.calljourney')).toEqual([]);
});

test('a question asked while the link is down waits, and is asked when it is back', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  await processor.stop();
  await askJourney(page, '7');
  await expect(page.getByText('the question waits a while for one')).toBeVisible();
  await processor.restart();
  const connection = await processor.connection();
  await connection.begin();
  connection.success(await connection.request('report.calljourney'), { CallJourney: [step('7', '8000', '5')] });
  await expect(steps(page)).toHaveCount(2);
});

test('a question that no connection comes for fails in words', async ({ processor, openWidget }) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  await processor.stop();
  await askJourney(page, '7');
  // It waits three times as long as an answer may take.
  await expect(page.getByRole('alert')).toContainText('link-down', { timeout: 45_000 });
});
