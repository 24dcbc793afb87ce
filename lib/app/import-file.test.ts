import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../core/observation.ts';
import { ndjson } from '../exporters/ndjson.ts';
import { envelope, ndjsonOf, tiktokPhoto, tiktokVideo, zeeschuimerFiles } from '../importers/zeeschuimer.samples.ts';
import type { Progress } from '../messaging/library-models.ts';
import { addObservations, getObservations } from '../storage/records.ts';
import { importFile } from './import-file.ts';
import { exportFrom, importedAt, importInto, newDatabase } from './import-file.samples.ts';

const posts = ndjsonOf(zeeschuimerFiles['tiktok.com']);
const videoRef = 'tiktok:post:7440000000000000001';
const csv = 'id,username,view_count,like_count,video_description\n7529963259874125001,a,12,3,穿搭\n';

function utf16(text: string, isLittle: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, isLittle);
  for (let at = 0; at < text.length; at++) view.setUint16(2 + at * 2, text.charCodeAt(at), isLittle);
  return bytes;
}

describe('a file', () => {
  test.each<readonly [string, BlobPart]>([
    ['UTF-8', csv],
    ['UTF-8 with a byte order mark', `\uFEFF${csv}`],
    ['UTF-16, little end first', utf16(csv, true)],
    ['UTF-16, big end first', utf16(csv, false)],
    ['packed', new Uint8Array(gzipSync(csv))],
    ['packed UTF-16', new Uint8Array(gzipSync(utf16(csv, true)))],
  ])('in %s', async (_name, bytes) => {
    const database = await newDatabase();
    const outcome = await importInto(database, new Blob([bytes]));
    expect(outcome).toEqual({
      format: 'tiktok-research',
      items: 1,
      records: 1,
      added: 1,
      refs: [],
      problems: [],
      problemCount: 0,
      error: null,
    });
    const [observation] = await getObservations(database, 'tiktok:post:7529963259874125001');
    expect(observation?.record).toMatchObject({ caption: '穿搭', view_count: 12 });
  });

  test.each<readonly [string, BlobPart, string, string]>([
    [
      'GBK',
      new Uint8Array([...new TextEncoder().encode('id,username,view_count\n1,'), 0xb4, 0xa9, 0xb4, 0xee, 0x0a]),
      'unsupported',
      'error_import_encoding',
    ],
    ['UTF-16 without a mark', utf16(csv, true).slice(2), 'unsupported', 'error_import_encoding'],
    [
      'a picture',
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
      'unsupported',
      'error_import_encoding',
    ],
    ['an Excel file', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14, 0]), 'unsupported', 'error_import_archive'],
    ['some other text', 'Dear diary', 'unsupported', 'error_import_unknown'],
    [
      'a page',
      '<!doctype html><a href="https://www.tiktok.com/@a/video/7529963259874125001">',
      'unsupported',
      'error_import_unknown',
    ],
    ['nothing', '', 'bad_request', 'error_import_empty'],
    ['white space', ' \n\n', 'bad_request', 'error_import_empty'],
  ])('of %s is refused with what to do', async (_name, bytes, code, advice) => {
    const database = await newDatabase();
    const outcome = await importInto(database, new Blob([bytes]));
    expect(outcome).toMatchObject({ format: null, items: 0, added: 0, error: { code, advice } });
    expect(await database.count('observations')).toBe(0);
  });

  test('packed and cut off keeps what came before, and says so', async () => {
    const lines = Array.from({ length: 400 }, (_unused, index) =>
      envelope(
        'tiktok.com',
        {
          ...tiktokPhoto,
          id: String(7_440_000_000_000_100_000n + BigInt(index)),
          desc: Array.from({ length: 40 }, (_n, n) => Math.sin(index * 40 + n)).join(),
        },
        index + 1,
      ),
    );
    const packed = new Uint8Array(gzipSync(ndjsonOf(lines)));
    const database = await newDatabase();
    const outcome = await importInto(database, new Blob([packed.slice(0, packed.length - 2000)]));
    expect(outcome).toMatchObject({
      format: 'zeeschuimer',
      error: { code: 'bad_request', advice: 'error_import_unreadable' },
    });
    expect(outcome.items).toBeGreaterThan(100);
    expect(await database.count('records')).toBe(outcome.items);
  });

  test('with damaged characters is read, and they are told', async () => {
    const bytes = new TextEncoder().encode(
      `${posts}${'\n'.repeat(70_000)}${JSON.stringify(envelope('tiktok.com', { ...tiktokPhoto, id: '7440000000000000009', desc: 'a?b' }, 9))}\n`,
    );
    bytes[bytes.lastIndexOf(0x3f)] = 0xff;
    const database = await newDatabase();
    const outcome = await importInto(database, new Blob([bytes]));
    expect(outcome).toMatchObject({
      items: 4,
      problems: [{ line: 70_004, message: 'import_text_damaged' }],
      error: null,
    });
    expect((await getObservations(database, 'tiktok:post:7440000000000000009'))[0]?.record).toMatchObject({
      caption: 'a\uFFFDb',
    });
  });

  test('tells how far it is, in its own bytes', async () => {
    const seen: Progress[] = [];
    const database = await newDatabase();
    const blob = new Blob([new Uint8Array(gzipSync(posts.repeat(50)))]);
    await importFile(
      { data: async () => database, clock: { now: () => importedAt } },
      blob,
      { project: 'one', name: 'x.gz' },
      (progress) => seen.push(progress),
    );
    expect(seen.at(-1)).toEqual({ done: blob.size, total: blob.size });
  });
});

