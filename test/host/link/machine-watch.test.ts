/** What is detected about the machine, and what is not. */
import { expect, test } from 'vitest';
import { systemAddresses, watchMachine } from '../../../src/host/link/machine-watch.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';

function setUp() {
  const clock = new FakeClock();
  const seen: string[] = [];
  const network = { addresses: ['a 10.0.0.7/24', 'b fe80::1/64'] };
  const end = watchMachine({ clock, addresses: () => network.addresses, onChange: (what) => seen.push(what) });
  return { clock, seen, network, end };
}

test('nothing is reported while the machine stays awake and on its network', () => {
  const { clock, seen, network } = setUp();
  clock.advance(60_000);
  network.addresses = [...network.addresses].reverse();
  clock.advance(60_000);
  expect(seen).toEqual([]);
});

test.each([
  ['another address', ['a 10.0.0.8/24', 'b fe80::1/64']],
  ['one interface more', ['a 10.0.0.7/24', 'b fe80::1/64', 'c 192.168.1.2/24']],
  ['none', []],
])('a change of the network to %s is reported once', (_, addresses) => {
  const { clock, seen, network } = setUp();
  network.addresses = addresses;
  clock.advance(60_000);
  expect(seen).toEqual(['network']);
});

test('waking is reported once, even if the network has changed too', () => {
  const { clock, seen, network } = setUp();
  clock.advance(60_000);
  clock.jump(3_600_000);
  network.addresses = [];
  clock.advance(60_000);
  expect(seen).toEqual(['woke']);
});

test('nothing runs after it has ended', () => {
  const { clock, end } = setUp();
  clock.advance(10_000);
  end();
  end();
  expect(clock.timers).toBe(0);
});

test('loopback does not count as a network', () => {
  for (const address of systemAddresses() ?? []) expect(address).not.toMatch(/ (127\.|::1\/)/);
});
