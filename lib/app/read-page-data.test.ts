import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { maximumRelayed } from '../core/page-data.ts';
import { tapFor } from '../sites/taps.ts';
import { personsOf, readPageAnswer, readPageBlocks, type ReadingPlace } from './read-page-data.ts';

const post = '7507673491211029803';
const other = '7509143020856462638';
const place: ReadingPlace = {
  site: 'tiktok',
  platform: 'tiktok',
  pageUrl: 'https://www.tiktok.com/@greenhouse22?msToken=SECRET',
  now: Date.UTC(2026, 8, 1, 12),
};
const nobody = (): boolean => false;

function item(id: string, change: Record<string, unknown> = {}): object {
  return {
    id,
    desc: 'leaves',
    createTime: 1_748_000_000,
    author: { id: '6812345678901234567', uniqueId: 'greenhouse22', nickname: 'Greenhouse 22', secUid: '' },
    stats: { diggCount: 12, shareCount: 3, commentCount: 4, playCount: 1000, collectCount: '7' },
    video: { duration: 12, width: 576, height: 1024 },
    digged: true,
    ...change,
  };
}

function read(text: string, url = 'https://www.tiktok.com/api/post/item_list/?msToken=SECRET', change = {}) {
  const tap = tapFor(url);
  if (!tap) throw new Error('no tap');
  return readPageAnswer({ ...place, ...change }, { url, text, digitsLost: false, tap }, nobody);
}

const list = (...items: object[]): string => JSON.stringify({ statusCode: 0, itemList: items });

