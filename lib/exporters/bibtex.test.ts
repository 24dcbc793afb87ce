import { expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import type { PostRecord } from '../core/record.ts';
import { bibtex } from './bibtex.ts';
import type { ExportContext } from './exporter.ts';
import { awkwardTexts, harnessContext, writeFile } from './harness.ts';

async function write(posts: readonly PostRecord[], context: Partial<ExportContext> = {}): Promise<string> {
  const bytes = await writeFile(bibtex, 'post', posts, { ...harnessContext, ...context });
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

test('bibtex: a reference says all that is known', async () => {
  const skipped: string[] = [];
  const post = postRecord({
    caption: 'Rye & {salt} 100% #rye_bread @friend\nsecond',
    caption_language: 'en',
    created_at: Date.UTC(2026, 5, 1, 23, 59),
    author_name: '烘焙 Baker',
    author_handle: 'invented_baker',
    post_url: 'https://www.tiktok.com/@invented_baker/video/7528963259874125698',
    hashtags: [{ name: 'rye_bread', id: null, origin: 'both' }],
  });
  expect(await write([post], { skipped: (message) => void skipped.push(message) })).toBe(
    String.raw`@misc{tiktok7528963259874125698,
  title = {{Rye \& \{salt\} 100\% \#rye\_bread @friend}},
  author = {{烘焙 Baker [@invented\_baker]}},
  year = {2026},
  month = jun,
  date = {2026-06-01},
  howpublished = {TikTok video},
  url = {https://www.tiktok.com/@invented_baker/video/7528963259874125698},
  urldate = {2026-09-01},
  abstract = {Rye \& \{salt\} 100\% \#rye\_bread @friend second},
  keywords = {rye\_bread},
  language = {en},
  eprint = {7528963259874125698},
  eprinttype = {TikTok},
  note = {Collected with Clipscope 0.1.0; via api (gateway/item\_get\_video)}
}

`,
  );
  expect(skipped).toEqual(['export_changed_reference']);
});

test('braces are balanced and entries whole, whatever the texts are', async () => {
  const captions = [...awkwardTexts, '}', '{', String.raw`\}`, '@misc{x,', '~^$_%&#', '"}'];
  const text = await write(captions.map((caption) => postRecord({ caption })));
  expect(text.match(/^@misc\{/gmu)).toHaveLength(captions.length);
  for (const entry of text.split(/^\}\n\n/mu).filter(Boolean)) {
    let depth = 0;
    // Nothing closes what it did not open: the entry's own brace was cut off.
    for (const found of entry.matchAll(/[{}]/gu)) {
      depth += found[0] === '{' ? 1 : -1;
      expect(depth).toBeGreaterThan(0);
    }
    expect(depth).toBe(1);
  }
});

test.each([
  ['{a} {}', String.raw`\{a\} \{\}`],
  ['}{', String.raw`\textbraceright{}\textbraceleft{}`],
  ['{', String.raw`\textbraceleft{}`],
])('braces of %s are written %s', async (caption, written) => {
  expect(await write([postRecord({ caption })])).toContain(`  abstract = {${written}},\n`);
});

test('an address that would break the file is left out', async () => {
  const url = 'https://www.tiktok.com/@a}b/video/1';
  expect(await write([postRecord({ post_url: url })])).not.toContain('  url = ');
});
