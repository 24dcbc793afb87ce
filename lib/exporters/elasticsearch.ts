/**
 * For Elasticsearch and OpenSearch: a ZIP archive with the mapping of each table's index (a bulk file has no place for it),
 * the rows in the form of the bulk API, and how to load both. The rows are in parts: servers refuse requests of more than
 * 100 MB (http.max_content_length), and recommend far smaller ones.
 *
 * - An index a table, `clipscope-posts`. Fields have the names of the columns, but a dot becomes an underscore (it would
 *   mean an object), and underscores at the beginning go (they are the server's own). Null is left out.
 * - Texts and ids are `text` with a `keyword` below, as the server itself would have it, but longer; structures are kept
 *   without being searched.
 * - `_id` is what the row is of (`tiktok:post:…`), so that a newer export takes the older one's place. Of authors it
 *   is the pseudonym, unless personal data was chosen; where neither may be told, and for rows of long tables, it is the
 *   time of the export and the row's number: loading the same file again does not double it.
 */
import { isoUtc } from '../analysis/time.ts';
import { recordRef } from '../core/observation.ts';
import type { AnyRecord } from '../core/record.ts';
import { refKey } from '../core/ref.ts';
import type { JsonValue } from './columns/column.ts';
import { loadingGuide } from './elasticsearch-guide.ts';
import { defineExporter, type ExportContext, type ExportTable } from './exporter.ts';
import { pseudonymOf } from './pseudonym.ts';
import { isOpen, type Sheet, sheetOf, type SheetColumn } from './sheet.ts';
import { distinctNames, tableNames } from './table-names.ts';
import { columnsOfTable, tableById } from './tables.ts';
import { jsonText, listTexts, typedCell } from './typed-cell.ts';
import { type ZipEntry, zipOf } from './zip-stream.ts';

/**
 * Characters of a part, at most three bytes each. Elastic advises against more than "a couple tens of megabytes" ("Tune for
 * indexing speed", read 2026-11).
 */
const partLength = 5_000_000;
/** What the server takes as `_id`, in bytes. */
const longestId = 512;
/** Of keywords the server takes 32,766 bytes: so many characters of at most four. */
const longestKeyword = 8191;

const text = { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: longestKeyword } } };

/** A value that the type cannot hold is kept, and not searched, instead of refusing the row. */
const fieldTypes: Readonly<Record<SheetColumn['type'], JsonValue>> = {
  string: text,
  list: text,
  integer: { type: 'long', ignore_malformed: true },
  number: { type: 'double', ignore_malformed: true },
  boolean: { type: 'boolean' },
  time: {
    type: 'date',
    format: 'strict_date_optional_time||yyyy-MM-dd HH:mm:ss||epoch_second',
    ignore_malformed: true,
  },
  json: { type: 'object', enabled: false },
};

interface Index {
  readonly name: string;
  readonly table: ExportTable;
  readonly sheet: Sheet;
  readonly fields: readonly string[];
}

function mappingOf({ sheet, fields }: Index): string {
  const properties = sheet.columns.map(({ type }, at) => [fields[at] ?? '', fieldTypes[type]] as const);
  return `${JSON.stringify({ mappings: { properties: Object.fromEntries(properties) } }, null, 2)}\n`;
}

/** What the row of this record is found by; null: nothing that may be told. */
function ownId(record: AnyRecord, context: ExportContext): string | null {
  const { record_type: type, platform } = record;
  const { ids } = tableById(type);
  const isTold = columnsOfTable(type).every((column) => !ids.includes(column.name) || isOpen(column, type, context));
  if (!isTold) {
    // A pseudonym is an author's own; live rooms may share one.
    const pseudonym = type === 'author' ? pseudonymOf(record, context) : null;
    return pseudonym === null ? null : `${platform}:${type}:${pseudonym}`;
  }
  const key = refKey(recordRef(record));
  const id = type === 'sku' ? `${key}:sku:${record.sku_id}` : key;
  return new TextEncoder().encode(id).length > longestId ? null : id;
}

