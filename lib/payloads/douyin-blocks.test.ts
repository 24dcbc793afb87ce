/** The blocks of Douyin's pages. No page with an item was captured: the shapes are those of public programs. */
import { describe, expect, test } from 'vitest';
import { type PostRecord } from '../core/record.ts';
import { recordRef } from '../core/observation.ts';
import type { EntityRef } from '../core/ref.ts';
import { readBlocks } from './embedded.ts';
import type { EmbeddedAnswer } from './embedded-answer.ts';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { readDouyinBlock } from './douyin-blocks.ts';
import { splitStream } from './douyin-stream.ts';

const arrival = Date.UTC(2026, 10, 21);
const context = contextAt(arrival, { collectedVia: 'page_json' });
const id = '7401122334455667788';
const other = '7401122334455660002';
const author = 'MS4wLjABAAAAinventedHill00000000000000000000000000000000';
const post = (postId: string): EntityRef => ({ platform: 'douyin', kind: 'post', id: postId });
const camel = (postId: string, more: object = {}): object => ({
  awemeId: postId,
  desc: '山里的早晨 #露水 @朋友',
  createTime: 1723200100,
  awemeType: 0,
  authorUserId: 88001122334,
  authorInfo: { uid: '88001122334', secUid: author, nickname: '山野笔记', followerCount: 5200, uniqueId: '$undefined' },
  stats: {
    diggCount: 6632,
    commentCount: 859,
    shareCount: 259,
    collectCount: 511,
    playCount: 0,
    recommendCount: '$undefined',
  },
  textExtra: [
    { type: 1, hashtagName: '露水', hashtagId: '1600000000000007', start: 6, end: 9 },
    { type: 0, secUid: 'MS4wLjABAAAAinventedFriend000000000000000000000000000000', start: 10, end: 13 },
  ],
  video: {
    duration: 96434,
    width: 720,
    height: 1280,
    playAddr: [{ src: '//v3-web.douyinvod.com/invented.mp4' }],
    cover: '//p3-pc.douyinpic.com/invented/cover.jpeg',
  },
  music: '$undefined',
  videoTag: [{ tagName: '生活' }],
  mixInfo: { mixId: '7300000000000000055', mixName: '四季', currentEpisode: 3 },
  ...more,
});
const encoded = (json: unknown): string => encodeURIComponent(JSON.stringify(json));
const push = (text: string): string => `self.__pace_f.push([1,${JSON.stringify(text)}])`;
const render = (json: unknown, refs: readonly EntityRef[] | null = null): EmbeddedAnswer =>
  readDouyinBlock('render-data', encoded(json), refs && { refs }, context);
const pace = (source: string, refs: readonly EntityRef[] | null = null): EmbeddedAnswer =>
  readDouyinBlock('pace-f', source, refs && { refs }, context);
const ids = ({ records }: EmbeddedAnswer): readonly string[] =>
  records.flatMap((record) => (record.record_type === 'post' ? [record.post_id] : []));
const first = ({ records }: EmbeddedAnswer): PostRecord | undefined =>
  records.find((record) => record.record_type === 'post');

