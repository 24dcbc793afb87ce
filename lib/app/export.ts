/** One click → files. Rows are gathered by ref, so that the document which writes them reads the database itself. */
import type { AnyRecord, RecordType } from '../core/record.ts';
import { AppError } from '../core/errors.ts';
import { makePost, makeProduct } from '../core/record-factory.ts';
import { type EntityRef, idTime, parseRefKey, type RefKey } from '../core/ref.ts';
import { exporterById } from '../exporters/index.ts';
import { exportFileName } from '../exporters/file-name.ts';
import type { ExportedFile, FileRequest, PageState } from '../messaging/protocol.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import type { DataDatabase } from '../storage/database.ts';
import { getRecord } from '../storage/records.ts';

/** The tables that a page's items fall into, in the order of the files. */
export const exportTables = ['post', 'product'] as const;
export type ExportTable = (typeof exportTables)[number];

/** Everything on the page that has a table: its own things first, then the items in document order, each once. */
export function refsOfPage(page: PageState, scope: 'page' | 'current'): RefKey[] {
  const all =
    scope === 'current' ? [page.current ?? page.refs[0]] : [...page.refs, ...page.items.map((item) => item.ref)];
  return [...new Set(all)].filter((key): key is RefKey => key !== undefined && key !== null && tableOf(key) !== null);
}

function tableOf(key: RefKey): ExportTable | null {
  const kind = parseRefKey(key)?.kind;
  return exportTables.find((table) => table === kind) ?? null;
}

/** A page's address as a provenance column: without its query and fragment, which may carry tokens. */
export function pageAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** What the files of one export share. */
export type ExportSurroundings = Pick<FileRequest, 'now' | 'timeZone' | 'extensionVersion'>;

/** The records of these refs; what was only seen on the page is a row with its id, address and ID time. */
export async function* rowsOf(database: DataDatabase, request: FileRequest): AsyncGenerator<AnyRecord> {
  for (const key of request.refs) {
    const stored = await getRecord(database, key);
    if (stored) {
      yield stored.record;
      continue;
    }
    const ref = parseRefKey(key);
    if (ref) yield seenOnly(ref, request);
  }
}

/** The row of something that was seen on the page and never looked up: its id, address and ID time. */
function seenOnly(ref: EntityRef, request: FileRequest): AnyRecord {
  const { now } = request;
  const provenance = {
    collected_via: 'dom',
    api_provider: null,
    api_endpoint: null,
    collected_from_url: request.pageUrl,
    observed_at: now,
    fetched_at: now,
  } as const;
  const origin = { platform: ref.platform, provenance, figureSource: 'dom' };
  const url = canonicalUrl(ref);
  const time = idTime(ref.id, now);
  const address = url === null ? {} : { [request.table === 'post' ? 'post_url' : 'product_url']: { value: url } };
  const record =
    request.table === 'post'
      ? makePost(origin, ref.id, 'unknown', {
          ...address,
          ...(time === null ? {} : { created_at_from_id: { value: time } }),
        })
      : makeProduct(origin, ref.id, 'unknown', address);
  const unseen = Object.keys(record.missing_reasons).map((field) => [field, 'not_observed'] as const);
  return { ...record, missing_reasons: Object.fromEntries(unseen) };
}

/** Writes one file into memory, chunk by chunk, and counts its rows. */
export async function writeFile(database: DataDatabase, request: FileRequest): Promise<{ blob: Blob; rows: number }> {
  const exporter = exporterById(request.exporter);
  if (!exporter) throw new AppError('bad_request', `No exporter is called ${request.exporter}.`);
  let rows = 0;
  async function* counted(): AsyncGenerator<AnyRecord> {
    for await (const row of rowsOf(database, request)) {
      rows += 1;
      yield row;
    }
  }
  const parts: BlobPart[] = [];
  for await (const chunk of exporter.write(request.table satisfies RecordType, counted(), request)) parts.push(chunk);
  return { blob: new Blob(parts, { type: exporter.mediaType }), rows };
}

export interface ExportDependencies {
  readonly surroundings: () => Promise<ExportSurroundings>;
  /** Makes the file where object URLs exist, and saves it under this name. Resolves with its number of rows. */
  readonly saveFile: (request: FileRequest, name: string) => Promise<number>;
}

/** Writes what a page shows, one file per table that has rows. */
export async function exportPage(
  page: PageState | null,
  scope: 'page' | 'current',
  exporterId: string,
  dependencies: ExportDependencies,
): Promise<ExportedFile[]> {
  const refs = page ? refsOfPage(page, scope) : [];
  const exporter = exporterById(exporterId);
  if (!page || refs.length === 0 || !exporter) {
    throw new AppError('not_found', 'Nothing on this page can be exported.', { advice: 'error_nothing_to_export' });
  }
  const surroundings = await dependencies.surroundings();
  const files: ExportedFile[] = [];
  for (const table of exportTables) {
    const own = refs.filter((key) => tableOf(key) === table);
    if (own.length === 0) continue;
    const what = scope === 'current' ? table : `${table}s`;
    const name = exportFileName(page.platform, what, surroundings.now, exporter.extension);
    const request: FileRequest = {
      exporter: exporterId,
      table,
      refs: own,
      pageUrl: pageAddress(page.url),
      ...surroundings,
    };
    files.push({ name, rows: await dependencies.saveFile(request, name) });
  }
  return files;
}
