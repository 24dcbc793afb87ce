import { describe, expect, it } from 'vitest';
import { toObservation } from './observation.ts';
import { parseObservation, parseRecord } from './record-schema.ts';
import { bareRecords, postRecord, productRecord } from './record.samples.ts';
import { recordTypes } from './record.ts';

const full = postRecord({
  caption: 'Rain on tin 雨 🌧',
  hashtags: [{ name: 'rain', id: null, origin: 'caption' }],
  mentions: [{ account: 'tin.roof', origin: 'both' }],
  subtitles: [{ language: 'eng-US', kind: 'asr', format: 'webvtt', url: null }],
  ai_flags: { IsAigc: 'false' },
  view_count: 12,
  figures: { view_count: { precision: 'rounded', source: 'stats', raw: '12', observed_at: null, fetched_at: 5 } },
  missing_reasons: { like_count: 'not_in_response' },
  query_type: 'search',
  result_rank: 3,
});

describe('records of a file', () => {
  it.each(recordTypes)('a %s is read as it was written, field by field', (type) => {
    const record = bareRecords[type];
    expect(parseRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  it('keeps everything that a record can hold', () => {
    expect(parseRecord(JSON.parse(JSON.stringify(full)))).toEqual(full);
    const product = productRecord({
      price_minor: 7_800,
      price_unit_source: 'assumed:CNY',
      attributes: { 材质: '棉' },
      options: [{ name: '颜色', values: ['白', '黑'] }],
    });
    expect(parseRecord(JSON.parse(JSON.stringify(product)))).toEqual(product);
  });

  it.each(recordTypes)('every field of a %s has a type: a wrong one is refused', (type) => {
    const record: Readonly<Record<string, unknown>> = { ...bareRecords[type] };
    const accepted = Object.keys(record).filter((field) => parseRecord({ ...record, [field]: [() => 1] }) !== null);
    expect(accepted).toEqual([]);
  });

  it('drops fields that are unknown here and fills those that are missing', () => {
    const thin = {
      record_type: 'post',
      platform: 'tiktok',
      post_id: '7528963259874125698',
      fetched_at: 5,
      of_a_later_version: { x: 1 },
    };
    const record = parseRecord(thin);
    expect(record).toMatchObject({ post_id: '7528963259874125698', caption: null, hashtags: [], post_type: 'unknown' });
    expect(Object.keys(record ?? {}).sort()).toEqual(Object.keys(bareRecords.post).sort());
    expect(record).toMatchObject({ availability: 'unknown', collected_via: 'import', raw_sha256: null });
  });

  it('refuses what is no record, has no id, or holds what no source ever gave', () => {
    const { post } = bareRecords;
    const refused: readonly unknown[] = [
      null,
      'post',
      [],
      {},
      { ...post, record_type: 'constructor' },
      { ...post, post_id: '' },
      { ...post, post_id: 7_528_963_259 },
      { ...post, post_id: undefined },
      { ...post, platform: 'elsewhere' },
      { ...post, view_count: '12' },
      { ...post, view_count: Number.NaN },
      { ...post, caption: 'x'.repeat(10_000_000) },
      { ...post, hashtags: [{ name: 'rain' }] },
      { ...post, figures: { view_count: { precision: 'about', source: 's', observed_at: null, fetched_at: 1 } } },
      { ...bareRecords.author, author_id: null, author_sec_id: null, author_handle: null },
      { ...bareRecords.live, live_id: null, room_id: null },
    ];
    expect(refused.filter((value) => parseRecord(value) !== null)).toEqual([]);
  });

  it('keys that would change an object’s nature change nothing', () => {
    const text = JSON.stringify(bareRecords.product).replace(
      /^\{/u,
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    const nested = text.replace('"attributes":{', '"attributes":{"__proto__":"x","size":"M"');
    const record = parseRecord(JSON.parse(nested));
    expect(record).toMatchObject({ attributes: { size: 'M' } });
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(Object.keys(record ?? {}).sort()).toEqual(Object.keys(bareRecords.product).sort());
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('observations of a file', () => {
  it('are read as they were written', () => {
    const observation = toObservation(full, '{"a":1}');
    expect(parseObservation(JSON.parse(JSON.stringify(observation)))).toEqual(observation);
    const bare = toObservation(full);
    expect(parseObservation({ ...bare, more: 1 })).toEqual(bare);
  });

  it('are refused where their ref, their time or their record is none', () => {
    const observation = toObservation(full);
    const refused: readonly unknown[] = [
      null,
      { ...observation, ref_key: 'nothing' },
      { ...observation, ref_key: 'tiktok:author:somebody' },
      { ...observation, ref_key: 'douyin:post:7528963259874125698' },
      { ...observation, observed_at: '2026' },
      { ...observation, observed_at: -1 },
      { ...observation, record: { ...full, width: '1' } },
      { ...observation, record: undefined },
      { ...observation, raw: 5 },
    ];
    expect(refused.filter((value) => parseObservation(value) !== null)).toEqual([]);
  });
});
