/**
 * Decides where the window goes: brings a remembered place onto the screens that exist. It must know no Electron; a
 * screen is given as its work area.
 */

import type { Shape } from '../../shared/desktop/shape.ts';

/** In device-independent pixels, as Electron counts them. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 24;

/** The place of a shape on a display where it has never been: a panel at the right edge, a strip at the top centre. */
export function firstPlace(
  shape: Exclude<Shape, 'wall'>,
  size: { readonly width: number; readonly height: number },
  display: Rectangle,
): Rectangle {
  const right = display.x + display.width - size.width - MARGIN;
  const middle = display.x + Math.round((display.width - size.width) / 2);
  const place = { ...size, x: shape === 'panel' ? right : middle, y: display.y + (shape === 'panel' ? MARGIN : 0) };
  return fitToDisplays(place, [display]);
}

/**
 * Returns the saved place if all of it is visible, even across two screens. Otherwise returns the nearest place
 * entirely on the screen that shows most of it, or else on the nearest screen, shrunk to fit. Earlier displays win
 * ties. If no display is known, the place stays.
 */
export function fitToDisplays(saved: Rectangle, displays: readonly Rectangle[]): Rectangle {
  const [first, ...others] = displays;
  if (first === undefined) return saved;
  const visible = displays.reduce((sum, display) => sum + overlap(saved, display), 0);
  if (visible >= saved.width * saved.height) return saved;
  let best = first;
  for (const display of others) if (isBetter(saved, display, best)) best = display;
  const width = Math.min(saved.width, best.width);
  const height = Math.min(saved.height, best.height);
  return {
    x: clamp(saved.x, best.x, best.x + best.width - width),
    y: clamp(saved.y, best.y, best.y + best.height - height),
    width,
    height,
  };
}

function isBetter(saved: Rectangle, display: Rectangle, than: Rectangle): boolean {
  const gain = overlap(saved, display) - overlap(saved, than);
  return gain === 0 ? distance(saved, display) < distance(saved, than) : gain > 0;
}

/** The area of the overlap of two rectangles. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** The distance between two rectangles; 0 if they touch. */
function distance(a: Rectangle, b: Rectangle): number {
  const dx = Math.max(a.x - (b.x + b.width), b.x - (a.x + a.width), 0);
  const dy = Math.max(a.y - (b.y + b.height), b.y - (a.y + a.height), 0);
  return Math.hypot(dx, dy);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
