import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { bareRecords, postRecord, skuRecord } from '../core/record.samples.ts';
import type { AnyRecord } from '../core/record.ts';
import { elasticsearch } from './elasticsearch.ts';
import type { ExportContext, ExportTable } from './exporter.ts';
import { harnessCases, harnessContext, type Table } from './harness.ts';

interface Action {
  readonly index: { readonly _index: string; readonly _id: string };
}
interface Archive {
  readonly paths: readonly string[];
  readonly fields: readonly string[];
  readonly rows: readonly (readonly [Action, Readonly<Record<string, unknown>>])[];
  readonly text: string;
}

function archiveOf(file: Uint8Array): Archive {
  const parts = Object.entries(unzipSync(file)).map(([path, bytes]) => [path, strFromU8(bytes)] as const);
  const [, mapping = '{}'] = parts.find(([path]) => path.endsWith('.mapping.json')) ?? [];
  const bulk = parts.flatMap(([path, text]) => (path.endsWith('.ndjson') ? [text] : []));
  expect(bulk.every((text) => text.endsWith('}\n'))).toBe(true);
  const lines = bulk.flatMap((text) => text.split('\n').filter(Boolean));
  const rows = lines.flatMap((line, at) => (at % 2 === 0 ? [[JSON.parse(line), JSON.parse(lines[at + 1] ?? '')]] : []));
  return {
    paths: parts.map(([path]) => path),
    fields: Object.keys(Object(JSON.parse(mapping)).mappings.properties),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was just read
    rows: rows as unknown as Archive['rows'],
    text: bulk.join(''),
  };
}

async function write(tables: readonly ExportTable[], context: Partial<ExportContext> = {}): Promise<Archive> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of elasticsearch.write(tables, { ...harnessContext, ...context })) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  return archiveOf(Buffer.concat(chunks));
}

function table(...rows: readonly [AnyRecord, ...AnyRecord[]]): ExportTable {
  return { id: rows[0].record_type, rows: () => rows };
}

const idOf = ([{ index }]: Archive['rows'][number]): string => index['_id'];

function shown(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value) && value.every((element) => typeof element !== 'object' || element === null)) {
    return value.map((element) => String(element ?? '').replaceAll(/[\\;]/gu, String.raw`\$&`)).join(';');
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '{}' ? '' : text;
}

describe('read as the server would', () => {
  const readBack = (file: Uint8Array): Table => {
    const { fields, rows } = archiveOf(file);
    return [fields, ...rows.map(([, source]) => fields.map((field) => shown(source[field])))];
  };
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(elasticsearch, readBack);
    expect(found).toEqual(expected);
  });
});

test('an archive has the guide, a mapping for each table, and its rows', async () => {
  const { paths, rows } = await write([
    table(postRecord({})),
    { id: 'author', rows: () => [] },
    { id: 'post_hashtag', rows: () => [postRecord({ hashtags: [{ name: 'ootd', id: null, origin: 'both' }] })] },
  ]);
  expect(paths).toEqual([
    'README.txt',
    'clipscope-posts.mapping.json',
    'clipscope-authors.mapping.json',
    'clipscope-post-hashtags.mapping.json',
    'clipscope-posts.bulk-0001.ndjson',
    'clipscope-post-hashtags.bulk-0001.ndjson',
  ]);
  expect(rows.map(([action]) => action.index)).toEqual([
    { _index: 'clipscope-posts', _id: 'tiktok:post:7528963259874125698' },
    { _index: 'clipscope-post-hashtags', _id: '20260901T130000Z-1' },
  ]);
});

test('a part ends before servers refuse it', async () => {
  const posts = Array.from({ length: 2600 }, (_unused, at) =>
    postRecord({ post_id: String(at), caption: 'x'.repeat(4000) }),
  );
  const choices = { ...harnessContext.choices, columns: { post: ['post_id', 'caption'] } };
  const { paths, rows } = await write([{ id: 'post', rows: () => posts }], { choices });
  expect(paths.slice(2)).toEqual([1, 2, 3].map((part) => `clipscope-posts.bulk-000${part}.ndjson`));
  expect(rows.map(([, source]) => source['post_id'])).toEqual(posts.map(({ post_id: id }) => id));
  expect(rows.map(idOf).at(-1)).toBe('tiktok:post:2599');
});

test('fields are named as servers take them', async () => {
  const codes = ['_id', 'a.b', 'A_b', '...'];
  const choices = { ...harnessContext.choices, columns: { post: ['caption'] }, codes };
  expect((await write([table(postRecord({}))], { choices })).fields).toEqual([
    'caption',
    'id',
    'a_b',
    'A_b_2',
    'column',
  ]);
});

describe('who a row is of', () => {
  const { author, live, comment } = bareRecords;
  const named: readonly AnyRecord[] = [
    { ...author, author_handle: 'planted.handle', author_id: '6000000000000000001', author_sec_id: 'MS4planted' },
    { ...live, author_handle: 'planted.handle', live_id: 'planted.live' },
    { ...comment, author_handle: 'planted.handle', author_id: '6000000000000000001' },
  ];
  const pseudonyms = {
    scheme: 'test',
    of: (platform: string, person: string) => `P${platform.length}${person.length}`,
  };
  const written = async (personal: ExportContext['choices']['personal']): Promise<readonly Archive[]> =>
    Promise.all(
      named.map(async (record) =>
        write([table(record)], { choices: { ...harnessContext.choices, personal }, pseudonyms }),
      ),
    );

  test('is a pseudonym, or the number of the row', async () => {
    const archives = await written('pseudonyms');
    expect(archives.map(({ rows }) => rows.map(idOf)[0])).toEqual([
      'tiktok:author:P614',
      '20260901T130000Z-1',
      expect.stringMatching(/^tiktok:comment:\d+$/u),
    ]);
    expect(archives.map(({ text }) => text).join('')).not.toMatch(/planted|6000000000000000001/u);
  });

  test('is the number of the row where people have no pseudonyms', async () => {
    const archives = await written('omit');
    expect(archives[0]?.rows.map(idOf)[0]).toBe('20260901T130000Z-1');
    expect(archives.map(({ text }) => text).join('')).not.toMatch(/planted|6000000000000000001/u);
  });

  test('is themselves where personal data was chosen', async () => {
    const archives = await written('include');
    expect(archives[0]?.rows.map(idOf)[0]).toBe('tiktok:author:planted.handle');
  });
});

test('every SKU of a product is a row of its own', async () => {
  const { rows } = await write([table(skuRecord({}), skuRecord({ sku_id: '2' }))]);
  expect(new Set(rows.map(idOf)).size).toBe(2);
});
