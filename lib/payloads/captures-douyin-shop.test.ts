/** Real pages and answers of Douyin and of both shops, where this machine has them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import type { EmbeddedBlock } from '../core/page-data.ts';
import type { AnyRecord } from '../core/record.ts';
import type { EntityRef } from '../core/ref.ts';
import { readBlocks } from './embedded.ts';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';

const captures = sharedFixtures('captures') ?? '';
const context = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'import' });

/** The text of the only file of a kind whose name has this word. */
function capture(kind: string, word = ''): string {
  const name = readdirSync(join(captures, kind)).find((file) => file.includes(word)) ?? '';
  return readFileSync(join(captures, kind, name), 'utf8');
}

/** The blocks of a saved page, as the sites hand them on. */
function blocksOf(html: string): readonly EmbeddedBlock[] {
  const { document } = parseHTML(html);
  const scripts = [...document.querySelectorAll('script')];
  const texts = scripts.map((script) => script.textContent ?? '');
  const idOf = (id: string): string => scripts.find((script) => script.id === id)?.textContent ?? '';
  const ld = scripts.filter((script) => script.getAttribute('type') === 'application/ld+json');
  const all: readonly EmbeddedBlock[] = [
    { block: 'render-data', text: idOf('RENDER_DATA') },
    { block: 'modern-router-data', text: idOf('__MODERN_ROUTER_DATA__') },
    { block: 'pace-f', text: texts.filter((text) => text.includes('self.__pace_f.push(')).join('\n') },
    { block: 'router-data', text: texts.find((text) => text.includes('window._ROUTER_DATA')) ?? '' },
    { block: 'ld-json', text: ld.length > 0 ? `[${ld.map((script) => script.textContent).join(',')}]` : '' },
  ];
  return all.filter(({ text }) => text !== '');
}

const read = (html: string, ref: EntityRef | null = null) =>
  readBlocks(blocksOf(html), ref && { refs: [ref] }, context);
const post = (id: string): EntityRef => ({ platform: 'douyin', kind: 'post', id });

function tally(records: readonly AnyRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { record_type: type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** Every id that a record holds stands in the file with all its digits, and with none more. */
function expectDigits(records: readonly AnyRecord[], text: string): void {
  expect(records.length).toBeGreaterThan(0);
  for (const record of records) {
    for (const [field, value] of Object.entries(record)) {
      const ids = /_ids?$/u.test(field) ? (Array.isArray(value) ? value : [value]) : [];
      for (const id of [
        ...ids,
        ...(field === 'hashtags' && record.record_type === 'post' ? record.hashtags.map((tag) => tag.id) : []),
      ])
        if (typeof id === 'string' && /^\d{15,}$/u.test(id))
          expect(new RegExp(`(?<!\\d)${id}(?!\\d)`, 'u').test(text), `${field} ${id}`).toBe(true);
    }
  }
}

describe.skipIf(!captures)(`captures${skippedNote(captures || null)}`, () => {
  test('a feed of Douyin: 9 posts without plays', () => {
    const text = capture('douyin-aweme', 'homeFeed');
    const { records } = readAnswer(text, context);
    expect(tally(records)).toEqual({ post: 9 });
    for (const record of records)
      expect(record).toMatchObject({ view_count: null, missing_reasons: { view_count: 'not_exposed_on_web' } });
    const raw = JSON.parse(text);
    for (const [index, record] of records.entries()) {
      const { digg_count, comment_count, share_count, collect_count } = raw.aweme_list[index].statistics;
      expect(record).toMatchObject({ like_count: digg_count, comment_count, share_count, save_count: collect_count });
    }
    expect(records.filter((record) => record.record_type === 'post' && record.collection_id !== null)).toHaveLength(1);
    expectDigits(records, text);
  });

  test('a list of 2020: 41 posts, dated by their ids alone', () => {
    const text = capture('douyin-aweme', 'data2');
    const { records } = readAnswer(text, context);
    expect(tally(records)).toEqual({ post: 41 });
    for (const record of records)
      expect(record).toMatchObject({ created_at: null, created_at_from_id: expect.any(Number) });
    expectDigits(records, text);
  });

  test('a share page: one post, and none where the address names another', () => {
    const text = capture('douyin-router-data');
    const answers = read(text, post('7591145475174424575'));
    expect(answers.map(({ block, stale }) => [block, stale])).toEqual([['router-data', false]]);
    const records = answers.flatMap((answer) => answer.records);
    expect(tally(records)).toEqual({ post: 1 });
    expect(records[0]).toMatchObject({
      post_id: '7591145475174424575',
      like_count: 5209006,
      created_at: 1767451288000,
    });
    expectDigits(records, text);
    expect(read(text, post('7591145475174424576'))).toMatchObject([{ stale: true, records: [] }]);
  });

  test("a guest's page: no record, and no error", () => {
    const answers = read(capture('douyin-render-data'), post('7654053716367414867'));
    expect(answers.map(({ block }) => block).sort()).toEqual(['pace-f', 'render-data']);
    for (const answer of answers)
      expect(answer).toMatchObject({ records: [], status: null, stale: false, viewer: [], isList: false });
  });

  test('a page of TikTok Shop: one product, 40 SKUs, 20 reviews, one shop', () => {
    const text = capture('tiktok-shop');
    const product: EntityRef = { platform: 'tiktok', kind: 'product', id: '1729447605324124806' };
    const records = read(text, product).flatMap((answer) => answer.records);
    expect(tally(records)).toEqual({ product: 1, sku: 40, review: 20, shop: 1 });
    expect(records[0]).toMatchObject({
      product_id: '1729447605324124806',
      price_minor: 2417,
      price_max_minor: 2469,
      sold_count: 30762,
      review_count: 2868,
    });
    expect(new Set(records.map((record) => (record.record_type === 'sku' ? record.sku_id : null))).size).toBe(41);
    expectDigits(records, text);
    const stale = read(text, { ...product, id: '1729447605324124807' });
    expect(stale.flatMap((answer) => answer.records)).toEqual([]);
    expect(stale).toContainEqual(expect.objectContaining({ block: 'modern-router-data', stale: true }));
  });

  test("Doudian's sample: a product and its SKU, bare ids digit for digit", () => {
    const text = capture('douyin-product');
    const { records } = readAnswer(text, context);
    expect(tally(records)).toEqual({ product: 1, sku: 1 });
    expectDigits(records, text);
  });
});
