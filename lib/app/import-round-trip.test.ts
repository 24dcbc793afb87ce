/** A collection goes out of one program and comes into another as the same items. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { RefKey } from '../core/ref.ts';
import { fourCat } from '../exporters/four-cat.samples.ts';
import { ndjson } from '../exporters/ndjson.ts';
import { zeeschuimer } from '../exporters/zeeschuimer.ts';
import { type Envelope, envelope, ndjsonOf, secret, zeeschuimerFiles } from '../importers/zeeschuimer.samples.ts';
import { readBlocks } from '../payloads/embedded.ts';
import { readAnswer } from '../payloads/index.ts';
import { contextAt } from '../payloads/payload.samples.ts';
import { exportFrom, importedAt, importInto, newDatabase } from './import-file.samples.ts';

type Json = Readonly<Record<string, unknown>>;

/** The paths of what one has and the other has not, or has otherwise: `-` is missing, `~` is another. */
function differences(one: unknown, other: unknown, path = ''): readonly string[] {
  if (Object.is(one, other)) return [];
  const isPair = typeof one === 'object' && typeof other === 'object' && one !== null && other !== null;
  if (!isPair || Array.isArray(one) !== Array.isArray(other)) return [`~${path}`];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) => {
    const inner = `${path}.${name}`;
    if (!Object.hasOwn(other, name)) return [`-${inner}`];
    if (!Object.hasOwn(one, name)) return [`+${inner}`];
    return differences(Reflect.get(one, name), Reflect.get(other, name), inner);
  });
}

/** As every reader of ours has it: integers beyond 2^53 are their digits. */
const lossless = (json: unknown): unknown => parseJson(JSON.stringify(json));

function refsOf(platform: string, lines: readonly Json[]): readonly RefKey[] {
  const [site, kind] =
    platform === 'tiktok-comments'
      ? (['tiktok', 'comment'] as const)
      : ([platform === 'douyin.com' ? 'douyin' : 'tiktok', 'post'] as const);
  return lines.map((line): RefKey => `${site}:${kind}:${String(line['item_id'])}`);
}

/** What scrubbing takes out of the invented files, and nothing else. */
const scrubbed: Readonly<Record<string, readonly string[]>> = {
  'tiktok.com': ['0 -.author.relation', '0 ~.video.playAddr', '0 -.digged', '0 -.collected', '1 -.author.relation'],
  'tiktok-comments': [
    '0 -.reply_comment.0.user_digged',
    '0 ~.reply_comment.0.share_info.url',
    '0 -.reply_comment.0.user.follow_status',
    '0 -.user_digged',
    '0 ~.share_info.url',
    '0 -.user.follow_status',
    '1 -.user_digged',
    '1 ~.share_info.url',
    '1 -.user.follow_status',
    '2 -.user_digged',
    '2 ~.share_info.url',
    '2 -.user.follow_status',
  ],
  'douyin.com': [
    '0 -.author.follow_status',
    '0 -.user_digged',
    '0 ~.share_info.share_url',
    '1 -.userDigged',
    '2 -.author.follow_status',
    '2 ~.cell_room.rawdata',
    '3 ~.rawdata',
    '4 -.cellRoom.rawdata.owner.follow_status',
  ],
};

