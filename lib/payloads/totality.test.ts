/** No JSON makes a payload throw, and no record ever holds what its type forbids. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../core/lossless-json.ts';
import { postRecord, productRecord, skuRecord } from '../core/record.samples.ts';
import type { AnyRecord } from '../core/record.ts';
import { payloads, readAnswer } from './index.ts';
import { parseApiInfo } from './onebound-envelope.ts';
import { contextAt } from './payload.samples.ts';

const folder = join(import.meta.dirname, 'fixtures');
const context = contextAt(Date.UTC(2026, 10, 21));
const samples = { post: postRecord({}), product: productRecord({}), sku: skuRecord({}) };

function checkRecord(record: AnyRecord): void {
  expect(Object.keys(record).sort()).toEqual(Object.keys(samples[record.record_type]).sort());
  for (const [field, value] of Object.entries(record)) {
    expect(value, field).not.toBeUndefined();
    if (typeof value === 'number') expect(Number.isFinite(value), field).toBe(true);
    if (/_count$|_minor$|_ms$|_at$|^width$|^height$|_position$/u.test(field) && value !== null)
      expect(Number.isSafeInteger(value) && Number(value) >= 0, `${field} ${value}`).toBe(true);
    if (/(?<!from)_id$|handle$|caption$|_name$|_url$/u.test(field) && value !== null)
      expect(typeof value, field).toBe('string');
    if (/_urls$|hashtags|mentions|_ids$|options|_tags$/u.test(field)) expect(Array.isArray(value), field).toBe(true);
  }
  for (const field of Object.keys(record.figures)) expect(Reflect.get(record, field), field).not.toBeNull();
  for (const field of Object.keys(record.missing_reasons)) {
    const value: unknown = Reflect.get(record, field);
    const isEmpty =
      value === null || value === 'unknown' || (typeof value === 'object' && Object.keys(value).length === 0);
    expect(isEmpty, `${field} has both a value and a reason`).toBe(true);
  }
}

const strange: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  '\u{D800}',
  0,
  -1,
  1.5,
  Number.NaN,
  2 ** 60,
  true,
  [],
  [null],
  [[[]]],
  {},
  { a: { b: null } },
  '{"a":1}',
  '[',
  JSON.parse('{"__proto__":{"id":1}}'),
];

describe('any JSON', () => {
  test.each(payloads.map((payload) => [payload.id, payload] as const))('%s never throws', (_id, payload) => {
    for (const value of strange) {
      for (const json of [
        value,
        [value],
        { item: value, error_code: '0000' },
        { data: value, code: 0 },
        { aweme_list: [value] },
        { itemList: value },
        { video_list: [value] },
        { __DEFAULT_SCOPE__: value },
        { loaderData: value },
      ]) {
        expect(() => [payload.recognises(json), payload.read(json, context), payload.status?.(json)]).not.toThrow();
      }
    }
  });

  test('hostile nesting is no news either', () => {
    let json: unknown = {};
    for (let depth = 0; depth < 150; depth++) json = { data: [json], item: json === null ? json : {}, aweme_list: [] };
    expect(readAnswer(json, context).records).toEqual([]);
  });
});

function mutations(json: unknown, random: () => number): unknown {
  if (random() < 0.06) return strange[Math.floor(random() * strange.length)];
  if (Array.isArray(json)) return json.map((entry) => mutations(entry, random));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) => (random() < 0.04 ? [] : [[key, mutations(value, random)]])),
  );
}

/** Mulberry32: the same sequence in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('our fixtures, damaged in five hundred ways', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    const json = parseJson(readFileSync(join(folder, name), 'utf8'));
    const random = generator(4711);
    for (const record of readAnswer(json, context).records) checkRecord(record);
    for (let round = 0; round < 500; round++) {
      const damaged = mutations(json, random);
      // Text would be parsed first, and that may throw.
      if (typeof damaged === 'string') continue;
      for (const record of readAnswer(damaged, context).records) checkRecord(record);
    }
  });
});

test.each([
  // As published for the gateway, 2026-10.
  [
    'today:60 max:10100 all[110=60+19+31];expires:2030-12-31',
    { today: 60, max: 10100, all: 110, parts: [60, 19, 31], expires: '2030-12-31' },
  ],
  ['today:0 max:11000', { today: 0, max: 11000, all: null, parts: [], expires: null }],
  [
    'today: max:20000 all[=++];expires:2024-01-16',
    { today: null, max: 20000, all: null, parts: [], expires: '2024-01-16' },
  ],
  ['today:1 max:2 all[];expires:2099-12-31', { today: 1, max: 2, all: null, parts: [], expires: '2099-12-31' }],
  ['', null],
  [undefined, null],
  [['today:1'], null],
])('allowance: %s', (text, info) => {
  expect(parseApiInfo(text)).toEqual(info);
});
