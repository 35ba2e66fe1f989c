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

test('commands that come before there is a page wait for it, but only the last ten', async () => {
  const { commands, sent } = setUp();
  for (let id = 1; id <= 12; id += 1) commands.add(alert(id));
  expect(sent).toEqual([]);
  expect(await commands.take()).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(alert));
  expect(await commands.take(), 'once').toEqual([]);
});

test('a page that is there gets commands at once; after it has gone, they wait again', async () => {
  const { commands, sent } = setUp();
  await commands.take();
  commands.add(alert(1));
  expect(sent).toEqual([alert(1)]);
  commands.pageGone();
  commands.add(alert(2));
  expect(sent).toEqual([alert(1)]);
  expect(await commands.take()).toEqual([alert(2)]);
});

test('commands that the page may not receive do not wait for it', async () => {
  const { commands } = setUp(({ type }) => type !== 'journey');
  commands.add({ type: 'journey', typed: '16817320', isConfirmed: true });
  commands.add({ type: 'settings' });
  expect(await commands.take()).toEqual([{ type: 'settings' }]);
});
