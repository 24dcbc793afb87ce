/** The payloads tiktok-display-video and tiktok-display-user over invented answers. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { at } from './reading.ts';

const context = contextAt(Date.UTC(2026, 10, 21, 4), { provider: 'tiktok-official' });
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/tiktok-display-${name}.json`, import.meta.url), 'utf8'));
const videos = fixture('videos');
const video = (change: object): unknown => ({
  data: { videos: [{ ...Object(at(videos, 'data', 'videos', 0)), ...change }] },
  error: { code: 'ok' },
});

describe('tiktok-display-video', () => {
  test('an own post: duration in seconds, address without tracking, no markup', () => {
    const { payload, records } = readAnswer(videos, context);
    expect(payload).toBe('tiktok-display-video');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      record_type: 'post',
      post_id: '7571234567890123456',
      post_url: 'https://www.tiktok.com/@lantern.archive/video/7571234567890123456',
      post_type: 'video',
      caption: 'Counting lanterns at dusk #fieldwork #夜市',
      created_at: 1_762_813_800_000,
      duration_ms: 42_000,
      width: 576,
      height: 1024,
      view_count: 20_417,
      like_count: 1_871,
      comment_count: 94,
      share_count: 61,
      save_count: null,
      ai_generated_label: 'false',
      ai_flags: { is_aigc: 'false' },
      author_handle: 'lantern.archive',
      author_id: null,
      figures: { view_count: { precision: 'exact', source: 'api:tiktok-official' } },
    });
    expect(JSON.stringify(records)).not.toMatch(/blockquote|utm_|<script/u);
    expect(records[0]).toMatchObject({ hashtags: [{ name: 'fieldwork' }, { name: '夜市' }] });
  });

  test('of a caption that was cut, half a tag is none', () => {
    const cut = `${'word '.repeat(28)}#one #halfatag`.slice(0, 150).padEnd(150, 'x');
    expect(readAnswer(video({ video_description: cut }), context).records[0]).toMatchObject({
      caption: cut,
      hashtags: [{ name: 'one' }],
    });
  });

  test('a photo post is told by its address; without one there is no author', () => {
    const address = 'https://www.tiktok.com/@lantern.archive/photo/7571234567890123456';
    expect(readAnswer(video({ share_url: address }), context).records[0]).toMatchObject({ post_type: 'photo' });
    const foreign = readAnswer(video({ share_url: 'https://evil.example/@other/video/1' }), context).records[0];
    expect(foreign).toMatchObject({
      author_handle: null,
      post_url: 'https://www.tiktok.com/@/video/7571234567890123456',
    });
  });

  test('posts of the Research API are not taken for own ones', () => {
    const { payload } = readAnswer(video({ region_code: 'DE', username: 'someone' }), context);
    expect(payload).not.toBe('tiktok-display-video');
  });
});

describe('tiktok-display-user', () => {
  test('the own account: its handle names it, the ids made for the app do not', () => {
    const { payload, records } = readAnswer(fixture('user'), context);
    expect(payload).toBe('tiktok-display-user');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      record_type: 'author',
      author_handle: 'Lantern.Archive',
      author_id: null,
      author_url: 'https://www.tiktok.com/@Lantern.Archive',
      author_name: 'Lantern Archive',
      author_bio: 'Night markets, counted.',
      author_verified: false,
      author_follower_count: 5_120,
      author_following_count: 208,
      author_likes_received_count: 70_341,
      author_post_count: 186,
    });
    expect(JSON.stringify(records)).not.toContain('6f1c2a54');
  });

  test('an error says what the API said', () => {
    const answer = readAnswer(
      { data: { user: { open_id: 'x' } }, error: { code: 'scope_not_authorized', message: 'No.' } },
      context,
    );
    expect(answer).toMatchObject({ records: [], status: { code: 'scope_not_authorized', message: 'No.' } });
  });
});
