/** Public addresses without tracking, built from ids: what upstreams give carries who shared it. */
import type { PostRecord } from '../core/record.ts';
import type { Platform } from '../core/ref.ts';

const handlePattern = /^[\w.-]{1,60}$/u;
const secUidPattern = /^MS4wLjABAAAA[\w-]{32,64}$/u;

/** A post's page. TikTok accepts an empty handle; photo posts have their own path on both platforms. */
export function postAddress(
  platform: Platform,
  postId: string,
  postType: PostRecord['post_type'] = 'video',
  handle: string | null = null,
): string {
  if (platform === 'douyin') return `https://www.douyin.com/${postType === 'photo' ? 'note' : 'video'}/${postId}`;
  const user = handle !== null && handlePattern.test(handle) ? handle : '';
  return `https://www.tiktok.com/@${user}/${postType === 'photo' ? 'photo' : 'video'}/${postId}`;
}

/** An author's page; null without a name of the form that the address needs. */
export function authorAddress(platform: Platform, handle: string | null, secId: string | null): string | null {
  if (platform === 'douyin')
    return secId !== null && secUidPattern.test(secId) ? `https://www.douyin.com/user/${secId}` : null;
  return handle !== null && handlePattern.test(handle) ? `https://www.tiktok.com/@${handle}` : null;
}

/** A Douyin product's page; null for an id that is none of Douyin's (19 digits from 3). */
export function douyinProductAddress(productId: string): string | null {
  return /^3\d{18}$/u.test(productId) ? `https://haohuo.jinritemai.com/views/product/item2?id=${productId}` : null;
}

/** A TikTok Shop product's page; null for an id that is none of TikTok's (19 digits from 1). */
export function tiktokProductAddress(productId: string): string | null {
  return /^1\d{18}$/u.test(productId) ? `https://www.tiktok.com/shop/pdp/${productId}` : null;
}
