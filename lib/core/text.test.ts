import { describe, expect, test } from 'vitest';
import {
  captionHashtags,
  captionMentions,
  htmlToText,
  linkExpiry,
  mergeHashtags,
  mergeMentions,
  withoutTracking,
} from './text.ts';

describe('hashtags of a caption', () => {
  test.each([
    ['Summer outfit✨ #fashion #ootd #summerlook', ['fashion', 'ootd', 'summerlook']],
    ['早晨#露水#慢生活，真好 #茶', ['露水', '慢生活', '茶']],
    ['#a#b #A', ['a', 'b']],
    ['with emoji #慢生活🌿 #flag🇲🇦 #family👨‍👩‍👧!', ['慢生活🌿', 'flag🇲🇦', 'family👨‍👩‍👧']],
    ['＃全角 #２０２６', ['全角', '２０２６']],
    ['#under_score #dash-ed #dot.ted', ['under_score', 'dash', 'dot']],
    ['#مرحبا #ไทย #हिन्दी #日本語', ['مرحبا', 'ไทย', 'हिन्दी', '日本語']],
    ['keycap #️⃣a and lone # and ## and #! and #1️⃣', ['1️⃣']],
    ['https://example.org/#part &#39;s', []],
    ['#e\u0301te\u0301', ['été']],
    ['', []],
  ])('%s', (caption, names) => {
    expect(captionHashtags(caption)).toEqual(names);
  });
});

test('the tag list and the caption are one list, each tag with its origin', () => {
  const listed = [
    { name: 'Fashion', id: '1' },
    { name: '#ootd', id: null },
    { name: 'fashion', id: '2' },
    { name: 'hidden', id: '3' },
    { name: ' ', id: '4' },
  ];
  expect(mergeHashtags(listed, 'x #fashion #summerlook #OOTD')).toEqual([
    { name: 'fashion', id: '1', origin: 'both' },
    { name: 'OOTD', id: null, origin: 'both' },
    { name: 'hidden', id: '3', origin: 'tag_list' },
    { name: 'summerlook', id: null, origin: 'caption' },
  ]);
  expect(mergeHashtags([], null)).toEqual([]);
});

describe('mentions of a caption', () => {
  test.each([
    ['with @invented.friend and @_under_score_.', ['invented.friend', '_under_score_']],
    ['@Anna...@berta', ['Anna', 'berta']],
    ['write to me@example.org or a.b+c@example.org', []],
    ['你好@小明，再见＠阿花！', ['小明', '阿花']],
    ['(@anna) "@berta" @@carla', ['anna', 'berta', 'carla']],
    ['https://www.tiktok.com/@anna and a lone @ and @!', []],
    ['@e\u0301te\u0301', ['été']],
    ['', []],
  ])('%s', (caption, names) => {
    expect(captionMentions(caption).map(({ name }) => name)).toEqual(names);
  });

  test('hostile captions cost no more than reading them', () => {
    expect(captionMentions('@'.repeat(200_000))).toEqual([]);
    expect(captionMentions(`@a${'.'.repeat(200_000)}`)).toHaveLength(1);
    expect(captionMentions('@a.'.repeat(100_000))).toHaveLength(100_000);
  });

  test('the list and the caption are one list, each account with its origin', () => {
    const caption = 'by @Anna with @old.name and @carla';
    const listed = [
      { account: 'anna', start: null },
      { account: 'new.name', start: 14 },
      { account: 'dora', start: 99 },
      { account: 'dora', start: null },
    ];
    expect(mergeMentions(listed, caption)).toEqual([
      { account: 'anna', origin: 'both' },
      { account: 'new.name', origin: 'both' },
      { account: 'dora', origin: 'tag_list' },
      { account: 'carla', origin: 'caption' },
    ]);
    expect(mergeMentions([], null)).toEqual([]);
  });
});

describe('words of HTML', () => {
  test.each([
    ['<p>A&nbsp;&amp;&#32;B<br/>C<img src="x" onerror="y"></p><p>D</p>', 'A & B\nC\nD'],
    ['<script>alert(1)</script><style>p{}</style>words<!-- note -->', 'words'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<p><img src="x"></p>', ''],
    ['&lt;b&gt; &#x4e2d; &#0; &#xD800; &unknown;', '<b> 中 &#0; &#xD800; &unknown;'],
    ['<p unclosed', ''],
    ['plain', 'plain'],
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test('hostile markup costs no more than reading it', () => {
    expect(htmlToText('<!--'.repeat(200_000))).toBe('');
    expect(htmlToText('<script>'.repeat(100_000))).toBe('');
    expect(htmlToText('<a '.repeat(200_000))).toBe('');
    expect(htmlToText('<script'.repeat(100_000))).toBe('');
    expect(htmlToText('<br'.repeat(200_000))).toBe('');
  });
});

test('an address without what tracks its sharer', () => {
  const shared =
    'https://www.iesdouyin.com/share/video/7092264344980868359/?region=&mid=7&u_code=0&did=MS4w&iid=MS4w&with_sec_did=1&titleType=title#x';
  expect(withoutTracking(shared)).toBe('https://www.iesdouyin.com/share/video/7092264344980868359/');
  expect(withoutTracking('//www.douyin.com/video/1?x=1')).toBe('https://www.douyin.com/video/1');
  expect(withoutTracking('https://user:pass@host.test/a')).toBe('https://host.test/a');
  expect(withoutTracking('javascript:alert(1)')).toBeNull();
  expect(withoutTracking('no address')).toBeNull();
});

test('when a link expires', () => {
  expect(linkExpiry('https://p6/x?x-expires=1657267200&x-signature=a')).toBe(1657267200000);
  expect(linkExpiry('https://p6/x')).toBeNull();
});
