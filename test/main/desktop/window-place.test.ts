import { describe, expect, it } from 'vitest';
import { firstPlace, fitToDisplays, type Rectangle } from '../../../src/main/desktop/window-place.ts';

const primary: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 };
const right: Rectangle = { x: 1920, y: 0, width: 2560, height: 1400 };
const left: Rectangle = { x: -1600, y: -200, width: 1600, height: 1160 };

function place(x: number, y: number, width = 380, height = 640): Rectangle {
  return { x, y, width, height };
}

describe('a remembered place', () => {
  it('stays if all of it is visible', () => {
    expect(fitToDisplays(place(100, 50), [primary])).toEqual(place(100, 50));
  });

  it('stays on a screen with negative coordinates', () => {
    expect(fitToDisplays(place(-1500, -150), [primary, left])).toEqual(place(-1500, -150));
  });

  it('stays across two screens that show all of it together', () => {
    expect(fitToDisplays(place(1800, 200), [primary, right])).toEqual(place(1800, 200));
  });

  it('is moved inside if it is partly off the screen', () => {
    expect(fitToDisplays(place(1700, 900), [primary])).toEqual(place(1540, 400));
    expect(fitToDisplays(place(-200, -30), [primary])).toEqual(place(0, 0));
  });

  it('moves entirely onto the screen that shows only a sliver of it', () => {
    expect(fitToDisplays(place(1915, 1035), [primary])).toEqual(place(1540, 400));
  });

  it('moves to the screen that shows most of it', () => {
    expect(fitToDisplays(place(1800, -100), [primary, right])).toEqual(place(1920, 0));
    expect(fitToDisplays(place(1700, -100), [primary, right])).toEqual(place(1540, 0));
  });

  it('moves to the nearest screen if its own is gone', () => {
    expect(fitToDisplays(place(4000, 700), [primary])).toEqual(place(1540, 400));
    expect(fitToDisplays(place(-3000, 100), [primary, left])).toEqual(place(-1600, 100));
  });

  it('moves to the primary screen if two are equally near', () => {
    const above: Rectangle = { x: 0, y: -2000, width: 1000, height: 960 };
    const between = place(100, -840);
    expect(fitToDisplays(between, [{ ...primary, width: 1000 }, above])).toEqual(place(100, 0));
  });

  it('shrinks on a smaller screen', () => {
    const small: Rectangle = { x: 0, y: 30, width: 800, height: 570 };
    expect(fitToDisplays(place(1500, 400, 1000, 640), [small])).toEqual({ x: 0, y: 30, width: 800, height: 570 });
    expect(fitToDisplays(place(700, 100), [small])).toEqual({ x: 420, y: 30, width: 380, height: 570 });
  });

  it('stays while no screen is known', () => {
    expect(fitToDisplays(place(5000, 5000), [])).toEqual(place(5000, 5000));
  });
});

describe('the first place', () => {
  const size = { width: 380, height: 640 };

  it('is at the right edge of its display for a panel, and at the top centre for a strip', () => {
    expect(firstPlace('panel', size, primary)).toEqual(place(1516, 24));
    expect(firstPlace('strip', { width: 560, height: 40 }, primary)).toEqual(place(680, 0, 560, 40));
  });

  it('fits a small display', () => {
    expect(firstPlace('panel', size, { x: 0, y: 0, width: 320, height: 480 })).toEqual(place(0, 0, 320, 480));
  });
});