describe('render-data', () => {
  test.each([
    ['a detail', { '34': { awemeId: id, aweme: { statusCode: 0, detail: camel(id) } }, app: {} }],
    ['a post in a window', { app: { videoDetail: camel(id) } }],
    ['unencoded', { app: { videoDetail: camel(id) } }],
  ])('%s', (name, json) => {
    const text = name === 'unencoded' ? JSON.stringify(json) : encoded(json);
    const answer = readDouyinBlock('render-data', text, { refs: [post(id)] }, context);
    expect(answer).toMatchObject({ stale: false, isList: false });
    expect(first(answer)).toMatchObject({
      platform: 'douyin',
      post_id: id,
      caption: '山里的早晨 #露水 @朋友',
      created_at: 1723200100000,
      duration_ms: 96_434,
      view_count: null,
      like_count: 6632,
      save_count: 511,
      recommend_count: null,
      hashtags: [{ name: '露水', id: '1600000000000007', origin: 'both' }],
      mentions: [{ account: 'MS4wLjABAAAAinventedFriend000000000000000000000000000000', origin: 'both' }],
      author_sec_id: author,
      author_id: '88001122334',
      author_follower_count: 5200,
      author_handle: null,
      platform_labels: ['生活'],
      collection_id: '7300000000000000055',
      collection_position: 3,
      media_url: 'https://v3-web.douyinvod.com/invented.mp4',
      missing_reasons: { view_count: 'not_exposed_on_web', recommend_count: 'not_in_response' },
      figures: { like_count: { source: 'stats', precision: 'exact' } },
    });
  });

  test('the raw part is the item as the page has it', () => {
    const told: unknown[] = [];
    readDouyinBlock('render-data', encoded({ app: { videoDetail: camel(id) } }), null, {
      ...context,
      made: (_, raw) => told.push(raw),
    });
    expect(told).toEqual([camel(id)]);
  });

  test('another page than the address names is stale', () => {
    const json = { app: { pathname: `/video/${other}`, videoDetail: camel(other) } };
    expect(render(json, [post(id)])).toMatchObject({ records: [], stale: true });
    expect(render(json, [post(other)])).toMatchObject({ stale: false });
    expect(ids(render(json))).toEqual([other]);
  });

  test('a guest gets no record, and that is no error', () => {
    const guest = {
      app: { pathname: `/video/${id}`, user: { isLogin: false, statusCode: 8 }, odin: { user_id: '1817925037071683' } },
    };
    expect(render(guest, [post(id)])).toEqual({
      payload: null,
      records: [],
      status: null,
      stale: false,
      viewer: [],
      isList: false,
    });
  });

  test('who is logged in is told apart and appears in no record', () => {
    const me = 'MS4wLjABAAAAinventedViewer00000000000000000000000000000';
    const info = { uid: '99000000000000017', secUid: me, uniqueId: 'researcher', nickname: '研究者' };
    const app = { user: { isLogin: true, info }, odin: { user_id: '99000000000000017' }, videoDetail: camel(id) };
    const answer = render({ app }, [post(id)]);
    expect(answer.viewer).toEqual(expect.arrayContaining(['99000000000000017', me, 'researcher']));
    expect(JSON.stringify(answer.records)).not.toMatch(/研究者|researcher|99000000000000017/u);
  });

  test("a profile's own page: its author and posts", () => {
    const page = {
      app: { pathname: `/user/${author}` },
      '41': {
        user: {
          user: {
            uid: '88001122334',
            secUid: author,
            nickname: '山野笔记',
            desc: '种花',
            followerCount: 5200,
            awemeCount: 7,
            ipLocation: 'IP属地：浙江',
          },
        },
        post: { data: [camel(id), camel(other)] },
      },
    };
    const refs: EntityRef[] = [{ platform: 'douyin', kind: 'author', id: author }];
    const answer = render(page, refs);
    expect(ids(answer)).toEqual([id, other]);
    expect(answer.isList).toBe(true);
    expect(answer.records.at(-1)).toMatchObject({
      record_type: 'author',
      author_follower_count: 5200,
      author_post_count: 7,
      author_bio: '种花',
      author_ip_location: '浙江',
    });
    expect(render(page, [{ platform: 'douyin', kind: 'author', id: `${author}x` }])).toMatchObject({
      records: [],
      stale: true,
    });
  });

  test.each([[''], ['%7B'], ['%E0%A4%A'], ['null'], ['[]'], ['{"app":'], ['%7B%22app%22%3A1%7D']])(
    '%s is no news',
    (text) => {
      for (const block of ['render-data', 'pace-f', 'stream-render-data', 'router-data'] as const)
        expect(readDouyinBlock(block, text, null, context).records).toEqual([]);
    },
  );
});

