import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { EmbeddedBlock } from '../core/page-data.ts';
import type { AnyRecord } from '../core/record.ts';
import type { EntityKind, EntityRef } from '../core/ref.ts';
import { type BlockAnswer, readBlocks } from './embedded.ts';
import type { PageSubject } from './embedded-answer.ts';
import { contextAt } from './payload.samples.ts';
import type { PayloadContext } from './payload.ts';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
const { itemList } = fixture('tiktok-web-items');
const [video, photo] = itemList;
const { userInfo } = fixture('tiktok-user-detail');
const secUid: string = userInfo.user.secUid;

function page(...refs: readonly (readonly [EntityKind, string])[]): PageSubject {
  return { refs: refs.map(([kind, id]): EntityRef => ({ platform: 'tiktok', kind, id })) };
}
const feed = page();
const videoPage = page(['post', video.id]);
const otherVideo = page(['post', '7440000000000000999']);
const profile = page(['author', 'invented.baker']);
const otherProfile = page(['author', 'somebody.else']);

function read(
  block: EmbeddedBlock['block'],
  json: unknown,
  subject: PageSubject | null,
  changes: Partial<PayloadContext> = {},
): BlockAnswer {
  const context = contextAt(Date.UTC(2026, 0, 2), { collectedVia: 'page_json', ...changes });
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  const [answer] = readBlocks([{ block, text }], subject, context);
  if (!answer) throw new Error('no answer');
  return answer;
}

const ids = (records: readonly AnyRecord[]): readonly string[] =>
  records.flatMap((record) => (record.record_type === 'post' ? [record.post_id] : []));
const types = (records: readonly AnyRecord[]): readonly string[] => [
  ...new Set(records.map(({ record_type: type }) => type)),
];

/** A page's universal data; its first scopes are on every page. */
function universal(scopes: object, canonical = ''): object {
  return {
    __DEFAULT_SCOPE__: {
      'webapp.app-context': {
        user: { uid: '6911111111111111111', uniqueId: 'invented.viewer', secUid: 'MS4wLjABAAAAviewer', nickName: 'V' },
      },
      'webapp.biz-context': { userInfo: { user: { uniqueId: 'invented.viewer' }, stats: { followerCount: 7 } } },
      'seo.abtest': { canonical, vidList: ['7440000000000000555'] },
      'wallet.recharge.info': { statusCode: 10101, itemList: [] },
      ...scopes,
    },
  };
}
const detail = { 'webapp.video-detail': { itemInfo: { itemStruct: video }, statusCode: 0 } };

