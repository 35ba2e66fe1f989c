/** Commands from outside wait for a page, but only a limited number of them. */
import { expect, test } from 'vitest';
import { PendingCommands } from '../../../src/host/desktop/pending-commands.ts';
import type { PageCommand } from '../../../src/shared/desktop/requests.ts';

function setUp(maySend: (command: PageCommand) => boolean = () => true) {
  const sent: PageCommand[] = [];
  const commands = new PendingCommands({
    send: (command) => sent.push(command),
    maySend,
    ready: () => Promise.resolve(),
  });
  return { commands, sent };
}

const alert = (alertId: number): PageCommand => ({ type: 'alert', alertId });

test('what is asked for before there is a page waits for it, the last ten of it', async () => {
  const { commands, sent } = setUp();
  for (let id = 1; id <= 12; id += 1) commands.add(alert(id));
  expect(sent).toEqual([]);
  expect(await commands.take()).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(alert));
  expect(await commands.take(), 'once').toEqual([]);
});

test('a page that is there is told at once, and one that has gone is waited for again', async () => {
  const { commands, sent } = setUp();
  await commands.take();
  commands.add(alert(1));
  expect(sent).toEqual([alert(1)]);
  commands.pageGone();
  commands.add(alert(2));
  expect(sent).toEqual([alert(1)]);
  expect(await commands.take()).toEqual([alert(2)]);
});

test('what the page may not hear does not wait for it', async () => {
  const { commands } = setUp(({ type }) => type !== 'journey');
  commands.add({ type: 'journey', typed: '16817320', isConfirmed: true });
  commands.add({ type: 'settings' });
  expect(await commands.take()).toEqual([{ type: 'settings' }]);
});
