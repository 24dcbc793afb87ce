import type { PageAnswer, PageQuestion } from './answer.ts';
import { hostilePage } from './hostile.ts';
import { oembed, tiktokApi } from './tiktok-api.ts';
import {
  forYouPage,
  livePage,
  missingPostPage,
  musicPage,
  postPage,
  profilePage,
  resultsPage,
  tagPage,
} from './tiktok-pages.ts';
import { shopPage } from './tiktok-shop.ts';

/** The hosts that answer as TikTok. */
export const tiktokHosts: readonly string[] = ['www.tiktok.com', 'tiktok.com', 'm.tiktok.com', 'shop.tiktok.com'];

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Answers a request to TikTok. Null: the sandbox has no such page. */
export function tiktokPage(question: PageQuestion): PageAnswer | null {
  const { world, url } = question;
  const path = decodePath(url.pathname).replace(/(?<=.)\/$/, '');
  const product = world.product(
    /^\/(?:(?:shop|[a-z]{2})\/pdp|view\/product)\/(?:[^/]+\/)?(\d+)$/.exec(path)?.[1] ?? '',
  );
  if (product?.platform === 'tiktok') return shopPage(product, url.href);
  if (question.host === 'shop.tiktok.com') return null;
  if (path === '/' || path === '/foryou') return forYouPage(world, path);
  if (path === '/explore') return resultsPage(world, null);
  if (path === '/search' || path.startsWith('/search/')) return resultsPage(world, url.searchParams.get('q') ?? '');
  if (path === '/oembed') return oembed(world, url.searchParams.get('url') ?? '');
  if (path.startsWith('/api/')) return tiktokApi(world, url);
  if (path.startsWith('/sandbox/hostile')) return hostilePage(world, path);

  const post = /^\/@([^/]*)\/(video|photo)\/(\d+)$/.exec(path);
  if (post) {
    const found = world.post(post[3] ?? '');
    return found?.platform === 'tiktok' ? postPage(world, found) : missingPostPage(path);
  }
  const tag = /^\/tag\/([^/]+)$/.exec(path)?.[1];
  if (tag !== undefined) return tagPage(world, tag);
  const music = /^\/music\/(?:.*-)?(\d+)$/.exec(path)?.[1];
  if (music !== undefined) return musicPage(world, music);
  const person = /^\/@([^/]+)(\/live)?$/.exec(path);
  const author = person ? world.author(person[1] ?? '') : undefined;
  if (author?.platform === 'tiktok') return person?.[2] ? livePage(author) : profilePage(world, author);
  return null;
}
