/** No text makes an importer throw, and none takes long. */
import { describe, expect, test, vi } from 'vitest';
import { generator, mutations, pick } from '../payloads/mutations.samples.ts';
import { faultOf } from '../payloads/mutations.samples.ts';
import { importText } from './importer.samples.ts';
import { importers } from './index.ts';
import { ndjsonOf, zeeschuimerFiles } from './zeeschuimer.samples.ts';

// A busy machine is slow; what this is about would take minutes.
vi.setConfig({ testTimeout: 30_000 });

const csv =
  'id,create_time,username,video_description,view_count,hashtag_names,effect_ids\n' +
  `7529963259874125001,1753142400,a,"x ""y""\nz",12,"['a', 'b']","[1, 2]"\n`.repeat(5);
const answer = JSON.stringify({
  data: { videos: [{ id: 7529963259874125001n.toString(), hashtag_names: ['a'], view_count: 1 }] },
});

const corpus: readonly string[] = [
  ...Object.values(zeeschuimerFiles).map((lines) => ndjsonOf(lines)),
  csv,
  answer,
  '{"clipscope":1,"observation":{"ref_key":"tiktok:post:1","record":{}}}\n',
  'https://www.tiktok.com/@a/video/7529963259874125001\n7529963259874125001\n',
];

const pieces = [
  '\u{D800}',
  '\0',
  '\uFEFF',
  '"',
  "'",
  ',',
  ';',
  '{',
  '}',
  '[',
  ']',
  '\\',
  '\n',
  '\r',
  '"\n"',
  'null',
  '9'.repeat(400),
  '🍞',
  '\u2028',
  '__proto__',
];

function damaged(text: string, random: () => number): string {
  let result = text;
  for (let change = 0; change < 1 + Math.floor(random() * 8); change++) {
    const at = Math.floor(random() * result.length);
    const cut = Math.floor(random() * random() * 200);
    result = result.slice(0, at) + (random() < 0.7 ? pick(pieces, random) : '') + result.slice(at + cut);
  }
  return result;
}

describe.each(importers.map((importer) => [importer.id, importer] as const))('%s', (_id, importer) => {
  test('takes any damaged file', async () => {
    const random = generator(20_261_121);
    for (let round = 0; round < 150; round++) {
      const text = damaged(pick(corpus, random), random);
      const head = { text: text.slice(0, 65_536), isWhole: true };
      expect(() => importer.recognises(head)).not.toThrow();
      const { items, problems } = await importText(importer, text, 1 + Math.floor(random() * 3000));
      for (const { observations, line } of items) {
        expect(line).toBeGreaterThan(0);
        for (const { record, raw } of observations) {
          expect(faultOf(record)).toBeNull();
          if (importer.id !== 'clipscope-ndjson') expect(() => JSON.parse(raw ?? 'x')).not.toThrow();
        }
      }
      for (const problem of problems) expect(problem.text.length).toBeLessThanOrEqual(200);
    }
  });

  test('takes any JSON in its lines', async () => {
    const random = generator(4711);
    for (let round = 0; round < 60; round++) {
      const lines = Object.values(zeeschuimerFiles)
        .flat()
        .map((line) => mutations(line, random));
      const { items } = await importText(importer, ndjsonOf(lines));
      for (const { observations } of items) for (const { record } of observations) expect(faultOf(record)).toBeNull();
    }
  });

  test.each([
    ['one line without an end', 'x'.repeat(3_000_000)],
    ['brackets', '['.repeat(1_000_000)],
    ['quotes', '"'.repeat(500_000)],
    ['quotes and line breaks', '"\n'.repeat(50_000)],
    ['an open quote under a head', `id,username,view_count,like_count\n${'"a\n'.repeat(200_000)}`],
    ['trailing quotes', `id,username,view_count,like_count\n"a${'" b'.repeat(200_000)}`],
    ['backslashes', `{"clipscope":1,"a":"${'\\'.repeat(500_000)}`],
    ['line breaks', '\n'.repeat(200_000)],
    ['zeros', '\0'.repeat(500_000)],
    ['half surrogate pairs', '\u{D800}'.repeat(500_000)],
    ['digits', '9'.repeat(500_000)],
    ['a deep line', `{"source_platform":"tiktok.com","data":${'{"a":'.repeat(50_000)}`],
    [
      'open quotes in a list',
      `id,username,view_count,hashtag_names\n7529963259874125001,a,1,"[${"'".repeat(100_001)}"\n`,
    ],
  ])('comes to an end with %s', { timeout: 60_000 }, async (_name, text) => {
    importer.recognises({ text: text.slice(0, 65_536), isWhole: false });
    await importText(importer, text, 65_536);
  });
});
