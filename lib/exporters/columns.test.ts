import { describe, expect, test } from 'vitest';
import { bareRecords, postRecord, productRecord, skuRecord } from '../core/record.samples.ts';
import { type FigureNote, recordTypes } from '../core/record.ts';
import { cellsOf, columns, isExportedByDefault } from './columns.ts';
import { describeRecord } from './describe.ts';
import { exportFileName } from './file-name.ts';
import { harnessContext } from './harness.ts';
import { exporterById, exporters } from './index.ts';

const published = 1_750_212_365_000;

function figure(precision: FigureNote['precision'], source: string): FigureNote {
  return { precision, source, observed_at: published, fetched_at: published };
}

describe.each(Object.entries(columns))('the columns of %s', (_recordType, list) => {
  test('have names of their own, in snake_case', () => {
    const names = list.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/u);
  });

  test.each(list.map((column) => [column.name, column] as const))(
    '%s is described in both languages',
    (_name, column) => {
      expect(column.description.en).toMatch(/^\S.*\.$/u);
      expect(column.description.zh_CN).toMatch(/^\S.*。$/u);
    },
  );
});

/** A value of the JSON type that the column promises, or null. */
function fits(type: string, value: unknown): boolean {
  if (value === null) return true;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'time')
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/u.test(value);
  if (type === 'list') return Array.isArray(value);
  if (type === 'json') return typeof value === 'object';
  return typeof value === 'string';
}

const fullPost = postRecord({
  post_url: 'https://www.tiktok.com/@lily/video/7528963259874125698',
  caption: 'Summer #ootd',
  created_at: published,
  created_at_from_id: 1_752_973_361_000,
  duration_ms: 12_800,
  music_duration_ms: 15_000,
  view_count: 215_689,
  like_count: 12_589,
  comment_count: 892,
  share_count: 326,
  save_count: 1563,
  hashtags: [{ name: 'ootd', id: null, origin: 'caption' }],
  mentions: [{ account: 'friend', origin: 'tag_list' }],
  author_handle: 'lily',
  author_follower_count: 50_000,
  author_verified: true,
  media_url: 'https://v16.example/x.mp4',
  author_avatar_url: 'https://p16.example/a.jpg',
  figures: {
    view_count: figure('exact', 'statsV2'),
    author_follower_count: figure('rounded', 'stats'),
    save_count: { ...figure('abbreviated', 'dom'), raw: '1563+', observed_at: null },
    repost_count: figure('unknown', 'api:gateway'),
  },
  missing_reasons: { region: 'not_in_response', duration_ms: 'parse_error' },
});

describe('a described post', () => {
  const described = describeRecord(fullPost, harnessContext);

  test('has every column with its JSON type, after record_type', () => {
    expect(Object.keys(described)[0]).toBe('record_type');
    for (const { name, type } of columns.post) {
      expect(Object.hasOwn(described, name), name).toBe(true);
      expect(fits(type, described[name]), `${name}: ${JSON.stringify(described[name])}`).toBe(true);
    }
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  });

  test('has the times outside as ISO 8601 and in seconds', () => {
    expect(described).toMatchObject({
      record_type: 'post',
      post_id: '7528963259874125698',
      created_at_utc: '2025-06-18T02:06:05Z',
      created_at_unix: 1_750_212_365,
      created_at_local: '2025-06-18T10:06:05+08:00',
      created_at_tz: 'Asia/Shanghai',
      created_at_from_id_utc: '2025-07-20T01:02:41Z',
      id_time_delta_s: -2_760_996,
      duration_s: 12.8,
      duration_ms: 12_800,
      music_duration_s: 15,
      hashtags: ['ootd'],
      hashtag_ids: [],
      region: null,
      observed_at_utc: '2026-09-01T12:00:00Z',
      fetched_at_utc: '2026-09-01T12:00:01Z',
      schema_version: 3,
      pseudonym_scheme: 'none',
      extension_version: '0.1.0',
      missing_reasons: { region: 'not_in_response', duration_s: 'parse_error' },
    });
  });

  test('tells the worst precision and all sources of the figures that it has', () => {
    expect(described).toMatchObject({ counts_precision: 'abbreviated', counts_source: 'statsV2;stats;dom' });
    expect(described['figures']).toMatchObject({
      view_count: { precision: 'exact', source: 'statsV2', raw: null, observed_at_utc: '2025-06-18T02:06:05Z' },
      save_count: { precision: 'abbreviated', source: 'dom', raw: '1563+', observed_at_utc: null },
    });
  });

  test('has no precision and no source without a figure', () => {
    expect(describeRecord(postRecord({}), harnessContext)).toMatchObject({
      counts_precision: null,
      counts_source: null,
    });
  });
});