describe('readPageAnswer', () => {
  it('gives observations of the page, with the scrubbed text that they were read from and its hash', async () => {
    const { observations, listed, health } = await read(list(item(post), item(other)));
    expect(listed).toEqual([`tiktok:post:${post}`, `tiktok:post:${other}`]);
    const [first] = observations;
    expect(first).toMatchObject({ ref_key: `tiktok:post:${post}`, source: 'page', observed_at: place.now });
    expect(first?.record).toMatchObject({
      collected_via: 'page_xhr',
      api_provider: null,
      api_endpoint: null,
      collected_from_url: 'https://www.tiktok.com/@greenhouse22',
      query_type: null,
    });
    expect(JSON.parse(first?.raw ?? '')).toMatchObject({ id: post });
    const hash = createHash('sha256').update(first?.raw ?? '');
    expect(first?.record.raw_sha256).toBe(hash.digest('hex'));
    expect(JSON.stringify(observations)).not.toMatch(/SECRET|digged/u);
    expect(health).toEqual([{ site: 'tiktok', kind: 'answer', name: '/api/post/item_list/', missed: null }]);
  });

  it.each([
    ['some seconds slow: it was seen when it came', 5_000, 0],
    ['some seconds fast', -5_000, 0],
    ['hours ago: it is an old answer', 7_200_000, 7_200_000],
  ])('dates an answer whose own clock is %s', async (_what, behind, age) => {
    const text = JSON.stringify({ statusCode: 0, itemList: [item(post)], extra: { now: place.now - behind } });
    expect((await read(text)).observations[0]).toMatchObject({ observed_at: place.now - age });
  });

  it('keeps items of answers that are no list beside the list', async () => {
    const related = await read(list(item(post)), 'https://www.tiktok.com/api/related/item_list/');
    expect([related.listed, related.besides]).toEqual([[], [`tiktok:post:${post}`]]);
  });

  it('takes nothing about the viewer', async () => {
    const tap = tapFor('https://www.tiktok.com/api/post/item_list/');
    if (!tap) throw new Error('no tap');
    const isViewer = (name: string): boolean => name === 'greenhouse22';
    const answer = {
      url: 'https://www.tiktok.com/api/post/item_list/',
      text: list(item(post)),
      digitsLost: false,
      tap,
    };
    const reading = await readPageAnswer(place, answer, isViewer);
    expect([reading.observations, reading.listed, reading.others]).toEqual([[], [], []]);
  });

  it('takes nothing about another platform', async () => {
    const product = {
      item: {
        num_iid: '3514269087712345678',
        title: '茶',
        price: '7200',
        detail_url: 'https://haohuo.jinritemai.com/',
      },
      error_code: '0000',
    };
    const reading = await read(JSON.stringify({ ...product, data: { item: product.item } }));
    expect(reading.observations.filter(({ record }) => record.platform !== 'tiktok')).toEqual([]);
  });

  it('never makes an id of digits that the page had rounded', async () => {
    const tap = tapFor('https://www.tiktok.com/api/post/item_list/');
    if (!tap) throw new Error('no tap');
    const text = `{"itemList":[${JSON.stringify(item(post)).replace(`"${post}"`, '7507673491211029504')},${JSON.stringify(item(other))}]}`;
    const answer = { url: 'https://www.tiktok.com/api/post/item_list/', text, tap };
    const lost = await readPageAnswer(place, { ...answer, digitsLost: true }, nobody);
    expect(lost.listed).toEqual([`tiktok:post:${other}`]);
    const kept = await readPageAnswer(place, { ...answer, digitsLost: false }, nobody);
    expect(kept.listed).toHaveLength(2);
  });

  it.each([
    ['<html>', 'not_json'],
    ['', 'not_json'],
    ['['.repeat(100_000), 'not_json'],
    ['{"shape":{"of":"tomorrow"}}', 'unknown_shape'],
    [' '.repeat(maximumRelayed + 1), 'too_large'],
  ] as const)('is a miss of the health and no error: %.20j', async (text, missed) => {
    const reading = await read(text);
    expect(reading.observations).toEqual([]);
    expect(reading.health).toMatchObject([{ missed }]);
  });

  it('takes a status for the page’s own thing only when that was asked for', async () => {
    const page = { pageUrl: `https://www.tiktok.com/@greenhouse22/video/${post}` };
    const text = '{"statusCode":10204,"statusMsg":"item doesn\'t exist","itemInfo":{}}';
    const detail = (id: string) => read(text, `https://www.tiktok.com/api/item/detail/?itemId=${id}`, page);
    const own = await detail(post);
    expect(own.statuses).toMatchObject([[`tiktok:post:${post}`, { code: '10204', message: "item doesn't exist" }]]);
    expect((await detail(other)).statuses).toEqual([]);
  });

  it('survives hostile JSON', async () => {
    const hostile = [
      '{"__proto__":{"itemList":[1]},"itemList":[{"__proto__":{"id":"1"},"constructor":{}}]}',
      list({ id: { toString: 1 } }, item(post, { desc: '<img src=x onerror=alert(1)>', author: [] })),
      `{"itemList":${'['.repeat(150)}${']'.repeat(150)}}`,
      'null',
      '"text"',
      '[[[]]]',
    ];
    for (const text of hostile) await expect(read(text)).resolves.toBeDefined();
    expect(({} as { itemList?: unknown }).itemList).toBeUndefined();
  });
});

describe('readPageBlocks', () => {
  it('tells an unreadable block from one that holds nothing of ours', async () => {
    const reading = await readPageBlocks(
      place,
      [
        { block: 'universal-data', text: '{"cut off' },
        { block: 'sigi-state', text: '{}' },
      ],
      nobody,
    );
    expect(reading.observations).toEqual([]);
    expect(reading.health).toMatchObject([{ name: 'universal-data', missed: 'not_json' }]);
  });
});

describe('personsOf', () => {
  it('names whoever a record names as a person', async () => {
    const { observations } = await read(list(item(post)));
    const [own] = observations.filter(({ record }) => record.record_type === 'post');
    expect(own && personsOf(own.record)).toEqual(expect.arrayContaining(['greenhouse22', '6812345678901234567']));
  });
});
