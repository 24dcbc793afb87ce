/** No JSON makes a payload throw, and no record ever holds what its type forbids. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../core/lossless-json.ts';
import { bareRecords } from '../core/record.samples.ts';
import { type AnyRecord, recordTypes } from '../core/record.ts';
import { recordRef } from '../core/observation.ts';
import { payloads, readAnswer } from './index.ts';
import { generator, mutations } from './mutations.samples.ts';
import { parseApiInfo } from './onebound-envelope.ts';
import { contextAt } from './payload.samples.ts';

const folder = join(import.meta.dirname, 'fixtures');
const context = contextAt(Date.UTC(2026, 10, 21));

/** Whether a field's value is of the kind that its name promises. */
function isSound(field: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === 'number' && !Number.isFinite(value)) return false;
  if (value !== null && /_count$|_minor$|_ms$|_at$|^width$|^height$|_position$/u.test(field))
    return Number.isSafeInteger(value) && Number(value) >= 0;
  if (value !== null && /(?<!from)_id$|handle$|caption$|_name$|_url$|^text$|^title$/u.test(field))
    return typeof value === 'string';
  if (/_urls$|hashtags|mentions|subtitles|_ids$|options|_tags$/u.test(field)) return Array.isArray(value);
  if (field.endsWith('_flags')) return Object.values(Object(value)).every((text) => isJson(text));
  return true;
}

function isJson(text: unknown): boolean {
  try {
    JSON.parse(String(text));
    return typeof text === 'string';
  } catch {
    return false;
  }
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === 'unknown' || (typeof value === 'object' && Object.keys(value).length === 0);

/** What is wrong with a record; one expectation each would take most of the time. */
function faultsOf(record: AnyRecord): readonly string[] {
  const entries = Object.entries(record);
  const names = entries.map(([field]) => field).sort();
  const expected = Object.keys(bareRecords[record.record_type]).sort();
  const id = recordRef(record).id;
  const value = (field: string): unknown => Reflect.get(record, field);
  return [
    ...(names.join() === expected.join() ? [] : [`fields ${names.join()}`]),
    ...entries.flatMap(([field, found]) => (isSound(field, found) ? [] : [`${field} ${JSON.stringify(found)}`])),
    ...(/\S/u.test(id) && !/^(?:uid|room|id)\/$/u.test(id) ? [] : [`id ${id}`]),
    ...Object.keys(record.figures).flatMap((field) =>
      value(field) === null ? [`${field} has a note but no value`] : [],
    ),
    ...Object.keys(record.missing_reasons).flatMap((field) =>
      isEmpty(value(field)) ? [] : [`${field} has both a value and a reason`],
    ),
  ];
}

function checkRecord(record: AnyRecord): void {
  expect(faultsOf(record), record.record_type).toEqual([]);
}

test('there is a sample of every type of record', () => {
  expect(Object.keys(bareRecords).sort()).toEqual([...recordTypes].sort());
  for (const record of Object.values(bareRecords)) checkRecord(record);
});

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
        { comments: [value], status_code: value },
        {
          comments: [
            { cid: '1', aweme_id: value, user: value, text: value, reply_comment: [value], image_list: [value] },
          ],
        },
        { userInfo: { user: { uniqueId: 'a', bioLink: value }, stats: value, statsV2: {} } },
        { user_list: [{ user_info: value }] },
        { challengeInfo: { challenge: value, stats: value } },
        { musicInfo: { music: { id: '1', title: value } } },
        { playList: [value], mixInfo: value },
        { data: { user: { uniqueId: value, roomId: value }, liveRoom: { liveRoomStats: value } } },
        { ItemModule: { a: value }, UserModule: { users: { a: value } }, ItemList: { a: { list: [value] } } },
        { props: { pageProps: value } },
        { LiveRoom: { liveRoomUserInfo: value } },
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