describe('what is there already', () => {
  test('stays, and the same file adds nothing', async () => {
    const database = await newDatabase();
    const older: Observation[] = [];
    await importInto(database, posts);
    older.push(...(await database.getAll('observations')));
    const changed = envelope('tiktok.com', { ...tiktokVideo, stats: { playCount: 1 }, statsV2: undefined }, 900);
    expect(await importInto(database, ndjsonOf([changed]))).toMatchObject({ items: 1, added: 2 });
    expect(await database.getAll('observations')).toEqual(expect.arrayContaining(older));
    expect(await importInto(database, posts)).toMatchObject({ items: 3, added: 0 });
    expect(await database.count('observations')).toBe(older.length + 2);
  });

  test('is known again where the file has no times: by what it says', async () => {
    const database = await newDatabase();
    const at = (time: number): File => new File([csv], 'videos.csv', { lastModified: time });
    expect(await importInto(database, at(Date.UTC(2025, 9, 1)))).toMatchObject({ added: 1 });
    expect(await importInto(database, at(Date.UTC(2025, 9, 2)))).toMatchObject({ added: 0, records: 1 });
    expect(await importInto(database, csv)).toMatchObject({ added: 0 });
    expect(await importInto(database, csv.replace(',12,', ',13,'))).toMatchObject({ added: 1 });
  });

  test('is not made older by a file that says nothing of its time: it is filed under when the file was written', async () => {
    const database = await newDatabase();
    const written = Date.UTC(2025, 9, 1);
    await importInto(database, new File([csv], 'videos.csv', { lastModified: written }));
    const [observation] = await database.getAll('observations');
    expect(observation).toMatchObject({ observed_at: written, fetched_at: written, record: { observed_at: null } });
  });

  test.each([0, Date.UTC(2030, 0, 1)])('a file of the time %d was written now', async (lastModified) => {
    const database = await newDatabase();
    await importInto(database, new File([csv], 'videos.csv', { lastModified }));
    expect((await database.getAll('observations'))[0]?.fetched_at).toBe(importedAt);
  });
});

test('everything that a file says is in the project, with where it was met', async () => {
  const database = await newDatabase();
  await importInto(database, posts, { project: 'two' });
  const memberships = await database.getAll('memberships');
  expect(memberships.map(({ ref_key: ref }) => ref).toSorted()).toEqual([
    'tiktok:post:6940000000000000003',
    videoRef,
    'tiktok:post:7440000000000000002',
    'tiktok:product:1729000000000000001',
  ]);
  expect(memberships.find(({ ref_key: ref }) => ref === videoRef)).toMatchObject({
    project: 'two',
    saved_at: importedAt,
    page_url: 'https://www.tiktok.com/search',
    sighting: { query_type: 'search', query_text: 'rye bread' },
  });
});

