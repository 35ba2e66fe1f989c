/**
 * Makes a picture of an element as it looks on paper. Loaded only when needed: it contains the page's font once more as
 * text, since a picture can fetch nothing, and lines would wrap differently without the font.
 */
import latinExtended from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?inline';
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline';
import { domToBlob } from 'modern-screenshot';

const MAX_PIXELS = 32_000;

/**
 * Returns a PNG at twice the size of the page. It is taken from a copy out of sight, laid out as on paper, so that the
 * page itself stays as it is.
 */
export async function pictureOf(element: HTMLElement): Promise<Blob> {
  const paper = document.createElement('div');
  paper.className = 'paper';
  paper.inert = true;
  paper.style.cssText = `position: fixed; inset-inline-start: -99999px; inset-block-start: 0; width: ${String(element.clientWidth)}px`;
  const copy = element.cloneNode(true) as HTMLElement;
  paper.append(copy);
  document.body.append(paper);
  try {
    const { backgroundColor } = getComputedStyle(copy);
    // A larger canvas would be empty.
    const scale = Math.min(2, MAX_PIXELS / copy.offsetHeight);
    const picture = await domToBlob(copy, { scale, backgroundColor, font: { cssText: FONT } });
    if (picture.size === 0) throw new Error('it is too large for a picture');
    return picture;
  } finally {
    paper.remove();
  }
}

// The ranges are those of the font's own style sheet.
const FONT = [
  [
    latinExtended,
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  ],
  [
    latin,
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  ],
]
  .map(
    ([url = '', range = '']) =>
      `@font-face { font-family: 'Inter Variable'; font-weight: 100 900; src: url(${url}) format('woff2'); unicode-range: ${range}; }`,
  )
  .join('\n');
