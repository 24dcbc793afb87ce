/** The gateway's lists and accounts, and the key-secret search, as a person may have saved them. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recordRef } from '../core/observation.ts';
import { readAnswer } from './index.ts';
import { keySecretPage } from './key-secret-video.ts';
import { gatewayPage } from './onebound-envelope.ts';
import { contextAt } from './payload.samples.ts';

const context = contextAt(Date.UTC(2026, 10, 21));
const text = (name: string): string => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const fixture = (name: string) => JSON.parse(text(name));

test.each([
  ['onebound-product-search', 'onebound-product', ['3614453298386180001', '3614453298386180002']],
  ['onebound-shop-products', 'onebound-product', ['3614453298386180001', '3614453298386180003']],
  ['onebound-video-search', 'onebound-video', ['7401122334455667788', '7401122334455660000']],
  ['onebound-user', 'onebound-user', ['MS4wLjABAAAAinventedInventedInventedInventedInvented000']],
  ['key-secret-search', 'key-secret-video', ['7401000111222333444', '1729000000000000001', '7401000111222333555']],
])('%s is read by %s', (name, payload, ids) => {
  const answer = readAnswer(text(name), context);
  expect(answer.payload).toBe(payload);
  expect(answer.records.map((record) => recordRef(record).id)).toEqual(ids);
});

describe('an account', () => {
  test('is not what a post or a product says of its author or shop', () => {
    for (const name of ['onebound-video', 'onebound-product', 'onebound-shop-products']) {
      const types = readAnswer(text(name), context).records.map((record) => record.record_type);
      expect(types).not.toContain('author');
    }
    const shop = {
      ...fixture('onebound-shop-products'),
      user: { nick: '某某窑小店', fans: 5, sec_uid: 'MS4wLjABAAAAx' },
    };
    expect(readAnswer(shop, context).records.map((record) => record.record_type)).toEqual(['product', 'product']);
  });

  test('without any id is none', () => {
    expect(readAnswer({ error_code: '0000', item: { nickname: 'x', fans: 3 } }, context).records).toEqual([]);
  });

  test('that was not found is a status', () => {
    const answer = { error: 'item-not-found', reason: '没找到', error_code: '2000', user: { nickname: 'x' } };
    expect(readAnswer(answer, context)).toMatchObject({ records: [], status: { code: '2000' } });
  });
});

describe('how far a list got', () => {
  test.each([
    ['under items', fixture('onebound-product-search'), { entries: 2, page: 1, pageSize: 2, pageCount: 3 }],
    ['beside the list', fixture('onebound-video-search'), { entries: 2, page: 1, pageSize: 2, pageCount: 15 }],
    ['nowhere', fixture('onebound-shop-products'), { entries: 2, page: null, pageSize: null, pageCount: null }],
    ['no list', { error_code: '0000', items: {} }, { entries: 0, page: null, pageSize: null, pageCount: null }],
    ['nothing at all', null, { entries: 0, page: null, pageSize: null, pageCount: null }],
  ])('stands %s', (_name, json, page) => {
    expect(gatewayPage(json)).toEqual(page);
  });

  test('in a key-secret search', () => {
    const page = { entries: 2, page: 1, pageSize: 2, pageCount: null, hasMore: true };
    expect(keySecretPage(fixture('key-secret-search'))).toEqual(page);
    expect(keySecretPage({ code: 0, data: {} })).toMatchObject({ entries: null, hasMore: null });
    expect(keySecretPage('x')).toMatchObject({ entries: null });
  });
});

test('a reduced price is what is paid; 0 is no promotion; nothing is made of words', () => {
  const [entry] = fixture('onebound-product-search').items.item;
  const read = (prices: object) => {
    const json = { ...fixture('onebound-product-search'), items: { item: [{ ...entry, ...prices }] } };
    return readAnswer(json, context).records[0];
  };
  expect(read({ promotion_price: '59.9', price: 89 })).toMatchObject({ price_minor: 5990, list_price_minor: 8900 });
  expect(read({ promotion_price: 0, price: '89' })).toMatchObject({ price_minor: 8900, list_price_minor: null });
  expect(read({ promotion_price: '99', price: '89' })).toMatchObject({ price_minor: 9900, list_price_minor: null });
  expect(read({ promotion_price: '5折', price: '面议' })).toMatchObject({
    price_minor: null,
    currency: null,
    missing_reasons: { price_minor: 'parse_error' },
  });
});
