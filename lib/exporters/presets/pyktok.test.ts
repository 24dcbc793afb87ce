import { expect, test } from 'vitest';
import { rowOf, tiktokPost } from './preset.samples.ts';

test('pyktok', async () => {
  expect(await rowOf('pyktok', tiktokPost)).toEqual({
    video_id: '7528963259874125698',
    video_timestamp: '2025-06-18T10:06:05',
    video_duration: 75.4,
    video_locationcreated: 'SE',
    video_diggcount: 12_589,
    video_sharecount: 0,
    video_commentcount: 892,
    video_playcount: 215_689,
    video_description: tiktokPost.caption,
    video_is_ad: 'False',
    video_stickers: 'day one;day two',
    author_username: 'lily.wears',
    author_name: 'Lily',
    author_followercount: 50_000,
    author_followingcount: 120,
    author_heartcount: 987_654,
    author_videocount: 88,
    author_diggcount: 321,
    author_verified: 'True',
    poi_name: 'Harbour',
    poi_address: 'Quay 1',
    poi_city: 'Bergen',
  });
});
