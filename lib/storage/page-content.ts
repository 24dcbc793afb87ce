import { noSighting } from '../core/record.ts';
import type { Observation } from '../core/observation.ts';

/** When and where a page said it, under which hash, and addresses that expire: none of it is news. */
const passing: ReadonlySet<string> = new Set([
  'observed_at',
  'fetched_at',
  'raw_sha256',
  'collected_from_url',
  'image_urls_expire_at',
  'url',
  ...Object.keys(noSighting),
]);

/**
 * What a page's observation says, as text that is equal for equal content. Pages say the same many times within minutes;
 * only what changed is an observation of its own.
 */
export function pageContent({ record }: Observation): string {
  return JSON.stringify(record, (name, value: unknown) =>
    passing.has(name) || name.endsWith('_url') || name.endsWith('_urls') ? undefined : value,
  );
}

/** What an observation is of: a SKU is filed under its product's ref, and is not the product. */
export function identityOf({ record }: Observation): string {
  return record.record_type === 'sku' ? `sku ${record.sku_id}` : record.record_type;
}
