import { lamp, pasted } from '../support/page-parts.ts';
import { expect, test } from '../support/widget-fixture.ts';

test('each gap in the feed is listed with its start, end and reason, and can be copied', async ({
  processor,
  openWidget,
  times,
  passes,
}) => {
  const page = await openWidget();
  const first = await processor.connection();
  await first.begin();
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(page.getByRole('button', { name: /^Gaps in the feed/ })).toHaveCount(0);

  first.answersPings = false;
  await passes(2 * times.heartbeatMs);
  await expect(lamp(page)).toHaveText(/^Stale/);
  await expect(page.getByText(/Nothing is known since/)).toBeVisible();
  await passes(times.heartbeatMs);
  const second = await processor.connection();
  await second.begin();
  await expect(lamp(page)).toHaveText(/^Live/);

  second.close(1012, 'restart');
  const next = await processor.connection();
  await next.begin();
  await expect(lamp(page)).toHaveText(/^Live/);

  await page.getByRole('button', { name: /^Gaps in the feed/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Gaps in the feed' });
  const gaps = dialog.getByRole('listitem');
  await expect(gaps.filter({ hasText: 'no longer answers' })).toHaveCount(1);
  await expect(gaps.filter({ hasText: '(1012)' })).toHaveCount(1);
  await expect(dialog.getByRole('img', { name: /gaps, .* of / })).toBeVisible();

  // It updates while it is open.
  next.close(1013, 'again');
  await expect(gaps.filter({ hasText: '(1013)' })).toContainText('now');
  await (await processor.connection()).begin();
  await expect(gaps.filter({ hasText: '(1013)' })).not.toContainText('now');

  await dialog.getByRole('button', { name: 'Copy as JSON' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Copied as JSON');
  const copied = JSON.parse(await pasted(page)) as {
    readonly processor: string;
    readonly gaps: readonly { readonly from: string; readonly to: string; readonly code: string }[];
  };
  expect(copied.processor).toBe(`127.0.0.1:${String(processor.port)}`);
  expect(copied.gaps.map(({ code }) => code)).toEqual(['silent', 'closed', 'closed']);
  for (const { from, to } of copied.gaps) expect(Date.parse(to)).toBeGreaterThanOrEqual(Date.parse(from));
});
