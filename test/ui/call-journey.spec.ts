import type { Page } from '@playwright/test';
import fc from 'fast-check';
import { askJourney, steps } from '../support/page-parts.ts';
import { expect, test, type BareConnection } from '../support/widget-fixture.ts';

const step = (callId: string, device: string, duration: string, deviceType = '76') => ({
  CallId: callId,
  Device: device,
  DeviceType: deviceType,
  Description: `At ${device}`,
  Duration: duration,
});

test('[JOURNEY-4] a journey shows a row per step, bars and the sum of steps', async ({ processor, openWidget }) => {
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
  await expect(steps(page).nth(3)).toContainText('Other call id');
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

test('an unanswered journey times out, and its late answer is never shown as another call’s', async ({
  processor,
  openWidget,
  times,
  passes,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, 'first');
  const first = await connection.request('report.calljourney');
  await passes(times.answerTimeoutMs);
  await expect(page.getByRole('alert')).toContainText('timeout');
  await askJourney(page, 'second');
  // The steps name neither call, so only the order shows whose they are.
  connection.success(first, { CallJourney: [step('x', 'Late device', '1')] });
  const second = await connection.request('report.calljourney');
  expect(second.data).toEqual({ CallId: 'second' });
  connection.success(second, { CallJourney: [step('y', 'Right device', '1')] });
  await expect(steps(page).nth(1)).toContainText('Right device');
  await expect(page.getByText('Late device')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Call second' })).toBeVisible();
});

test('a success without steps and a malformed one each have their own message', async ({ processor, openWidget }) => {
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

test('an odd step is shown as far as it is readable, and the others normally', async ({ processor, openWidget }) => {
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

test('a missing or invalid id is reported before anything is asked', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, '  “” ');
  await expect(page.getByRole('alert')).toContainText('There is no call id.');
  await askJourney(page, 'x'.repeat(300));
  await expect(page.getByRole('alert')).toContainText('too long for a call id, which has at most 256 characters');
  await connection.roundTrip();
  expect(connection.received.filter(({ command }) => command === 'report.calljourney')).toEqual([]);
});

test('a request made while the link is down waits, and is sent when it is back', async ({ processor, openWidget }) => {
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

test('a request without any connection fails with a message', async ({ processor, openWidget, times, passes }) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  await processor.stop();
  await askJourney(page, '7');
  await expect(page.getByText('the question waits a while for one')).toBeVisible();
  // It waits three times as long as an answer may take.
  await passes(3 * times.answerTimeoutMs);
  await expect(page.getByRole('alert')).toContainText('link-down', { timeout: 45_000 });
});

const consult = [
  { ...step('16817320', '8000', '00:00:05', '74'), Description: 'Route point' },
  { ...step('16817320', 'Billing', '0:02:15', '77'), Description: 'Queued' },
  { ...step('16817320', '3142', '0:00:20'), Description: 'Ringing, not answered' },
  { ...step('16817331', '3190', '0:05:00'), Description: '=SUM(1)' },
  { ...step('16817331', '', 'n/a', ''), Description: '' },
];

async function answered(page: Page, connection: BareConnection, callId: string, CallJourney: unknown) {
  await askJourney(page, callId);
  connection.success(await connection.request('report.calljourney'), { CallJourney });
  await expect(page.getByRole('article', { name: `Call ${callId}` })).toBeVisible();
}

test('what stands out is described in sentences, each of which leads to its steps', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await answered(page, connection, '16817320', consult);
  const findings = page.getByRole('list', { name: 'What stands out' }).getByRole('listitem');
  await expect(findings).toContainText([
    'Offered and not answered: 3142.',
    'Steps in queue: 2:15 in all.',
    'The longest step whose duration can be read takes 5:00, 65% of the sum: =SUM(1), 3190.',
    'The call id changes.',
    'Steps whose duration can’t be read, and is not in the sum: 1.',
  ]);
  await findings.nth(0).getByRole('button', { name: 'Step 3' }).click();
  await expect(steps(page).nth(3)).toBeFocused();
  await expect(page.getByRole('option', { name: /^Step 3, 3142/ })).toHaveAttribute('aria-selected', 'true');
  await expect(steps(page).nth(5)).toContainText('No device');
  await expect(steps(page).nth(5)).toContainText('No description');
});

test('the timeline is in proportion, and can be walked, zoomed and scrolled by keys', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await answered(page, connection, '7', [step('7', 'a', '10'), step('7', 'b', '30'), step('7', 'c', '60')]);
  const timeline = page.getByRole('listbox', { name: 'Timeline' });
  const options = timeline.getByRole('option');
  const widths = async () =>
    Promise.all((await options.all()).map(async (one) => (await one.boundingBox())?.width ?? 0));
  const [a = 0, b = 0, c = 0] = await widths();
  expect(b / a).toBeCloseTo(3, 0);
  expect(c / b).toBeCloseTo(2, 0);
  await timeline.focus();
  await page.keyboard.press('End');
  await expect(options.nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(steps(page).nth(3)).toHaveClass(/pointed/);
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('+');
  expect((await widths())[2]).toBeGreaterThan(c * 4);
  const isInTheMiddle = async (x: number) => {
    const box = await timeline.boundingBox();
    return Math.abs(x - (box?.x ?? 0) - (box?.width ?? 0) / 2);
  };
  const third = await options.nth(2).boundingBox();
  expect(await isInTheMiddle((third?.x ?? 0) + (third?.width ?? 0) / 2), 'the step pointed at').toBeLessThan(3);
  await expect(options.nth(2).getByText('c'), 'the name of a bar wider than the window').toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Home');
  await expect(options.nth(0)).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('ArrowRight');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  // Selecting a step in the table shows it here too, and dragging scrolls.
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('+');
  await steps(page).nth(3).click();
  await expect(options.nth(2)).toBeInViewport();
  await expect(options.nth(0)).not.toBeInViewport();
  const start = await timeline.boundingBox();
  if (start === null) throw new Error('The timeline has no place');
  await page.mouse.move(start.x + 20, start.y + 10);
  await page.mouse.down();
  await page.mouse.move(start.x + 300, start.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect(options.nth(1)).toBeInViewport();
  await expect(options.nth(2), 'what is dragged is not pressed').toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Whole journey (0)' }).click();
  expect((await widths())[2]).toBeCloseTo(c, 0);
  // When zooming with the wheel, what is under the pointer stays there.
  const second = await options.nth(1).boundingBox();
  if (second === null) throw new Error('The second step has no place');
  await page.mouse.move(second.x + 1, second.y + 10);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await expect.poll(async () => (await widths())[1]).toBeGreaterThan(second.width * 1.4);
  expect(Math.abs(((await options.nth(1).boundingBox())?.x ?? 0) - second.x)).toBeLessThan(3);
});

test('several calls are open in tabs, and two side by side', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await answered(page, connection, '7', [step('7', 'first', '5')]);
  await answered(page, connection, '8', [step('8', 'second', '5')]);
  await expect(page.getByText('first')).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Also show' }).selectOption('7');
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('article', { name: 'Call 7' }).getByRole('row').nth(1)).toContainText('first');
  // The other one's tab swaps the two.
  await page.getByRole('tab', { name: '7', exact: true }).click();
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('article').first()).toHaveAccessibleName('Call 7');
  await page.getByRole('combobox', { name: 'Also show' }).selectOption('nothing');
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('tab', { name: '7', exact: true })).toHaveCount(0);
  await expect(page.getByRole('tab', { name: '8', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Close call 8' }).click();
  await expect(page.getByRole('article')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Call ID' })).toBeFocused();
  await page.getByRole('button', { name: '7', exact: true }).click();
  expect((await connection.request('report.calljourney')).data).toEqual({ CallId: '7' });
});

test('in a narrow window, two calls are seen one at a time, and only the view scrolls', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const many = (callId: string) => Array.from({ length: 14 }, (_, index) => step(callId, `d${index}`, '5'));
  await answered(page, connection, '1-80000251380-0', many('1-80000251380-0'));
  await answered(page, connection, '8', many('8'));
  await page.getByRole('combobox', { name: 'Also show' }).selectOption('1-80000251380-0');
  const heads = ['Call 8', 'Call 1-80000251380-0'].map((name) => page.getByRole('heading', { name }));
  const [first, second] = [heads[0] ?? page.locator('h2'), heads[1] ?? page.locator('h2')];
  await expect(second).toBeInViewport({ ratio: 1 });
  await expect(first).not.toBeInViewport();
  const other = page.getByRole('button', { name: 'Show the other call' });
  await other.click();
  await expect(first).toBeInViewport({ ratio: 1 });
  await expect(second).not.toBeInViewport();
  await page.getByRole('article', { name: 'Call 8' }).getByRole('row').nth(14).click();
  await expect(page.getByRole('tab', { name: 'Team status' })).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 760, height: 640 });
  await page.getByRole('textbox', { name: 'Call ID' }).focus();
  await expect(first).toBeVisible();
  await expect(second).toBeVisible();
  await expect(other).toBeHidden();
});

test('the current call’s tab is visible, however many there are', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  for (let id = 16_817_230; id < 16_817_237; id += 1) await answered(page, connection, String(id), []);
  await expect(page.getByRole('tab', { name: '16817236' })).toBeInViewport({ ratio: 0.9 });
  await expect(page.getByRole('tab', { name: '16817230' })).not.toBeInViewport();
  const room = page.getByText('was closed to make room');
  for (let id = 16_817_237; id < 16_817_240; id += 1) await answered(page, connection, String(id), []);
  await expect(room).toHaveCount(0);
  await answered(page, connection, '16817240', []);
  await expect(room).toContainText('Call 16817230 was closed to make room: at most 10 are open at a time.');
  await expect(page.getByRole('tab', { name: '16817230' })).toHaveCount(0);
});

test('calls asked for are among the recent ones after the page restarts, but not those that failed', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await answered(page, connection, '7', [step('7', 'first', '5')]);
  await askJourney(page, '404');
  connection.failure(await connection.request('report.calljourney'), { code: 'CALL_NOT_FOUND', message: 'No' });
  await expect(page.getByRole('alert')).toContainText('CALL_NOT_FOUND');
  await page.reload();
  await page.getByRole('tab', { name: 'Call journey' }).click();
  await expect(page.getByRole('heading', { name: 'Asked for lately' })).toBeVisible();
  await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: '404', exact: true })).toHaveCount(0);
});

