/**
 * A mix or series that an answer is about: `mix/detail/` (`mix_info`), `series/detail/` (`series_info`). Its fields are
 * those that a post's own `mix_info` has (captured 2026-01): `statis.updated_to_episode` posts so far, `play_vv` plays.
 */
import { makeCollection, type Reading } from '../core/record-factory.ts';
import { awemesIn, isAweme } from './aweme-items.ts';
import { awemeUser } from './aweme-author.ts';
import { douyinStatus } from './douyin-status.ts';
import { definePayload, originOf } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  firstOf,
  isObject,
  type JsonObject,
  nameOf,
  textOf,
  valueOf,
} from './reading.ts';

interface Collection {
  readonly id: string;
  readonly name: Reading<string>;
  readonly info: JsonObject;
  readonly figures: unknown;
}

/** A post has such a block too: it is not what the answer is about. */
function collectionOf(json: unknown): Collection | null {
  for (const place of [json, at(json, 'data')]) {
    if (isAweme(place)) continue;
    for (const [block, prefix, stats] of [
      ['mix_info', 'mix', 'statis'],
      ['series_info', 'series', 'stats'],
    ] as const) {
      const info = at(place, block);
      const id = valueOf(digitsOf(at(info, `${prefix}_id`)));
      if (isObject(info) && id !== null)
        return { id, info, name: nameOf(info[`${prefix}_name`]), figures: info[stats] };
    }
  }
  return null;
}

/** On the web plays may be 0 where they are not told, as those of posts are. */
function playsOf(figures: unknown): Reading<number> {
  const plays = countOf(at(figures, 'play_vv'));
  return valueOf(plays) === 0 ? { missing: 'not_exposed_on_web' } : plays;
}

export const douyinCollection = definePayload({
  id: 'douyin-collection',
  recognises: (json) => collectionOf(json) !== null && awemesIn(json).length === 0,
  read: (json, context) => {
    const found = collectionOf(json);
    if (found === null) return [];
    const { id, info, name, figures } = found;
    const platform = context.platform ?? 'douyin';
    const author = awemeUser(info['author'], platform);
    return [
      makeCollection(originOf(context, platform, 'statis', null, info), id, {
        title: name,
        description: textOf(info['desc']),
        author_id: author.author_id ?? absent,
        author_handle: author.author_handle ?? absent,
        post_count: firstOf(countOf(at(figures, 'updated_to_episode')), countOf(at(figures, 'total_episode'))),
        view_count: playsOf(figures),
      }),
    ];
  },
  status: douyinStatus,
});
