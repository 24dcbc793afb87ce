/** What items say about themselves beside their figures: labels, permissions, places. */
import { describe, expect, test } from 'vitest';
import { type Answer, readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';

const read = (json: unknown): Answer => readAnswer(json, contextAt(Date.UTC(2026, 0, 2)));

const item = { id: '7440000000000000001', desc: 'x', createTime: 1732300000, video: { duration: 5 } };

describe('a TikTok item', () => {
  test('is read as it says', () => {
    const json = {
      ...item,
      author: { uniqueId: 'invented.baker', region: 'SE' },
      authorStats: { followerCount: 10, videoCount: 3, friendCount: 7 },
      video: { duration: 5, ratio: '540p', definition: '540p' },
      diversificationLabels: ['Baking', '', 'Food'],
      suggestedWords: ['rye bread'],
      stickersOnItem: [{ stickerText: ['part 1', ' the crust '] }, { stickerText: null }],
      effectStickers: [{ ID: '1', name: 'Face Zoom' }, { ID: '2' }],
      warnInfo: [{ type: 1, text: 'Do not try this' }],
      originalItem: true,
      officalItem: false,
      duetEnabled: true,
      stitchEnabled: false,
      shareEnabled: true,
      itemCommentStatus: 3,
      duetInfo: { duetFromId: '7440000000000000009' },
      poi: { id: '1', name: 'Old mill', city: 'Lund', address: 'Mill lane 1' },
    };
    expect(read([json]).records).toMatchObject([
      {
        ratio: '540p',
        definition: '540p',
        platform_labels: ['Baking', 'Food'],
        suggested_words: ['rye bread'],
        sticker_text: 'part 1\nthe crust',
        effects: ['Face Zoom'],
        warning_labels: ['Do not try this'],
        is_original_item: true,
        is_official_item: false,
        duet_enabled: true,
        stitch_enabled: false,
        share_enabled: true,
        comment_enabled: false,
        duet_of_post_id: '7440000000000000009',
        poi_name: 'Old mill',
        poi_city: 'Lund',
        poi_address: 'Mill lane 1',
        author_region: 'SE',
        author_friend_count: 7,
      },
    ]);
  });

  test('says nothing by leaving out, and nothing by 0', () => {
    const json = { ...item, duetInfo: { duetFromId: '0' }, itemCommentStatus: 1, effectStickers: [], poi: 'x' };
    const [record] = read([json]).records;
    expect(record).toMatchObject({
      duet_of_post_id: null,
      comment_enabled: null,
      effects: [],
      platform_labels: [],
      poi_name: null,
      missing_reasons: { platform_labels: 'not_in_response', duet_of_post_id: 'not_in_response' },
    });
    expect(record?.missing_reasons).not.toHaveProperty('effects');
  });

  test('of 2025 has its suggested words in groups', () => {
    const words = { video_suggest_words_struct: [{ words: [{ word: 'a' }] }, { words: [{ word: 'b' }, { id: 1 }] }] };
    expect(read([{ ...item, videoSuggestWordsList: words }]).records).toMatchObject([{ suggested_words: ['a', 'b'] }]);
  });

  test('of an older page has its author in UserModule', () => {
    const json = {
      ItemModule: {
        [item.id]: { ...item, author: 'baker', nickname: 'B' },
        x: { ...item, id: '7440000000000000002', author: 'other' },
      },
      UserModule: {
        users: { baker: { id: '69', uniqueId: 'baker', signature: 'I bake', verified: true, ttSeller: true } },
        stats: { baker: { followerCount: 839_000, videoCount: 244, heartCount: 13_200_000 } },
      },
    };
    expect(read(json).records).toMatchObject([
      {
        author_handle: 'baker',
        author_name: 'B',
        author_bio: 'I bake',
        author_verified: true,
        author_follower_count: 839_000,
        author_post_count: 244,
        figures: { author_follower_count: { precision: 'rounded', source: 'authorStats' } },
      },
      { author_handle: 'other', author_verified: null, author_follower_count: null },
    ]);
  });
});

describe('an aweme', () => {
  const aweme = { aweme_id: '7401122334455667788', desc: 'x', create_time: 1723200100, author: { uid: '88' } };

  test('is read as it says', () => {
    const json = {
      ...aweme,
      author: { uid: '88', region: 'CN' },
      video: { duration: 5000, ratio: '1080p' },
      video_tag: [
        { level: 1, tag_name: '科普' },
        { level: 2, tag_name: '地理科普' },
        { level: 0, tag_id: 0, tag_name: '' },
      ],
      suggest_words: {
        suggest_words: [{ words: [{ word: '红超' }, { word: '红超' }] }, { words: [{ word: '高铁' }] }],
      },
      risk_infos: { content: '作者声明：请勿模仿', type: 56 },
      video_control: { allow_duet: true, allow_stitch: false },
      aweme_control: { can_comment: false, can_share: true },
      duet_origin_item_id: '7401122334455660001',
      mix_info: { mix_id: '7300000000000000055', mix_name: '四季', statis: { current_episode: 4 } },
      poi_info: { poi_name: '老磨坊', address_info: { city: '杭州市', address: '磨坊路 1 号' } },
    };
    expect(read([json]).records).toMatchObject([
      {
        ratio: '1080p',
        platform_labels: ['科普', '地理科普'],
        suggested_words: ['红超', '高铁'],
        warning_labels: ['作者声明：请勿模仿'],
        duet_enabled: true,
        stitch_enabled: false,
        share_enabled: true,
        comment_enabled: false,
        duet_of_post_id: '7401122334455660001',
        collection_position: 4,
        poi_name: '老磨坊',
        poi_city: '杭州市',
        poi_address: '磨坊路 1 号',
        author_region: 'CN',
      },
    ]);
  });

  test('without a warning has an object without words', () => {
    const [record] = read([{ ...aweme, risk_infos: { content: '', type: 0, warn: false } }]).records;
    expect(record).toMatchObject({ warning_labels: [], platform_labels: [] });
    expect(record?.missing_reasons).not.toHaveProperty('warning_labels');
    expect(record?.missing_reasons).toHaveProperty('platform_labels');
  });
});