function sourceOf({ sheet, fields }: Index, row: readonly JsonValue[], context: ExportContext): string {
  const cells = sheet.columns.flatMap((column, at): [string, JsonValue][] => {
    const value = typedCell(column, row[at] ?? null, context);
    if (value === null) return [];
    const isList = column.type === 'list' && Array.isArray(value);
    return [[fields[at] ?? '', isList ? listTexts(value) : value]];
  });
  return jsonText(Object.fromEntries(cells));
}

/** Two lines for each row, in pieces of some hundred rows. */
async function* bulkOf(index: Index, context: ExportContext): AsyncGenerator<string> {
  const { id: table } = index.table;
  // Long tables have any number of rows of a record.
  const isOneToOne = table !== 'post_hashtag' && table !== 'observation';
  const ids: (string | null)[] = [];
  const sheet = sheetOf(
    {
      id: table,
      async *rows() {
        for await (const record of index.table.rows()) {
          if (isOneToOne) ids.push(ownId(record, context));
          yield record;
        }
      },
    },
    context,
  );
  const time = (isoUtc(context.now) ?? '').replaceAll(/[-:]/gu, '');
  let count = 0;
  for await (const rows of sheet.rows()) {
    const known = ids.splice(0, rows.length);
    const lines = rows.map((row, at) => {
      count += 1;
      const action = { index: { _index: index.name, _id: known[at] ?? `${time}-${count}` } };
      return `${jsonText(action)}\n${sourceOf(index, row, context)}\n`;
    });
    yield lines.join('');
  }
}

/** What is left to write: the piece that comes next, null at the end, and those behind it. */
interface Rest {
  next: string | null;
  readonly pieces: AsyncIterator<string, unknown>;
}

async function nextOf(pieces: Rest['pieces']): Promise<string | null> {
  const result = await pieces.next();
  return result.done ? null : result.value;
}

/** The pieces up to the length of a part. */
async function* partOf(rest: Rest): AsyncGenerator<string> {
  let length = 0;
  while (rest.next !== null && (length === 0 || length + rest.next.length <= partLength)) {
    length += rest.next.length;
    yield rest.next;
    rest.next = await nextOf(rest.pieces);
  }
}

async function* bulkParts(index: Index, context: ExportContext): AsyncGenerator<ZipEntry> {
  const pieces = bulkOf(index, context);
  const rest: Rest = { next: await nextOf(pieces), pieces };
  for (let part = 1; rest.next !== null; part++) {
    yield { path: `${index.name}.bulk-${String(part).padStart(4, '0')}.ndjson`, chunks: partOf(rest) };
  }
}

async function* entriesOf(tables: readonly ExportTable[], context: ExportContext): AsyncGenerator<ZipEntry> {
  const indices = tables.map((table): Index => {
    const sheet = sheetOf(table, context);
    const fields = sheet.columns.map(({ header }) => header.toWellFormed().replaceAll('.', '_').replace(/^_+/u, ''));
    return {
      name: `clipscope-${tableNames[table.id].replaceAll('_', '-')}`,
      table,
      sheet,
      fields: distinctNames(fields),
    };
  });
  yield { path: 'README.txt', chunks: [loadingGuide(indices.map(({ name }) => name))] };
  for (const index of indices) yield { path: `${index.name}.mapping.json`, chunks: [mappingOf(index)] };
  for (const index of indices) yield* bulkParts(index, context);
}

export const elasticsearch = defineExporter({
  id: 'elasticsearch',
  label: 'exporter_elasticsearch',
  hint: 'exporter_elasticsearch_hint',
  extension: 'zip',
  mediaType: 'application/zip',
  form: 'sheet',
  holdsAll: true,
  write: (tables, context) => zipOf(entriesOf(tables, context), context.now),
});
