/**
 * Draws the icons of the app and the tray into this folder: `npx tsx build/make-icons.ts`. Shapes are signed distance
 * functions, so every size is drawn from scratch with smooth edges. It knows nothing of the widget but its colours.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];
/** The distance from a point to the shape's edge, negative inside. All lengths are in units of the icon's width. */
type Shape = (x: number, y: number) => number;
interface Layer {
  readonly shape: Shape;
  /** Null cuts the shape out of the layers below. */
  readonly colour: Colour | null;
}

// The same drawing as src/renderer/public/icon.svg.
const GROUND: Colour = [0x1d, 0x2b, 0x45];
const BAR: Colour = [0xdf, 0xe6, 0xf2];
const GREEN: Colour = [0x3f, 0xbf, 0x7f];
const AMBER: Colour = [0xf0, 0xa3, 0x3a];
const VIOLET: Colour = [0x9b, 0x8c, 0xf2];
const RED: Colour = [0xe5, 0x56, 0x4b];

const rounded =
  (left: number, top: number, width: number, height: number, radius: number): Shape =>
  (x, y) => {
    const dx = Math.abs(x - left - width / 2) - width / 2 + radius;
    const dy = Math.abs(y - top - height / 2) - height / 2 + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
const disc =
  (centreX: number, centreY: number, radius: number): Shape =>
  (x, y) =>
    Math.hypot(x - centreX, y - centreY) - radius;

/** The team board: a dark square with three members, each a dot and a bar. */
const appLayers: readonly Layer[] = [
  { shape: rounded(0, 0, 1, 1, 14 / 64), colour: GROUND },
  ...[
    { y: 18, width: 25, colour: GREEN },
    { y: 32, width: 19, colour: AMBER },
    { y: 46, width: 22, colour: VIOLET },
  ].flatMap(({ y, width, colour }): Layer[] => [
    { shape: disc(17 / 64, y / 64, 5 / 64), colour },
    { shape: rounded(27 / 64, (y - 3) / 64, width / 64, 6 / 64, 3 / 64), colour: BAR },
  ]),
];

/** At 16 pixels: two bars, and the link's lamp in a corner. The lamps differ in shape too, not only in colour. */
function trayLayers(lamp: readonly Layer[]): readonly Layer[] {
  return [
    { shape: rounded(0, 0, 1, 1, 3 / 16), colour: GROUND },
    { shape: rounded(3 / 16, 3 / 16, 10 / 16, 2 / 16, 1 / 16), colour: BAR },
    { shape: rounded(3 / 16, 7 / 16, 5 / 16, 2 / 16, 1 / 16), colour: BAR },
    { shape: rounded(3 / 16, 11 / 16, 3 / 16, 2 / 16, 1 / 16), colour: BAR },
    { shape: disc(11.5 / 16, 11.5 / 16, 5.5 / 16), colour: null },
    ...lamp,
  ];
}

const lamps: Readonly<Record<string, readonly Layer[]>> = {
  live: [{ shape: disc(11.5 / 16, 11.5 / 16, 4.5 / 16), colour: GREEN }],
  waiting: [
    { shape: disc(11.5 / 16, 11.5 / 16, 4.5 / 16), colour: AMBER },
    { shape: disc(11.5 / 16, 11.5 / 16, 2 / 16), colour: null },
  ],
  stopped: [{ shape: rounded(8 / 16, 8 / 16, 7 / 16, 7 / 16, 1 / 16), colour: RED }],
};

/** An icon of `size` × `size` pixels as a PNG file. */
function png(layers: readonly Layer[], size: number): Buffer {
  const bytesPerRow = 1 + size * 4;
  const pixels = Buffer.alloc(bytesPerRow * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const pixel = mix(layers, (column + 0.5) / size, (row + 0.5) / size, size);
      pixels.set(pixel, row * bytesPerRow + 1 + column * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // 8 bits each of red, green, blue and alpha
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function mix(layers: readonly Layer[], x: number, y: number, size: number): readonly number[] {
  let colour: Colour = [0, 0, 0];
  let alpha = 0;
  for (const layer of layers) {
    const cover = Math.min(1, Math.max(0, 0.5 - layer.shape(x, y) * size));
    if (layer.colour === null) alpha *= 1 - cover;
    else if (cover > 0) {
      const below = alpha * (1 - cover);
      const [red, green, blue] = layer.colour;
      const share = cover / (cover + below);
      colour = [
        red * share + colour[0] * (1 - share),
        green * share + colour[1] * (1 - share),
        blue * share + colour[2] * (1 - share),
      ];
      alpha = cover + below;
    }
  }
  return [...colour.map(Math.round), Math.round(alpha * 255)];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** Combines PNG files into one Windows icon. */
function ico(sizes: readonly number[]): Buffer {
  const images = sizes.map((size) => png(appLayers, size));
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2); // an icon, not a cursor
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  images.forEach((image, index) => {
    const entry = 6 + 16 * index;
    const size = (sizes[index] ?? 0) % 256; // 0 stands for 256
    head.set([size, size], entry);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(image.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  });
  return Buffer.concat([head, ...images]);
}

const folder = import.meta.dirname;
mkdirSync(path.join(folder, 'tray'), { recursive: true });
writeFileSync(path.join(folder, 'icon.png'), png(appLayers, 512));
writeFileSync(path.join(folder, 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256]));
for (const [name, lamp] of Object.entries(lamps)) {
  writeFileSync(path.join(folder, 'tray', `${name}.png`), png(trayLayers(lamp), 16));
  writeFileSync(path.join(folder, 'tray', `${name}@2x.png`), png(trayLayers(lamp), 32));
}
