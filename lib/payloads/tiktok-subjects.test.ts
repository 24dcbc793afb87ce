/** Authors, hashtags, music, playlists and live rooms: where an answer or page is about them, and nowhere else. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '../core/record.ts';
import { type Answer, readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';

const context = contextAt(Date.UTC(2026, 0, 2), { collectedVia: 'page_xhr' });
const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const read = (name: string): Answer => readAnswer(fixture(name), context);
const readJson = (json: unknown): readonly AnyRecord[] => readAnswer(json, context).records;
const types = (records: readonly AnyRecord[]): readonly string[] => records.map(({ record_type: type }) => type);

describe('authors', () => {
  test('a profile with exact figures and a heart that overflowed', () => {
    const { payload, records } = read('tiktok-user-detail');
    expect(payload).toBe('tiktok-user');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      record_type: 'author',
      platform: 'tiktok',
      author_id: '6900000000000000001',
      author_handle: 'Invented.Baker',
      author_url: 'https://www.tiktok.com/@Invented.Baker',
      author_bio: 'I bake\nin Uppsala',
      author_bio_url: 'https://www.example.org/bread',
      author_is_seller: true,
      author_region: 'SE',
      author_follower_count: 807214,
      author_likes_received_count: 2789934592,
      author_likes_given_count: 0,
      author_post_count: 234,
      figures: { author_follower_count: { precision: 'exact', source: 'statsV2' } },
      observed_at: 1767225600000,
      availability: 'ok',
    });
  });

  test('an overflowed heart alone is unreadable, and a block of zeros no figures', () => {
    const user = { uniqueId: 'a', id: '6900000000000000001' };
    expect(readJson({ userInfo: { user, stats: { followerCount: 5, heart: -1505032704 } } })[0]).toMatchObject({
      author_likes_received_count: null,
      missing_reasons: { author_likes_received_count: 'parse_error' },
    });
    const zeros = { followerCount: 0, followingCount: 0, heartCount: 0, videoCount: 0, diggCount: 0 };
    expect(readJson({ userInfo: { user, stats: zeros } })[0]).toMatchObject({
      author_follower_count: null,
      missing_reasons: { author_follower_count: 'not_in_response' },
    });
  });

  test('a private account is told as such, also with its data', () => {
    const { userInfo } = JSON.parse(fixture('tiktok-user-detail'));
    const [record] = readJson({ statusCode: 10222, userInfo });
    expect(record).toMatchObject({ availability: 'private', author_post_count: 234 });
  });

  test.each([
    [10202, 'not_available'],
    [10221, 'not_available'],
    [10222, 'private'],
  ])('status %d without data', (statusCode, availability) => {
    for (const json of [
      { statusCode, userInfo: {} },
      { statusCode, statusMsg: '' },
      { __DEFAULT_SCOPE__: { 'webapp.user-detail': { statusCode, userInfo: {} } } },
    ])
      expect(readAnswer(json, context)).toMatchObject({
        records: [],
        status: { code: String(statusCode), availability },
      });
  });

  test('the accounts that a search finds, without the zeros of figures that it leaves out', () => {
    const { records } = read('tiktok-user-search');
    expect(records).toMatchObject([
      { author_handle: 'invented.baker', author_verified: true, author_follower_count: 807214 },
      { author_handle: 'quiet_one', author_verified: false, author_follower_count: null },
    ]);
    expect(types(records)).toEqual(['author', 'author']);
    const asDouyin = fixture('tiktok-user-search').replaceAll('tiktokcdn.com', 'douyinpic.com');
    expect(readAnswer(asDouyin, context).records).toEqual([]);
  });

  test('an older profile page: its posts in the order shown, then its author', () => {
    const { payload, records } = read('tiktok-sigi-profile');
    expect(payload).toBe('tiktok-web-item');
    expect(types(records)).toEqual(['post', 'post', 'post', 'product', 'author']);
    expect(records.flatMap((record) => (record.record_type === 'post' ? [record.post_id] : []))).toEqual([
      '7440000000000000005',
      '7440000000000000001',
      '7440000000000000002',
    ]);
    expect(records[4]).toMatchObject({ author_handle: 'invented.baker', author_likes_received_count: 2789934592 });
  });

  test('the author of an older page of one post is none of its subjects', () => {
    const { UserPage: _page, ItemList: _list, ...state } = JSON.parse(fixture('tiktok-sigi-profile'));
    expect(types(readJson(state))).not.toContain('author');
  });
});

test('a hashtag, of which the exact views are beyond 32 bits', () => {
  expect(read('tiktok-challenge-detail').payload).toBe('tiktok-listing');
  expect(read('tiktok-challenge-detail').records).toMatchObject([
    {
      record_type: 'hashtag',
      hashtag: 'ryeBread',
      hashtag_id: '1600000000000001',
      description: 'Loaves of rye',
      view_count: 35612345678,
      post_count: 12345,
      figures: { view_count: { precision: 'exact', source: 'statsV2' } },
    },
  ]);
});

test('a piece of music', () => {
  expect(read('tiktok-music-detail').records).toMatchObject([
    {
      record_type: 'music',
      music_id: '7300000000000000009',
      title: 'Kneading',
      author: 'Invented Band',
      is_original: false,
      duration_ms: 61_000,
      album: 'Dough',
      post_count: 4321,
    },
  ]);
});

test('the playlists of an account, and one by itself', () => {
  const { records } = read('tiktok-playlists');
  expect(records).toMatchObject([
    { collection_id: '7400000000000000071', title: 'Rye', author_handle: 'invented.baker', post_count: 74 },
    { collection_id: '7400000000000000072', title: 'Wheat' },
  ]);
  const [mixInfo] = JSON.parse(fixture('tiktok-playlists')).playList;
  expect(readJson({ statusCode: 0, mixInfo })).toHaveLength(1);
});

test('what posts carry of themselves makes no record of its own', () => {
  const { itemList } = JSON.parse(fixture('tiktok-web-items'));
  const [mixInfo] = JSON.parse(fixture('tiktok-playlists')).playList;
  const item = { ...itemList[1], mixInfo, challenges: itemList[0].challenges, music: itemList[0].music };
  for (const json of [item, [item], { itemList: [item] }, { itemInfo: { itemStruct: item } }])
    expect(types(readJson(json))).toEqual(['post']);
});

describe('live rooms', () => {
  const live = {
    record_type: 'live',
    live_id: 'invented.baker',
    room_id: '7553800000000000001',
    title: 'Baking at night',
    author_id: '6900000000000000001',
    started_at: 1758757122000,
  };

  test('on the air', () => {
    const { payload, records } = read('tiktok-live-room');
    expect(payload).toBe('tiktok-live');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ ...live, status: 'live', viewer_count: 70, total_viewer_count: 2520 });
  });

  test('in the page of a room', () => {
    const { data } = JSON.parse(fixture('tiktok-live-room'));
    expect(readJson({ LiveRoom: { liveRoomUserInfo: data } })).toMatchObject([live]);
  });

  test('off the air nobody watches, which is no figure', () => {
    const { records } = read('tiktok-webcast-info');
    expect(records).toMatchObject([
      { ...live, status: 'ended', viewer_count: null, total_viewer_count: 2520, like_count: 1234 },
    ]);
  });

  test('among the posts of a list or search', () => {
    const { itemList } = JSON.parse(fixture('tiktok-web-items'));
    const item = {
      id: '7553800000000000001',
      author: { id: '6900000000000000001', uniqueId: 'invented.baker', roomId: '7553800000000000001' },
      liveRoomInfo: { title: 'Baking at night', startTime: 1758757122, liveRoomStats: { userCount: 70 } },
    };
    for (const json of [
      { itemList: [itemList[1], item] },
      {
        data: [
          { type: 1, item: itemList[1] },
          { type: 2, item },
        ],
      },
      { __DEFAULT_SCOPE__: { 'webapp.updated-items': [itemList[1], item] } },
    ]) {
      const records = readJson(json);
      expect(types(records)).toEqual(['post', 'live']);
      expect(records[1]).toMatchObject({ ...live, viewer_count: 70 });
    }
  });
});
