/** The readers against a bare `JSON.parse` of the same bodies, in the same run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFixtures } from '../e2e/harness/shared-fixtures.ts';
import { parseJson } from '../lib/core/lossless-json.ts';
import type { BlockName, EmbeddedBlock } from '../lib/core/page-data.ts';
import { readBlocks } from '../lib/payloads/embedded.ts';
import { readAnswer } from '../lib/payloads/index.ts';
import { contextAt } from '../lib/payloads/payload.samples.ts';
import { awemes, blocks, items } from '../scripts/fuzz-corpus.ts';
import { readPage } from '../scripts/cli/saved-page.ts';
import { timedAgainst } from './median.ts';
import type { Measurement } from './run.ts';

const context = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'page_xhr' });
const atMost = 4;

/** A body as the worker gets it. */
interface Body {
  readonly name: string;
  readonly text: string;
  /** What the page embeds, or an answer that it loaded. */
  readonly block: BlockName | null;
}

/** How many rungs of quality real items of 2025 and 2026 list, each with its addresses. */
const rungs = 8;

/** What fills most of a real item and is read by nobody: the addresses of every rendition. */
function renditions(id: string): readonly unknown[] {
  return Array.from({ length: rungs }, (_, rung) => ({
    Bitrate: 1_200_000 - rung * 90_000,
    CodecType: 'h265_hvc1',
    GearName: `adapt_lowest_${1080 - rung * 60}_1`,
    QualityType: rung,
    MVMAF: '{"v2.0": {"ori": {"v1080": 89.1, "v960": 90.2, "v864": 92.3, "v720": 93.4}}}',
    PlayAddr: {
      DataSize: 4_188_113,
      Width: 1080,
      Height: 1920,
      FileCs: `c:0-40431-${rung}`,
      FileHash: `${rung}`.repeat(32),
      Uri: `v15044gf0000${id}`,
      UrlKey: `v15044gf0000${id}_h265_1080p_1238221`,
      UrlList: Array.from(
        { length: 3 },
        (_unused, host) =>
          `https://v16-webapp-prime.tiktok.com/video/tos/${host}/${id}/?a=1988&bti=ODszNWYuMDE6&ft=4KJMyMzm8Zmo0c&rc=${'OjU3'.repeat(24)}`,
      ),
    },
  }));
}

/** Many items like ours, each under an id of its own, as heavy as real ones. */
function many(samples: readonly unknown[], key: string, count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => {
    const id = String(7_440_000_000_000_000_000n + BigInt(index));
    const sample = Object(samples[index % 2]);
    return { ...sample, [key]: id, video: { ...Reflect.get(sample, 'video'), bitrateInfo: renditions(id) } };
  });
}

function sampleOf(name: BlockName): unknown {
  return blocks.find(({ block }) => block === name)?.json;
}

/** What a real page says of each SKU for its own statistics (capture of 2025-07), as JSON within a text. */
const statistics = JSON.stringify({
  page: 'pdp',
  track: Array.from({ length: 60 }, (_, index) => ({ key: `k${index}`, price: '7.8' })),
});

function shopPage(count: number): unknown {
  return JSON.parse(JSON.stringify(sampleOf('modern-router-data')), (key, value: unknown) =>
    (key === 'skus' || key === 'review_items') && Array.isArray(value)
      ? Array.from({ length: count }, (_, index) => {
          const id = `17290000000000${10_000 + index}`;
          const own = JSON.stringify(value[0]).replaceAll(/"((?:sku|review)_id)":"\d+"/gu, `"$1":"${id}"`);
          return { ...JSON.parse(own), da_info: statistics };
        })
      : value,
  );
}

/** What else a page of TikTok carries: the words of its interface are most of a block. */
const pageContext = {
  'webapp.app-context': { wid: '1', user: {}, abTestVersion: { parameters: {} } },
  'webapp.i18n-translation': Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [
      `webapp_word_${index}`,
      `A sentence of the interface, number ${index}.`,
    ]),
  ),
};

const sharePage = {
  ua: 'x',
  query: {},
  commonContext: { words: Array.from({ length: 200 }, (_, index) => `Word ${index}`) },
};

