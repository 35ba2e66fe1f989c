import { lamp, pasted, row } from '../support/page-parts.ts';
import { expect, member, test, type BareConnection } from '../support/widget-fixture.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };
const ana = member('m1', { memberName: 'Ana Torres' });
const statusChanged = (team: unknown, agentId: unknown = '1001') => ({
  name: 'report.teamstatus.memberstatuschanged',
  data: { agentId, team },
});

/** Each kind of bad input, and the words under which it is counted. */
const BAD: readonly {
  readonly what: string;
  readonly words: string;
  readonly send: (connection: BareConnection) => void;
}[] = [
  { what: 'malformed JSON', words: 'not JSON', send: (to) => to.sendRaw('{"name": "report') },
  { what: 'a binary frame', words: 'binary frame', send: (to) => to.sendRaw(Buffer.from([0, 255, 1])) },
  {
    what: 'a frame over 4 MiB',
    words: 'larger than 4 MiB',
    send: (to) => to.sendRaw(JSON.stringify({ pad: 'x'.repeat(4 * 1024 * 1024) })),
  },
  { what: 'JSON that is no message', words: 'neither a response nor an event', send: (to) => to.send([1, 2, 3]) },
  {
    what: 'an unknown command',
    words: 'command that does not exist',
    send: (to) => to.send({ command: 'report.weather', result: 'success', data: {} }),
  },
  {
    what: 'an unknown result',
    words: 'neither success nor failure',
    send: (to) => to.send({ command: 'report.calljourney', result: 'maybe', data: {} }),
  },
  {
    what: 'an unknown event',
    words: 'name that does not exist',
    send: (to) => to.send({ name: 'report.teamstatus.teampainted', data: {} }),
  },
  {
    what: 'a missing field',
    words: 'missing',
    send: (to) => to.send(statusChanged({ ...SALES, members: [{ status: 'ready' }] })),
  },
  {
    what: 'a mistyped field',
    words: 'another type',
    send: (to) => to.send(statusChanged({ ...SALES, members: 'all' })),
  },
  {
    what: 'an event for an agent that nobody began',
    words: 'not watched',
    send: (to) => to.send(statusChanged({ ...SALES, members: [ana] }, '9999')),
  },
  {
    what: 'an answer that nobody asked for',
    words: 'nobody asked for',
    send: (to) => to.success('report.calljourney', { CallJourney: [] }),
  },
];

test('each kind of bad message is survived, counted, shown in one place, and the valid message after it is used', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members: [ana] });
  await expect(row(page, 'Ana Torres')).toContainText('Ready');
  const dialog = page.getByRole('dialog', { name: 'Departures from the contract' });
  for (const [index, { what, words, send }] of BAD.entries()) {
    await test.step(what, async () => {
      send(connection);
      const [status, shown] = index % 2 === 0 ? ['ACW', 'After-call work'] : ['ready', 'Ready'];
      connection.event('memberstatuschanged', '1001', { ...SALES, members: [{ ...ana, status }] });
      await expect(row(page, 'Ana Torres')).toContainText(shown);
      await expect(lamp(page)).toHaveText(/^Live/);
      await page.getByRole('button', { name: /^Departures from the contract/ }).click();
      await expect(dialog.getByRole('listitem').filter({ hasText: words })).toContainText(/\d ×/);
      await dialog.getByRole('button', { name: 'Close' }).click();
      await expect(dialog).toHaveCount(0);
    });
  }
  expect(processor.connections).toHaveLength(1);
});

test('a status for a member that was not announced adds the member; one for an unknown team adds the team', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members: [ana] });
  connection.event('memberstatuschanged', '1001', {
    ...SALES,
    members: [member('m2', { memberName: 'Bo Lindqvist' })],
  });
  await expect(row(page, 'Bo Lindqvist')).toContainText('at least');
  connection.event('memberstatuschanged', '1001', {
    teamId: 't9',
    teamName: 'Night',
    members: [member('m7', { memberName: 'Ida Moe' })],
  });
  await expect(row(page, 'Ida Moe')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Night/ })).toContainText('may be incomplete');
  await expect(page.getByRole('button', { name: 'Departures from the contract: 2' })).toBeVisible();
});

test('markup, right-to-left overrides and __proto__ in messages are text and nothing else', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', {
    teamId: '__proto__',
    teamName: '<img src=x onerror=alert(1)>',
    members: [
      member('constructor', { memberName: '<b>Bold</b>', status: '<i>ready</i>', reason: '<u>1</u>' }),
      member('__proto__', { memberName: '\u202Eevil' }),
    ],
  });
  await expect(row(page, '<b>Bold</b>')).toContainText('<i>ready</i>');
  await expect(page.getByRole('row', { name: /evil/ })).toContainText('Ready');
  expect(await page.locator('img, b, i, u').count()).toBe(0);
});

test('the report for the vendor has kind, count and times, and nobody’s name or id', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members: [ana] });
  connection.send(statusChanged({ ...SALES, members: [ana] }, 'agent-4711'));
  connection.send(statusChanged({ ...SALES, members: [ana] }, 'agent-4711'));
  connection.sendRaw('{"memberName":"Ana Tor');
  await page.getByRole('button', { name: 'Departures from the contract: 3' }).click();
  const dialog = page.getByRole('dialog', { name: 'Departures from the contract' });
  await dialog.getByRole('button', { name: 'Copy as JSON' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Copied as JSON');
  await expect(dialog).not.toContainText('Torres');
  await expect(dialog).not.toContainText('4711');
  const text = await pasted(page);
  expect(text).not.toMatch(/Torres|4711|Ana Tor/);
  const { violations, product } = JSON.parse(text) as {
    readonly product: string;
    readonly violations: readonly { readonly kind: string; readonly count: number; readonly firstAt: string }[];
  };
  expect(product).toBe('UCCX Team Widget');
  expect(violations.map(({ kind, count }) => `${kind} ${String(count)}`).sort()).toEqual([
    'malformed-json 1',
    'unknown-agent 2',
  ]);
  for (const { firstAt } of violations) expect(firstAt).toMatch(/^20\d\d-\d\d-\d\dT/);
});
