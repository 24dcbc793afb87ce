import { describe, expect, test } from 'vitest';
import { noSighting, type PostRecord } from '../core/record.ts';
import type { ImportItem } from './importer.ts';
import { importContext, importText } from './importer.samples.ts';
import { importerFor } from './index.ts';
import { zeeschuimer } from './zeeschuimer.ts';
import {
  collectedAt,
  douyinApi,
  type Envelope,
  envelope,
  ndjsonOf,
  secret,
  tiktokPhoto,
  tiktokVideo,
  zeeschuimerFiles,
} from './zeeschuimer.samples.ts';

const refsOf = (items: readonly ImportItem[]): string[][] =>
  items.map(({ observations }) => observations.map(({ ref_key }) => ref_key));

async function readOne(line: unknown): Promise<ImportItem> {
  const { items, problems } = await importText(zeeschuimer, ndjsonOf([line]));
  expect(problems).toEqual([]);
  const [item] = items;
  if (!item) throw new Error('No item.');
  return item;
}

describe('a file of each platform', () => {
  test('TikTok’s posts, with the products that they link to', async () => {
    const { items, problems } = await importText(zeeschuimer, ndjsonOf(zeeschuimerFiles['tiktok.com']));
    expect(problems).toEqual([]);
    expect(refsOf(items)).toEqual([
      ['tiktok:post:7440000000000000001', 'tiktok:product:1729000000000000001'],
      ['tiktok:post:7440000000000000002'],
      ['tiktok:post:6940000000000000003'],
    ]);
    expect(items.map(({ line }) => line)).toEqual([1, 2, 3]);
    const records = items.map(({ observations }) => observations[0]?.record);
    expect(records).toMatchObject([
      { post_type: 'video', view_count: 9_024_473, author_handle: 'invented.baker', author_follower_count: 807_200 },
      { post_type: 'photo', like_count: 86_500 },
      { author_handle: 'invented.baker', author_name: 'Invented Baker' },
    ]);
  });

  test('TikTok’s comments, with the replies that are shown below them', async () => {
    const { items, problems } = await importText(zeeschuimer, ndjsonOf(zeeschuimerFiles['tiktok-comments']));
    expect(problems).toEqual([]);
    expect(refsOf(items)).toEqual([
      ['tiktok:comment:7440000000000000101', 'tiktok:comment:7440000000000000102'],
      ['tiktok:comment:7440000000000000103'],
      ['tiktok:comment:7440000000000000104'],
    ]);
    expect(items[0]?.observations[1]?.raw).toBe(items[0]?.observations[0]?.raw);
  });

  test('Douyin’s answers, embedded items and live rooms', async () => {
    const { items, problems } = await importText(zeeschuimer, ndjsonOf(zeeschuimerFiles['douyin.com']));
    expect(problems).toEqual([]);
    expect(refsOf(items)).toEqual([
      ['douyin:post:7401122334455667788'],
      ['douyin:post:7401122334455660002'],
      ['douyin:post:7532000000000000101', 'douyin:live:123456789'],
      ['douyin:post:7532000000000000102', 'douyin:live:123456780'],
      ['douyin:post:7532000000000000103', 'douyin:live:123456781'],
    ]);
    const posts = items.map(({ observations }) => observations[0]?.record);
    expect(posts).toMatchObject([
      { caption: '山里的早晨 #露水', like_count: 6632, music_id: '7401122300000000123', view_count: null },
      { caption: '茶', like_count: 77, author_name: '山野笔记', music_id: null, collection_id: null },
      { post_type: 'live', caption: '山里直播', author_name: '山野笔记' },
      { post_type: 'live', caption: '山里直播', created_at: 1_723_400_000_000 },
      {
        post_type: 'live',
        caption: '山里直播',
        author_sec_id: 'MS4wLjABAAAAinventedHill00000000000000000000000000000000',
      },
    ]);
    expect(items[2]?.observations[1]?.record).toMatchObject({
      live_id: '123456789',
      title: '山里直播',
      status: 'live',
    });
  });
});

