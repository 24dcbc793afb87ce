import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultSheetChoices, type SheetChoices, type TableId } from '../core/export-choices.ts';
import { bareRecords, postRecord, productRecord } from '../core/record.samples.ts';
import type { AnyRecord, FigureNote, PostRecord } from '../core/record.ts';
import { bundle } from './bundle.ts';
import type { ExportContext, ExportTable } from './exporter.ts';
import { awkwardTexts, harnessContext } from './harness.ts';
import { columnsOfTable } from './tables.ts';

const context: ExportContext = {
  ...harnessContext,
  choices: defaultSheetChoices,
  projectName: 'Summer wear',
  pseudonyms: { scheme: 'hmac-sha256:0a0b0c0d', of: (_platform, person) => person.padEnd(32, '0').slice(0, 32) },
};

function note(precision: FigureNote['precision']): FigureNote {
  return { precision, source: 'statsV2', observed_at: null, fetched_at: 1 };
}

/** Rows of which every figure in METHODS.md can be told by looking at them. */
const posts: readonly PostRecord[] = awkwardTexts.map((caption, index) =>
  postRecord({
    post_id: String(7_528_963_259_874_125_698n + BigInt(index)),
    caption,
    platform: index < 20 ? 'tiktok' : 'douyin',
    created_at: index === 3 ? null : Date.UTC(2026, 0, 1 + index),
    observed_at: index === 4 ? null : Date.UTC(2026, 7, 1 + index),
    collected_via: index < 5 ? 'page_json' : 'api',
    api_provider: index < 5 ? null : 'gateway',
    query_type: index < 7 ? 'search' : null,
    author_handle: index % 2 === 0 ? 'lily' : 'max',
    view_count: index < 20 ? 1000 * (index + 1) : null,
    like_count: index,
    is_ad: index === 0,
    hashtags: [
      { name: 'ootd', id: '1600000000000000001', origin: 'both' },
      { name: '穿搭', id: null, origin: 'caption' },
    ],
    figures: { view_count: note(index < 8 ? 'exact' : 'abbreviated'), like_count: note('exact') },
    missing_reasons: index < 20 ? {} : { view_count: 'not_exposed_on_web' },
  }),
);

function table(id: TableId, rows: readonly AnyRecord[]): ExportTable {
  return { id, rows: () => rows };
}

const study: readonly ExportTable[] = [
  table('post', posts),
  table('product', [productRecord({ product_name: '连衣裙' })]),
  table('author', [{ ...bareRecords.author, author_handle: 'lily' }]),
  table('comment', []),
  table('post_hashtag', posts),
];

async function write(tables: readonly ExportTable[], own: ExportContext): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of bundle.write(tables, own)) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}

type Files = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

function textIn(files: Files, path: string): string {
  const file = files[path];
  if (!file) throw new Error(`There is no ${path} among ${Object.keys(files).join(', ')}.`);
  return new TextDecoder('utf-8', { fatal: true }).decode(file);
}

async function unzipped(tables: readonly ExportTable[], choices: Partial<SheetChoices> = {}): Promise<Files> {
  const file = await write(tables, { ...context, choices: { ...context.choices, ...choices } });
  return Object.fromEntries(Object.entries(unzipSync(file)).map(([name, bytes]) => [name, new Uint8Array(bytes)]));
}

function csvIn(files: Files, path: string): readonly (readonly string[])[] {
  const { data, errors } = Papa.parse(textIn(files, path).replace(/\r\n$/u, ''), { delimiter: ',', header: false });
  expect(errors).toEqual([]);
  return data;
}

interface Descriptor {
  readonly profile: string;
  readonly name: string;
  readonly title?: string;
  readonly resources: readonly {
    readonly name: string;
    readonly path: string;
    readonly bytes: number;
    readonly hash: string;
    readonly encoding: string;
    readonly dialect: object;
    readonly schema: {
      readonly fields: readonly {
        readonly name: string;
        readonly type: string;
        readonly format: string;
        readonly description: string;
      }[];
      readonly missingValues: readonly string[];
    };
  }[];
}

