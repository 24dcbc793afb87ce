/** What holds for every preset. */
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import en from '../../../public/_locales/en/messages.json' with { type: 'json' };
import zhCn from '../../../public/_locales/zh_CN/messages.json' with { type: 'json' };
import type { SheetChoices, TableId } from '../../core/export-choices.ts';
import type { AnyRecord } from '../../core/record.ts';
import type { ColumnType, JsonValue } from '../columns/column.ts';
import { csv } from '../csv.ts';
import { cellText } from '../delimited.ts';
import type { ExportContext } from '../exporter.ts';
import { awkwardTexts, harnessContext } from '../harness.ts';
import { type Sheet, sheetOf } from '../sheet.ts';
import { columnsOfTable, tableById } from '../tables.ts';
import { presetDescription, presetSections, presetTables } from './describe.ts';
import { presetById, presets } from './index.ts';
import type { PresetColumn } from './preset.ts';
import { author, douyinPost, product, shop, tiktokPost, tiktokReply } from './preset.samples.ts';

const english: Readonly<Record<string, { readonly message: string }>> = en;
const chinese: Readonly<Record<string, { readonly message: string }>> = zhCn;

const samples: { readonly [Table in TableId]?: AnyRecord } = {
  post: tiktokPost,
  comment: tiktokReply,
  author,
  product,
  shop,
};

function sampleOf(table: TableId): AnyRecord {
  const record = samples[table];
  if (!record) throw new Error(`A preset has a table of ${table} rows: add a sample of one.`);
  return record;
}

const parts = presets
  .filter(({ id }) => id !== 'native')
  .flatMap((preset) => presetTables(preset).map((part) => ({ ...part, id: preset.id })));
const columns = parts.flatMap(({ id, table, platform, columns: list }) =>
  list.map((column) => [`${id} ${table} ${platform ?? ''} ${column.header}`, column, table] as const),
);

const pseudonym = 'f00d'.repeat(8);
const pseudonyms = { scheme: 'hmac-sha256:0badcafe', of: () => pseudonym };

function contextOf(part: (typeof parts)[number], choices: Partial<SheetChoices>): ExportContext {
  return {
    ...harnessContext,
    platform: part.platform,
    pseudonyms,
    choices: { ...harnessContext.choices, preset: part.id, ...choices },
  };
}

async function rowsOf(sheet: Sheet): Promise<readonly (readonly JsonValue[])[]> {
  const rows: (readonly JsonValue[])[] = [];
  for await (const some of sheet.rows()) rows.push(...some);
  return rows;
}

async function firstRow(part: (typeof parts)[number], record: AnyRecord, choices: Partial<SheetChoices>) {
  const placed = part.platform ? { ...record, platform: part.platform } : record;
  const sheet = sheetOf({ id: part.table, rows: () => [placed] }, contextOf(part, choices));
  return (await rowsOf(sheet))[0] ?? [];
}

describe('presets', () => {
  test('have ids, words in both languages and a source', () => {
    expect(presets.map(({ id }) => id)).toEqual([
      'native',
      'zh',
      'four-cat',
      'zeeschuimer-csv',
      'apify',
      'minet',
      'research-api',
      'pyktok',
      'douk-zh',
    ]);
    for (const { id, label, hint, source } of presets) {
      expect([label, hint]).toEqual([`preset_${id.replaceAll('-', '_')}`, `preset_${id.replaceAll('-', '_')}_hint`]);
      for (const words of [english, chinese]) expect([words[label], words[hint]].every(Boolean), id).toBe(true);
      expect(source).not.toBe('');
      expect(presetById(id)?.id).toBe(id);
    }
    expect(presetById('none')).toBeNull();
  });

  test.each(parts)('$id $table: every header once', ({ columns: list }) => {
    const headers = list.map(({ header }) => header);
    expect(new Set(headers).size).toBe(headers.length);
  });
});

test('every column of every preset is made of columns that there are, or says why it stays empty', () => {
  const wrong = columns.filter(([, { from, unfillable }, table]) => {
    const names = columnsOfTable(table).map(({ name }) => name);
    return !from.every((name) => names.includes(name)) || from.length > 0 === (unfillable !== undefined);
  });
  expect(wrong.map(([name]) => name)).toEqual([]);
  expect(columns.length).toBeGreaterThan(400);
});