describe.each(Object.entries(zeeschuimerFiles))('a Zeeschuimer file of %s', (platform, file) => {
  const table = platform === 'tiktok-comments' ? 'comment' : 'post';

  test('comes out as the same items, in its order, without what speaks of whoever collected', async () => {
    const database = await newDatabase();
    const outcome = await importInto(database, new Blob([ndjsonOf(file)]));
    expect(outcome).toMatchObject({ format: 'zeeschuimer', items: file.length, problemCount: 0, error: null });
    const { lines, text, skipped } = await exportFrom(database, zeeschuimer, table, refsOf(platform, file));
    expect(lines.map((line) => Object.keys(line))).toEqual(file.map((line) => Object.keys(line)));
    for (const name of ['item_id', 'source_platform', 'timestamp_collected', 'last_updated', 'id'] as const)
      expect(lines.map((line) => line[name])).toEqual(file.map((line) => line[name]));
    const found = file.flatMap((line, index) =>
      differences(lossless(line.data), lines[index]?.['data']).map((path) => `${index} ${path}`),
    );
    expect(found.toSorted()).toEqual(scrubbed[platform]?.toSorted());
    expect(skipped).toEqual({});
    expect(text).not.toContain(secret);
  });

  test('what 4CAT makes of it is what it makes of the original', async () => {
    const database = await newDatabase();
    await importInto(database, ndjsonOf(file));
    const { lines } = await exportFrom(database, zeeschuimer, table, refsOf(platform, file));
    const before = file.map((line) => fourCat(line));
    expect(before.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    const withoutPage = (outcome: unknown): unknown =>
      parseJson(JSON.stringify(outcome).replaceAll(/"source":"[^"]*"/gu, '"source":""'));
    expect(lines.map((line) => withoutPage(fourCat(line)))).toEqual(before.map(withoutPage));
  });

  test('imported again, by itself or as exported, it adds nothing', async () => {
    const database = await newDatabase();
    const first = await importInto(database, ndjsonOf(file));
    expect(first.added).toBe(first.records);
    expect(await importInto(database, ndjsonOf(file))).toMatchObject({ items: file.length, added: 0, problemCount: 0 });
    const { text } = await exportFrom(database, zeeschuimer, table, refsOf(platform, file));
    expect(await importInto(database, text)).toMatchObject({ format: 'zeeschuimer', items: file.length, added: 0 });
  });

  test('and as our own NDJSON everything comes into another Clipscope', async () => {
    const [from, to] = await Promise.all([newDatabase(), newDatabase()]);
    await importInto(from, ndjsonOf(file));
    for (const type of ['post', 'comment', 'product', 'live'] as const) {
      const { text } = await exportFrom(from, ndjson, type);
      if (text !== '')
        expect(await importInto(to, text)).toMatchObject({ format: 'clipscope-ndjson', problemCount: 0 });
    }
    for (const store of ['observations', 'records', 'raws', 'memberships'] as const)
      expect(await to.getAll(store)).toEqual(expect.arrayContaining(await from.getAll(store)));
    expect(await to.count('observations')).toBe(await from.count('observations'));
  });
});

test('replies that came inside their comment are stored, and are no lines of their own', async () => {
  const database = await newDatabase();
  await importInto(database, ndjsonOf(zeeschuimerFiles['tiktok-comments']));
  const { lines, skipped } = await exportFrom(database, zeeschuimer, 'comment');
  expect(lines.map((line) => line['item_id'])).not.toContain('7440000000000000102');
  expect(skipped).toEqual({ export_skipped_inside: 1 });
  expect(await database.get('records', 'tiktok:comment:7440000000000000102')).toBeDefined();
});

const captures = sharedFixtures('captures');

/** The items of a captured answer or page, as Zeeschuimer would have captured them. */
function capturedItems(folder: string, file: string): readonly Json[] {
  const items = new Map<string, unknown>();
  const made = (record: { readonly record_type: string }, raw: unknown): void => {
    const id: unknown = Reflect.get(record, 'post_id');
    if (record.record_type === 'post' && typeof id === 'string') items.set(id, raw);
  };
  const context = contextAt(importedAt, { collectedVia: 'import', made });
  const text = readFileSync(join(folder, file), 'utf8');
  if (file.endsWith('.json')) readAnswer(text, context);
  else {
    const { document } = parseHTML(text);
    const script = document.querySelector('#__UNIVERSAL_DATA_FOR_REHYDRATION__')?.textContent ?? '';
    if (script !== '') readBlocks([{ block: 'universal-data', text: script }], null, context);
  }
  return [...items].map(([id, raw]) => ({ ...(raw as Json), id }));
}

describe.skipIf(!captures)(`captured items in envelopes${skippedNote(captures)}`, () => {
  const folder = captures ?? '';
  const files = captures
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /^(?:tiktok-item-list|tiktok-universal-data|tiktok-sigi-state|douyin-aweme)\/.*\.(?:json|html)$/u.test(name),
      )
    : [];
  let items = 0;
  let mapped = 0;

  test.each(files)('%s', async (name) => {
    const platform = name.startsWith('douyin') ? 'douyin.com' : 'tiktok.com';
    const file: readonly Envelope[] = capturedItems(folder, name).map((data, index) =>
      envelope(platform, data, index + 1),
    );
    const database = await newDatabase();
    const outcome = await importInto(database, ndjsonOf(file));
    expect(outcome).toMatchObject({
      items: file.length,
      problemCount: 0,
      error: file.length > 0 ? null : { advice: 'error_import_empty' },
    });
    const { lines, text } = await exportFrom(database, zeeschuimer, 'post', refsOf(platform, file));
    expect(lines.map((line) => line['item_id'])).toEqual(file.map((line) => line.item_id));
    const found = file.flatMap((line, index) => differences(lossless(line.data), lines[index]?.['data']));
    // Nothing is added, and what was changed are addresses and texts that hold more than the content.
    expect(found.filter((path) => path.startsWith('+'))).toEqual([]);
    const kinds = new Set(found.map((path) => path.replaceAll(/\.\d+/gu, '')));
    expect(
      [...kinds].filter((path) => /\.(?:id|desc|uniqueId|nickname|sec_?uid|aweme_id|create_?time)$/iu.test(path)),
    ).toEqual([]);
    // What 4CAT cannot map of it, it could not map of the original: answers of 2020 have no `create_time`.
    const original = file.map((line) => fourCat(line));
    const outcomes = lines.map((line) => fourCat(line));
    expect(outcomes.filter(({ outcome: how }) => how === 'failed')).toEqual([]);
    expect(
      outcomes.filter(({ outcome: how }, index) => how !== 'mapped' && original[index]?.outcome === 'mapped'),
    ).toEqual([]);
    expect(outcomes.filter((one) => one.outcome === 'unmappable' && one.why !== 'create_time')).toEqual([]);
    items += lines.length;
    mapped += outcomes.filter(({ outcome: how }) => how === 'mapped').length;
    if (file.length > 0) expect(await importInto(database, text)).toMatchObject({ added: 0, items: file.length });
  });

  test('are many, and 4CAT maps all that have their time', () => {
    console.info(`captured items that went round: ${items}, of which 4CAT maps ${mapped}`);
    expect(mapped).toBeGreaterThan(80);
  });
});
