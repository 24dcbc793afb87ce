import { expect, test } from 'vitest';
import { douyinPost, rowOf, tiktokPost, tiktokReply } from './preset.samples.ts';

const published = '2025-06-18 02:06:05';

test('four-cat, posts of TikTok', async () => {
  expect(await rowOf('four-cat', tiktokPost)).toEqual({
    collected_from_url: 'https://www.tiktok.com/@lily.wears',
    id: '7528963259874125698',
    thread_id: '7528963259874125698',
    author: 'lily.wears',
    author_full: 'Lily',
    author_followers: 50_000,
    author_likes: 321,
    author_videos: 88,
    author_avatar: 'https://p16.example/lily.jpg',
    body: tiktokPost.caption,
    stickers: 'day one\nday two',
    timestamp: published,
    unix_timestamp: 1_750_212_365,
    is_duet: 'yes',
    is_ad: 'no',
    is_paid_partnership: 'yes',
    is_sensitive: 'yes',
    is_photosensitive: null,
    music_name: 'original sound',
    music_id: '7489562135987000123',
    music_url: 'https://v16.example/m.mp3',
    music_thumbnail: null,
    music_author: 'Lily',
    video_url: 'https://v16.example/v.mp4',
    tiktok_url: 'https://www.tiktok.com/@lily.wears/video/7528963259874125698',
    thumbnail_url: 'https://p16.example/c.jpg',
    likes: 12_589,
    comments: 892,
    shares: 0,
    plays: 215_689,
    hashtags: 'ootd,穿搭,summer',
    challenges: 'ootd,summer',
    diversification_labels: 'Outfit,is_stem_verified',
    location_created: 'SE',
    effects: 'Glow,Sparkle',
    warning: 'Participating in this activity could hurt you',
  });
});

test('four-cat, posts of Douyin', async () => {
  expect(await rowOf('four-cat', douyinPost)).toEqual({
    collected_from_url: 'https://www.tiktok.com/@lily.wears',
    id: '7528963259874125698',
    thread_id: null,
    subject: 'Post',
    body: douyinPost.caption,
    timestamp: published,
    post_url: 'https://www.douyin.com/video/7528963259874125698',
    region: 'SE',
    hashtags: 'ootd,穿搭,summer',
    mentions: 'https://www.douyin.com/user/MS4wLjABAAAA-friend',
    video_tags: 'Outfit,is_stem_verified',
    prevent_download: null,
    video_url: 'https://v16.example/v.mp4',
    video_thumbnail: 'https://p16.example/c.jpg',
    video_duration: 75_400,
    image_urls: 'https://p3.example/1.jpg,https://p3.example/2.jpg',
    music_author: 'Lily',
    music_title: 'original sound',
    music_url: 'https://v16.example/m.mp3',
    collect_count: 1563,
    comment_count: 892,
    digg_count: 12_589,
    download_count: 4,
    forward_count: 5,
    play_count: null,
    share_count: 0,
    count_total_streams_viewers: null,
    count_current_stream_viewers: null,
    author_user_id: '6952369874521000001',
    author_nickname: 'Lily',
    author_profile_url: 'https://www.douyin.com/user/MS4wLjABAAAA-lily',
    author_thumbnail_url: 'https://p16.example/lily.jpg',
    author_region: 'NO',
    author_is_ad_fake: null,
    part_of_collection: 'yes',
    '4CAT_first_video_displayed': null,
    collection_id: '7371330159376370462',
    collection_name: '穿搭合集',
    place_in_collection: 3,
    unix_timestamp: 1_750_212_365,
  });
  expect(await rowOf('four-cat', { ...douyinPost, post_type: 'live' })).toMatchObject({
    subject: 'Stream',
    post_url: null,
  });
});

test.each(['four-cat', 'zeeschuimer-csv'])('%s, comments', async (preset) => {
  expect(await rowOf(preset, tiktokReply)).toEqual({
    collected_from_url: tiktokReply.collected_from_url,
    id: '7529963259874125698',
    thread_id: '7529963259874125001',
    author: 'max.writes',
    author_full: 'Max',
    author_avatar_url: 'https://p16.example/max.jpg',
    body: 'so nice',
    timestamp: published,
    unix_timestamp: 1_750_212_365,
    likes: 3,
    replies: 0,
    post_id: '7528963259874125698',
    post_url: 'https://www.tiktok.com/@lily.wears/video/7528963259874125698',
    post_body: null,
    comment_url: null,
    is_liked_by_post_author: 'yes',
    is_sticky: 'no',
    is_comment_on_comment: 'yes',
    language_guess: 'en',
  });
  const top = { ...tiktokReply, parent_comment_id: null, collected_from_url: 'https://www.tiktok.com/@lily.wears' };
  expect(await rowOf(preset, top)).toMatchObject({
    thread_id: '7528963259874125698',
    is_comment_on_comment: 'no',
    post_url: null,
  });
});

test('zeeschuimer-csv writes posts as four-cat does', async () => {
  for (const post of [tiktokPost, douyinPost])
    expect(await rowOf('zeeschuimer-csv', post)).toEqual(await rowOf('four-cat', post));
});

test('a photo post of TikTok has the address that 4CAT writes', async () => {
  const post = { ...tiktokPost, post_url: 'https://www.tiktok.com/@lily.wears/photo/7528963259874125698' };
  expect(await rowOf('four-cat', post)).toMatchObject({
    tiktok_url: 'https://www.tiktok.com/@lily.wears/video/7528963259874125698',
  });
});