describe('pace-f', () => {
  const feed = [{ recommendAwemeList: [camel(id), '$9', camel(other)] }];
  const row = `2:${JSON.stringify(['$', '$L3', null, { children: ['$', 'div', null, { children: feed }] }])}\n`;
  const source = [push('1:I{"id":"8"}\n'), push('8:T6,甲:[x'), push(row.slice(0, 200)), push(row.slice(200))].join(
    '\n',
  );

  test('rows over several pushes, behind a text row', () => {
    const answer = pace(source, []);
    expect(ids(answer)).toEqual([id, other]);
    expect(answer).toMatchObject({ isList: true, stale: false });
  });

  test('a list behind the window of a post is not used', () => {
    expect(pace(source, [post('7401122334455660003')])).toMatchObject({ records: [], isList: false, stale: false });
  });

  test('values that stand in another row', () => {
    const item = JSON.stringify({ videoDetail: camel(id, { desc: '$a', stats: '$b' }) });
    const rows = [push('a:T6,山里'), push('b:{"diggCount":5}\n'), push(`c:[${item}]\n`)].join('\n');
    expect(first(pace(rows))).toMatchObject({ caption: '山里', like_count: 5 });
  });

  test('rows that refer to one another end', () => {
    const rows = [
      push('a:["$b","$b"]\n'),
      push('b:["$a","$a"]\n'),
      push(`c:[${JSON.stringify({ videoDetail: camel(id, { mixInfo: '$a' }) })}]\n`),
    ];
    expect(pace(rows.join('\n')).records.length).toBeLessThanOrEqual(1);
  });

  test("the home page's first list, and a guest's page without a post", () => {
    expect(ids(pace(push(`0:${JSON.stringify([{ homeFetchData: { awemeList: [camel(id)] } }])}\n`)))).toEqual([id]);
    const guest = push(
      `2:${JSON.stringify([{ awemeId: id, aweme: null, mixInfo: null, statusCode: 0, videoDetail: '$undefined' }])}\n`,
    );
    expect(pace(guest)).toMatchObject({ records: [], stale: false });
  });

  test('a live room', () => {
    const room = {
      id_str: '7667330965001227008',
      status: 2,
      title: '夜里的茶',
      user_count_str: '1.2万',
      stats: { total_user_str: '10万+' },
      owner: { id_str: '88001122334', nickname: '山野笔记' },
    };
    const rows = push(
      `3:${JSON.stringify([{ state: { roomStore: { roomInfo: { room, web_rid: '980307700648' } } } }])}\n`,
    );
    const live = (rid: string): EntityRef => ({ platform: 'douyin', kind: 'live', id: rid });
    expect(pace(rows, [live('980307700648')]).records).toMatchObject([
      {
        record_type: 'live',
        live_id: '980307700648',
        room_id: '7667330965001227008',
        status: 'live',
        viewer_count: 12_000,
        total_viewer_count: 100_000,
        figures: { viewer_count: { precision: 'abbreviated' }, total_viewer_count: { precision: 'lower_bound' } },
      },
    ]);
    expect(pace(rows, [live('980307700649')])).toMatchObject({ records: [], stale: true });
  });
});

describe('the other blocks', () => {
  const item = { aweme_id: id, desc: 'x', create_time: 1723200100, statistics: { digg_count: 5, play_count: 0 } };
  const share = (res: object): string =>
    `window._ROUTER_DATA = ${JSON.stringify({ loaderData: { 'note_(id)/page': { videoInfoRes: res } } })};`;

  test('several STREAM_RENDER_DATA', () => {
    const text = [encoded({ value: 1 }), encoded({ value: { videoDetail: camel(id) } })].join('\n');
    expect(ids(readDouyinBlock('stream-render-data', text, null, context))).toEqual([id]);
  });

  test('a share page', () => {
    const text = share({ item_list: [item], filter_list: [], status_code: 0 });
    expect(ids(readDouyinBlock('router-data', text, { refs: [post(id)] }, context))).toEqual([id]);
    const told: unknown[] = [];
    const stale = readDouyinBlock(
      'router-data',
      text,
      { refs: [post(other)] },
      { ...context, made: (record) => told.push(record) },
    );
    expect(stale).toMatchObject({ records: [], stale: true });
    expect(told).toEqual([]);
  });

  test('why a share page has no post', () => {
    const text = share({
      item_list: [],
      filter_list: [{ aweme_id: id, filter_reason: 'status_self_see', detail_msg: '仅作者可见' }],
    });
    const [answer] = readBlocks([{ block: 'router-data', text }], { refs: [post(id)] }, context);
    expect(answer).toMatchObject({
      records: [],
      status: { code: 'status_self_see', message: '仅作者可见', availability: 'private' },
    });
  });
});

