import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { maximumRelayed } from '../core/page-data.ts';
import { douyin } from './douyin.ts';
import { douyinShop } from './douyin-shop.ts';
import { sites } from './index.ts';
import type { Site } from './site.ts';
import { tiktok } from './tiktok.ts';
import { tiktokShop } from './tiktok-shop.ts';

function page(html: string): Document {
  return parseHTML(`<!doctype html><html><head></head><body>${html}</body></html>`).document;
}

const everything = page(`
  <script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{"a":"<b>&amp;"}</script>
  <script id="SIGI_STATE" type="application/json">{"s":1}</script>
  <script id="__NEXT_DATA__">{"n":1}</script>
  <script id="__FRONTITY_CONNECT_STATE__">{"f":1}</script>
  <script id="__MODERN_ROUTER_DATA__" type="application/json">{"m":1}</script>
  <script type="application/ld+json">{"l":1}</script>
  <script type="application/ld+json">[{"l":2}]</script>
  <script id="RENDER_DATA" type="application/json">%7B%22app%22%3A1%7D</script>
  <script>(self.__pace_f=self.__pace_f||[]).push([0])</script>
  <script>self.__pace_f.push([1,"1:I{}\\n"])</script>
  <script> self.__pace_f.push([1,"2:[\\"window._ROUTER_DATA = {}\\"]\\n"])</script>
  <script class="STREAM_RENDER_DATA" type="application/json">{"x":1}</script>
  <script class="a STREAM_RENDER_DATA b" type="application/json">{"x":2}</script>
  <script>var before; window._ROUTER_DATA = {"not":"first"}</script>
  <script nonce="n">
    window._ROUTER_DATA = {"loaderData":{"a":"b;"}};
  </script>
  <script>window._ROUTER_DATA = {"second":1}</script>`);

const found: readonly (readonly [Site, Readonly<Record<string, string>>])[] = [
  [
    tiktok,
    {
      'universal-data': '{"a":"<b>&amp;"}',
      'sigi-state': '{"s":1}',
      'next-data': '{"n":1}',
      'frontity-state': '{"f":1}',
      'modern-router-data': '{"m":1}',
      'ld-json': '[{"l":1},[{"l":2}]]',
    },
  ],
  [tiktokShop, { 'modern-router-data': '{"m":1}', 'ld-json': '[{"l":1},[{"l":2}]]' }],
  [
    douyin,
    {
      'render-data': '%7B%22app%22%3A1%7D',
      'pace-f':
        String.raw`self.__pace_f.push([1,"1:I{}\n"])` +
        '\n' +
        String.raw` self.__pace_f.push([1,"2:[\"window._ROUTER_DATA = {}\"]\n"])`,
      'stream-render-data': '{"x":1}\n{"x":2}',
      'router-data': '{"loaderData":{"a":"b;"}}',
    },
  ],
  [douyinShop, {}],
];

describe.each(found)('$id', (site, expected) => {
  test('takes its own blocks and nobody else’s, as they stand in the page', () => {
    const blocks = site.embedded(everything);
    expect(Object.fromEntries(blocks.map(({ block, text }) => [block, text]))).toEqual(expected);
    expect(blocks).toHaveLength(Object.keys(expected).length);
  });

  test('finds nothing in a page without them', () => {
    for (const html of [
      '',
      '<p>SIGI_STATE</p>',
      '<script></script>',
      '<div id="SIGI_STATE">{"s":1}</div><div id="RENDER_DATA">%7B%7D</div><p class="STREAM_RENDER_DATA">{}</p>',
      '<script id="SIGI_STATE"> </script><script id="RENDER_DATA"></script><script type="application/ld+json"></script>',
      '<script>window._ROUTER_DATA2 = {}</script><script>x; self.__pace_f.push([1])</script>',
      '<script src="https://a.example/self.__pace_f.push("></script>',
    ])
      expect(site.embedded(page(html)), html).toEqual([]);
  });

  test('leaves out what is larger than any answer, and only that', () => {
    const large = 'x'.repeat(maximumRelayed);
    const both = page(
      `<script id="SIGI_STATE">${large}x</script><script id="__NEXT_DATA__">${large}</script>
       <script id="__MODERN_ROUTER_DATA__">{"m":1}</script><script id="RENDER_DATA">${large}x</script>
       <script class="STREAM_RENDER_DATA">{"x":1}</script>`,
    );
    const names = site.embedded(both).map(({ block }) => block);
    expect(names).not.toContain('sigi-state');
    expect(names).not.toContain('render-data');
    const kept = { tiktok: ['next-data', 'modern-router-data'], douyin: ['stream-render-data'] };
    expect(names).toEqual({ ...kept, 'tiktok-shop': ['modern-router-data'], 'douyin-shop': [] }[site.id]);
  });
});

test('one LD+JSON script is what it is', () => {
  const document = page('<script type="application/ld+json">{"@type":"Product"}</script>');
  expect(tiktokShop.embedded(document)).toEqual([{ block: 'ld-json', text: '{"@type":"Product"}' }]);
});

const captures = sharedFixtures('captures');
const expected: Readonly<Record<string, readonly string[]>> = {
  pakCoder11: ['universal-data', 'ld-json'],
  camillebrown: ['universal-data'],
  ca74ca: ['universal-data'],
  'cong99x+downDouiyn+tiktok': ['universal-data'],
  Turyka: ['universal-data', 'ld-json'],
  '1sthillman': ['universal-data', 'sigi-state', 'ld-json'],
  LLzelda: ['modern-router-data', 'ld-json'],
  nguyenminhhoan03: ['render-data', 'pace-f'],
  'cong99x+downDouiyn+douyin': ['router-data'],
};

describe.skipIf(!captures)(`captured pages${skippedNote(captures)}`, () => {
  const files = captures ? readdirSync(captures, { recursive: true, encoding: 'utf8' }) : [];

  test.each(Object.entries(expected))('%s', (start, names) => {
    const path = files.find((file) => file.endsWith('.html') && file.includes(`/${start}`)) ?? '';
    const { document } = parseHTML(readFileSync(join(captures ?? '', path), 'utf8'));
    const blocks = sites.flatMap((site) => [...site.embedded(document)]);
    expect([...new Set(blocks.map(({ block }) => block))]).toEqual(names);
    for (const { block, text } of blocks) {
      if (block === 'pace-f')
        expect(text.split('\n').every((line) => line.startsWith('self.__pace_f.push(['))).toBe(true);
      else expect(() => JSON.parse(block === 'render-data' ? decodeURIComponent(text) : text)).not.toThrow();
    }
  });
});
