/** Where the window goes when it changes its shape. */
import { describe, expect, test } from 'vitest';
import { FIRST_WINDOW, type RememberedWindow } from '../../../src/main/desktop/window-file.ts';
import { placeOf, withPlace, type Display } from '../../../src/main/desktop/window-shape.ts';
import { nextShape } from '../../../src/shared/desktop/shape.ts';

const left: Display = { id: 'left', area: { x: 0, y: 0, width: 1920, height: 1040 } };
const right: Display = { id: 'right', area: { x: 1920, y: 0, width: 2560, height: 1400 } };

describe('a shape that was nowhere yet', () => {
  test('appears on the window’s display, except a wall, which prefers another one', () => {
    expect(placeOf('panel', FIRST_WINDOW, [left, right], null)).toEqual({
      displayId: 'left',
      place: { x: 1516, y: 24, width: 380, height: 640 },
    });
    expect(placeOf('strip', FIRST_WINDOW, [left, right], 'right')).toEqual({
      displayId: 'right',
      place: { x: 2920, y: 0, width: 560, height: 40 },
    });
    expect(placeOf('wall', FIRST_WINDOW, [left, right], 'left')).toEqual({ displayId: 'right', place: right.area });
    expect(placeOf('wall', FIRST_WINDOW, [left], 'left')).toEqual({ displayId: 'left', place: left.area });
  });
});

describe('a shape that was somewhere', () => {
  const panelAt = { x: 100, y: 100, width: 400, height: 500 };
  const stripAt = { x: 2000, y: 0, width: 700, height: 47 };
  const remembered: RememberedWindow = withPlace(
    withPlace(withPlace(FIRST_WINDOW, 'panel', 'left', panelAt), 'strip', 'right', stripAt),
    'wall',
    'left',
    left.area,
  );

  test('returns there, a strip at its own height', () => {
    expect(placeOf('panel', remembered, [left, right], 'right')).toEqual({ displayId: 'left', place: panelAt });
    expect(placeOf('strip', remembered, [left, right], 'left').place).toEqual({ ...stripAt, height: 40 });
    expect(placeOf('wall', remembered, [left, right], 'left').displayId).toBe('left');
  });

  test('moves to the window’s display while its own is gone, and back when it returns', () => {
    expect(placeOf('strip', remembered, [left], 'left')).toEqual({
      displayId: 'left',
      place: { x: 680, y: 0, width: 560, height: 40 },
    });
    expect(placeOf('strip', remembered, [left, right], 'left').displayId).toBe('right');
  });

  test('has a separate place on each display', () => {
    const moved = withPlace(remembered, 'panel', 'right', { ...panelAt, x: 3000 });
    expect(placeOf('panel', moved, [left, right], 'left').place.x).toBe(3000);
    expect(placeOf('panel', moved, [left], 'left').place.x).toBe(100);
  });

  test('is fitted to its display if that has shrunk', () => {
    const small = { id: 'left', area: { x: 0, y: 0, width: 450, height: 450 } };
    expect(placeOf('panel', remembered, [small], 'left').place).toEqual({ x: 50, y: 0, width: 400, height: 450 });
  });
});

test('the shapes cycle', () => {
  expect([nextShape('panel'), nextShape('strip'), nextShape('wall')]).toEqual(['strip', 'wall', 'panel']);
});
