import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CommentRecord } from '../core/record-kinds.ts';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import type { PayloadContext } from './payload.ts';

const arrival = Date.UTC(2026, 0, 2);
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

function read(json: unknown, changes: Partial<PayloadContext> = {}): readonly CommentRecord[] {
  const { records } = readAnswer(json, contextAt(arrival, { collectedVia: 'page_xhr', ...changes }));
  expect(records.filter(({ record_type: type }) => type !== 'comment')).toEqual([]);
  return records.filter((record) => record.record_type === 'comment');
}

test('comments of TikTok and the replies shown below them, each once', () => {
  const raws: unknown[] = [];
  const comments = read(fixture('comments-tiktok'), {
    made: (_record, raw) => raws.push(Reflect.get(Object(raw), 'cid')),
  });
  expect(comments.map(({ comment_id: id }) => id)).toEqual([
    '7440000000000000101',
    '7440000000000000102',
    '7440000000000000103',
    '7440000000000000104',
  ]);
  expect(raws).toEqual(comments.map(({ comment_id: id }) => id));
  const [first, reply, second, image] = comments;
  expect(first).toMatchObject({
    platform: 'tiktok',
    post_id: '7440000000000000001',
    parent_comment_id: null,
    reply_to_comment_id: null,
    text: 'Wonderful <b>bread</b>',
    created_at: 1732300100000,
    like_count: 12345,
    reply_count: 2,
    liked_by_author: true,
    is_pinned: true,
    language: 'en',
    author_id: '6900000000000000004',
    author_handle: 'invented.guest',
    author_name: 'Guest',
    author_avatar_url: 'https://p16-sign-va.tiktokcdn.com/invented/g.jpeg',
    image_urls: [],
    sticker_url: null,
    ip_label: null,
    observed_at: 1767225600000,
    figures: { like_count: { precision: 'exact' } },
  });
  expect(first?.created_at_from_id).toBeGreaterThan(Date.UTC(2024, 0, 1));
  expect(reply).toMatchObject({ parent_comment_id: '7440000000000000101', reply_to_comment_id: null });
  expect(second).toMatchObject({
    parent_comment_id: '7440000000000000101',
    reply_to_comment_id: '7440000000000000102',
  });
  expect(image).toMatchObject({
    text: null,
    language: null,
    image_urls: ['https://p16-sign.tiktokcdn.com/invented/i.jpeg'],
  });
});

test('comments of Douyin', () => {
  expect(read(fixture('comments-douyin'))).toMatchObject([
    {
      platform: 'douyin',
      text: '好看[赞]',
      ip_label: '广东',
      is_pinned: true,
      author_handle: '1234567',
      author_name: '客人',
      image_urls: ['https://p3-sign.douyinpic.com/invented/i.webp'],
      sticker_url: 'https://p3-sign.douyinpic.com/invented/s.webp',
    },
  ]);
});

test('the platform is that of the evidence, and where there is none nobody is told', () => {
  const bare = { comments: [{ cid: '7440000000000000101', aweme_id: '7440000000000000001', text: 'x' }] };
  expect(read(bare)).toEqual([]);
  expect(read(bare, { platform: 'douyin' })).toMatchObject([{ platform: 'douyin' }]);
  expect(read(bare, { pageUrl: 'https://www.tiktok.com/@a/video/1' })).toMatchObject([{ platform: 'tiktok' }]);
  expect(read(bare, { pageUrl: 'https://www.douyin.com/video/1' })).toMatchObject([{ platform: 'douyin' }]);
  expect(read(bare, { pageUrl: 'https://douyin.com.example.org/' })).toEqual([]);
  expect(read({ comments: [{ ...bare.comments[0], ip_label: '广东' }] })).toMatchObject([{ platform: 'douyin' }]);
  expect(read({ comments: [{ ...bare.comments[0], author_pin: false }] })).toMatchObject([{ platform: 'tiktok' }]);
});

test('a bare list, and inside the envelope of another program', () => {
  const whole = fixture('comments-tiktok');
  const list = Reflect.get(Object(whole), 'comments');
  expect(read(list)).toHaveLength(4);
  expect(read({ code: 200, data: whole })).toHaveLength(4);
  expect(read({ comments: null, status_code: 0 })).toEqual([]);
});
