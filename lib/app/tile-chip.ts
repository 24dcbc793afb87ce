/** One tile's chip, drawn without a framework: there may be two hundred, and the script that draws them is light. */
import type { TileModel } from '../messaging/protocol.ts';

type Figure = TileModel['figures'][number];

/** 16 × 16, drawn as lines. */
const paths: Readonly<Record<Figure['icon'], string>> = {
  views: 'M4.6 2.9v10.2L13 8z',
  likes: 'M8 13.4C3.6 10.4 2 8.4 2 6.1a3.1 3.1 0 0 1 6-1.2 3.1 3.1 0 0 1 6 1.2c0 2.3-1.6 4.3-6 7.3z',
  saves: 'M4 2.6h8v10.8L8 10.6l-4 2.8z',
  comments: 'M2.4 3.2h11.2v7.6H7.4l-3 2.6v-2.6h-2z',
  price: 'M2.6 2.6h5.2l5.6 5.6-5.2 5.2-5.6-5.6zM5.4 5.4h.01',
  sold: 'M3 5.4h10l-.8 8H3.8zM5.6 5.4a2.4 2.4 0 0 1 4.8 0',
};

/** How wide things are in components/overlay/tiles.css (CSS px). */
const widths = { padding: 12, icon: 15, between: 8 } as const;
/** Chinese characters are as wide as the type is high (CSS px). */
const wideCharacter = 11.5;
/** Beside the platform's own words on a narrower tile, one figure is enough (CSS px). */
const narrow = 120;

/**
 * How many of the figures a tile of this width has room for; at least one. `digitWidth`: of one digit in the layer's
 * type. Both in CSS px. Reckoned, since measuring would cost a layout per chip.
 */
export function roomFor(figures: readonly Figure[], width: number, digitWidth: number): number {
  if (width < narrow) return 1;
  let used = widths.padding - widths.between;
  const fitting = figures.findIndex(({ text }) => {
    used += widths.between + widths.icon;
    for (const character of text) used += character > '\u2E7F' ? wideCharacter : digitWidth;
    return used > width;
  });
  return fitting < 0 ? figures.length : Math.max(1, fitting);
}

/** The elements of a chip with the first `count` figures. */
export function figureElements(figures: readonly Figure[], count: number): HTMLElement[] {
  return figures.slice(0, count).map(({ icon, text, note }) => {
    const figure = document.createElement('span');
    figure.className = 'figure';
    figure.title = note;
    figure.setAttribute('role', 'img');
    figure.setAttribute('aria-label', `${text} · ${note}`);
    const words = document.createElement('span');
    words.textContent = text;
    figure.append(drawing(paths[icon]), words);
    return figure;
  });
}

function drawing(path: string): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
