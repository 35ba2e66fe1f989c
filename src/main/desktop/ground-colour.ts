/** The colour of the window before the page is drawn. A test holds it to the page's own ground in tokens.css. */

export const GROUND = { light: '#f3f5f9', dark: '#10151d' } as const;