test('every column of every preset is described in both languages', () => {
  const wrong = columns.filter(([, column, table]) => {
    const { en: inEnglish = '', zh_CN: inChinese = '' } = presetDescription(column, table) ?? {};
    return !/^\S.*[a-z].*\.$/u.test(inEnglish) || !/^\S.*\p{Script=Han}.*。$/u.test(inChinese);
  });
  expect(wrong.map(([name]) => name)).toEqual([]);
});

test('a value is made of nothing but the columns that it names: they decide whether it names a person', () => {
  const offences: string[] = [];
  for (const [name, column, table] of columns) {
    const byName = new Map(columnsOfTable(table).map((one) => [one.name, one]));
    const record = sampleOf(table);
    const touched: PropertyKey[] = [];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a record that tells what is read of it
    const guarded = new Proxy({}, { get: (_target, field) => touched.push(field) }) as AnyRecord;
    column.value?.(
      (asked) => {
        if (!column.from.includes(asked)) offences.push(`${name}: ${asked}`);
        return byName.get(asked)?.value(record, harnessContext) ?? null;
      },
      guarded,
      harnessContext,
    );
    if (touched.length > 0) offences.push(`${name}: ${touched.map(String).join()} of the record itself`);
  }
  expect(offences).toEqual([]);
});

/** Things of a table that together have a value for everything. */
function fullest(table: TableId): readonly AnyRecord[] {
  if (table === 'post') return [tiktokPost, douyinPost, { ...tiktokPost, warning_labels: ['maskType 4'] }];
  return table === 'comment' ? [{ ...tiktokReply, reply_to_comment_id: '7529963259874125002' }] : [sampleOf(table)];
}

/** A value of the JSON type that the column promises, or null. */
function fits(type: ColumnType, value: JsonValue): boolean {
  if (value === null) return true;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'time') return typeof value === 'string' && !Number.isNaN(Date.parse(value));
  if (type === 'list') return Array.isArray(value);
  if (type === 'json') return typeof value === 'object';
  return typeof value === 'string';
}

test.each(parts)('$id $table $platform: cells are of the type that the column promises', async (part) => {
  for (const record of fullest(part.table)) {
    const row = await firstRow(part, record, {});
    const wrong = part.columns.filter(({ type }, index) => !fits(type, row[index] ?? null));
    expect(wrong.map(({ header }) => header)).toEqual([]);
  }
});

test.each(parts)('$id $table $platform: what can be filled is filled where all is known', async (part) => {
  const rows = await Promise.all(fullest(part.table).map((record) => firstRow(part, record, {})));
  const empty = part.columns.filter(
    ({ unfillable }, index) => !unfillable && rows.every((row) => (row[index] ?? null) === null),
  );
  expect(empty.map(({ header }) => header)).toEqual([]);
});

/** A person's mark in every field that a personal column shows. */
function planted(table: TableId): AnyRecord {
  const record = sampleOf(table);
  const fields = columnsOfTable(table)
    .filter(({ personal, name }) => personal && Object.hasOwn(record, name))
    .map(({ name }) => {
      const value: unknown = Reflect.get(record, name);
      return [
        name,
        name === 'mentions' ? [{ account: 'planted.person', origin: 'both' }] : `planted person ${String(value)}`,
      ];
    });
  return { ...record, ...Object.fromEntries(fields) };
}

function namesAuthor(column: PresetColumn, table: TableId): boolean {
  const sources = columnsOfTable(table).filter(({ name }) => column.from.includes(name));
  return sources.some(({ names }) => names === 'author');
}