test('a call that may be ongoing says so; asked again, new steps are marked, and a failure keeps what was known', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await answered(page, connection, '7', [step('7', 'Sales', '5', '77'), step('7', '3104', '')]);
  await expect(page.getByText('The call may still be up: its last step has no duration yet.')).toBeVisible();
  const again = page.getByRole('button', { name: 'Ask again' });
  await again.click();
  const more = [step('7', 'Sales', '5', '77'), step('7', '3104', '12'), step('7', '3105', '9')];
  connection.success(await connection.request('report.calljourney'), { CallJourney: more });
  await expect(page.getByText('2 steps are new or have changed since it was asked for before.')).toBeVisible();
  await expect(steps(page).nth(1)).not.toContainText(/New|Changed/);
  await expect(steps(page).nth(2)).toContainText('Changed');
  await expect(steps(page).nth(3)).toContainText('New');
  await again.click();
  connection.success(await connection.request('report.calljourney'), { CallJourney: more });
  await expect(page.getByText('Nothing has changed since it was asked for before.')).toBeVisible();
  await again.click();
  connection.success(await connection.request('report.calljourney'), { CallJourney: more.slice(0, 2) });
  await expect(page.getByText('no longer are: 1.')).toBeVisible();
  await again.click();
  connection.failure(await connection.request('report.calljourney'), { code: 'BUSY', message: 'Later' });
  await expect(page.getByRole('alert')).toContainText('BUSY');
  await expect(steps(page)).toHaveCount(3);
});

