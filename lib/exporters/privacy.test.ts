/**
 * Nothing of the personal class leaves in a default export, and no token, key or client address: they are planted in every
 * place that the columns' flags name, and searched for in the bytes of every format and preset, unzipped and decoded.
 */
import { unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { writeExport } from '../app/write-export.ts';
import { defaultExportChoices, defaultSheetChoices, type TableId, tableIds } from '../core/export-choices.ts';
import { recordRef, toObservation } from '../core/observation.ts';
import { bareRecords } from '../core/record.samples.ts';
import { type AnyRecord, noSighting, recordTypes, type RecordType } from '../core/record.ts';
import { platforms, refKey } from '../core/ref.ts';
import { sha256Hex } from '../signing/digest.ts';
import { cellsOf, columns } from './columns.ts';
import { csv } from './csv.ts';
import type { Exporter, ExportContext, ExportTable } from './exporter.ts';
import { harnessContext } from './harness.ts';
import { exporters } from './index.ts';
import { presets } from './presets/index.ts';
import { hasSheet } from './sheet.ts';
import { tableById } from './tables.ts';

/** A text that is in one place only, and that no format escapes. */
function marker(...parts: readonly string[]): string {
  return `zq${parts.join('').replaceAll(/[^a-z]/gu, '')}qz`;
}
const markerPattern = /zq[a-z]+qz/giu;

const clientAddress = '203.0.113.77';
const requestId = '20260901120000CAFE0123456789ABCDEF';
/** What identifies the researcher, wherever an address is kept. */
function withSecrets(path: string): string {
  const tokens = ['msToken', 'verifyFp', 'X-Bogus', 'device_id', 'iid', 'sessionid', 'csrf_token'].map(
    (name) => `${name}=${marker('secret', name.toLowerCase())}`,
  );
  return `https://p16.example/${path}?x-expires=1&${tokens.join('&')}&client_ip=${clientAddress}&l=${requestId}&x-signature=a`;
}

/** What must not be found, besides what the columns' flags forbid. */
const secrets: readonly string[] = [
  ...(withSecrets('').match(markerPattern) ?? []),
  marker('secret', 'key'),
  marker('saved', 'page'),
  marker('saved', 'query'),
  marker('captured'),
  clientAddress,
  requestId,
];

/** A record with a text of its own in every field that a personal column shows, and secrets in every address. */
function planted(type: RecordType, platform: 'tiktok' | 'douyin'): AnyRecord {
  const bare = bareRecords[type];
  const fields: Record<string, unknown> = {};
  for (const { name, personal } of columns[type]) {
    const value: unknown = Reflect.get(bare, name);
    if (personal && (value === null || typeof value === 'string')) fields[name] = marker(type, name);
    else if (name.endsWith('_url') && value === null) fields[name] = withSecrets(name);
    else if (name.endsWith('_urls') && Array.isArray(value))
      fields[name] = [withSecrets(name), withSecrets(`${name}2`)];
  }
  const handle = marker(type, 'author_handle');
  const structured =
    type === 'post'
      ? {
          mentions: [{ account: marker(type, 'mentions'), origin: 'tag_list' }],
          hashtags: [
            { name: 'ootd', id: '1', origin: 'both' },
            { name: 'summer', id: null, origin: 'caption' },
          ],
          music_title: `original sound - ${handle}`,
          music_is_original: true,
          view_count: 13_000,
          figures: {
            view_count: { precision: 'abbreviated', source: 'dom', raw: '1.3万', observed_at: 1, fetched_at: 2 },
          },
        }
      : {};
  const sound = type === 'music' ? { title: `sonido de ${marker(type, 'author')}`, is_original: null } : {};
  return Object.assign({}, bare, fields, structured, sound, {
    platform,
    query_type: 'search',
    api_endpoint: `gateway/item_get?key=${marker('secret', 'key')}`,
  });
}

const rows = new Map(recordTypes.map((type) => [type, platforms.map((platform) => planted(type, platform))] as const));
const everything = [...rows.values()].flat();

/** Everything that a personal column shows. */
const personal = new Set(
  everything.flatMap((record) =>
    cellsOf(record, harnessContext)
      .filter(({ column }) => column.personal)
      .flatMap(({ value }) => JSON.stringify(value).match(markerPattern) ?? []),
  ),
);
const forbidden = [...personal, ...secrets];

const observations = Map.groupBy(
  everything.map((record) =>
    toObservation(record, JSON.stringify({ aweme_id: '1', secret: marker('captured'), record })),
  ),
  ({ ref_key: key }) => key,
);
const context: ExportContext = {
  ...harnessContext,
  choices: defaultSheetChoices,
  projectName: 'A study',
  pseudonyms: {
    scheme: 'hmac-sha256:00000000',
    of: (platform, person) => sha256Hex(`${platform}:${person}`).slice(0, 32),
  },
  observationsOf: async (ref) => observations.get(ref) ?? [],
  rawOf: async () => marker('captured'),
  savedOf: async () => ({
    saved_at: 1,
    page_url: `https://www.tiktok.com/@${marker('saved', 'page')}`,
    sighting: { ...noSighting, query_text: marker('saved', 'query') },
  }),
};

function tableOf(id: TableId, only: 'tiktok' | 'douyin' | null): ExportTable {
  const own = tableById(id).bases.flatMap((type) => rows.get(type) ?? []);
  return { id, rows: () => own.filter(({ platform }) => only === null || platform === only) };
}

async function bytesOf(exporter: Exporter, tables: readonly ExportTable[], own: ExportContext) {
  const chunks: Buffer[] = [];
  for await (const chunk of exporter.write(tables, own)) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}

/** All text of a file, archives and Parquet opened. */
async function textOf(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const start = Buffer.from(file.subarray(0, 4)).toString('latin1');
  if (start === 'PK\u0003\u0004') {
    const entries = Object.entries(unzipSync(file));
    const texts = await Promise.all(
      entries.map(async ([name, entry]) => `${name}\n${await textOf(new Uint8Array(entry))}`),
    );
    return texts.join('\n');
  }
  const plain = Buffer.from(file).toString('utf8');
  if (start !== 'PAR1') return plain;
  const objects = await parquetReadObjects({ file: file.buffer });
  return plain + JSON.stringify(objects, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function foundIn(text: string): readonly string[] {
  const folded = text.toLowerCase();
  return forbidden.filter((one) => folded.includes(one.toLowerCase()));
}

/** Every file of a format under some choices, as text. */
async function filesOf(exporter: Exporter, own: ExportContext): Promise<readonly string[]> {
  const can = (id: TableId, platform: 'tiktok' | 'douyin' | null) =>
    exporter.tables?.includes(id) !== false &&
    (exporter.form !== 'sheet' || hasSheet(id, { choices: own.choices, platform }));
  const isApart = presets.find(({ id }) => id === own.choices.preset)?.isOfOnePlatform ?? exporter.isOfOnePlatform;
  const texts: string[] = [];
  for (const platform of isApart ? platforms : [null]) {
    const tables = tableIds.filter((id) => can(id, platform)).map((id) => tableOf(id, platform));
    const files = exporter.holdsAll && tables.length > 0 ? [tables] : tables.map((table) => [table]);
    for (const file of files) texts.push(await textOf(await bytesOf(exporter, file, { ...own, platform })));
  }
  return texts;
}

test('every personal column shows something that is searched for', () => {
  const bare = recordTypes.flatMap((type) => {
    const cells = (rows.get(type) ?? []).flatMap((record) => cellsOf(record, harnessContext));
    return cells
      .filter(({ column, value }) => column.personal && !JSON.stringify(value).match(markerPattern))
      .map(({ column }) => `${type}.${column.name}`);
  });
  expect(bare).toEqual([]);
  expect(personal.size).toBeGreaterThan(40);
});

test('the search finds what is there: all of it where personal data is included', async () => {
  const included = { ...context, choices: { ...defaultSheetChoices, personal: 'include' } } as const;
  const text = (await filesOf(csv, included)).join('\n');
  const usual = new Set(
    everything.flatMap((record) =>
      cellsOf(record, included)
        .filter(({ column }) => column.personal && column.exportedByDefault !== false)
        .flatMap(({ value }) => JSON.stringify(value).match(markerPattern) ?? []),
    ),
  );
  expect([...usual].filter((one) => !text.includes(one))).toEqual([]);
});

async function expectNothingPersonal(exporter: Exporter, own: ExportContext): Promise<void> {
  const texts = await filesOf(exporter, own);
  // The file was really opened: what is no secret is found in it.
  expect(texts.some((text) => /7528963259874125698|ootd/u.test(text))).toBe(true);
  expect([...new Set(texts.flatMap(foundIn))]).toEqual([]);
}

const { pseudonyms: _noKey, ...withoutKey } = context;

test.each(exporters.filter(({ form }) => form !== 'captured'))('$id with pseudonyms, as it is by default', (exporter) =>
  expectNothingPersonal(exporter, context),
);

// What has rows and columns has them from the same place: one format stands for all.
describe.each(exporters.filter(({ form, id }) => form === 'record' || id === 'csv'))('$id', (exporter) => {
  test('without a key for pseudonyms', () => expectNothingPersonal(exporter, withoutKey));
  test('with people left out', () =>
    expectNothingPersonal(exporter, { ...context, choices: { ...defaultSheetChoices, personal: 'omit' } }));
});

test.each(exporters.filter(({ form }) => form === 'captured'))(
  '$id writes answers as they were captured, so it is refused unless people are to be included',
  async ({ id }) => {
    const refs = everything.map((record) => refKey(recordRef(record)));
    const plan = {
      choices: { ...defaultExportChoices, format: id },
      refs,
      now: harnessContext.now,
      timeZone: 'UTC',
      extensionVersion: '0.1.0',
      projectName: '',
      pseudonyms: null,
    };
    const source = {
      rowsOf: () => later(everything),
      withSkus: async () => [],
      exported: async () => new Set<never>(),
    };
    await expect(writeExport(plan, source)).rejects.toMatchObject({
      code: 'bad_request',
      details: { advice: 'error_export_captured' },
    });
  },
);

async function* later<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

describe.each(presets)('the preset $id', ({ id }) => {
  test.each(['pseudonyms', 'omit'] as const)('%s', async (mode) => {
    const texts = await filesOf(csv, { ...context, choices: { ...defaultSheetChoices, preset: id, personal: mode } });
    expect(texts.length).toBeGreaterThan(0);
    expect([...new Set(texts.flatMap(foundIn))]).toEqual([]);
  });
});
