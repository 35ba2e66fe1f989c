/**
 * The colour of the window before the page is drawn. A test keeps it equal to the page's ground colour in tokens.css.
 */

export const GROUND = { light: '#f3f5f9', dark: '#10151d' } as const;