test('a journey is shared by its id, as text for a ticket, as CSV and as JSON', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await answered(page, connection, '16817320', consult);
  const box = page.getByRole('textbox', { name: 'Call ID' });
  const pasted = async (item: string): Promise<string> => {
    await page.getByRole('button', { name: 'Hand on' }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    await expect(page.getByText('Copied', { exact: true })).toBeVisible();
    await box.fill('');
    await box.press('ControlOrMeta+V');
    return box.inputValue();
  };
  expect(await pasted('Copy the call id')).toBe('16817320');
  const text = await pasted('Copy as text for a ticket');
  expect(text).toContain('Call 16817320');
  expect(text).toContain('- Offered and not answered: 3142. (steps 3)');
  expect(text).toContain('real ones may overlap');
  expect(text).toContain('2.  Billing  Queue  Queued  0:02:15');
  const csv = await pasted('Copy as CSV');
  expect(csv).toContain("'=SUM(1)");
  expect(csv).toContain('5,16817331,no,,,,,n/a,');
  expect(JSON.parse(await pasted('Copy as JSON'))).toMatchObject({
    callId: '16817320',
    findings: [{ kind: 'unanswered', steps: [3] }, {}, {}, {}, {}],
    steps: [{ number: 1 }, {}, {}, {}, { number: 5, seconds: null }],
  });
});

