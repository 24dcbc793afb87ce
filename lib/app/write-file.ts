/**
 * The rows of what a page holds. They are gathered by ref, so that the document which writes them reads the databases
 * itself; that document has no settings and no storage areas, so nothing here may ask for one.
 */
import { makePost, makeProduct } from '../core/record-factory.ts';
import { type AnyRecord, noSighting, type RecordType } from '../core/record.ts';
import { type EntityRef, idTime, parseRefKey, type RefKey } from '../core/ref.ts';
import type { FileRequest } from '../messaging/protocol.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import { exportedRefs } from '../storage/exported.ts';
import { rawOf } from '../storage/raws.ts';
import { getList } from '../storage/session-buffer.ts';
import { knownObservations, knownOf, type Sources } from './knowledge.ts';
import { sightingsOf } from './page-list.ts';
import type { RowSource } from './export-plan.ts';

/** Things that are read at once while a file is written. */
const refsAtOnce = 100;

/** What the files of a page share. */
type PageRows = Pick<FileRequest, 'tabId' | 'listKey' | 'pageUrl' | 'now' | 'project'>;

/**
 * The rows of one table: what is stored and what the tab's buffer holds of these refs, each with where it was met on the
 * page. A post or product that was only seen is a row with its id, address and ID time; other things without a record
 * have none.
 */
export async function* rowsOf(
  sources: Sources,
  page: PageRows,
  type: RecordType,
  refs: readonly RefKey[],
): AsyncGenerator<AnyRecord> {
  const list = await getList(await sources.session(), page.tabId, page.listKey);
  const sighting = list ? sightingsOf(list) : () => noSighting;
  for (let start = 0; start < refs.length; start += refsAtOnce) {
    const some = refs.slice(start, start + refsAtOnce);
    const known = await knownOf(sources, some, page.tabId);
    for (const key of some) {
      const { record = null, skus = [] } = known.get(key) ?? {};
      if (type === 'sku') for (const sku of skus) yield { ...sku, ...sighting(key) };
      else if (record?.record_type === type) yield { ...record, ...sighting(key) };
      else if (!record) {
        const ref = parseRefKey(key);
        const seen = ref && seenOnly(ref, page, type);
        if (seen) yield { ...seen, ...sighting(key) };
      }
    }
  }
}

/** The row of something that was seen on the page and of which there is no data: its id, address and ID time. */
function seenOnly(ref: EntityRef, { now, pageUrl }: PageRows, type: RecordType): AnyRecord | null {
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
    type === 'post'
      ? makePost(origin, ref.id, 'unknown', {
          ...(url === null ? {} : { post_url: { value: url } }),
          ...(time === null ? {} : { created_at_from_id: { value: time } }),
        })
      : type === 'product'
        ? makeProduct(origin, ref.id, 'unknown', url === null ? {} : { product_url: { value: url } })
        : null;
  if (!record) return null;
  const unseen = Object.keys(record.missing_reasons).map((field) => [field, 'not_observed'] as const);
  return { ...record, missing_reasons: Object.fromEntries(unseen) };
}

/** Everything that an export of a page can ask for. */
export function pageRows(sources: Sources, page: PageRows): RowSource {
  return {
    rowsOf: (type, refs) => rowsOf(sources, page, type, refs),
    async withSkus(refs) {
      const known = await knownOf(sources, refs, page.tabId);
      return refs.filter((ref) => (known.get(ref)?.skus.length ?? 0) > 0);
    },
    exported: async () => exportedRefs(await sources.data(), page.project.id),
    observationsOf: (ref) => knownObservations(sources, ref, page.tabId),
    rawOf: async (observation) => rawOf(await sources.data(), observation),
  };
}
