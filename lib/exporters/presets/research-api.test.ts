import { expect, test } from 'vitest';
import { importText } from '../../importers/importer.samples.ts';
import { tiktokResearch } from '../../importers/tiktok-research.ts';
import { csv } from '../csv.ts';
import { harnessContext, writeFile } from '../harness.ts';
import { author, product, rowOf, shop, tiktokPost, tiktokReply } from './preset.samples.ts';

test('research-api', async () => {
  expect(await rowOf('research-api', tiktokPost)).toEqual({
    id: '7528963259874125698',
    video_description: tiktokPost.caption,
    create_time: 1_750_212_365,
    region_code: 'NO',
    share_count: 0,
    view_count: 215_689,
    like_count: 12_589,
    comment_count: 892,
    music_id: '7489562135987000123',
    hashtag_names: ['ootd', '穿搭', 'summer'],
    username: 'lily.wears',
    effect_ids: null,
    playlist_id: '7371330159376370462',
    voice_to_text: 'hello there',
    is_stem_verified: true,
    favorites_count: 1563,
    video_duration: 75.4,
    hashtag_info_list: [{ hashtag_id: '1600000000000000001' }, { hashtag_id: '1600000000000000002' }],
    sticker_info_list: [{ sticker_name: 'day one' }, { sticker_name: 'day two' }],
    effect_info_list: [{ effect_name: 'Glow' }, { effect_name: 'Sparkle' }],
    video_mention_list: ['friend.of.lily'],
    video_label: null,
    video_tag: null,
  });
  expect(
    await rowOf('research-api', { ...tiktokPost, transcript_kind: 'ocr', platform_labels: ['Outfit'] }),
  ).toMatchObject({ voice_to_text: null, is_stem_verified: null });
  expect(await rowOf('research-api', tiktokReply)).toEqual({
    id: '7529963259874125698',
    video_id: '7528963259874125698',
    text: 'so nice',
    like_count: 3,
    reply_count: 0,
    parent_comment_id: '7529963259874125001',
    create_time: 1_750_212_365,
  });
  expect(await rowOf('research-api', { ...tiktokReply, parent_comment_id: null })).toMatchObject({
    parent_comment_id: '7528963259874125698',
  });
  expect(await rowOf('research-api', author)).toEqual({
    display_name: 'Lily',
    bio_description: 'I am Lily',
    avatar_url: 'https://p16.example/lily.jpg',
    is_verified: true,
    follower_count: 50_000,
    following_count: 120,
    likes_count: 987_654,
    video_count: 88,
    bio_url: 'https://lily.example',
  });
  expect(await rowOf('research-api', product)).toEqual({
    product_id: '3514269087712345678',
    product_sold_count: 13000,
    product_description: '棉',
    product_price: ['72.00CNY'],
    product_review_count: 40,
    product_name: '衬衫',
    product_rating_1_count: 1,
    product_rating_2_count: 0,
    product_rating_3_count: 2,
    product_rating_4_count: 7,
    product_rating_5_count: 30,
  });
  expect(await rowOf('research-api', shop)).toEqual({
    shop_name: 'Some Shop',
    shop_rating: 4.5,
    shop_review_count: 12,
    item_sold_count: 99,
    shop_id: '7495963259874125698',
  });
});

test('our own importer of Research API tables reads posts and comments of this preset as what they were', async () => {
  const context = { ...harnessContext, choices: { ...harnessContext.choices, preset: 'research-api' } };
  for (const record of [tiktokPost, tiktokReply]) {
    const file = new TextDecoder().decode(await writeFile(csv, record.record_type, [record], context));
    const { items, problems } = await importText(tiktokResearch, file);
    expect(problems).toEqual([]);
    expect(items).toHaveLength(1);
    const read = items[0]?.observations[0]?.record;
    const kept = ['record_type', 'post_id', 'created_at', 'like_count', 'comment_count', 'view_count', 'save_count'];
    const words = ['caption', 'text', 'transcript', 'sticker_text', 'effects', 'comment_id', 'parent_comment_id'];
    const others = ['share_count', 'reply_count', 'duration_ms', 'music_id', 'collection_id', 'author_region'];
    for (const name of [...kept, ...words, ...others, ...(record.record_type === 'post' ? ['author_handle'] : [])]) {
      const value: unknown = Reflect.get(Object(read), name);
      expect([name, value]).toEqual([name, Reflect.get(record, name)]);
    }
  }
});
