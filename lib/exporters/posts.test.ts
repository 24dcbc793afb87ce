/** What holds of every format that has posts in a form of its own. */
import { describe, expect, test } from 'vitest';
import { bareRecords, postRecord } from '../core/record.samples.ts';
import type { PostRecord } from '../core/record.ts';
import { defaultSheetChoices, type SheetChoices } from '../core/export-choices.ts';
import { bibtex } from './bibtex.ts';
import { cslJson } from './csl-json.ts';
import type { ExportContext } from './exporter.ts';
import { gexf } from './gexf.ts';
import { harnessContext, writeFile } from './harness.ts';
import { jsonPosts } from './json-posts.ts';
import { ris } from './ris.ts';

const formats = [jsonPosts, gexf, ris, bibtex, cslJson];

const planted: Partial<PostRecord> = {
  author_id: '6952369874521999999',
  author_sec_id: 'MS4wLjABAAAAplanted_sec_id',
  author_handle: 'planted_handle',
  author_name: 'Planted Name',
  author_url: 'https://www.tiktok.com/@planted_handle',
  author_bio: 'planted bio',
  author_avatar_url: 'https://p16.example/planted-avatar.jpg',
  author_region: 'planted region',
  post_url: 'https://www.tiktok.com/@planted_handle/video/7528963259874125698',
  mentions: [{ account: 'planted_friend', origin: 'tag_list' }],
  music_author: 'planted singer',
  media_url: 'https://v16.example/planted.mp4?client=198.51.100.7',
  caption: 'Withheld words #tag',
  transcript: 'Withheld speech',
  hashtags: [{ name: 'tag', id: null, origin: 'caption' }],
  created_at: Date.UTC(2026, 5, 1),
};

async function write(format: (typeof formats)[number], choices: Partial<SheetChoices>): Promise<string> {
  const context: ExportContext = {
    ...harnessContext,
    choices: { ...defaultSheetChoices, ...choices },
    pseudonyms: { scheme: 'hmac-sha256:00', of: (_platform, person) => `pseudonym-of-${person.length}` },
  };
  return new TextDecoder().decode(await writeFile(format, 'post', [postRecord(planted)], context));
}

describe.each(formats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  test('names nobody in a default export, and has no address with anything of whoever collected', async () => {
    const text = await write(format, {});
    expect(text).not.toMatch(/planted|6952369874521999999|198\.51\.100\.7/iu);
    if (id !== 'gexf') expect(text).toContain('pseudonym-of-14');
    expect(await write(format, { personal: 'omit' })).not.toMatch(/planted|pseudonym|6952369874521999999/iu);
  });

  test('names the author where people are to be named', async () => {
    const text = await write(format, { personal: 'include' });
    expect(text.includes('planted_handle') || text.includes(String.raw`planted\_handle`)).toBe(id !== 'gexf');
    expect(text).not.toContain('198.51.100.7');
  });

  test('withholds texts', async () => {
    expect(await write(format, { withholdText: true, personal: 'include' })).not.toMatch(/withheld|planted bio/iu);
  });

  test('holds ids only where that was chosen', async () => {
    const text = await write(format, { idsOnly: true });
    expect(text).not.toMatch(/withheld|2026-06|2026\/06|17802720/iu);
    expect(text.includes('7528963259874125698')).toBe(id !== 'gexf');
  });

  test('has no other tables', async () => {
    expect(format.tables).toEqual(['post']);
    await expect(writeFile(format, 'product', [bareRecords.product])).rejects.toMatchObject({ code: 'unsupported' });
  });
});