describe('a streamed search', () => {
  const part = (postId: string): string =>
    JSON.stringify({
      status_code: 0,
      data: [
        {
          type: 1,
          aweme_info: {
            aweme_id: postId,
            desc: 'a } b',
            create_time: 1723200100,
            share_url: 'https://www.iesdouyin.com/share/x',
          },
        },
      ],
    });
  const lengthOf = (text: string): string => text.length.toString(16);

  test.each([
    ['with lengths', (a: string, b: string) => `${lengthOf(a)}\r\n${a}\r\n${lengthOf(b)}\r\n${b}\r\n0\r\n`],
    ['a line each', (a: string, b: string) => `${a}\n${b}`],
    ['as events', (a: string, b: string) => `data: ${a}\n\ndata: ${b}\n\ndata: [DONE]\n`],
    ['without anything between', (a: string, b: string) => a + b],
    ['the last one cut off', (a: string, b: string) => `${a}\n${b}\n${a.slice(0, 30)}`],
  ])('%s', (_name, join) => {
    const answer = readAnswer(join(part(id), part(other)), context);
    expect(answer.payload).toBe('aweme');
    expect(answer.records).toMatchObject([{ post_id: id }, { post_id: other }]);
  });

  test.each([[''], ['{}'], ['{"a":1'], ['{"a":1} and words {"b":2}'], ['<html>{}</html>{}'], ['5']])(
    '%s is none',
    (text) => {
      expect(splitStream(text)).toBeNull();
    },
  );

  test('a single part behind its length', () => {
    expect(splitStream('1f\r\n{"a":[1]}')).toBe('[{"a":[1]}]');
  });
});

describe('damaged blocks', () => {
  const strange: readonly unknown[] = [null, -1, '', '$a', '$undefined', {}, [[null]], 1e300];

  /** Every value of the JSON in turn replaced by something strange. */
  function* damaged(json: unknown): Generator {
    if (typeof json !== 'object' || json === null) return;
    for (const [key, value] of Object.entries(json)) {
      for (const other of strange) yield Array.isArray(json) ? [other] : { ...json, [key]: other };
      for (const inner of damaged(value)) yield Array.isArray(json) ? [inner] : { ...json, [key]: inner };
    }
  }

  test('no throw leaves a reader, and no record is without its id', () => {
    const owner = { id_str: '88001122334', web_rid: '980307700648' };
    const room = { id_str: '7667330965001227008', status: 2, stats: { total_user_str: '1' }, owner };
    const json = {
      app: {
        pathname: '/',
        user: { isLogin: true, info: { uid: '1' } },
        videoDetail: camel(id),
        recommendAwemeList: [camel(other)],
      },
      roomStore: { roomInfo: { room, web_rid: '1' } },
      '1': { user: { user: { secUid: author, followerCount: 1 } }, post: { data: [camel(id)] } },
    };
    let count = 0;
    const nameless: string[] = [];
    for (const broken of damaged(json)) {
      count++;
      const page = count % 3 === 0 ? null : { refs: [post(id)] };
      const block = count % 2 === 0 ? 'render-data' : 'pace-f';
      const text = block === 'pace-f' ? push(`a:${JSON.stringify(broken)}\n`) : encoded(broken);
      const { records } = readDouyinBlock(block, count % 7 === 0 ? text.slice(0, -count) : text, page, context);
      nameless.push(
        ...records.map((record) => recordRef(record).id).filter((name) => /^(?:room\/|uid\/)?$/u.test(name)),
      );
    }
    expect(nameless).toEqual([]);
    expect(count).toBeGreaterThan(500);
  });
});