function descriptorIn(files: Files): Descriptor {
  const descriptor: Descriptor = JSON.parse(textIn(files, 'datapackage.json'));
  return descriptor;
}

function sha256(file: Uint8Array): string {
  return createHash('sha256').update(file).digest('hex');
}

let files: Files = {};
beforeAll(async () => {
  files = await unzipped(study);
});

const ids = study.map(({ id }) => id);

test('holds the data of each table in three formats, and the texts', () => {
  expect(Object.keys(files)).toEqual([
    ...ids.flatMap((id) => [`data/${id}.csv`, `data/${id}.parquet`, `data/${id}.ndjson`]),
    'datapackage.json',
    'CODEBOOK.en.md',
    'CODEBOOK.zh.md',
    'METHODS.md',
    'PROVENANCE.json',
    'CHECKLIST.md',
    'load.py',
    'load.R',
    'README.md',
    'SHA256SUMS',
  ]);
});

test('SHA256SUMS has the sum of every other file, in the form of sha256sum', () => {
  const others = Object.keys(files).filter((name) => name !== 'SHA256SUMS');
  const expected = others.map((name) => `${sha256(files[name] ?? new Uint8Array())}  ${name}\n`).join('');
  expect(textIn(files, 'SHA256SUMS')).toBe(expected);
});

describe('datapackage.json', () => {
  test('is a tabular data package whose fields are the headers of the files', () => {
    const { profile, name, title, resources } = descriptorIn(files);
    expect({ profile, title }).toEqual({ profile: 'tabular-data-package', title: 'Summer wear' });
    expect(name).toMatch(/^[-a-z0-9._/]+$/u);
    expect(resources.map((one) => one.name)).toEqual(ids);
    for (const { path, schema } of resources) {
      expect(schema.fields.map((field) => field.name)).toEqual(csvIn(files, path)[0]);
      expect(schema.missingValues).toEqual(['']);
      expect(schema.fields.filter(({ description }) => !/.\n./u.test(description))).toEqual([]);
    }
  });

  test('tells sizes and sums as they are', () => {
    for (const { path, bytes, hash } of descriptorIn(files).resources) {
      const file = files[path] ?? new Uint8Array();
      expect({ path, bytes, hash }).toEqual({ path, bytes: file.length, hash: `sha256:${sha256(file)}` });
    }
  });

  test('gives every cell a type that it has', () => {
    const forms: Readonly<Record<string, RegExp>> = {
      'string default': /[^]*/u,
      'integer default': /^-?\d+$/u,
      'number default': /^-?\d+(?:\.\d+)?(?:e[-+]\d+)?$/u,
      'boolean default': /^(?:true|false)$/u,
      'datetime default': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u,
      'datetime any': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/u,
    };
    const met = new Set<string>();
    for (const { path, schema } of descriptorIn(files).resources) {
      for (const row of csvIn(files, path).slice(1)) {
        for (const [index, { type, format }] of schema.fields.entries()) {
          const cell = row[index] ?? '';
          if (cell === '') continue;
          expect(cell).toMatch(forms[`${type} ${format}`] ?? /never/u);
          met.add(`${type} ${format}`);
        }
      }
    }
    expect([...met].sort()).toEqual(Object.keys(forms).sort());
  });
});

test.each(ids)('%s has the same rows in CSV, NDJSON and Parquet', async (id) => {
  const [header = [], ...rows] = csvIn(files, `data/${id}.csv`);
  const lines: Record<string, unknown>[] = textIn(files, `data/${id}.ndjson`)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  const objects = await parquetReadObjects({ file: files[`data/${id}.parquet`]?.buffer ?? new ArrayBuffer() });
  expect([lines.length, objects.length]).toEqual([rows.length, rows.length]);
  const keys: Readonly<Partial<Record<TableId, string>>> = { post_hashtag: 'hashtag', author: 'author_pseudonym' };
  const key = keys[id] ?? `${id}_id`;
  const own = rows.map((row) => row[header.indexOf(key)]);
  expect(lines.map((line) => line[key])).toEqual(own);
  expect(objects.map((object) => object[key])).toEqual(own);
});

