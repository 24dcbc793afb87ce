import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../core/lossless-json.ts';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { at } from './reading.ts';

const arrival = Date.UTC(2026, 10, 21);
const context = contextAt(arrival, { provider: 'tiktok-research' });
const text = (name: string): string =>
  readFileSync(new URL(`./fixtures/tiktok-research-${name}.json`, import.meta.url), 'utf8');
const fixture = (name: string): unknown => parseJson(text(name));
const saved = contextAt(arrival, { collectedVia: 'import' });

test.each([
  ['video', 'tiktok-research-video'],
  ['comment', 'tiktok-research-comment'],
  ['user', 'tiktok-research-user'],
  ['shop', 'tiktok-research-shop'],
  ['product', 'tiktok-research-product'],
])('a saved %s answer is recognised by its content as %s, also bare', (name, payload) => {
  const answer = readAnswer(text(name), saved);
  expect(answer.payload).toBe(payload);
  expect(answer.records.length).toBeGreaterThan(0);
  const bare = readAnswer(at(fixture(name), 'data'), saved);
  expect(bare.payload).toBe(payload);
  expect(bare.records).toHaveLength(answer.records.length);
});

describe('videos', () => {
  const [first, second] = readAnswer(fixture('video'), context).records;

  test('every field by its own name, with all digits', () => {
    expect(first).toMatchObject({
      record_type: 'post',
      post_id: '7401122334455667788',
      post_url: 'https://www.tiktok.com/@ferry.notes/video/7401122334455667788',
      post_type: 'video',
      caption: 'Counting ferries before breakfast ⛴️ #ferry #Slowtravel with @harbour_lena',
      created_at: 1_723_180_000_000,
      duration_ms: 34_000,
      view_count: 250_311,
      like_count: 18_234,
      comment_count: 412,
      share_count: 96,
      save_count: 1502,
      music_id: '7289000000000000123',
      collection_id: '7398112233445566778',
      transcript: 'One, two, and the third one is late again.',
      transcript_kind: 'asr',
      sticker_text: 'How many?',
      effects: ['Tide Line'],
      platform_labels: ['Get info on the ferry timetable'],
      ai_generated_label: 'Creator Labelled as AI-Generated',
      author_handle: 'ferry.notes',
      author_url: 'https://www.tiktok.com/@ferry.notes',
      hashtags: [
        { name: 'ferry', id: '29871', origin: 'both' },
        { name: 'Slowtravel', id: '1613204917558278', origin: 'both' },
        { name: 'fyp', id: '229207', origin: 'tag_list' },
      ],
      mentions: [{ account: 'harbour_lena', origin: 'both' }],
      figures: { view_count: { precision: 'exact', source: 'api:tiktok-research', fetched_at: arrival } },
    });
    expect(JSON.parse(Reflect.get(Object(Reflect.get(Object(first), 'ai_flags')), 'video_tag'))).toEqual([
      { video_tag_type: 'AIGC Type', video_tag_number: 2 },
    ]);
  });

  test('the country is that of the account, and not taken for that of the post', () => {
    expect(first).toMatchObject({ author_region: 'SE', region: null, missing_reasons: { region: 'not_in_response' } });
  });

  test('zero is zero, nothing is nothing; the older spelling counts too', () => {
    expect(second).toMatchObject({
      caption: null,
      like_count: 0,
      view_count: 7,
      save_count: 3,
      music_id: null,
      duration_ms: null,
      post_type: 'unknown',
      hashtags: [],
      is_paid_partnership: true,
      platform_labels: ['is_stem_verified'],
      transcript: null,
      missing_reasons: { caption: 'not_in_response', transcript: 'not_in_response', duration_ms: 'not_in_response' },
    });
    expect(second).not.toHaveProperty('missing_reasons.like_count');
  });

  test('a wrong value is unreadable, not absent', () => {
    const json = {
      data: {
        videos: [
          { id: '7401122334455667788', username: 'x y', region_code: 'Sweden', view_count: -1, hashtag_names: 5 },
        ],
      },
    };
    expect(readAnswer(json, saved).records[0]).toMatchObject({
      author_handle: null,
      author_region: null,
      view_count: null,
      missing_reasons: {
        author_handle: 'parse_error',
        author_region: 'parse_error',
        view_count: 'parse_error',
        hashtags: 'parse_error',
      },
    });
  });

  test('the lists of liked and pinned videos have the same shape', () => {
    const videos = at(fixture('video'), 'data', 'videos');
    for (const name of ['user_liked_videos', 'pinned_videos_list', 'user_reposted_videos'])
      expect(readAnswer({ data: { [name]: videos } }, saved)).toMatchObject({
        payload: 'tiktok-research-video',
        records: [{}, {}],
      });
  });

  test('ids of hashtags are not dealt out by position', () => {
    const video = {
      id: '7401122334455667788',
      hashtag_names: ['a', 'b'],
      hashtag_info_list: [{ hashtag_id: 1 }, { hashtag_id: 2 }],
    };
    expect(readAnswer({ data: { videos: [video] } }, saved).records[0]).toMatchObject({
      hashtags: [
        { name: 'a', id: null },
        { name: 'b', id: null },
      ],
    });
  });

  test('the own videos of the Display API are not theirs', () => {
    const display = {
      id: '7401122334455667788',
      share_url: 'https://www.tiktok.com/@a/video/7401122334455667788',
      like_count: 1,
    };
    expect(readAnswer({ data: { videos: [display] } }, saved).payload).toBe('tiktok-display-video');
  });
});

