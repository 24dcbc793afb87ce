/** What tables and their columns are called in files that hold several: sheets, databases, indices. */
import type { TableId } from '../core/export-choices.ts';

/** What a table of many is called. */
export const tableNames: Readonly<Record<TableId, string>> = {
  post: 'posts',
  product: 'products',
  sku: 'skus',
  author: 'authors',
  hashtag: 'hashtags',
  music: 'music',
  collection: 'collections',
  comment: 'comments',
  review: 'reviews',
  live: 'lives',
  shop: 'shops',
  post_hashtag: 'post_hashtags',
  observation: 'observations',
};

/**
 * The names with a number behind those that an earlier one has: databases take no two that differ by case alone, but a
 * column for coding may be called anything. An empty one becomes `column`.
 */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((given) => {
    const name = given === '' ? 'column' : given;
    let free = name;
    for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${name}_${count}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
