/** What every file format must hold: its test reads its own files back and compares. Knows no test framework. */
import { defaultSheetChoices } from '../core/export-choices.ts';
import { type AnyRecord, type RecordType, recordTypes } from '../core/record.ts';
import { bareRecords, postRecord, productRecord, skuRecord } from '../core/record.samples.ts';
import { columns, isExportedByDefault } from './columns.ts';
import type { Exporter, ExportContext } from './exporter.ts';

/** A file read back: the header row and the rows, as text; an empty cell is the empty text. */
export type Table = readonly (readonly string[])[];
export type ReadBack = (file: Uint8Array<ArrayBuffer>) => Table | Promise<Table>;

export const harnessContext: ExportContext = {
  timeZone: 'Asia/Shanghai',
  now: Date.UTC(2026, 8, 1, 13),
  extensionVersion: '0.1.0',
  choices: { ...defaultSheetChoices, personal: 'include' },
};

/** Texts that some writer or reader of tables has garbled before. */
export const awkwardTexts: readonly string[] = [
  '主婦 今日穿搭 夏日',
  '👩‍👩‍👧‍👦 🇨🇳 ✨ 𠮷',
  'مرحبا \u200f עולם',
  'say "hi", then leave',
  '"',
  'line\nfeed',
  'windows\r\nline',
  'old\rline',
  '\n',
  '  spaces on both sides  ',
  '=1+1',
  '+1',
  '-1',
  '@someone look',
  "'quoted",
  '\ttab',
  'semi;colon, comma',
  '1e5',
  '007',
  '1/2',
  '7528963259874125698',
  'null',
  'control\u0001\u001b characters',
  '\u2028line separator',
  'e\u0301 decomposed',
];

/** The whole file that an exporter writes. */
export async function writeFile(
  exporter: Exporter,
  recordType: RecordType,
  rows: Iterable<AnyRecord> | AsyncIterable<AnyRecord>,
  context: ExportContext = harnessContext,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  for await (const chunk of exporter.write([{ id: recordType, rows: () => rows }], context)) {
    chunks.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
  }
  const file = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    file.set(chunk, offset);
    offset += chunk.length;
  }
  return file;
}

async function* later<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) yield item;
}

/** The cells of one column, top to bottom. */
function cellsUnder(table: Table, name: string): (string | undefined)[] {
  const [header = [], ...rows] = table;
  const index = header.indexOf(name);
  return rows.map((row) => (index < 0 ? undefined : row[index]));
}

export interface HarnessCase {
  readonly name: string;
  readonly run: (
    exporter: Exporter,
    readBack: ReadBack,
  ) => Promise<{ readonly found: unknown; readonly expected: unknown }>;
}

function rowCase(name: string, record: AnyRecord, expected: Readonly<Record<string, string>>): HarnessCase {
  return {
    name,
    run: async (exporter, readBack) => {
      const table = await readBack(await writeFile(exporter, record.record_type, [record]));
      const found = Object.keys(expected).map((column) => [column, cellsUnder(table, column)[0]]);
      return { found: Object.fromEntries(found), expected };
    },
  };
}

function tableCase(
  name: string,
  recordType: RecordType,
  rows: readonly AnyRecord[],
  expected: (table: Table) => [unknown, unknown],
): HarnessCase {
  return {
    name,
    run: async (exporter, readBack) => {
      const [found, wanted] = expected(await readBack(await writeFile(exporter, recordType, rows)));
      return { found, expected: wanted };
    },
  };
}

/** What a row says although nothing is known but the ids. */
const alwaysWritten: ReadonlySet<string> = new Set([
  'platform',
  'post_type',
  'status',
  'listing_status',
  'price_unit_source',
  'availability',
  'missing_reasons',
  'collected_via',
  'api_provider',
  'api_endpoint',
  'observed_at_utc',
  'fetched_at_utc',
  'pseudonym_scheme',
  'schema_version',
  'extension_version',
]);

function ownText(record: AnyRecord, field: string): string {
  const value: unknown = Reflect.get(record, field);
  return typeof value === 'string' ? value : '';
}

const seen = {
  query_type: 'search',
  query_text: '夏日 "穿搭"',
  page_tab: 'video',
  feed_personalised: false,
  result_rank: 17,
  shown_on_page: true,
  first_seen_at: Date.UTC(2026, 8, 1, 11),
  last_seen_at: Date.UTC(2026, 8, 1, 11, 30),
  raw_sha256: '0a'.repeat(32),
} as const;

const numbered = Array.from({ length: 1203 }, (_unused, index) =>
  postRecord({ post_id: String(7_528_963_259_874_125_000n + BigInt(index)) }),
);