test('a described product and a described SKU have every column with its JSON type', () => {
  const product = productRecord({
    price_minor: 7200,
    currency: 'CNY',
    price_unit_source: 'assumed:gateway',
    sold_count: 13_000,
    sold_count_text: '1.3万+',
    created_at: published,
    figures: { sold_count: { ...figure('lower_bound', 'api:gateway'), raw: '1.3万+' } },
  });
  const described = describeRecord(product, harnessContext);
  expect(described).toMatchObject({
    record_type: 'product',
    price: '72.00',
    price_minor: 7200,
    price_unit_source: 'assumed:gateway',
    sold_count: 13_000,
    sold_count_precision: 'lower_bound',
    created_at_utc: '2025-06-18T02:06:05Z',
  });
  expect(described).not.toHaveProperty('duration_ms');
  for (const { name, type } of columns.product) expect(fits(type, described[name]), name).toBe(true);
  const sku = describeRecord(skuRecord({ price_minor: 99_000, currency: 'VND' }), harnessContext);
  expect(sku).toMatchObject({ record_type: 'sku', price: '99000', sku_id: '1734567890123456789' });
  for (const { name, type } of columns.sku) expect(fits(type, sku[name]), name).toBe(true);
});

test('what may show a person, or expires with the session, is not exported by default', () => {
  const held = recordTypes.map((type) => [
    type,
    columns[type]
      .filter((column) => !isExportedByDefault(column) && !column.pseudonym)
      .map(({ name }) => name)
      .sort(),
  ]);
  expect(Object.fromEntries(held)).toEqual({
    post: ['author_avatar_url', 'author_region', 'media_url', 'subtitle_urls'],
    product: [],
    sku: [],
    author: ['author_avatar_url', 'author_ip_location', 'author_region'],
    hashtag: [],
    music: [],
    collection: [],
    comment: ['author_avatar_url', 'ip_label'],
    review: [],
    live: [],
    shop: [],
  });
});

/** Every text of a record that names, addresses or shows Lily. */
const person = {
  author_id: '6952369874521000001',
  author_sec_id: 'MS4wLjABAAAA-lily',
  author_handle: 'lily',
  author_name: 'Lily',
  author_url: 'https://www.tiktok.com/@lily',
  author_bio: 'I am Lily',
  author_bio_url: 'https://lily.example',
  author_avatar_url: 'https://p16.example/lily.jpg',
  author_region: 'Lilyland',
  author_ip_location: 'Lilytown',
  ip_label: 'Lilytown',
  collected_from_url: 'https://www.tiktok.com/@lily',
  query_text: 'lily',
};

test.each(recordTypes)('every column that names a person is marked as personal: %s', (type) => {
  const bare = bareRecords[type];
  const fields = Object.fromEntries(Object.entries(person).filter(([name]) => Object.hasOwn(bare, name)));
  const named = cellsOf({ ...bare, ...fields }, harnessContext).filter(({ value }) =>
    /lily|6952369874521000001/iu.test(JSON.stringify(value)),
  );
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter(({ column }) => !column.personal).map(({ column }) => column.name)).toEqual([]);
});

test('a post and a live room that a person is named by are personal', () => {
  const marked = columns.post.filter(({ personal }) => personal).map(({ name }) => name);
  const named = cellsOf(fullPost, harnessContext)
    .filter(({ value }) => /lily|friend/u.test(JSON.stringify(value)))
    .map(({ column }) => column.name);
  expect(named.length).toBeGreaterThan(1);
  for (const name of named) expect(marked).toContain(name);
  expect(columns.live.find(({ name }) => name === 'live_id')).toMatchObject({ personal: true });
  expect(columns.music.find(({ name }) => name === 'author')).toMatchObject({ personal: true });
});

