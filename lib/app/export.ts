/** One click → files: which tables a page fills, and with what. How a file is written: write-file.ts. */
import { AppError } from '../core/errors.ts';
import { type RecordType, recordTypes } from '../core/record.ts';
import { type EntityKind, parseRefKey, type RefKey } from '../core/ref.ts';
import { exportFileName } from '../exporters/file-name.ts';
import { exporterById } from '../exporters/index.ts';
import type { ExportedFile, FileRequest, PageView } from '../messaging/protocol.ts';
import type { PageList } from '../storage/session-buffer.ts';
import { knownOf, type Sources } from './knowledge.ts';
import { refsOfList } from './page-list.ts';
import { pageAddress } from './page-state.ts';
import { refsOfView } from './page-view.ts';

/** What a table of many is called in the file's name. */
const plurals: { readonly [Type in RecordType]: string } = {
  post: 'posts',
  product: 'products',
  sku: 'skus',
  author: 'authors',
  hashtag: 'hashtags',
  music: 'music',
  collection: 'collections',
  comment: 'comments',
  review: 'reviews',
  live: 'lives',
  shop: 'shops',
};

/** The kind of ref that a table's rows are filed under. */
function kindOf(table: RecordType): EntityKind {
  return table === 'sku' ? 'product' : table;
}

/** What is exported: the whole page, the item that the researcher looks at, or these. */
export type ExportScope =
  | { readonly scope: 'page' | 'current' }
  | { readonly scope: 'selection'; readonly refs: readonly RefKey[] };

/** The things that the files of an export hold, in their order, each once. */
export function refsToExport(view: PageView, what: ExportScope): readonly RefKey[] {
  if (what.scope === 'page') return refsOfView(view);
  if (what.scope === 'selection') return [...new Set(what.refs)];
  const current = view.current ?? view.refs[0];
  const isItem = /^(?:post|product)$/u.test(parseRefKey(current ?? '')?.kind ?? '');
  return current && isItem ? [current] : [];
}

/** What the files of one export share. */
export type ExportSurroundings = Pick<FileRequest, 'now' | 'timeZone' | 'extensionVersion'>;

export interface ExportDependencies extends Sources {
  readonly surroundings: () => Promise<ExportSurroundings>;
  /** Makes the file where object URLs exist, and saves it under this name. Resolves with its number of rows. */
  readonly saveFile: (request: FileRequest, name: string) => Promise<number>;
}

/** Which of these products have SKUs that a source listed. */
async function withSkus(sources: Sources, refs: readonly RefKey[], tabId: number): Promise<readonly RefKey[]> {
  const known = await knownOf(sources, refs, tabId);
  return refs.filter((ref) => (known.get(ref)?.skus.length ?? 0) > 0);
}

/** Where what is exported was met. */
type ExportPlace = Pick<PageView, 'platform' | 'tabId' | 'listKey' | 'url'>;

/**
 * Writes what a page holds, one file per table that has rows, in the page's order. Nothing is saved by it but the files.
 * Throws AppError `not_found` where there is nothing to write.
 */
export async function exportPage(
  view: PageView | null,
  what: ExportScope,
  exporterId: string,
  dependencies: ExportDependencies,
): Promise<ExportedFile[]> {
  if (!view) throw nothingToExport();
  return exportRefs(view, refsToExport(view, what), what.scope === 'current', exporterId, dependencies);
}

/** The same for a list of an API: all of it, or what is selected of it. */
export async function exportApiList(
  list: PageList | null,
  tabId: number,
  selected: readonly RefKey[] | null,
  exporterId: string,
  dependencies: ExportDependencies,
): Promise<ExportedFile[]> {
  if (!list?.api) throw nothingToExport();
  const refs = selected ? [...new Set(selected)] : refsOfList(list);
  const place = { platform: list.api.platform, tabId, listKey: list.key, url: list.url };
  return exportRefs(place, refs, false, exporterId, dependencies);
}

async function exportRefs(
  place: ExportPlace,
  refs: readonly RefKey[],
  isCurrent: boolean,
  exporterId: string,
  dependencies: ExportDependencies,
): Promise<ExportedFile[]> {
  const byKind = Map.groupBy(refs, (ref) => parseRefKey(ref)?.kind);
  const exporter = exporterById(exporterId);
  const tables = recordTypes.filter((table) => byKind.has(kindOf(table)));
  if (tables.length === 0 || !exporter) throw nothingToExport();
  const surroundings = await dependencies.surroundings();
  const files: ExportedFile[] = [];
  for (const table of tables) {
    const filed = byKind.get(kindOf(table)) ?? [];
    const own = table === 'sku' ? await withSkus(dependencies, filed, place.tabId) : filed;
    if (own.length === 0) continue;
    const isOne = isCurrent && table !== 'sku';
    const name = exportFileName(place.platform, isOne ? table : plurals[table], surroundings.now, exporter.extension);
    const request: FileRequest = {
      exporter: exporterId,
      table,
      refs: [...own],
      tabId: place.tabId,
      listKey: place.listKey,
      // A search of an API is of no page.
      pageUrl: place.url === '' ? null : pageAddress(place.url),
      ...surroundings,
    };
    files.push({ name, rows: await dependencies.saveFile(request, name) });
  }
  return files;
}

function nothingToExport(): AppError {
  return new AppError('not_found', 'Nothing on this page can be exported.', { advice: 'error_nothing_to_export' });
}