test('comments: who wrote them is withheld, and the video is no comment', () => {
  const [first, second] = readAnswer(fixture('comment'), context).records;
  expect(first).toMatchObject({
    comment_id: '7401200000000000101',
    post_id: '7401122334455667788',
    parent_comment_id: null,
    text: 'Third one is always late 😄 call me 40******30',
    created_at: 1_723_190_000_000,
    like_count: 50,
    reply_count: 2,
    author_handle: null,
    missing_reasons: { author_handle: 'redacted', author_id: 'redacted', author_name: 'redacted' },
  });
  expect(second).toMatchObject({ parent_comment_id: '7401200000000000101', like_count: 0 });
});

test('comments of the site keep their own reader', () => {
  const site = JSON.parse(readFileSync(new URL('./fixtures/comments-tiktok.json', import.meta.url), 'utf8'));
  expect(readAnswer(site, saved).payload).toBe('comments');
});

test('an account: filed under the handle that was asked for, and none without it', () => {
  expect(readAnswer(fixture('user'), context).records).toMatchObject([
    {
      record_type: 'author',
      author_handle: 'ferry.notes',
      author_name: 'Ferry Notes',
      author_bio: 'Boats, tides, sandwiches.\nNo schedule.',
      author_bio_url: 'https://ferry.example/notes',
      author_verified: false,
      author_follower_count: 23_210,
      author_following_count: 45,
      author_likes_received_count: 2_715_508,
      author_post_count: 144,
      author_likes_given_count: null,
    },
  ]);
  const { username: _, ...nameless } = Object(at(fixture('user'), 'data'));
  expect(readAnswer({ data: nameless }, context).records).toEqual([]);
});

test('shops', () => {
  expect(readAnswer(fixture('shop'), context).records).toMatchObject([
    {
      shop_id: '7494754040961990092',
      shop_name: 'Tideline Supply',
      rating: 4.5,
      review_count: 12_345,
      sold_count: 121_695,
    },
    { shop_id: '7494754040961990093', rating: null, sold_count: 0, missing_reasons: { rating: 'not_in_response' } },
  ]);
});

describe('products', () => {
  test('prices are minor units of the currency that stands beside them', () => {
    expect(readAnswer(fixture('product'), context).records).toMatchObject([
      {
        product_id: '1729503318846291774',
        price_minor: 2079,
        price_min_minor: 2079,
        price_max_minor: 2500,
        currency: 'GBP',
        price_unit_source: 'declared',
        sold_count: 37_741,
        sold_window: 'lifetime',
        rating: 4.6,
        rating_5_count: 2693,
        review_count: 3321,
        shop_id: '7494754040961990092',
      },
      { product_id: '1729503318846291775', price_minor: 1500, currency: 'JPY', sold_count: 0, shop_id: null },
    ]);
  });

  test.each([
    ['no currency', ['20.79'], '20.79'],
    ['two currencies', ['20.79GBP', '25.00EUR'], '20.79GBP, 25.00EUR'],
    ['a thousands separator', ['1,020.79GBP'], '1,020.79GBP'],
    ['more decimals than the currency has', ['15.5JPY'], '15.5JPY'],
  ])('%s: kept as text, not guessed', (_name, price, written) => {
    const json = { data: { product_data: [{ product_id: 1, product_price: price }] } };
    expect(readAnswer(json, context).records[0]).toMatchObject({
      price_minor: null,
      price_text: written,
      currency: null,
      missing_reasons: { price_minor: 'parse_error' },
    });
  });

  test('no price is absent', () => {
    for (const price of [undefined, null, []])
      expect(
        readAnswer({ data: { product_data: [{ product_id: 1, product_price: price }] } }, context).records[0],
      ).toMatchObject({
        price_minor: null,
        missing_reasons: { price_minor: 'not_in_response' },
      });
  });
});
