import { expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import type { PostRecord } from '../core/record.ts';
import { cslJson } from './csl-json.ts';
import { awkwardTexts, harnessContext, writeFile } from './harness.ts';

type Item = Readonly<Record<string, unknown>>;

async function write(posts: readonly PostRecord[]): Promise<readonly Item[]> {
  const bytes = await writeFile(cslJson, 'post', posts, harnessContext);
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as readonly Item[];
}

async function titleOf(caption: string | null): Promise<string> {
  const [item] = await write([postRecord({ caption })]);
  return String(item?.['title']);
}

test('csl-json: a reference says all that is known, and nothing else', async () => {
  const post = postRecord({
    caption: 'Rye again #rye\nsecond',
    caption_language: 'en',
    created_at: Date.UTC(2026, 5, 1, 23, 59),
    author_handle: 'invented_baker',
    hashtags: [{ name: 'rye', id: null, origin: 'both' }],
  });
  expect(await write([post])).toEqual([
    {
      id: 'tiktok7528963259874125698',
      type: 'post',
      title: 'Rye again #rye',
      author: [{ literal: '@invented_baker' }],
      issued: { 'date-parts': [[2026, 6, 1]] },
      accessed: { 'date-parts': [[2026, 9, 1]] },
      'container-title': 'TikTok',
      genre: 'Video',
      URL: 'https://www.tiktok.com/@/video/7528963259874125698',
      abstract: 'Rye again #rye\nsecond',
      keyword: 'rye',
      language: 'en',
      archive: 'TikTok',
      archive_location: '7528963259874125698',
      note: 'Collected with Clipscope 0.1.0; via api (gateway/item_get_video)',
    },
  ]);
  expect(await write([])).toEqual([]);
});

test('texts are whole, and keys unique', async () => {
  const posts = awkwardTexts.map((caption, index) =>
    postRecord({ caption, post_id: `75289632598741256${10 + index}` }),
  );
  const items = await write(posts);
  expect(items.map((item) => item['abstract'])).toEqual(awkwardTexts);
  expect(new Set(items.map((item) => item['id'])).size).toBe(posts.length);
});

test.each([
  ['the first line that says something', '\n \t\nFirst  line\nSecond', 'First line'],
  ['a description', null, '[TikTok video 7528963259874125698]'],
  ['a description for white space', ' \n ', '[TikTok video 7528963259874125698]'],
  ['a line of full length', 'x'.repeat(100), 'x'.repeat(100)],
])('the title is %s', async (_name, caption, title) => {
  expect(await titleOf(caption)).toBe(title);
});

test('a long title ends with a whole word, whatever the script', async () => {
  const english = await titleOf('wonderful '.repeat(20));
  expect(english).toMatch(/^(?:wonderful )+wonderful…$/u);
  expect(english.length).toBeLessThanOrEqual(100);
  expect(english.length).toBeGreaterThan(85);
  const chinese = await titleOf('今天天气真好我们去吃饭'.repeat(20));
  expect(chinese.length).toBeGreaterThan(95);
  const emoji = await titleOf('👩‍👩‍👧‍👦'.repeat(40));
  expect(emoji.replaceAll('👩‍👩‍👧‍👦', '')).toBe('…');
  expect(await titleOf('y'.repeat(300))).toBe(`${'y'.repeat(99)}…`);
});