describe.each(recordTypes)('a bare %s record', (type) => {
  const record = bareRecords[type];
  const described = describeRecord(record, harnessContext);

  test('has every column with its JSON type, and all that it holds comes out', () => {
    for (const { name, type: jsonType } of columns[type]) {
      expect(Object.hasOwn(described, name), name).toBe(true);
      expect(fits(jsonType, described[name]), `${name}: ${JSON.stringify(described[name])}`).toBe(true);
    }
    const shown = new Set(Object.keys(described));
    const columnsOf: Readonly<Record<string, string>> = { subtitles: 'subtitle_languages' };
    const hidden = Object.keys(record).filter((field) => {
      const name = columnsOf[field] ?? field.replace(/_at(_from_id)?$/u, '$&_utc').replace(/_ms$/u, '_s');
      return !shown.has(name);
    });
    expect(hidden).toEqual([]);
  });

  test('gives its reasons under names of columns', () => {
    const names = columns[type].map(({ name }) => name);
    const empty = Object.entries(record).filter(([, value]) => value === null);
    const missing = Object.fromEntries(empty.map(([field]) => [field, 'not_in_response' as const]));
    const cell = cellsOf({ ...record, missing_reasons: missing }, harnessContext).find(
      ({ column }) => column.name === 'missing_reasons',
    );
    expect(Object.keys(missing).length).toBeGreaterThan(3);
    expect(Object.keys(Object(cell?.value)).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('comes through the table of its columns without a null turned into a zero', () => {
    const numbers = columns[type].filter(({ type: jsonType }) => jsonType === 'integer' || jsonType === 'number');
    const written = numbers.filter(({ name }) => described[name] !== null).map(({ name }) => name);
    expect(written).toEqual(['schema_version']);
  });
});

test('comments and posts have their times in every form', () => {
  const times = { created_at: published, created_at_from_id: published - 9_000 };
  for (const record of [
    { ...bareRecords.post, ...times },
    { ...bareRecords.comment, ...times },
  ]) {
    expect(describeRecord(record, harnessContext)).toMatchObject({
      created_at_utc: '2025-06-18T02:06:05Z',
      created_at_unix: 1_750_212_365,
      created_at_local: '2025-06-18T10:06:05+08:00',
      created_at_tz: 'Asia/Shanghai',
      created_at_from_id_utc: '2025-06-18T02:05:56Z',
      id_time_delta_s: 9,
    });
  }
});

test('a sound has its length in both units', () => {
  const music = { ...bareRecords.music, duration_ms: 15_500 };
  expect(describeRecord(music, harnessContext)).toMatchObject({ duration_s: 15.5, duration_ms: 15_500 });
  expect(columns.music.map(({ name }) => name)).not.toContain('duration_ms');
});

test('one meaning has one description', () => {
  const byName = new Map<string, Set<string>>();
  for (const type of recordTypes)
    for (const { name, description } of columns[type])
      byName.set(name, (byName.get(name) ?? new Set()).add(description.en));
  const shared = ['platform', 'author_handle', 'author_name', 'post_id', 'product_id', 'sku_id', 'shop_id', 'ip_label'];
  for (const name of shared) expect(byName.get(name)?.size, name).toBe(1);
});

test.each([
  ['tiktok', 'posts', 'clipscope_tiktok_posts_20250618T020605Z.csv'],
  ['mixed', 'posts', 'clipscope_mixed_posts_20250618T020605Z.csv'],
  ['douyin', '#穿搭/夏日', 'clipscope_douyin_穿搭-夏日_20250618T020605Z.csv'],
  ['tiktok', '../../a b:c*"<>|', 'clipscope_tiktok_a-b-c_20250618T020605Z.csv'],
  ['tiktok', '', 'clipscope_tiktok_records_20250618T020605Z.csv'],
  ['tiktok', '...', 'clipscope_tiktok_records_20250618T020605Z.csv'],
] as const)('a file of %s %j is called %s', (platform, what, name) => {
  expect(exportFileName(platform, what, published)).toBe(name);
});

test('a file name fits every file system', () => {
  const name = exportFileName('douyin', '𠮷'.repeat(300), published, 'xlsx');
  expect(new TextEncoder().encode(name).length).toBeLessThan(255);
});

test('exporters are found by their id', () => {
  for (const exporter of exporters) expect(exporterById(exporter.id)).toBe(exporter);
  expect(exporterById('no such format')).toBeNull();
});
