/** Answers about a thing itself: douyin-user, douyin-hashtag, douyin-music, douyin-collection, douyin-live. */
import { describe, expect, test } from 'vitest';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';

const context = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'page_xhr', platform: 'douyin' });
const read = (input: unknown) => readAnswer(input, context);
const secUid = 'MS4wLjABAAAAinventedHill00000000000000000000000000000000';

describe('douyin-user', () => {
  const user = {
    uid: '88001122334',
    sec_uid: secUid,
    unique_id: 'shanye',
    nickname: '山野笔记',
    signature: '种花',
    follower_count: 0,
    following_count: 26,
    total_favorited: 416403,
    favoriting_count: 2730,
    aweme_count: 134,
    ip_location: 'IP属地：浙江',
    custom_verify: '',
    enterprise_verify_reason: '某某茶厂',
    secret: 0,
    mplatform_followers_count: 99,
  };

  test.each([
    ['user', { status_code: 0, user }],
    ['user_info', { status_code: 0, user_info: user }],
  ])('a profile in %s; its zeros are figures', (_name, json) => {
    const answer = read(json);
    expect(answer.payload).toBe('douyin-user');
    expect(answer.records).toMatchObject([
      {
        record_type: 'author',
        author_id: '88001122334',
        author_sec_id: secUid,
        author_handle: 'shanye',
        author_url: `https://www.douyin.com/user/${secUid}`,
        author_verified: true,
        author_private: false,
        author_follower_count: 0,
        author_likes_received_count: 416403,
        author_post_count: 134,
        author_ip_location: '浙江',
      },
    ]);
  });

  test('a canceled account, and users that an answer is not about', () => {
    expect(read({ user: { ...user, user_canceled: true } }).records).toMatchObject([{ availability: 'removed' }]);
    expect(read({ user: { sec_uid: secUid, nickname: 'x' } }).records).toEqual([]);
    expect(read({ list: [{ user }] }).records).toEqual([]);
  });
});

test('douyin-hashtag: who took part is no number of posts', () => {
  const answer = read(
    '{"status_code":0,"ch_info":{"cid":1600000000000007,"cha_name":"露水","desc":"山里","view_count":123456789,"user_count":42}}',
  );
  expect(answer.payload).toBe('douyin-hashtag');
  expect(answer.records).toMatchObject([
    {
      record_type: 'hashtag',
      hashtag: '露水',
      hashtag_id: '1600000000000007',
      description: '山里',
      view_count: 123456789,
      post_count: null,
    },
  ]);
  expect(read({ ch_info: { cid: '7', cha_name: 'x', view_count: 0, user_count: 3 } }).records).toMatchObject([
    { view_count: null, missing_reasons: { view_count: 'not_exposed_on_web' } },
  ]);
});

test('douyin-music', () => {
  const answer = read(
    '{"music_info":{"id":7401122300000000123,"mid":"7401122300000000123","title":"原声","author":"山野笔记","duration":96,"user_count":8}}',
  );
  expect(answer.payload).toBe('douyin-music');
  expect(answer.records).toMatchObject([
    { record_type: 'music', music_id: '7401122300000000123', title: '原声', duration_ms: 96_000, post_count: null },
  ]);
});

describe('douyin-collection', () => {
  const mix_info = {
    mix_id: '7300000000000000055',
    mix_name: '四季',
    desc: '四季的茶',
    author: { uid: '88001122334', unique_id: 'shanye' },
    statis: { play_vv: 0, updated_to_episode: 24, current_episode: 3 },
  };

  test('a mix', () => {
    const answer = read({ status_code: 0, mix_info });
    expect(answer.payload).toBe('douyin-collection');
    expect(answer.records).toMatchObject([
      {
        record_type: 'collection',
        collection_id: '7300000000000000055',
        title: '四季',
        author_id: '88001122334',
        author_handle: 'shanye',
        post_count: 24,
        view_count: null,
        missing_reasons: { view_count: 'not_exposed_on_web' },
      },
    ]);
  });

  test('the mix of a post is not what its answer is about', () => {
    const post = { aweme_id: '7401122334455667788', desc: 'x', mix_info };
    expect(read({ aweme_list: [post] }).records.map((record) => record.record_type)).toEqual(['post']);
    expect(read(post).records.map((record) => record.record_type)).toEqual(['post']);
  });
});

describe('douyin-live', () => {
  const room = {
    id_str: '7667330965001227008',
    status: 2,
    title: '夜里的茶',
    user_count_str: '1000+',
    like_count: 12,
    stats: { total_user: 0, total_user_str: '10万+' },
  };
  const enter = (data: object): object => ({
    data: {
      data: [data],
      enter_room_id: '7667330965001227008',
      user: { id_str: '88001122334', nickname: '山野笔记', sec_uid: secUid },
      web_rid: '980307700648',
    },
    status_code: 0,
  });

  test('a room', () => {
    const answer = read(enter(room));
    expect(answer.payload).toBe('douyin-live');
    expect(answer.records).toMatchObject([
      {
        record_type: 'live',
        live_id: '980307700648',
        room_id: '7667330965001227008',
        author_id: '88001122334',
        author_name: '山野笔记',
        status: 'live',
        viewer_count: 1000,
        total_viewer_count: 100_000,
        like_count: 12,
        figures: { viewer_count: { precision: 'lower_bound', raw: '1000+' } },
      },
    ]);
  });

  test.each([
    [4, 'ended'],
    [9, 'unknown'],
  ])('status %s: %s', (status, meaning) => {
    expect(read(enter({ ...room, status })).records).toMatchObject([{ status: meaning }]);
  });

  test('no room is no record', () => {
    expect(read({ data: { data: [], user: {} }, status_code: 0 }).records).toEqual([]);
    expect(read(enter({ title: 'x' })).records).toEqual([]);
  });
});