export const harnessCases: readonly HarnessCase[] = [
  ...recordTypes.map((recordType) =>
    tableCase(`a table of no ${recordType} records has its header`, recordType, [], (table) => [
      table,
      [columns[recordType].filter(isExportedByDefault).map(({ name }) => name)],
    ]),
  ),
  ...recordTypes.map((recordType) => ({
    name: `a bare ${recordType} record keeps its ids and its provenance; all else is empty`,
    run: async (exporter: Exporter, readBack: ReadBack) => {
      const record = bareRecords[recordType];
      const [header = [], row = []] = await readBack(await writeFile(exporter, recordType, [record]));
      return {
        found: header.filter((_name, at) => row[at] !== ''),
        expected: header.filter((name) => alwaysWritten.has(name) || /^\d{19}$/u.test(ownText(record, name))),
      };
    },
  })),
  ...recordTypes.map((recordType) =>
    rowCase(
      `a ${recordType} record seen on a page tells where`,
      { ...bareRecords[recordType], ...seen },
      {
        query_type: 'search',
        query_text: '夏日 "穿搭"',
        page_tab: 'video',
        feed_personalised: 'false',
        result_rank: '17',
        shown_on_page: 'true',
        first_seen_at_utc: '2026-09-01T11:00:00Z',
        last_seen_at_utc: '2026-09-01T11:30:00Z',
        raw_sha256: seen.raw_sha256,
      },
    ),
  ),
  rowCase(
    '19-digit ids keep every digit',
    postRecord({
      post_id: '7528963259874125698',
      author_id: '6952369874521000001',
      music_id: '7489562135987000123',
      product_ids: ['1729384756102938475', '1729384756102938476'],
      hashtags: [
        { name: 'ootd', id: '1600000000000000001', origin: 'both' },
        { name: '穿搭', id: null, origin: 'caption' },
      ],
    }),
    {
      post_id: '7528963259874125698',
      author_id: '6952369874521000001',
      music_id: '7489562135987000123',
      product_ids: '1729384756102938475;1729384756102938476',
      hashtags: 'ootd;穿搭',
      hashtag_ids: '1600000000000000001;',
      hashtag_origins: 'both;caption',
    },
  ),
  rowCase(
    'lists that belong together keep their gaps',
    postRecord({
      mentions: [
        { account: 'friend.of.lily', origin: 'tag_list' },
        { account: 'Somebody', origin: 'caption' },
      ],
      subtitles: [
        { language: 'eng-US', kind: 'asr', format: 'webvtt', url: null },
        { language: null, kind: 'translated', format: null, url: null },
      ],
      ai_flags: { IsAigc: 'false' },
      paid_flags: { brandOrganicType: '1001', isAd: 'true' },
    }),
    {
      mentions: 'friend.of.lily;Somebody',
      mention_origins: 'tag_list;caption',
      subtitle_languages: 'eng-US;',
      subtitle_kinds: 'asr;translated',
      ai_flags: '{"IsAigc":"false"}',
      paid_flags: '{"brandOrganicType":"1001","isAd":"true"}',
    },
  ),
  rowCase(
    'null is an empty cell, zero and false are not',
    postRecord({ like_count: 0, is_ad: false, author_verified: true }),
    {
      view_count: '',
      caption: '',
      hashtags: '',
      hashtag_ids: '',
      missing_reasons: '',
      created_at_utc: '',
      has_product_link: '',
      like_count: '0',
      is_ad: 'false',
      author_verified: 'true',
    },
  ),
  rowCase(
    'numbers are plain digits',
    postRecord({ view_count: 9_007_199_254_740_991, like_count: 9_007, duration_ms: 12_800, share_count: 1 }),
    { view_count: '9007199254740991', duration_s: '12.8', like_rate_views: '0' },
  ),
  rowCase(
    'structures are JSON',
    productRecord({
      attributes: { 品牌: 'A "B"', 成分: '棉 95%; 氨纶 5%' },
      options: [{ name: '颜色', values: ['红', '蓝'] }],
      price_minor: 7200,
      currency: 'CNY',
      missing_reasons: { created_at: 'not_in_response' },
    }),
    {
      attributes: '{"品牌":"A \\"B\\"","成分":"棉 95%; 氨纶 5%"}',
      options: '[{"name":"颜色","values":["红","蓝"]}]',
      price: '72.00',
      price_minor: '7200',
      missing_reasons: '{"created_at_utc":"not_in_response"}',
    },
  ),
  rowCase(
    'a SKU has its own table',
    skuRecord({ properties: { 尺码: 'XL' }, price_minor: 99_000, currency: 'VND', stock: 0 }),
    {
      sku_id: '1734567890123456789',
      price: '99000',
      stock: '0',
      properties: '{"尺码":"XL"}',
    },
  ),
  rowCase(
    'an element of a list may hold the separator',
    productRecord({ service_tags: ['7天;无理由', 'a\\b', '包邮'] }),
    {
      service_tags: '7天\\;无理由;a\\\\b;包邮',
    },
  ),
  tableCase(
    'texts come back as they were',
    'post',
    awkwardTexts.map((caption) => postRecord({ caption })),
    (table) => [cellsUnder(table, 'caption'), awkwardTexts],
  ),
  tableCase('half a surrogate pair becomes U+FFFD', 'post', [postRecord({ caption: 'a\ud83db' })], (table) => [
    cellsUnder(table, 'caption'),
    ['a\ufffdb'],
  ]),
  tableCase('every row has a cell per column', 'post', [postRecord({ caption: '"\r\n,' }), postRecord({})], (table) => [
    table.map((row) => row.length),
    table.map(() => columns.post.filter(isExportedByDefault).length),
  ]),
  tableCase('more rows than a chunk come in order', 'post', numbered, (table) => [
    cellsUnder(table, 'post_id'),
    numbered.map(({ post_id: id }) => id),
  ]),
  {
    name: 'rows that arrive over time give the same file',
    run: async (exporter) => ({
      found: await writeFile(exporter, 'post', later(numbered)),
      expected: await writeFile(exporter, 'post', numbered),
    }),
  },
];
