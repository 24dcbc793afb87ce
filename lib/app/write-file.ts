/**
 * Writes one file of an export. Rows are gathered by ref, so that the document which writes them reads the databases
 * itself; that document has no settings and no storage areas, so nothing here may ask for one.
 */
import { AppError } from '../core/errors.ts';
import { makePost, makeProduct } from '../core/record-factory.ts';
import { type AnyRecord, noSighting } from '../core/record.ts';
import { type EntityRef, idTime, parseRefKey } from '../core/ref.ts';
import { exporterById } from '../exporters/index.ts';
import type { FileRequest } from '../messaging/protocol.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import { getList } from '../storage/session-buffer.ts';
import { knownOf, type Sources } from './knowledge.ts';
import { sightingsOf } from './page-list.ts';

/** Things that are read at once while a file is written. */
const refsAtOnce = 100;

/**
 * The rows of one table: what is stored and what the tab's buffer holds of these refs, each with where it was met on the
 * page. A post or product that was only seen is a row with its id, address and ID time; other things without a record
 * have none.
 */
export async function* rowsOf(sources: Sources, request: FileRequest): AsyncGenerator<AnyRecord> {
  const list = await getList(await sources.session(), request.tabId, request.listKey);
  const sighting = list ? sightingsOf(list) : () => noSighting;
  for (let start = 0; start < request.refs.length; start += refsAtOnce) {
    const some = request.refs.slice(start, start + refsAtOnce);
    const known = await knownOf(sources, some, request.tabId);
    for (const key of some) {
      const { record = null, skus = [] } = known.get(key) ?? {};
      if (request.table === 'sku') for (const sku of skus) yield { ...sku, ...sighting(key) };
      else if (record?.record_type === request.table) yield { ...record, ...sighting(key) };
      else if (!record) {
        const ref = parseRefKey(key);
        const seen = ref && seenOnly(ref, request);
        if (seen) yield { ...seen, ...sighting(key) };
      }
    }
  }
}

/** The row of something that was seen on the page and of which there is no data: its id, address and ID time. */
function seenOnly(ref: EntityRef, { now, pageUrl, table }: FileRequest): AnyRecord | null {
  const provenance = {
    collected_via: 'dom',
    api_provider: null,
    api_endpoint: null,
    collected_from_url: pageUrl,
    observed_at: now,
    fetched_at: now,
    raw_sha256: null,
  } as const;
  const origin = { platform: ref.platform, provenance, figureSource: 'dom' };
  const url = canonicalUrl(ref);
  const time = idTime(ref.id, now);
  const record =
    table === 'post'
      ? makePost(origin, ref.id, 'unknown', {
          ...(url === null ? {} : { post_url: { value: url } }),
          ...(time === null ? {} : { created_at_from_id: { value: time } }),
        })
      : table === 'product'
        ? makeProduct(origin, ref.id, 'unknown', url === null ? {} : { product_url: { value: url } })
        : null;
  if (!record) return null;
  const unseen = Object.keys(record.missing_reasons).map((field) => [field, 'not_observed'] as const);
  return { ...record, missing_reasons: Object.fromEntries(unseen) };
}

/** Writes one file into memory, chunk by chunk, and counts its rows. */
export async function writeFile(sources: Sources, request: FileRequest): Promise<{ blob: Blob; rows: number }> {
  const exporter = exporterById(request.exporter);
  if (!exporter) throw new AppError('bad_request', `No exporter is called ${request.exporter}.`);
  let rows = 0;
  async function* counted(): AsyncGenerator<AnyRecord> {
    for await (const row of rowsOf(sources, request)) {
      rows += 1;
      yield row;
    }
  }
  const parts: BlobPart[] = [];
  for await (const chunk of exporter.write(request.table, counted(), request)) parts.push(chunk);
  return { blob: new Blob(parts, { type: exporter.mediaType }), rows };
}