describe('METHODS.md', () => {
  test('has the figures of the rows, in both languages', () => {
    const [, english = '', chinese = ''] = textIn(files, 'METHODS.md').split(/^# .*$/mu);
    for (const text of [english, chinese]) {
      expect(text).toContain('tiktok 20, douyin 5');
      expect(text).toContain('2026-01-01T00:00:00Z');
      expect(text).toContain('2026-01-25T00:00:00Z');
      expect(text).toContain('2026-08-25T00:00:00Z');
      expect(text).toContain('api:gateway 20, page_json 5');
      expect(text).toContain('none 18, search 7');
      expect(text).toContain('| `view_count` | 20 (80.0 %) | 8 (40.0 %) | 5 (20.0 %) | not_exposed_on_web 5 |');
      expect(text).toContain('| `like_count` | 25 (100.0 %) | 25 (100.0 %) | 0 (0.0 %) |  |');
      expect(text).toContain('| `share_count` | 0 (0.0 %) | 0 | 25 (100.0 %) | not_told 25 |');
      expect(text).toContain('| `like_rate_views` | 20 (80.0 %) |');
      expect(text).toContain('| `er_views_lcs` | 0 (0.0 %) |');
      expect(text).toContain('hmac-sha256:0a0b0c0d');
    }
    expect(english).toContain('known for 24 of 25');
    // Posts, product and author together: 26 of their 27 observations have a time; 33 of 45 main figures are exact.
    expect(english).toContain('known for 26 of 27');
    expect(english).toContain('Of the main figures that have a value, 33 (73.3 %) are exact.');
    expect(english).toContain('Posts 25, Products 1, Authors 1, Comments 0, Hashtags of posts (one row each) 50');
    expect(english).toContain('- Rows: 50 (made of things: 25)');
    expect(english).toContain('Clipscope 0.1.0 (schema version');
    expect(english).not.toContain('sample');
  });

  test('tells what is left out, and why', async () => {
    const some = await unzipped([table('post', posts)], {
      withholdText: true,
      columns: { post: ['platform', 'post_id', 'caption', 'like_count', 'author_handle'] },
    });
    expect(csvIn(some, 'data/post.csv')[0]).toEqual(['platform', 'post_id', 'like_count']);
    const text = textIn(some, 'METHODS.md');
    expect(text).toMatch(/because they name, show or address a person: .*`author_handle`/u);
    expect(text).toMatch(/because text is withheld: .*`caption`/u);
    expect(text).toMatch(/Not chosen: .*`view_count`/u);
    expect(text).toContain('(captions, comments, transcripts) is withheld');
    expect(text).not.toContain('| `view_count` |');
    expect(text).toContain('| `like_count` |');
  });

  test('tells a sample as it was drawn', async () => {
    const sample = { size: 25, seed: 'autumn', by: 'month' } as const;
    const own = unzipSync(await write([table('post', posts)], { ...context, sample }));
    const text = new TextDecoder().decode(own['METHODS.md']);
    expect(text).toContain('25 of each month of each kind, drawn by SHA-256 with the seed "autumn"');
  });
});

test('PROVENANCE.json has versions, choices and counts', () => {
  const told: unknown = JSON.parse(textIn(files, 'PROVENANCE.json'));
  expect(told).toMatchObject({
    extension_version: '0.1.0',
    exported_at_utc: '2026-09-01T13:00:00Z',
    time_zone: 'Asia/Shanghai',
    project: 'Summer wear',
    choices: { preset: 'native', personal: 'pseudonyms', pseudonym_scheme: 'hmac-sha256:0a0b0c0d', sample: null },
    tables: [
      { table: 'post', rows: 25, platforms: { tiktok: 20, douyin: 5 }, query_types: { none: 18, search: 7 } },
      { table: 'product', rows: 1 },
      { table: 'author', rows: 1 },
      { table: 'comment', rows: 0, published: null },
      { table: 'post_hashtag', rows: 50, things: 25 },
    ],
  });
});

describe('the codebooks', () => {
  test('describe every column of the files, in their language', () => {
    for (const id of ids) {
      for (const name of csvIn(files, `data/${id}.csv`)[0] ?? []) {
        const column = columnsOfTable(id).find((one) => one.name === name);
        expect(textIn(files, 'CODEBOOK.en.md')).toContain(column?.description.en);
        expect(textIn(files, 'CODEBOOK.zh.md')).toContain(column?.description.zh_CN);
      }
    }
    expect(textIn(files, 'CODEBOOK.en.md')).not.toContain('`author_handle` |');
  });

  test("of a preset describe that tool's columns", async () => {
    const own = await unzipped([table('post', posts)], { preset: 'zh', codes: ['tone'] });
    const header = csvIn(own, 'data/post.csv')[0] ?? [];
    expect(header.length).toBeGreaterThan(10);
    expect(header.at(-1)).toBe('tone');
    for (const name of header) expect(textIn(own, 'CODEBOOK.en.md')).toContain(`| \`${name}\` |`);
    expect(descriptorIn(own).resources[0]?.schema.fields.map((field) => field.name)).toEqual(header);
  });
});

test('no text names a person, and the project only where it has a name', async () => {
  const nameless = unzipSync(await write(study, { ...context, projectName: '' }));
  for (const [name, bytes] of Object.entries(nameless)) {
    const text = new TextDecoder().decode(bytes);
    expect(text.includes('Summer wear'), name).toBe(false);
    // The pseudonyms of these rows begin with the name, to be found where they are: in the data.
    if (!name.startsWith('data/')) expect(/lily|max0/u.test(text), name).toBe(false);
  }
  expect(textIn(files, 'README.md')).toContain('# Summer wear');
});

test.skipIf(spawnSync('python3', ['--version']).status !== 0)("Python's csv module reads what was written", () => {
  const program =
    'import csv, io, json, sys; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"), newline=""), strict=True))))';
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { input: files['data/post.csv'], encoding: 'utf8' });
  expect(stderr).toBe('');
  const read: readonly (readonly string[])[] = JSON.parse(stdout);
  expect(read).toEqual(csvIn(files, 'data/post.csv'));
  expect(read.slice(1).map((row) => row[read[0]?.indexOf('caption') ?? -1])).toEqual(awkwardTexts);
});

test('the same export gives the same bytes, with the time of the export in the archive', async () => {
  const [first, second] = [await write(study, context), await write(study, context)];
  expect(Buffer.compare(first, second)).toBe(0);
  // The date of a local header: years since 1980, month, day; on the clocks of this machine.
  const date = new DataView(first.buffer).getUint16(12, true);
  const now = new Date(context.now);
  expect([1980 + (date >> 9), (date >> 5) & 15, date & 31]).toEqual([
    now.getFullYear(),
    now.getMonth() + 1,
    now.getDate(),
  ]);
});

test('is written as it is read: the first pieces are there before the rows are all asked for', async () => {
  const total = 3000;
  let asked = 0;
  const many: ExportTable = {
    id: 'post',
    *rows() {
      // Texts that cannot be made much smaller, so that the archive grows with them.
      for (; asked < total; asked++) yield postRecord({ caption: sha256(Buffer.from(`${asked}`)).repeat(2) });
    },
  };
  for await (const chunk of bundle.write([many], context)) {
    // The header of the archive's first file comes at once; data follow.
    if (chunk.length > 1000) break;
  }
  expect(asked).toBeGreaterThan(100);
  expect(asked).toBeLessThan(total);
});