function ownBodies(): Body[] {
  const list = many(items, 'id', 200);
  const module = Object.fromEntries(
    many(items, 'id', 30).map((item) => [String(Reflect.get(Object(item), 'id')), item]),
  );
  const body = (name: string, json: unknown, block: BlockName | null = null): Body => ({
    name,
    text: JSON.stringify(json),
    block,
  });
  return [
    body('TikTok list of 200', { statusCode: 0, itemList: list }),
    body('TikTok search of 200', { status_code: 0, data: list.map((item) => ({ type: 1, item })) }),
    body('Douyin list of 200', { status_code: 0, aweme_list: many(awemes, 'aweme_id', 200) }),
    body(
      'TikTok post page',
      { __DEFAULT_SCOPE__: { ...pageContext, 'webapp.video-detail': { itemInfo: { itemStruct: list[0] } } } },
      'universal-data',
    ),
    body('TikTok profile of 2023, 30 posts', { ...Object(sampleOf('sigi-state')), ItemModule: module }, 'sigi-state'),
    body('Shop page, 40 SKUs and reviews', shopPage(40), 'modern-router-data'),
    body(
      'Douyin share page',
      { loaderData: { 'video_(id)/page': { ...sharePage, videoInfoRes: { item_list: many(awemes, 'aweme_id', 1) } } } },
      'router-data',
    ),
  ];
}

/** Real bodies, where this machine has them. */
function capturedBodies(): Body[] {
  const folder = sharedFixtures('captures');
  if (folder === null) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:html|json)$/u.test(file))
    .sort()
    .flatMap((file): Body[] => {
      const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/u, '');
      const name = file.replace(/\+.*$/u, '');
      if (file.endsWith('.json')) return [{ name, text, block: null }];
      const whole: readonly EmbeddedBlock[] = readPage(text, undefined).blocks;
      // Percent-encoded blocks and rows of React are no JSON: there is no bare parse to compare with.
      return whole
        .filter(({ block }) => block !== 'render-data' && block !== 'pace-f' && block !== 'ld-json')
        .map((block) => ({ name: `${name} ${block.block}`, ...block }));
    });
}

function read({ name, text, block }: Body): number {
  // The worker knows which platform's page an answer came from.
  const known = { ...context, platform: /douyin/iu.test(name) ? 'douyin' : 'tiktok' } as const;
  if (block === null) return readAnswer(text, known).records.length;
  return readBlocks([{ block, text }], null, known).flatMap(({ records }) => records).length;
}

/** How often, so that a round takes long enough to be measured. */
function timesOf(text: string): number {
  return Math.max(1, Math.round(4_000_000 / text.length));
}

/** What the reading of each shape costs, in bare parses of the same bodies. */
export function readerBenches(): Measurement[] {
  const bodies = [...ownBodies(), ...capturedBodies()];
  // The worker that reads a page's tenth answer has read nine: the engine knows the readers by then.
  for (let round = 0; round < 20; round++) bodies.forEach(read);
  const together = timedAgainst(
    () => bodies.forEach(read),
    () => bodies.forEach(({ text }) => JSON.parse(text)),
  );
  return [
    {
      name: `read all ${bodies.length} bodies below`,
      value: together,
      unit: '×',
      limit: { text: `at most ${atMost} × JSON.parse of the same`, atMost },
    },
    ...bodies.map(measure),
  ];
}

/** One shape. Told, not judged: what a thin body costs is making its records, each of a hundred fields with their reasons. */
function measure(body: Body): Measurement {
  const { name, text } = body;
  const repeat = (run: () => unknown) => () => {
    for (let round = timesOf(text); round > 0; round--) run();
  };
  const bare = repeat(() => JSON.parse(text));
  const ratio = timedAgainst(
    repeat(() => read(body)),
    bare,
  );
  const lossless = timedAgainst(
    repeat(() => parseJson(text, { lenient: true })),
    bare,
  );
  return {
    name: `read ${name}: ${read(body)} records of ${Math.round(text.length / 1000)} kB (parsing ${lossless.toFixed(1)})`,
    value: ratio,
    unit: '×',
    limit: null,
  };
}
