import { describe, expect, it } from 'vitest';
import { postRecord, productRecord } from '../core/record.samples.ts';
import type { FigureNote } from '../core/record.ts';
import { createTranslator } from '../i18n/index.ts';
import type { PageList } from '../storage/session-buffer.ts';
import { barModel, declaredBy } from './page-bar.ts';
import { loadItems, newList, showItems } from './page-list.ts';
import { tileModel } from './tile-model.ts';

const en = createTranslator('en');
const note = (precision: FigureNote['precision'], source = 'statsV2'): FigureNote => ({
  precision,
  source,
  observed_at: 1,
  fetched_at: 1,
});
const texts = (record: Parameters<typeof tileModel>[1]): string[] =>
  tileModel('tiktok:post:1', record, en).figures.map(({ icon, text }) => `${icon} ${text}`);

describe('tileModel', () => {
  it('shows views and likes of a TikTok post, and how exact they are', () => {
    const record = postRecord({
      view_count: 9_024_473,
      like_count: 412_900,
      save_count: 5,
      figures: { view_count: note('exact'), like_count: note('rounded', 'stats') },
    });
    expect(texts(record)).toEqual(['views 9,024,473', 'likes ≈412,900']);
    expect(tileModel('tiktok:post:1', record, en).figures[0]?.note).toBe('Views · exact · page data (statsV2)');
  });

  it('shows likes and saves of a Douyin post, which has no views on the web, or else comments', () => {
    const figures = { like_count: note('exact'), save_count: note('exact'), comment_count: note('exact') };
    const known = { platform: 'douyin', like_count: 7, comment_count: 9, figures } as const;
    expect(texts(postRecord({ ...known, save_count: 8 }))).toEqual(['likes 7', 'saves 8']);
    expect(texts(postRecord(known))).toEqual(['likes 7', 'comments 9']);
  });

  it('shows zero as zero, and nothing for what is not reported', () => {
    expect(texts(postRecord({ like_count: 0, figures: { like_count: note('exact') } }))).toEqual(['likes 0']);
    expect(texts(postRecord({}))).toEqual([]);
    expect(texts(null)).toEqual([]);
  });

  it('shows price and sales of a product; a masked price as it is written', () => {
    const price = { price_minor: 7_200, currency: 'CNY', sold_count: 13_000 } as const;
    const record = productRecord({ ...price, figures: { sold_count: note('lower_bound') } });
    expect(texts(record)).toEqual(['price CN¥72.00', 'sold ≥13,000']);
    expect(tileModel('douyin:product:1', record, en).figures[0]?.note).toContain('unit not declared');
    expect(texts(productRecord({ price_text: '$2?' }))).toEqual(['price $2?']);
  });
});

describe('barModel', () => {
  const context = { type: 'profile', query: 'someone', tab: null, personalised: null } as const;
  const empty: PageList = newList('k', { url: 'https://www.tiktok.com/@someone', context, subject: null });
  const shown = showItems(empty, [{ ref: 'tiktok:post:1', role: 'tile', hook: 'h' }], 1);
  const list = loadItems(shown, ['tiktok:post:2', 'tiktok:post:3'], 2);
  const state = { project: { name: '', recording: false }, hasUnsaved: true, noRoom: null } as const;

  it('says what was found, what of it has data, and what the page itself says', () => {
    const bar = barModel(list, { of: 'profile', count: 1_312 }, state, en);
    expect(bar).toMatchObject({
      found: 3,
      withData: 2,
      text: '3 found · 2 with data · profile says 1,312',
      canSave: true,
    });
    expect(barModel(list, null, state, createTranslator('zh_CN'))?.text).toBe('找到 3 项 · 2 项有数据');
  });

  it('says where it is kept', () => {
    const storage = (change: object): string | undefined => barModel(list, null, { ...state, ...change }, en)?.storage;
    expect(storage({})).toBe('Kept until the tab closes');
    expect(storage({ hasUnsaved: false, project: { name: 'Tea', recording: false } })).toBe('Saved in Tea');
    expect(storage({ project: { name: 'Tea', recording: true } })).toBe('Recording into Tea');
    expect(storage({ noRoom: 'buffer' })).toMatch(/full/u);
    expect(storage({ noRoom: 'disk' })).toMatch(/no room left/u);
  });

  it('has nothing to save while everything is recorded or saved', () => {
    expect(barModel(list, null, { ...state, hasUnsaved: false }, en)?.canSave).toBe(false);
    const recording = { ...state, project: { name: '', recording: true } };
    expect(barModel(list, null, recording, en)).toMatchObject({ canSave: false, recording: true });
  });

  it('is absent where the page holds nothing', () => {
    expect(barModel(empty, null, state, en)).toBeNull();
  });
});

describe('declaredBy', () => {
  it('takes no unknown count for zero', () => {
    expect(declaredBy(null)).toBeNull();
    expect(declaredBy(postRecord({ comment_count: 4 }))).toBeNull();
  });
});
