import { type EntityRef, refKey } from '../core/ref.ts';
import { detectUrl } from './index.ts';

function tiktokAddress(kind: EntityRef['kind'], id: string): string | null {
  const [form, number] = id.split('/');
  switch (kind) {
    case 'post':
      return `www.tiktok.com/@/video/${id}`;
    case 'author':
      return `www.tiktok.com/@${form === 'uid' ? number : id}`;
    case 'hashtag':
      return form === 'id' && number ? `m.tiktok.com/h5/share/tag/${number}.html` : `www.tiktok.com/tag/${id}`;
    case 'music':
      return `www.tiktok.com/music/-${id}`;
    case 'live':
      return form === 'room' ? `m.tiktok.com/share/live/${number}` : `www.tiktok.com/@${id}/live`;
    case 'product':
      return `www.tiktok.com/shop/pdp/${id}`;
    case 'shop':
      // Nobody has verified that the words before the number are free to choose.
      return `www.tiktok.com/shop/store/-/${id}`;
    case 'short_link':
      return /^(?:vm|vt|t|pro)\./.test(id) ? id : `${form}/t/${number}`;
    default:
      // Playlists and collections have different addresses, and the number does not say which it is.
      return null;
  }
}

function douyinAddress(kind: EntityRef['kind'], id: string): string | null {
  const [form, number] = id.split('/');
  switch (kind) {
    case 'post':
      return `www.douyin.com/video/${id}`;
    case 'author':
      return form === 'uid' ? `www.iesdouyin.com/share/user/${number}` : `www.douyin.com/user/${id}`;
    case 'hashtag':
    case 'music':
    case 'collection':
      return `www.douyin.com/${kind}/${id}`;
    case 'live':
      return form === 'room' ? `webcast.amemv.com/douyin/webcast/reflow/${number}` : `live.douyin.com/${id}`;
    case 'product':
      return `haohuo.jinritemai.com/views/product/item2?id=${id}`;
    case 'short_link':
      return id;
    default:
      return null;
  }
}

/**
 * The public address of a ref, without tracking; null where none can be built.
 * Only an address that names the same ref again is given: an id of a wrong form never becomes a link.
 */
export function canonicalUrl(ref: EntityRef): string | null {
  const address = (ref.platform === 'tiktok' ? tiktokAddress : douyinAddress)(ref.kind, ref.id);
  const text = `https://${address}`;
  if (!address || !URL.canParse(text)) return null;
  const [found] = detectUrl(text);
  return found && refKey(found) === refKey(ref) ? new URL(text).href : null;
}