describe('where and when', () => {
  test('is told of every record and figure, without what names whoever collected', async () => {
    const item = await readOne(envelope('tiktok.com', tiktokVideo, 1));
    const [first] = item.observations;
    const time = collectedAt + 1;
    expect(first).toMatchObject({ source: 'page', observed_at: time, fetched_at: time });
    expect(first?.record).toMatchObject({
      collected_via: 'import',
      api_provider: null,
      collected_from_url: 'https://www.tiktok.com/search',
      observed_at: time,
      fetched_at: time,
      figures: { view_count: { observed_at: time, source: 'statsV2', precision: 'exact' } },
    });
    expect(item.met).toEqual({
      pageUrl: 'https://www.tiktok.com/search',
      sighting: {
        ...noSighting,
        query_type: 'search',
        query_text: 'rye bread',
        feed_personalised: false,
        first_seen_at: time,
        last_seen_at: time,
      },
    });
    expect(JSON.stringify(item)).not.toMatch(new RegExp(`${secret}|digged|verifyFp|Firefox`, 'u'));
  });

  test('an item that was captured again says what it says as of then', async () => {
    const again = collectedAt + 3_600_000;
    const item = await readOne(envelope('tiktok.com', tiktokVideo, 1, { last_updated: again }));
    expect(item.observations[0]?.observed_at).toBe(again);
    expect(item.met?.sighting).toMatchObject({ first_seen_at: collectedAt + 1, last_seen_at: again });
  });

  test('files of before 2026 have no last_updated', async () => {
    const { last_updated: _updated, ...old } = envelope('tiktok.com', tiktokPhoto, 4);
    const item = await readOne(old);
    expect(item.observations[0]?.observed_at).toBe(collectedAt + 4);
  });

  test.each([undefined, null, 'x', -1, 1.5, 1e15, '1756729815250'])(
    'a time of %j is none, and is not made up',
    async (time) => {
      const item = await readOne(
        envelope('tiktok.com', tiktokPhoto, 1, { timestamp_collected: time, last_updated: time }),
      );
      const record = item.observations[0]?.record;
      expect(record).toMatchObject({ observed_at: null, fetched_at: importContext.fetchedAt });
      expect(Object.values(record?.figures ?? {}).map(({ observed_at: at }) => at)).toEqual([null, null, null, null]);
    },
  );

  test.each([undefined, null, 7, '', 'about:blank', 'not an address'])('a page of %j is none', async (page) => {
    const item = await readOne(envelope('tiktok.com', tiktokPhoto, 1, { source_platform_url: page }));
    expect(item.met?.pageUrl).toBeNull();
    expect(item.observations[0]?.record.collected_from_url).toBeNull();
  });
});

test('4CAT’s flat form is the same', async () => {
  const { data, ...meta } = envelope('douyin.com', douyinApi, 1);
  const flat = { ...data, __import_meta: meta };
  const { raw: _flatRaw, ...flatRead } = (await readOne(flat)).observations[0] ?? {};
  const { raw: _raw, ...read } = (await readOne(envelope('douyin.com', douyinApi, 1))).observations[0] ?? {};
  expect(flatRead).toEqual(read);
  expect(importerFor({ text: ndjsonOf([flat]), isWhole: true })).toBe(zeeschuimer);
});

test('the raw text is the item as it was captured, with what Zeeschuimer added, and nothing of the viewer’s', async () => {
  const item = await readOne(envelope('douyin.com', douyinApi, 1));
  const raw: unknown = JSON.parse(item.observations[0]?.raw ?? '');
  expect(raw).toMatchObject({ ZS_collected_from_mix: true, ZS_first_mix_vid: false, id: '7401122334455667788' });
  expect(raw).toMatchObject({ mix_info: { statis: { current_episode: 3 } }, text_extra: douyinApi['text_extra'] });
  expect(item.observations[0]?.raw).not.toMatch(/user_digged|follow_status|u_code/u);
});

