/** Answers as people save them: with their envelope, without it, as a list, and inside the envelope of another program. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../core/lossless-json.ts';
import type { AnyRecord } from '../core/record.ts';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { at } from './reading.ts';

const context = contextAt(Date.UTC(2026, 10, 21));
const fixture = (name: string): unknown =>
  parseJson(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

/** Everything but what only the envelope says: when the answer was given, and that its words are translated. */
function told(records: readonly AnyRecord[]): readonly unknown[] {
  return records.map(({ figures: _figures, observed_at: _time, ...rest }) => rest);
}

const bareForms: readonly (readonly [name: string, ...path: readonly string[]])[] = [
  ['onebound-video', 'item'],
  ['onebound-product', 'item'],
  ['onebound-product-search', 'items', 'item'],
  ['onebound-video-search', 'item'],
  ['key-secret-video', 'data'],
  ['key-secret-search', 'data', 'items'],
  ['bearer-normalised', 'video_list'],
  ['bearer-user-post-list', 'data', 'aweme_list'],
  ['open-platform-product', 'data'],
  ['doudian-product', 'data'],
  ['aweme-douyin', 'aweme_list'],
];

describe.each(bareForms)('%s', (name, ...path) => {
  const whole = fixture(name);
  const answer = readAnswer(whole, context);
  const bare = at(whole, ...path);

  test.each([
    ['bare', bare],
    ['in a list', [whole]],
    ['bare in a list', [bare]],
    ['under data', { code: 200, data: whole }],
    ['under result', { result: whole }],
    ['as a text', { response: JSON.stringify(whole) }],
  ])('%s it says the same', (_form, json) => {
    const again = readAnswer(json, context);
    expect(answer.records.length).toBeGreaterThan(0);
    expect(again.payload).toBe(answer.payload);
    expect(told(again.records)).toEqual(told(answer.records));
  });

  test('a list of two is two', () => {
    const entries = Array.isArray(bare) ? [...bare, ...bare] : [bare, bare];
    const again = readAnswer(entries, context);
    const isOncePerPost = answer.payload === 'aweme';
    expect(again.records).toHaveLength(answer.records.length * (isOncePerPost ? 1 : 2));
  });
});

test('the entries of a key-secret list are all read', () => {
  const data = at(fixture('key-secret-video'), 'data');
  const second = { ...(data as object), video_id: '7298345678901234599' };
  const { records } = readAnswer({ code: 0, data: [data, second] }, context);
  expect(records.flatMap((record) => (record.record_type === 'post' ? [record.post_id] : []))).toHaveLength(2);
});

test('a search of the gateway gives each product, with its options but without SKUs', () => {
  const found = {
    num_iid: '3514453298386183303',
    title: '茶杯',
    price: '72.00',
    orginal_price: '99.9',
    sales: '1.3万+',
    pic_url: '//p3.example/cup.jpg',
    props_list: { '0:0': '颜色:黑色', '0:1': '颜色:白色', '1:0': '尺码：S', x: null },
  };
  const items = { item: [found, { num_iid: '3514453298386183304', title: '茶壶', price: 0.1 }], page: '1' };
  const { payload, records } = readAnswer({ items, error_code: '0000' }, context);
  expect(payload).toBe('onebound-product');
  expect(records).toMatchObject([
    {
      product_id: '3514453298386183303',
      price_minor: 7200,
      list_price_minor: 9990,
      sold_count: 13_000,
      options: [
        { name: '颜色', values: ['黑色', '白色'] },
        { name: '尺码', values: ['S'] },
      ],
      image_urls: ['https://p3.example/cup.jpg'],
    },
    { product_id: '3514453298386183304', price_minor: 10 },
  ]);
});

test('a status inside a wrapper is still told', () => {
  expect(readAnswer({ result: { error_code: '2000', error: 'item-not-found' } }, context)).toMatchObject({
    records: [],
    status: { code: '2000' },
  });
  expect(readAnswer([{ error_code: '2000' }], context).status).toMatchObject({ code: '2000' });
});

test('what only resembles an item is none', () => {
  for (const json of [
    { num_iid: '12', nick: 'short id' },
    { error_code: '2000', num_iid: '7092264344980868359' },
    { error_code: '2000', num_iid: '3514453298386183303', price: '' },
    { product_id: '3514453298386183303' },
    { video_id: '7298345678901234567' },
    { data: { data: { data: { data: { data: { data: { data: fixture('onebound-video') } } } } } } },
  ]) {
    expect(readAnswer(json, context).records).toEqual([]);
  }
});
