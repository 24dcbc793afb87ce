/** One dataset for every reader: invented things with all that some writer or reader of tables has garbled before. */
import { makeAuthor, makeComment, makeReview } from '../../lib/core/record-factory.ts';
import { type Observation, recordRef, toObservation } from '../../lib/core/observation.ts';
import { bareRecords, postRecord, productRecord, skuRecord } from '../../lib/core/record.samples.ts';
import type { AnyRecord, FigureNote, PostRecord } from '../../lib/core/record.ts';
import { type RefKey, refKey } from '../../lib/core/ref.ts';
import type { TableId } from '../../lib/core/export-choices.ts';
import type { ExportContext, ExportTable } from '../../lib/exporters/exporter.ts';
import { awkwardTexts, harnessContext } from '../../lib/exporters/harness.ts';

/** Longer than a cell of a workbook. */
export const longText = `${'长'.repeat(20_000)}${'y'.repeat(20_000)}`;

/** All that may stand in a text. */
export const texts: readonly string[] = [
  ...awkwardTexts,
  'back\\slash \\n \\',
  'semi;colon\\;',
  '<b>&amp;</b>',
  '_x0041_',
  '%s $1 ${x} `y`',
  'NA',
  'NULL',
  'TRUE',
  '\ufeffmark in front',
  'nul\u0000 inside',
  'half \ud83d pair',
  longText,
];

function id(start: bigint, index: number): string {
  return String(start + BigInt(index));
}

function note(precision: FigureNote['precision'], source: string): FigureNote {
  return { precision, source, observed_at: Date.UTC(2026, 8, 1, 12), fetched_at: Date.UTC(2026, 8, 1, 12, 0, 1) };
}

const full = postRecord({
  post_id: '7528963259874199999',
  caption: 'Everything at once\nسلام 👩‍👩‍👧',
  post_url: 'https://www.tiktok.com/@invented_baker/video/7528963259874199999',
  created_at: Date.UTC(2026, 7, 1, 23, 59, 59),
  created_at_from_id: Date.UTC(2026, 7, 1, 23, 59, 50),
  scheduled_at: Date.UTC(1999, 11, 31),
  duration_ms: 12_850,
  view_count: 9_007_199_254_740_991,
  like_count: 0,
  comment_count: 12_589,
  author_follower_count: 1_234_567,
  author_verified: true,
  is_ad: false,
  has_product_link: true,
  author_id: '6952369874521000001',
  author_handle: 'invented_baker',
  author_name: '=烘焙, "Baker"',
  hashtags: [
    { name: 'ootd', id: '1600000000000000001', origin: 'both' },
    { name: '穿搭', id: null, origin: 'caption' },
    { name: '🌊;wave\\', id: null, origin: 'tag_list' },
    { name: '<b>&"', id: null, origin: 'tag_list' },
  ],
  mentions: [{ account: 'friend.of.baker', origin: 'tag_list' }],
  product_ids: ['1729384756102938475', '1729384756102938476'],
  ai_flags: { IsAigc: 'false', quoted: '{"a":"b\\n"}' },
  missing_reasons: { region: 'not_in_response' },
  raw_sha256: '0a'.repeat(32),
  figures: { view_count: note('exact', 'statsV2'), comment_count: note('abbreviated', 'dom') },
});

export const interopPosts: readonly PostRecord[] = [
  ...texts.map((caption, index) =>
    postRecord({
      caption,
      post_id: id(7_528_963_259_874_100_000n, index),
      view_count: index,
      hashtags: [
        { name: 'ootd', id: null, origin: 'caption' },
        ...(index % 3 === 0 ? [{ name: 'OOTD', id: null, origin: 'tag_list' } as const] : []),
        ...(index % 2 === 0 ? [{ name: 'tea', id: null, origin: 'caption' } as const] : []),
      ],
    }),
  ),
  full,
  bareRecords.post,
];

const product = productRecord({
  product_id: '3514269087712340001',
  product_name: '=主婦 "围裙"',
  product_description: longText,
  attributes: { 品牌: 'A "B"', 成分: '棉 95%; 氨纶 5%\n' },
  options: [{ name: '颜色', values: ['红', '蓝'] }],
  service_tags: ['7天;无理由', 'a\\b', '包邮'],
  price_minor: 7200,
  currency: 'CNY',
  rating: 4.85,
  commission_rate: 0.1,
  figures: { price_minor: note('exact', 'api:gateway') },
});

const sku = skuRecord({
  product_id: product.product_id,
  sku_id: '1734567890123450001',
  sku_name: '+XL',
  properties: { 尺码: '"XL"\t' },
  price_minor: 99_000,
  currency: 'VND',
  stock: 0,
  figures: { stock: note('exact', 'api:gateway'), price_minor: note('rounded', 'api:gateway') },
});

const origin = {
  platform: 'tiktok',
  provenance: {
    collected_via: 'page_json',
    api_provider: null,
    api_endpoint: null,
    collected_from_url: null,
    observed_at: null,
    fetched_at: Date.UTC(2026, 8, 1, 12, 0, 1),
    raw_sha256: null,
  },
  figureSource: 'stats',
} as const;

function known<Item>(item: Item | null): Item {
  if (item === null) throw new Error('A record without its id.');
  return item;
}

const rows: Readonly<Partial<Record<TableId, readonly AnyRecord[]>>> = {
  post: interopPosts,
  product: [product, bareRecords.product],
  sku: [sku, bareRecords.sku],
  author: texts.map((text, index) =>
    known(
      makeAuthor(origin, 'ok', {
        author_id: { value: id(6_952_369_874_521_000_000n, index) },
        author_handle: { value: `invented_${index}` },
        author_name: { value: text },
        author_bio: { value: text },
        author_follower_count: { value: index * 1_000_003 },
      }),
    ),
  ),
  comment: texts.map((text, index) =>
    makeComment(origin, id(7_529_963_259_874_100_000n, index), {
      post_id: { value: full.post_id },
      text: { value: text },
      created_at: { value: Date.UTC(2026, 7, 2, 0, index) },
      liked_by_author: { value: index % 2 === 0 },
    }),
  ),
  review: texts.map((text, index) =>
    makeReview(origin, id(7_530_963_259_874_100_000n, index), {
      product_id: { value: product.product_id },
      text: { value: text },
      rating: { value: (index % 5) + 1 },
      sku_name: { value: text },
    }),
  ),
  post_hashtag: interopPosts,
  observation: [full, product],
};

function earlier(record: AnyRecord): AnyRecord {
  const at = Date.UTC(2026, 7, 30, 12);
  return { ...record, view_count: 17, observed_at: at, fetched_at: at } as AnyRecord;
}

const observations: readonly Observation[] = [earlier(full), full, product, sku].map((record) => toObservation(record));

/** Every table of the dataset, in the order in which tables are written. */
export const interopTables: readonly ExportTable[] = (
  ['post', 'product', 'sku', 'author', 'comment', 'review', 'post_hashtag', 'observation'] as const
).map((table) => ({ id: table, rows: () => rows[table] ?? [] }));

export const interopContext: ExportContext = {
  ...harnessContext,
  projectName: 'Bread, 面包 & "more"',
  observationsOf: async (ref: RefKey) => observations.filter(({ record }) => refKey(recordRef(record)) === ref),
};