describe('what cannot be read is told, by its line', () => {
  const good = envelope('tiktok.com', tiktokPhoto, 1);
  const without = (name: string): unknown => ({ ...good, data: { ...good.data, [name]: undefined } });
  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    [
      'another platform',
      JSON.stringify(envelope('instagram.com', { id: '1' }, 1)),
      'import_platform_unknown',
      ['instagram.com'],
    ],
    [
      'a name of every object',
      JSON.stringify(envelope('constructor', { id: '1' }, 1)),
      'import_platform_unknown',
      ['constructor'],
    ],
    ['no JSON', '{"nav_index":', 'import_line_not_json', []],
    ['JSON of something else', '{"a":1}', 'import_line_not_zeeschuimer', []],
    ['a number', '7', 'import_line_not_json', []],
    ['an item without an id', JSON.stringify(without('id')), 'import_item_unreadable', []],
    ['an item that is a list', JSON.stringify({ ...good, data: [good.data] }), 'import_line_not_zeeschuimer', []],
    ['an item that is a text', JSON.stringify({ ...good, data: 'x' }), 'import_line_not_zeeschuimer', []],
    [
      'an item of another shape',
      JSON.stringify({ ...good, data: { id: '7440000000000000002' } }),
      'import_item_unreadable',
      [],
    ],
    ['too deep nesting', `{"source_platform":"tiktok.com","data":${'['.repeat(5000)}`, 'import_line_not_json', []],
  ];

  test.each(cases)('%s', async (_name, line, message, parameters) => {
    const { items, problems } = await importText(zeeschuimer, `${ndjsonOf([good])}\n${line}\r\n${ndjsonOf([good])}`);
    expect(items.map((item) => item.line)).toEqual([1, 4]);
    expect(problems).toMatchObject([{ line: 3, message, parameters, text: line.slice(0, 200) }]);
  });

  test('a file that is cut off keeps what came before', async () => {
    const text = ndjsonOf(zeeschuimerFiles['tiktok.com']);
    const { items, problems } = await importText(zeeschuimer, text.slice(0, -40));
    expect([items.length, problems.length, problems[0]?.line]).toEqual([2, 1, 3]);
  });

  test('__proto__ changes nothing', async () => {
    const line = JSON.stringify(good).replace(
      '"data":{',
      '"data":{"__proto__":{"id":"7440000000000000009","polluted":1},',
    );
    const { items } = await importText(zeeschuimer, line);
    expect(items[0]?.observations[0]?.ref_key).toBe('tiktok:post:7440000000000000002');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('is recognised', () => {
  const first = JSON.stringify(zeeschuimerFiles['tiktok.com'][0] satisfies Envelope | undefined);
  test.each([
    ['by a whole line', `${first}\n`, true, true],
    ['by the beginning of a long line', first.slice(0, 300), false, true],
    ['behind a damaged line', `{"nav\n${first}\n`, true, true],
    ['not: another JSON', '{"id":"7440000000000000002","desc":""}\n', true, false],
    ['not: a list', '7440000000000000002\n', true, false],
    ['not: nothing', '', true, false],
  ])('%s', (_name, text, isWhole, isOurs) => {
    expect(zeeschuimer.recognises({ text, isWhole })).toBe(isOurs);
  });
});

test('the length of the pieces in which it arrives makes no difference', async () => {
  const text = ndjsonOf(zeeschuimerFiles['douyin.com']);
  expect(await importText(zeeschuimer, text, 7)).toEqual(await importText(zeeschuimer, text, 1_000_000));
});

test('each platform’s post is of its own kind', async () => {
  const item = await readOne(envelope('tiktok.com', tiktokVideo, 1));
  const post = item.observations[0]?.record;
  expect((post as PostRecord).post_url).toBe('https://www.tiktok.com/@invented.baker/video/7440000000000000001');
});
