import { expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import type { PostRecord } from '../core/record.ts';
import type { ExportContext } from './exporter.ts';
import { awkwardTexts, harnessContext, writeFile } from './harness.ts';
import { ris } from './ris.ts';

async function write(posts: readonly PostRecord[], context: Partial<ExportContext> = {}): Promise<string> {
  const bytes = await writeFile(ris, 'post', posts, { ...harnessContext, ...context });
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

const post = postRecord({
  caption: 'Rye, again #rye\nER  - and a second line',
  caption_language: 'en',
  created_at: Date.UTC(2026, 5, 1, 23, 59),
  author_name: 'Baker, Invented',
  author_handle: 'invented_baker',
  post_url: 'https://www.tiktok.com/@invented_baker/video/7528963259874125698',
  hashtags: [
    { name: 'rye', id: null, origin: 'both' },
    { name: '面包', id: null, origin: 'tag_list' },
  ],
  raw_sha256: '0a'.repeat(32),
});

test('ris: a reference says all that is known', async () => {
  const skipped: string[] = [];
  const text = await write([post], { skipped: (message) => void skipped.push(message) });
  expect(text.split('\r\n')).toEqual([
    'TY  - VIDEO',
    'ID  - tiktok7528963259874125698',
    'TI  - Rye, again #rye',
    'AU  - Baker Invented [@invented_baker]',
    'PY  - 2026',
    'DA  - 2026/06/01',
    'Y2  - 2026/09/01',
    'UR  - https://www.tiktok.com/@invented_baker/video/7528963259874125698',
    'PB  - TikTok',
    'M3  - TikTok video',
    'AB  - Rye, again #rye ER  - and a second line',
    'KW  - rye',
    'KW  - 面包',
    'LA  - en',
    'DB  - TikTok',
    'AN  - 7528963259874125698',
    `N1  - Collected with Clipscope 0.1.0; via api (gateway/item_get_video); SHA-256 of the answer: ${'0a'.repeat(32)}`,
    'ER  - ',
    '',
    '',
  ]);
  expect(skipped).toEqual(['export_changed_reference']);
});

test('a comma in a name is a change of its own', async () => {
  const skipped: string[] = [];
  const named = [postRecord({ author_name: 'Baker, Invented' }), postRecord({ author_name: 'Baker' })];
  expect(await write(named, { skipped: (message) => void skipped.push(message) })).toContain(
    'AU  - Baker Invented\r\n',
  );
  expect(skipped).toEqual(['export_changed_reference']);
});

test('what is not known has no line', async () => {
  const photo = postRecord({ platform: 'douyin', post_type: 'photo' });
  const text = await write([photo]);
  expect(text).toContain('TY  - ELEC\r\n');
  expect(text).toContain('TI  - [Douyin photo post 7528963259874125698]\r\n');
  expect(text).toContain('UR  - https://www.douyin.com/note/7528963259874125698\r\n');
  expect(text).not.toMatch(/^(?:AU|PY|DA|AB|KW|LA) /mu);
});

test('no text breaks the form, and each change is told', async () => {
  const skipped: string[] = [];
  const text = await write(
    awkwardTexts.map((caption) => postRecord({ caption })),
    { skipped: (message) => void skipped.push(message) },
  );
  expect(text.match(/^TY {2}- /gmu)).toHaveLength(awkwardTexts.length);
  for (const line of text.split('\r\n')) expect(line).toMatch(/^(?:[A-Z][A-Z\d] {2}- [^\p{Cc}\u2028]*|)$/u);
  const plain = awkwardTexts.filter((caption) => !/[\p{Cc}\u2028]|^\s|\s$/u.test(caption));
  for (const caption of plain) expect(text).toContain(`AB  - ${caption}\r\n`);
  expect(skipped).toHaveLength(awkwardTexts.length - plain.length);
});