describe('universal data', () => {
  test('the post of a page', () => {
    const told: unknown[] = [];
    const answer = read('universal-data', universal(detail), videoPage, {
      made: (record, raw) => record.record_type === 'post' && told.push(raw),
    });
    expect(answer).toMatchObject({ stale: false, isList: false, status: null });
    expect(ids(answer.records)).toEqual([video.id]);
    expect(types(answer.records)).toEqual(['post', 'product']);
    expect(told).toEqual([video]);
  });

  test.each([
    ['no known address', null, false],
    ['its own page', videoPage, false],
    ['a page with its author too', page(['author', 'x'], ['post', video.id]), false],
    ['another post', otherVideo, true],
    ['a profile', profile, true],
    ['a feed', feed, true],
  ])('a post on %s', (_name, subject, stale) => {
    for (const scope of ['webapp.video-detail', 'webapp.reflow.video.detail', 'webapp.sharing.video']) {
      const answer = read('universal-data', universal({ [scope]: detail['webapp.video-detail'] }), subject);
      expect(answer).toMatchObject({ stale });
      expect(answer.records.length > 0).toBe(!stale);
    }
  });

  test.each([
    ['the handle in any case', page(['author', 'invented.baker']), false],
    ['the sec id', page(['author', secUid]), false],
    ['the number', page(['author', 'uid/6900000000000000001']), false],
    ['the live page', page(['live', 'invented.baker']), false],
    ['somebody else', otherProfile, true],
    ['the post of another page', otherVideo, true],
    ['a feed', feed, true],
  ])('an author on %s', (_name, subject, stale) => {
    const answer = read('universal-data', universal({ 'webapp.user-detail': { userInfo, statusCode: 0 } }), subject);
    expect(answer).toMatchObject({ stale, isList: false });
    expect(types(answer.records)).toEqual(stale ? [] : ['author']);
  });

  test('a profile with its newest posts is a list', () => {
    const withItems = { 'webapp.user-detail': { userInfo: { ...userInfo, itemList: [photo, video] }, statusCode: 0 } };
    const answer = read('universal-data', universal(withItems), profile);
    expect(answer.isList).toBe(true);
    expect(ids(answer.records)).toEqual([photo.id, video.id]);
    expect(types(answer.records)).toEqual(['post', 'product', 'author']);
  });

  test('what a feed begins with is on no other page', () => {
    const items = universal({ 'webapp.updated-items': [photo, video] });
    expect(read('universal-data', items, feed)).toMatchObject({ stale: false, isList: true });
    expect(ids(read('universal-data', items, feed).records)).toEqual([photo.id, video.id]);
    expect(read('universal-data', items, profile)).toMatchObject({ stale: true, isList: false, records: [] });
  });

  test('one part may be stale and another not', () => {
    const both = universal({ ...detail, 'webapp.user-detail': { userInfo, statusCode: 0 } });
    const answer = read('universal-data', both, profile);
    expect(answer.stale).toBe(true);
    expect(types(answer.records)).toEqual(['author']);
  });

  test.each([
    ['challengeInfo', fixture('tiktok-challenge-detail').challengeInfo, ['hashtag', 'RYEBREAD'], ['hashtag', 'x']],
    ['musicInfo', fixture('tiktok-music-detail').musicInfo, ['music', '7300000000000000009'], ['music', '1']],
    ['mixInfo', fixture('tiktok-playlists').playList[0], ['collection', '7400000000000000071'], ['collection', '1']],
  ] as const)('%s', (field, info, own, other) => {
    const block = universal({ 'webapp.some-detail': { [field]: info } });
    expect(types(read('universal-data', block, page(own)).records)).toEqual([own[0]]);
    expect(read('universal-data', block, page(other))).toMatchObject({ stale: true, records: [] });
  });

  const missing = { 'webapp.video-detail': { statusCode: 10204, statusMsg: "item doesn't exist" } };
  const address = `https://www.tiktok.com/@invented.baker/video/${video.id}`;

  test('the status of a post that is not there', () => {
    const answer = read('universal-data', universal(missing, address), videoPage);
    expect(answer).toMatchObject({
      records: [],
      stale: false,
      status: { code: '10204', message: "item doesn't exist", availability: 'not_available' },
    });
    expect(read('universal-data', universal(missing), videoPage).status).toMatchObject({ code: '10204' });
  });

  test('is not that of the next page', () => {
    for (const subject of [otherVideo, profile, feed])
      expect(read('universal-data', universal(missing, address), subject)).toMatchObject({ status: null, stale: true });
  });

  test('the viewer is told and is in nothing else', () => {
    const answer = read('universal-data', universal(detail), null);
    expect(answer.viewer).toEqual(['invented.viewer', '6911111111111111111', 'MS4wLjABAAAAviewer']);
    expect(JSON.stringify(answer.records)).not.toMatch(/viewer|6911111111111111111/u);
    expect(
      read('universal-data', { __DEFAULT_SCOPE__: { 'webapp.app-context': { user: null } } }, null).viewer,
    ).toEqual([]);
  });
});

describe('older pages', () => {
  const sigi = fixture('tiktok-sigi-profile');
  const order = ['7440000000000000005', video.id, photo.id];

  test('a profile', () => {
    for (const subject of [null, profile, page(['author', secUid])]) {
      const answer = read('sigi-state', sigi, subject);
      expect(answer).toMatchObject({ stale: false, isList: true });
      expect(answer.viewer).toContain('invented.viewer');
      expect(ids(answer.records)).toEqual(order);
      expect(types(answer.records)).toEqual(['post', 'product', 'author']);
    }
  });

  test('a profile after going on to one of its posts, or elsewhere', () => {
    const onPost = read('sigi-state', sigi, videoPage);
    expect(onPost).toMatchObject({ stale: true, isList: false });
    expect(ids(onPost.records)).toEqual([video.id]);
    for (const subject of [otherProfile, otherVideo, feed])
      expect(read('sigi-state', sigi, subject)).toMatchObject({ stale: true, records: [] });
  });

  test('a room', () => {
    const { data } = fixture('tiktok-live-room');
    const state = { LiveRoom: { liveRoomUserInfo: data }, CurrentRoom: { roomInfo: null } };
    for (const subject of [null, page(['live', 'invented.baker']), profile, page(['live', 'room/7553800000000000001'])])
      expect(types(read('sigi-state', state, subject).records)).toEqual(['live']);
    expect(read('sigi-state', state, page(['live', 'somebody.else']))).toMatchObject({ stale: true, records: [] });
  });

  test('page props', () => {
    const state = {
      props: { pageProps: { statusCode: 0, itemInfo: { itemStruct: video } } },
      query: { $initialProps: { $user: { uid: '6911111111111111111', uniqueId: 'invented.viewer' } } },
    };
    expect(ids(read('next-data', state, videoPage).records)).toEqual([video.id]);
    expect(read('next-data', state, videoPage).viewer).toEqual(['invented.viewer', '6911111111111111111']);
    expect(read('next-data', state, otherVideo)).toMatchObject({ stale: true, records: [] });
    const list = { props: { pageProps: { items: [photo, video] } } };
    expect(read('next-data', list, feed)).toMatchObject({ isList: true });
    expect(ids(read('next-data', list, feed).records)).toEqual([photo.id, video.id]);
    const gone = { props: { pageProps: { statusCode: 10216 } } };
    expect(read('next-data', gone, null).status).toMatchObject({ availability: 'private' });
  });
});

