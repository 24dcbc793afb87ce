/** The record of a thing of which nothing is said but that it cannot be seen. */
import type { Availability, AnyRecord } from '../core/record.ts';
import { makeAuthor, makeLive, makePost, makeProduct, type RecordOrigin } from '../core/record-factory.ts';
import type { EntityRef } from '../core/ref.ts';
import { canonicalUrl } from '../sites/canonical.ts';

/** Null for kinds of things of which there is no such record. */
export function unavailableRecord(ref: EntityRef, availability: Availability, origin: RecordOrigin): AnyRecord | null {
  const url = canonicalUrl(ref);
  const address = url === null ? null : { value: url };
  switch (ref.kind) {
    case 'post':
      return makePost(origin, ref.id, availability, address ? { post_url: address } : {});
    case 'product':
      return makeProduct(origin, ref.id, availability, address ? { product_url: address } : {});
    case 'author': {
      const [, number] = /^uid\/(\d+)$/u.exec(ref.id) ?? [];
      const isSecId = ref.id.startsWith('MS4wLjABAAAA');
      return makeAuthor(origin, availability, {
        ...(address ? { author_url: address } : {}),
        ...(number ? { author_id: { value: number } } : {}),
        ...(isSecId ? { author_sec_id: { value: ref.id } } : {}),
        ...(number || isSecId ? {} : { author_handle: { value: ref.id } }),
      });
    }
    default:
      return ref.kind === 'live' && !ref.id.startsWith('room/')
        ? makeLive(origin, availability, { live_id: { value: ref.id } })
        : null;
  }
}
