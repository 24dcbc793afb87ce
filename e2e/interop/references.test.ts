/** What pandoc and bibutils (both Debian's) make of our references. */
import { expect, it } from 'vitest';
import { temporaryFolder, textOf, write } from './cells.ts';
import { interopPosts, interopTables } from './dataset.ts';
import { python, run } from './programs.ts';

const folder = temporaryFolder('references');
const posts = interopPosts;

type Item = Readonly<Record<string, unknown>>;

function pandoc(path: string, from: string): readonly Item[] {
  return JSON.parse(run('pandoc', ['-f', from, '-t', 'csljson', path], { debian: 'pandoc' })) as readonly Item[];
}

/** White space and control characters are the known loss of RIS and BibTeX (see their headers); pandoc makes quotes round. */
function settled(text: unknown): string {
  return textOf(text)
    .toWellFormed()
    .replaceAll(/[\s\u{FEFF}]+/gu, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll(/[‘’`]/gu, "'")
    .replaceAll(/[“”]/gu, '"')
    .trim();
}

const day = { 'date-parts': [[2026, 9, 1]] };

it('pandoc reads csl-json', async () => {
  const { path, told } = await write(folder, 'csl-json', interopTables.slice(0, 1));
  const items = pandoc(path, 'csljson');
  expect(items.map(({ id }) => id)).toEqual(posts.map((post) => `tiktok${post.post_id}`));
  expect(items.every(({ type }) => type === 'post')).toBe(true);
  expect(items.map(({ accessed }) => accessed)).toEqual(posts.map(() => day));
  // pandoc takes the texts of CSL for rich text and joins their lines.
  expect(items.map(({ abstract }) => settled(abstract))).toEqual(posts.map(({ caption }) => settled(caption)));
  expect(told).toEqual({});
  console.log(`pandoc csl-json: ${items.length} references compared`);
});

it('pandoc reads bibtex', async () => {
  const { path, told } = await write(folder, 'bibtex', interopTables.slice(0, 1));
  const items = pandoc(path, 'biblatex');
  expect(items.map(({ id }) => id)).toEqual(posts.map((post) => `tiktok${post.post_id}`));
  expect(items.map(({ abstract }) => settled(abstract))).toEqual(posts.map(({ caption }) => settled(caption)));
  expect(items.at(-2)).toMatchObject({
    author: [{ literal: '=烘焙, "Baker" [@invented_baker]' }],
    issued: { 'date-parts': [[2026, 8, 1]] },
    accessed: day,
    URL: 'https://www.tiktok.com/@invented_baker/video/7528963259874199999',
  });
  expect(Object.keys(told)).toEqual(['export_changed_reference']);
  console.log(`pandoc bibtex: ${items.length} references compared`);
});

const mods = `
import json, sys, xml.etree.ElementTree as tree
space = {"m": "http://www.loc.gov/mods/v3"}
print(json.dumps([
  {
    "id": item.get("ID"),
    "title": "".join(part.text or "" for part in item.findall("m:titleInfo/m:title", space)),
    "abstract": item.findtext("m:abstract", None, space),
    "url": item.findtext("m:location/m:url", None, space),
  }
  for item in tree.fromstring(sys.stdin.buffer.read()).findall("m:mods", space)
]))
`;

it('bibutils reads ris', async () => {
  const { path } = await write(folder, 'ris', interopTables.slice(0, 1));
  const xml = run('ris2xml', ['-i', 'utf8', '-nt', path], { debian: 'bibutils' });
  const items = JSON.parse(python('xml', mods, [], { input: xml })) as readonly Item[];
  expect(items.map(({ id }) => id)).toEqual(posts.map((post) => `tiktok${post.post_id}`));
  expect(items.map(({ abstract }) => settled(abstract))).toEqual(posts.map(({ caption }) => settled(caption)));
  expect(items.at(-2)?.['url']).toBe('https://www.tiktok.com/@invented_baker/video/7528963259874199999');
  console.log(`bibutils ris: ${items.length} references compared`);
});
