import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseJson } from '../core/lossless-json.ts';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { at } from './reading.ts';

const text = readFileSync(new URL('./fixtures/tikhub-product.json', import.meta.url), 'utf8');
const context = contextAt(Date.UTC(2026, 10, 21));
const productId = '1729000000000000107';

test('a product is found in the envelope, without it, and under the name that the page has for it', () => {
  const json = parseJson(text);
  const config = at(json, 'data', 'data');
  for (const answer of [json, at(json, 'data'), config, { data: { page_config: config } }]) {
    const { payload, records } = readAnswer(answer, context);
    expect(payload).toBe('tikhub-product');
    expect(records[0]).toMatchObject({ record_type: 'product', product_id: productId });
  }
});

test('an id that is a bare number keeps its digits', () => {
  const bare = text.replaceAll(`"${productId}"`, productId);
  expect(readAnswer(bare, context).records[0]).toMatchObject({ product_id: productId });
});

test('an answer without a product holds none, whatever else it lists', () => {
  for (const data of [{}, { components_map: [], global_data: {} }, { components_map: 'x', global_data: null }])
    expect(readAnswer({ code: 200, data: { code: 0, data } }, context).records).toEqual([]);
});