describe.each(parts)('people in $id $table $platform', (part) => {
  const record = planted(part.table);

  test('are there where they were asked for', async () => {
    const isPersonal = part.columns.some(({ from }) =>
      columnsOfTable(part.table).some(({ name, personal }) => personal && from.includes(name)),
    );
    expect(JSON.stringify(await firstRow(part, record, { personal: 'include' })).includes('planted')).toBe(isPersonal);
  });

  test('have pseudonyms in the columns that name the author, and nothing else', async () => {
    const row = await firstRow(part, record, { personal: 'pseudonyms' });
    expect(JSON.stringify(row)).not.toContain('planted');
    const pseudonymous = part.columns.filter((_column, index) => row[index] === pseudonym);
    expect(pseudonymous).toEqual(part.columns.filter((column) => namesAuthor(column, part.table)));
  });

  test('are left out', async () => {
    const row = await firstRow(part, record, { personal: 'omit' });
    expect(JSON.stringify(row)).not.toMatch(/planted|f00d/u);
  });

  test('and what they wrote is left out where texts are withheld', async () => {
    const texts = columnsOfTable(part.table).filter(({ text }) => text);
    const fields = texts
      .filter(({ name }) => Object.hasOwn(record, name))
      .map(({ name }) => [name, 'written by somebody']);
    const row = await firstRow(part, { ...record, ...Object.fromEntries(fields) }, { withholdText: true });
    expect(JSON.stringify(row)).not.toContain('written by somebody');
  });

  test('are but ids in the form that has ids only', async () => {
    const row = await firstRow(part, record, { personal: 'omit', idsOnly: true });
    const { ids } = tableById(part.table);
    const filled = part.columns.filter((_column, index) => (row[index] ?? null) !== null);
    expect(filled.filter(({ from }) => !from.every((name) => ids.includes(name)))).toEqual([]);
  });
});

test.each(parts)('$id $table $platform as CSV comes back cell by cell', async (part) => {
  const texts = columnsOfTable(part.table).filter(({ text }) => text);
  const records = awkwardTexts.map((awkward): AnyRecord => {
    const record = part.platform ? { ...sampleOf(part.table), platform: part.platform } : sampleOf(part.table);
    const fields = texts.filter(({ name }) => Object.hasOwn(record, name)).map(({ name }) => [name, awkward]);
    return { ...record, ...Object.fromEntries(fields) };
  });
  const table = { id: part.table, rows: () => records };
  let file = '';
  for await (const chunk of csv.write([table], contextOf(part, {}))) file += String(chunk);
  const { data } = Papa.parse(file.replace(/^\uFEFF/u, ''), { delimiter: ',' });
  const sheet = sheetOf(table, contextOf(part, {}));
  const cells = (await rowsOf(sheet)).map((row) =>
    row.map((value, index) => cellText(part.columns[index]?.type ?? 'string', value) ?? ''),
  );
  expect(data.slice(0, -1)).toEqual([part.columns.map(({ header }) => header), ...cells]);
});

describe('the codebook’s part on presets', () => {
  test('has every column of every preset, and marks what stays empty', () => {
    const lines = presetSections().split('\n');
    for (const { id, table, columns: list } of parts) {
      expect(
        lines.some((line) => line.startsWith(`### \`${id}\` · ${table}`)),
        `${id} ${table}`,
      ).toBe(true);
      for (const { header, unfillable } of list) {
        const found = lines.filter((line) => line.startsWith(`| \`${header}\` | `));
        expect(
          found.some((line) => line.includes('| ✕ ') === (unfillable !== undefined)),
          header,
        ).toBe(true);
      }
    }
  });

  test('has rows of one width, and no cell without words', () => {
    const tables = presetSections()
      .split('\n')
      .filter((line) => line.startsWith('|') && !line.startsWith('|---'));
    for (const line of tables) {
      const cells = line.replaceAll('\\|', '').split('|').slice(1, -1);
      expect(cells).toHaveLength(5);
      expect([cells[3]?.trim(), cells[4]?.trim()].includes(''), line).toBe(false);
    }
    expect(tables.length).toBeGreaterThan(300);
  });

  test.each(['en', 'zh_CN'] as const)('speaks one language where it is asked to: %s', (language) => {
    const text = presetSections(language);
    expect(text.includes('Header presets')).toBe(language === 'en');
    expect(text.includes('表头预设')).toBe(language === 'zh_CN');
    for (const { header } of parts.flatMap(({ columns: list }) => list)) expect(text).toContain(`\`${header}\``);
  });
});
