/** The address within the library's page: `#posts`, `#posts/tiktok:post:7…`, `#compare/…,…`, `#hashtags`. */
import { type RecordType, recordTypes } from '../../lib/core/record.ts';
import { parseRefKey, type RefKey, refKey } from '../../lib/core/ref.ts';

export const views = ['records', 'hashtags', 'keywords', 'authors', 'compare', 'jobs', 'import'] as const;
export type View = (typeof views)[number];

export type Route =
  /** `open`: what the drawer shows. */
  | { readonly view: 'records'; readonly type: RecordType; readonly open: RefKey | null }
  | { readonly view: 'compare'; readonly refs: readonly RefKey[] }
  | { readonly view: Exclude<View, 'records' | 'compare'> };

/** The tables' names in addresses. Those of authors and hashtags are not the views that reckon with posts. */
const typePaths: { readonly [Type in RecordType]: string } = {
  post: 'posts',
  product: 'products',
  sku: 'skus',
  author: 'author-records',
  hashtag: 'hashtag-records',
  music: 'music',
  collection: 'collections',
  comment: 'comments',
  review: 'reviews',
  live: 'lives',
  shop: 'shops',
};

/** Things that are compared at once. */
export const mostCompared = 10;

/** Reads a location's hash; whatever names nothing is the table of posts. */
export function parseRoute(hash: string): Route {
  const [path = '', rest = ''] = hash.replace(/^#/u, '').split('/', 2);
  const type = recordTypes.find((candidate) => typePaths[candidate] === path);
  if (type) return { view: 'records', type, open: refsOf(rest)[0] ?? null };
  if (path === 'compare') return { view: 'compare', refs: refsOf(rest).slice(0, mostCompared) };
  const view = views.find((candidate) => candidate === path);
  if (view && view !== 'records' && view !== 'compare') return { view };
  return { view: 'records', type: 'post', open: null };
}

/** The hash of a route, with `#`. */
export function formatRoute(route: Route): string {
  if (route.view === 'records') return `#${typePaths[route.type]}${refsPath(route.open ? [route.open] : [])}`;
  if (route.view === 'compare') return `#compare${refsPath(route.refs)}`;
  return `#${route.view}`;
}

function refsPath(refs: readonly RefKey[]): string {
  return refs.length === 0 ? '' : `/${refs.map((ref) => encodeURIComponent(ref)).join(',')}`;
}

function refsOf(text: string): readonly RefKey[] {
  return text.split(',').flatMap((part) => {
    const key = decoded(part);
    const ref = parseRefKey(key);
    return ref ? [refKey(ref)] : [];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
