import type { PageAnswer, PageQuestion } from './answer.ts';
import { hostileAnswer } from './hostile-answers.ts';
import { hostilePage } from './hostile.ts';
import { tiktokApi } from './tiktok-api.ts';
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
import { missingProfilePage, playlistPage, searchUsersPage } from './tiktok-lists.ts';
import { embedPostPage, embedProfilePage, postPageOf, sigiProfilePage } from './tiktok-shapes.ts';
import { shopPage, shopSearchPage } from './tiktok-shop.ts';

/** The hosts that answer as TikTok. */
export const tiktokHosts: readonly string[] = ['www.tiktok.com', 'tiktok.com', 'm.tiktok.com', 'shop.tiktok.com'];

const missingProfiles = [
  { name: 'gone.sandbox', code: 10221, message: 'user not exist' },
  { name: 'never.sandbox', code: 10202, message: 'user not exist' },
  { name: 'private.sandbox', code: 10222, message: 'private account' },
];

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
  if (product?.platform === 'tiktok') return shopPage(world, product, url.href);
  const goods = /^\/(?:shop\/s|[a-z]{2}\/k)\/([^/]+)$/.exec(path)?.[1];
  if (goods !== undefined) return shopSearchPage(world, goods, url.href);
  if (question.host === 'shop.tiktok.com') return null;
  if (path === '/' || path === '/foryou') return forYouPage(world, path);
  if (path === '/explore') return resultsPage(world, null);
  if (path === '/search/user') return searchUsersPage(world, url.searchParams.get('q') ?? '');
  if (path === '/search' || path.startsWith('/search/')) return resultsPage(world, url.searchParams.get('q') ?? '');
  const attack = url.searchParams.get('hostile');
  if (attack !== null && path.startsWith('/api/')) return hostileAnswer(world, attack);
  if (/^\/(?:api|api-live)\//.test(path)) return tiktokApi(world, url);
  if (path.startsWith('/sandbox/hostile')) return hostilePage(world, path);

  const post = /^\/@([^/]*)\/(video|photo)\/(\d+)$/.exec(path);
  if (post) {
    const found = world.post(post[3] ?? '');
    if (found?.platform === 'tiktok') {
      return postPageOf(world, found, url.searchParams.get('shape') ?? '') ?? postPage(world, found);
    }
    if (post[3] === world.ids.tiktok.privatePost) return missingPostPage(world, path, 10216, 'status_self_see');
    if (post[3] === world.ids.tiktok.privateAccountPost) {
      return missingPostPage(world, path, 10222, 'author_secret');
    }
    return missingPostPage(world, path);
  }
  const embedded = world.post(/^\/embed(?:\/v2)?\/(\d+)$/.exec(path)?.[1] ?? '');
  if (embedded?.platform === 'tiktok') return embedPostPage(world, embedded, path);
  const embeddedAuthor = world.author(/^\/embed\/@([^/]+)$/.exec(path)?.[1] ?? '');
  if (embeddedAuthor?.platform === 'tiktok') return embedProfilePage(world, embeddedAuthor, path);
  const listed = /^\/(?:@[^/]+\/)?(?:playlist|collection)\/(?:.*-)?(\d+)$/.exec(path)?.[1];
  const collection = world.collections.find(({ id }) => id === listed);
  if (collection?.author.platform === 'tiktok') return playlistPage(world, collection);
  const tag = /^\/tag\/([^/]+)$/.exec(path)?.[1];
  if (tag !== undefined) return tagPage(world, tag);
  const music = /^\/music\/(?:.*-)?(\d+)$/.exec(path)?.[1];
  if (music !== undefined) return musicPage(world, music);
  const person = /^\/@([^/]+)(\/live)?$/.exec(path);
  const author = person ? world.author(person[1] ?? '') : undefined;
  if (author?.platform === 'tiktok') {
    if (person?.[2]) return livePage(world, author);
    return url.searchParams.get('shape') === 'sigi' ? sigiProfilePage(world, author) : profilePage(world, author);
  }
  const gone = missingProfiles.find(({ name }) => name === person?.[1]);
  if (gone) return missingProfilePage(world, path, gone.code, gone.message);
  return null;
}
