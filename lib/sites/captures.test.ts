import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { refKey } from '../core/ref.ts';
import { detectUrl, siteFor } from './index.ts';

// Third-party pages without a licence: they are never part of the project, so most checkouts do not have them.
const captured = sharedFixtures('captures');
const folder = captured ?? '';

interface Capture {
  path: string;
  /** Where it was taken; the canonical address where the capture itself does not say. */
  url: string;
  /** The address in the file that proves it, as it is written there. */
  proof: string;
  page: string;
  items: string[];
}

const captures: Capture[] = [
  {
    path: 'tiktok-universal-data/pakCoder11',
    url: 'https://www.tiktok.com/@chinese_artist176/video/7507673491211029803?is_from_webapp=1',
    proof: 'https://www.tiktok.com/@chinese_artist176/video/7507673491211029803',
    page: 'tiktok:post:7507673491211029803',
    items: [
      'card tiktok:post:7507673491211029803 one-column-item-0',
      'card tiktok:post:7509143020856462638 one-column-item-1',
    ],
  },
  {
    path: 'tiktok-universal-data/camillebrown',
    url: 'https://www.tiktok.com/@emthenutritionist/video/7608826249200356630',
    proof: '@emthenutritionist\\u002Fvideo\\u002F7608826249200356630',
    page: 'tiktok:post:7608826249200356630',
    items: [],
  },
  {
    path: 'tiktok-universal-data/ca74ca',
    url: 'https://www.tiktok.com/@dudeperfect/video/7276437262283859205',
    proof: '@dudeperfect\\u002Fvideo\\u002F7276437262283859205',
    page: 'tiktok:post:7276437262283859205',
    items: [],
  },
  {
    path: 'tiktok-universal-data/cong99x',
    url: 'https://www.tiktok.com/@/video/7603995605354040594?_r=1',
    proof: '@\\u002Fvideo\\u002F7603995605354040594',
    page: 'tiktok:post:7603995605354040594',
    items: [],
  },
  {
    path: 'tiktok-universal-data/Turyka',
    url: 'https://www.tiktok.com/@pannonegyetem',
    proof: 'https://www.tiktok.com/@pannonegyetem',
    page: 'tiktok:author:pannonegyetem',
    items: [],
  },
  {
    path: 'tiktok-sigi-state/1sthillman',
    url: 'https://www.tiktok.com/@ugur.antika/live',
    proof: 'https://www.tiktok.com/@ugur.antika/live',
    page: 'tiktok:live:ugur.antika',
    items: [],
  },
  {
    path: 'tiktok-shop/LLzelda',
    url: 'https://www.tiktok.com/shop/pdp/square-neck-bodysuit-co-ord-high-waist-wide-leg-trousers-by-katchme/1729447605324124806?source=ecommerce_mall&enter_from=ecommerce_mall',
    proof:
      '/square-neck-bodysuit-co-ord-high-waist-wide-leg-trousers-by-katchme/1729447605324124806?source=ecommerce_mall',
    page: 'tiktok:product:1729447605324124806',
    items: ['detail tiktok:product:1729447605324124806 '],
  },
  {
    path: 'douyin-render-data/nguyenminhhoan03',
    url: 'https://www.douyin.com/video/7654053716367414867',
    proof: '%22pathname%22%3A%22%2Fvideo%2F7654053716367414867',
    page: 'douyin:post:7654053716367414867',
    items: [],
  },
  {
    path: 'douyin-router-data/cong99x',
    url: 'https://www.iesdouyin.com/share/video/7591145475174424575/',
    proof: 'https://www.douyin.com/video/7591145475174424575',
    page: 'douyin:post:7591145475174424575',
    items: [],
  },
];

function readCapture(path: string): string {
  const [directory = '', start = ''] = path.split('/');
  const name = readdirSync(join(folder, directory)).find((file) => file.startsWith(start) && file.endsWith('.html'));
  return readFileSync(join(folder, directory, name ?? start), 'utf8');
}

describe.skipIf(!captured)(`real captures${skippedNote(captured)}`, () => {
  beforeAll(() => {
    process.stdout.write(`sites: ${captures.length} real captures used\n`);
  });

  it.each(captures)('$path', ({ path, url, proof, page, items }) => {
    const text = readCapture(path);
    expect(text.includes(proof)).toBe(true);
    expect(detectUrl(url).map(refKey)).toEqual([page]);
    const found = siteFor(new URL(url))?.items(parseHTML(text).document, new URL(url)) ?? [];
    expect(found.map(({ role, ref, element }) => `${role} ${refKey(ref)} ${element.id}`)).toEqual(items);
  });

  it('finds each address of the Shop page itself', () => {
    const { document } = parseHTML(readCapture('tiktok-shop/LLzelda'));
    const address = document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? '';
    expect(detectUrl(address).map(refKey)).toEqual(['tiktok:product:1729447605324124806']);
    const [product] = siteFor(new URL(address))?.items(document, new URL(address)) ?? [];
    expect(product?.element === document.body).toBe(true);
  });

  it('names every author, tag and sound that the rendered feed links to', () => {
    const { document } = parseHTML(readCapture('tiktok-universal-data/pakCoder11'));
    const links = [...document.querySelectorAll('a[href^="/@"],a[href^="/tag/"],a[href^="/music/"]')]
      .map((link) => link.getAttribute('href') ?? '')
      .filter((href) => href !== '/@');
    expect(links.length).toBeGreaterThan(60);
    for (const href of links) expect(detectUrl(`https://www.tiktok.com${href}`), href).toHaveLength(1);
  });
});
