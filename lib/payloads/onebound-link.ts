/**
 * Where the gateway's `item_password` leads: it answers a short link with the item behind it, in the shape of
 * `item_get_video` (table published 2022-08). The address that it gives names who shared the link, so the answer is put
 * together from ids wherever there is one.
 */
import { withoutTracking } from '../core/text.ts';
import { authorAddress, douyinProductAddress, postAddress } from './addresses.ts';
import { at, firstOf, firstPostId, digitsOf, secIdOf, urlOf, urlsOf, valueOf } from './reading.ts';

const platformHosts = /(?:^|\.)(?:douyin\.com|iesdouyin\.com|jinritemai\.com)$/u;

/** The address that an item gives, without tracking; null for none, and for one that leads anywhere else. */
function statedAddress(item: unknown): string | null {
  const stated = [at(item, 'detail_url'), at(item, 'url')].map((value) => valueOf(urlOf(value)));
  const address = stated.find((value) => value !== null && platformHosts.test(new URL(value).hostname));
  if (!address) return null;
  const url = new URL(address);
  const product = douyinProductAddress(url.searchParams.get('id') ?? '');
  return product ?? withoutTracking(address)?.replace(/^http:/u, 'https:') ?? null;
}

/** The address of the post, product or account behind a short link; null where the answer names none. */
export function gatewayLinkTarget(json: unknown): string | null {
  const item = at(json, 'item');
  const id = valueOf(firstOf(digitsOf(at(item, 'product_id')), digitsOf(at(item, 'num_iid'))));
  const stated = statedAddress(item);
  const isProduct = at(item, 'product_id') !== undefined || stated?.includes('jinritemai.com') === true;
  if (isProduct) return douyinProductAddress(id ?? '') ?? stated;
  const post = firstPostId(at(item, 'num_iid'));
  if (post !== null) {
    const isPhoto =
      urlsOf(at(item, 'item_imgs')).length > 0 || at(item, 'type') === 'image' || at(item, 'type') === 'note';
    return postAddress('douyin', post, isPhoto ? 'photo' : 'video');
  }
  return stated ?? authorAddress('douyin', null, valueOf(secIdOf(at(item, 'sec_uid'))));
}