test('a list of addresses and ids: they are in the project, short links are to be resolved, numbers are told', async () => {
  const database = await newDatabase();
  const list =
    'https://www.tiktok.com/@a/video/7529963259874125001?lang=en\nhttps://vm.tiktok.com/ZTR45GpSF/\n7529963259874125777\nhello';
  const outcome = await importInto(database, list);
  expect(outcome).toMatchObject({
    format: 'id-list',
    items: 2,
    records: 0,
    added: 0,
    refs: ['tiktok:post:7529963259874125001', 'tiktok:short_link:vm.tiktok.com/ZTR45GpSF'],
    problems: [
      { line: 3, message: 'import_number_alone', parameters: ['7529963259874125777'], text: '7529963259874125777' },
      { line: 4, message: 'import_names_nothing', parameters: ['hello'] },
    ],
  });
  expect((await database.getAll('memberships')).map(({ ref_key: ref }) => ref)).toEqual([
    'tiktok:post:7529963259874125001',
  ]);
  const told = await importInto(database, list, { numbers: { platform: 'douyin', kind: 'post' } });
  expect(told.refs).toContain('douyin:post:7529963259874125777');
});

describe('our own NDJSON', () => {
  async function exported(): Promise<string> {
    const database = await newDatabase();
    await importInto(database, posts);
    return (await exportFrom(database, ndjson, 'post')).text;
  }

  test('whose raw text was changed is not taken, and the other lines are', async () => {
    const text = (await exported()).replace('Eleven pictures\\"', 'Twelve pictures\\"');
    const database = await newDatabase();
    const outcome = await importInto(database, text);
    expect(outcome).toMatchObject({
      items: 2,
      problems: [{ line: 3, message: 'import_raw_damaged', text: 'tiktok:post:7440000000000000002' }],
    });
    expect(await database.get('records', 'tiktok:post:7440000000000000002')).toBeUndefined();
    expect(await database.count('raws')).toBe(2);
  });

  test('keeps everything that was observed, so that the record is derived as before', async () => {
    const [from, to] = await Promise.all([newDatabase(), newDatabase()]);
    await importInto(from, posts);
    await importInto(
      from,
      ndjsonOf([envelope('tiktok.com', { ...tiktokVideo, stats: { playCount: 1 }, statsV2: undefined }, 900)]),
    );
    const { text, lines } = await exportFrom(from, ndjson, 'post');
    expect(lines).toHaveLength(4);
    await importInto(to, text);
    expect(await to.get('records', videoRef)).toEqual(await from.get('records', videoRef));
  });
});

test('of many problems the first twenty are told, and their number', async () => {
  const database = await newDatabase();
  const outcome = await importInto(database, `${posts}${'{"nav\n'.repeat(30)}`);
  expect([outcome.items, outcome.problems.length, outcome.problemCount]).toEqual([3, 20, 30]);
});

test('a database that cannot be opened or written to is told, not thrown', async () => {
  const closed = await newDatabase();
  closed.close();
  const outcome = await importInto(closed, posts);
  expect(outcome).toMatchObject({ format: 'zeeschuimer', items: 0, added: 0, error: { code: 'internal' } });
  const never = await importFile(
    { data: () => Promise.reject(new Error('no')), clock: { now: () => importedAt } },
    posts,
    { project: 'one', name: null },
    () => {},
  );
  expect(never).toMatchObject({ format: null, error: { code: 'internal' } });
});

test('raw texts are kept once, whatever the records', async () => {
  const database = await newDatabase();
  await importInto(database, posts);
  const [observation] = await getObservations(database, videoRef);
  expect(observation).not.toHaveProperty('raw');
  expect(await database.count('raws')).toBe(3);
  expect(await addObservations(database, observation ? [observation] : [])).toEqual({ added: 0 });
});
