/** The shapes that the widget can have: which there are, and which comes next. */

/** A panel to work with, a strip of one line to keep in sight, a wall for all to read. */
export const SHAPES = ['panel', 'strip', 'wall'] as const;
export type Shape = (typeof SHAPES)[number];

export function nextShape(shape: Shape): Shape {
  return SHAPES[(SHAPES.indexOf(shape) + 1) % SHAPES.length] ?? 'panel';
}
