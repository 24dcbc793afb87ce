/** Douyin or TikTok? Both write the same fields; what tells them apart is where their media are kept. */
import type { Platform } from '../core/ref.ts';
import { at, firstUrlOf, listOf, valueOf } from './reading.ts';

/** Hosts as seen 2020 to 2026. Both platforms have used byteimg.com; only Douyin's names there end in -dy. */
const hosts: Readonly<Record<Platform, RegExp>> = {
  douyin: /(?:^|\.)(?:douyin\w*|iesdouyin|amemv|snssdk|zjcdn|pstatp)\.com$|-dy\.byteimg\.com$/u,
  tiktok: /(?:^|\.)(?:tiktok\w*(?:-\w+)?|musical|muscdn|byteoversea|ibyteimg)\.(?:com|ly|us|eu)$/u,
};

function placesOf(item: unknown): readonly unknown[] {
  const author = at(item, 'author');
  const video = at(item, 'video');
  const image = [...listOf(at(item, 'images')), ...listOf(at(item, 'image_post_info', 'images'))][0];
  return [
    at(item, 'share_url'),
    at(item, 'share_info', 'share_url'),
    ...['avatar_larger', 'avatar_medium', 'avatar_thumb', 'avatar'].map((field) => at(author, field)),
    ...['cover', 'origin_cover', 'play_addr', 'download_addr'].map((field) => at(video, field)),
    at(item, 'music', 'play_url'),
    at(item, 'music', 'cover_large') ?? at(item, 'music', 'cover'),
    image,
    at(image, 'display_image'),
  ];
}

/** How many of the addresses (texts, lists, or `{url_list}`) are on hosts of either platform. */
export function hostsOf(places: readonly unknown[]): Readonly<Record<Platform, number>> {
  const names = places.flatMap((place) => valueOf(firstUrlOf(place)) ?? []).map((address) => new URL(address).hostname);
  const count = (platform: Platform): number => names.filter((name) => hosts[platform].test(name)).length;
  return { douyin: count('douyin'), tiktok: count('tiktok') };
}

/**
 * The platform by the hosts of the item's own addresses; by the author's region where there are none. TikTok is not
 * offered in China, so a Chinese author is Douyin's. Without any sign it is TikTok: the bearer API, which gives least,
 * is about TikTok.
 */
export function platformOf(item: unknown): Platform {
  const found = hostsOf(placesOf(item));
  const difference = found.douyin - found.tiktok;
  if (difference !== 0) return difference > 0 ? 'douyin' : 'tiktok';
  return at(item, 'author', 'region') === 'CN' || at(item, 'region') === 'CN' ? 'douyin' : 'tiktok';
}