describe('embeds', () => {
  const videoData = {
    itemInfos: {
      id: video.id,
      text: 'Rye #bread',
      createTime: '1732300000',
      covers: ['https://p16-sign-va.tiktokcdn.com/invented/cover.jpeg'],
      video: { videoMeta: { width: 576, height: 1024, duration: 61 } },
      playCount: 9000000,
      diggCount: 412,
    },
    authorInfos: { userId: '6900000000000000001', uniqueId: 'invented.baker', nickName: 'Invented Baker' },
    musicInfos: { musicId: '7300000000000000009', musicName: 'Kneading' },
    challengeInfoList: [{ challengeId: '1600000000000002', challengeName: 'bread' }],
  };
  const state = (path: string, data: object): object => ({ source: { data: { [path]: data } } });

  test('of a post', () => {
    const raws: unknown[] = [];
    const block = state(`/embed/v2/${video.id}?lang=en`, { videoData });
    const answer = read('frontity-state', block, videoPage, { made: (_record, raw) => raws.push(raw) });
    expect(answer).toMatchObject({ stale: false, isList: false });
    expect(answer.records).toMatchObject([
      {
        post_id: video.id,
        caption: 'Rye #bread',
        created_at: 1732300000000,
        duration_ms: 61_000,
        view_count: 9000000,
        like_count: 412,
        author_handle: 'invented.baker',
        music_id: '7300000000000000009',
        hashtags: [{ name: 'bread', id: '1600000000000002', origin: 'both' }],
        figures: { view_count: { precision: 'rounded' } },
      },
    ]);
    expect(raws).toEqual([videoData]);
    expect(read('frontity-state', block, otherVideo)).toMatchObject({ stale: true, records: [] });
  });

  test('of an account', () => {
    const info = { id: '6900000000000000001', uniqueId: 'invented.baker', nickname: 'Baker', followerCount: 807200 };
    const videoList = [
      { id: photo.id, playCount: 1200, desc: 'one', coverUrl: 'https://p16-sign-va.tiktokcdn.com/1.jpeg' },
      { id: video.id, playCount: 34, privateItem: false },
    ];
    const answer = read('frontity-state', state('/embed/@invented.baker', { userInfo: info, videoList }), profile);
    expect(answer.isList).toBe(true);
    expect(answer.records).toMatchObject([
      { post_id: photo.id, view_count: 1200, author_handle: 'invented.baker' },
      { post_id: video.id, view_count: 34 },
      { record_type: 'author', author_follower_count: 807200 },
    ]);
  });
});

test('text that is none of ours gives nothing', () => {
  for (const block of ['universal-data', 'sigi-state', 'next-data', 'frontity-state'] as const)
    for (const text of [
      '',
      'null',
      '[]',
      '{',
      '{"__DEFAULT_SCOPE__":[1]}',
      '{"__DEFAULT_SCOPE__":{"webapp.video-detail":null,"__proto__":{"itemInfo":1}}}',
      '{"ItemModule":{"1":null},"ItemList":{"x":{"list":{}}},"UserModule":{"users":[1]}}',
      '{"LiveRoom":{"liveRoomUserInfo":[]}}',
      '{"props":{"pageProps":{"items":{}}}}',
      '{"source":{"data":{"/embed/v2/x":1,"/embed/@a":{"videoList":[null,{}],"userInfo":[]}}}}',
      '['.repeat(100_000),
    ])
      for (const subject of [null, profile, feed])
        expect(read(block, text, subject), text.slice(0, 60)).toMatchObject({ records: [], viewer: [] });
});
