/** Dialogs open on top of each other, and the previous shape returns behind the one that needed its room. */
import { expect, test, vi } from 'vitest';
import type { Component } from 'svelte';
import { DialogStack } from '../../../src/renderer/base/dialog-stack.svelte.ts';

interface Props {
  readonly name: string;
  readonly onclose: () => void;
}

/** A dialog that records the props it is drawn with. */
function drawn() {
  const props: Props[] = [];
  const component: Component<Props> = (_internals, given) => {
    props.push(given);
    return {};
  };
  return { component, props };
}

function opened() {
  const giveBack = vi.fn();
  const makeRoom = vi.fn(() => giveBack);
  const stack = new DialogStack(makeRoom);
  const { component, props } = drawn();
  return { stack, component, props, makeRoom, giveBack };
}

const NO_INTERNALS = {} as Parameters<Component>[0];

test('one opens over the other, only once, and each closes separately', () => {
  const { stack, component } = opened();
  const digest = stack.add(component, () => ({ name: 'digest' }));
  const member = stack.add(component, () => ({ name: 'member' }));
  digest.open();
  member.open();
  digest.open();
  const [lower, upper] = stack.open;
  expect(stack.open).toHaveLength(2);
  if (lower === undefined || upper === undefined) throw new Error('They are open.');
  stack.close(upper);
  expect(stack.open).toEqual([lower]);
  stack.close(upper);
  stack.close(lower);
  expect(stack.open).toEqual([]);
});

test('its arguments can change, even while it is open', () => {
  const { stack, component, props } = opened();
  const member = stack.add(component, (last: () => readonly [name: string]) => ({
    get name() {
      return last()[0];
    },
  }));
  member.open('a');
  const onclose = () => undefined;
  stack.open[0]?.component(NO_INTERNALS, { onclose });
  expect(props[0]).toMatchObject({ name: 'a', onclose });
  member.open('b');
  expect(props[0]?.name).toBe('b');
  expect(stack.open).toHaveLength(1);
});

test('room is made for one that needs it, and given back when it closes', () => {
  const { stack, component, makeRoom, giveBack } = opened();
  const alerts = stack.add(component, () => ({ name: 'alerts' }));
  const free = stack.add(component, () => ({ name: 'free' }), { needsPanel: true });
  alerts.open();
  expect(makeRoom).not.toHaveBeenCalled();
  free.open();
  expect(makeRoom).toHaveBeenCalledOnce();
  for (const dialog of stack.open) stack.close(dialog);
  expect(giveBack).toHaveBeenCalledOnce();
});

test('closing all keeps the room', () => {
  const { stack, component, giveBack } = opened();
  const free = stack.add(component, () => ({ name: 'free' }), { needsPanel: true });
  free.open();
  stack.closeAll();
  expect(stack.open).toEqual([]);
  expect(giveBack).not.toHaveBeenCalled();
});

test('one that is opened twice makes room again, and gives all of it back', () => {
  const { stack, component, makeRoom, giveBack } = opened();
  const free = stack.add(component, () => ({ name: 'free' }), { needsPanel: true });
  free.open();
  free.open();
  expect(makeRoom).toHaveBeenCalledTimes(2);
  const [dialog] = stack.open;
  if (dialog === undefined) throw new Error('It is open.');
  stack.close(dialog);
  expect(giveBack).toHaveBeenCalledTimes(2);
});
