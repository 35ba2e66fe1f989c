/** The shapes of the widget, and their order. */

/** A panel to work with, a strip of one line to keep in view, a wall display for everyone. */
export const SHAPES = ['panel', 'strip', 'wall'] as const;
export type Shape = (typeof SHAPES)[number];

export function nextShape(shape: Shape): Shape {
  return SHAPES[(SHAPES.indexOf(shape) + 1) % SHAPES.length] ?? 'panel';
}