test('a ticket text for a call without steps says why there are none', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await askJourney(page, 'Call ID: <7>');
  const request = await connection.request('report.calljourney');
  expect(request.data).toEqual({ CallId: '7' });
  connection.success(request, { CallJourney: [] });
  await page.getByRole('button', { name: 'Hand on' }).click();
  await page.getByRole('menuitem', { name: 'Copy as text for a ticket' }).click();
  await expect(page.getByText('Copied', { exact: true })).toBeVisible();
  const box = page.getByRole('textbox', { name: 'Call ID' });
  await expect(box).toHaveValue('7');
  await box.fill('');
  await box.press('ControlOrMeta+V');
  expect(await box.inputValue()).toContain('The processor knows this call, but no step of it.');
});

test('all steps of a sentence are one click away', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const many = Array.from({ length: 12 }, () => step('7', 'Sales', '1', '77'));
  await answered(page, connection, '7', many);
  const sentence = page.getByRole('listitem').filter({ hasText: 'Ends in the queue Sales.' });
  await expect(sentence.getByRole('button', { name: 'Step 12' })).toHaveCount(0);
  await sentence.getByRole('button', { name: 'and 4 more' }).click();
  await expect(sentence.getByRole('button', { name: 'Step 9' })).toBeFocused();
  await sentence.getByRole('button', { name: 'Step 12' }).click();
  await expect(steps(page).nth(12)).toBeFocused();
  // From line to line with the arrow keys, and back to the sentence.
  await page.keyboard.press('ArrowUp');
  await expect(steps(page).nth(11)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sentence.getByRole('button', { name: 'Step 12' })).toBeFocused();
});

test('a thousand steps are all there, and the last one is one click away', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const many = Array.from({ length: 1000 }, (_, index) => step('7', `d${index}`, index === 999 ? '900' : '1'));
  await answered(page, connection, '7', many);
  await expect(steps(page)).toHaveCount(1001);
  await page.getByRole('button', { name: 'Step 1000' }).click();
  await expect(steps(page).nth(1000)).toBeInViewport();
});

/** Any kind of JSON; the seed keeps the samples the same. */
const oddAnswers = fc.sample(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 8 }), { numRuns: 25, seed: 5 });

test('no answer, however odd, loses a step or breaks the view', async ({ processor, openWidget }) => {
  test.slow();
  const page = await openWidget();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const connection = await processor.connection();
  await connection.begin();
  const fields = {
    CallId: 'x',
    Device: '\u202E{}<b>',
    DeviceType: '',
    Description: 'a'.repeat(5000),
    Duration: '9'.repeat(80),
  };
  await answered(page, connection, '7', []);
  for (const answer of [...oddAnswers, [fields, fields]]) {
    await page.getByRole('button', { name: 'Ask again' }).click();
    connection.success(await connection.request('report.calljourney'), { CallJourney: answer });
    await expect(page.getByText(new RegExp(`^\\s*${answer.length} steps?\\s*·`))).toBeVisible();
    await expect(steps(page)).toHaveCount(answer.length === 0 ? 0 : answer.length + 1);
  }
  expect(errors).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    await page.evaluate(() => window.innerWidth),
  );
});

test('once names are hidden, journeys that had them are gone', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { teamId: 't', teamName: 'Sales', members: [] });
  await answered(page, connection, '7', [{ ...step('7', '3104', '5'), Description: 'Talking to Ana Torres' }]);
  const privacy = async (name: RegExp) => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('tab', { name: 'Privacy' }).click();
    await page.getByRole('radio', { name }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await privacy(/^Only count/);
  await expect(page.getByText('Ana Torres')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Team status' })).toHaveAttribute('aria-selected', 'true');
  await privacy(/^Name people/);
  await page.getByRole('tab', { name: 'Call journey' }).click();
  await expect(page.getByRole('article')).toHaveCount(0);
});
