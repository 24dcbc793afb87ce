/**
 * A music that an answer is about: `music/detail/` (`music_info`). Fields as in a post's `music` and by public programs
 * (2026-08); no such answer was captured. `user_count` counts who used it, not posts, and is not read as the latter.
 */
import { makeMusic } from '../core/record-factory.ts';
import { platformOf } from './aweme-platform.ts';
import { douyinStatus } from './douyin-status.ts';
import { definePayload, originOf } from './payload.ts';
import {
  at,
  countOf,
  digitsOf,
  durationOf,
  firstOf,
  firstUrlOf,
  flagOf,
  isObject,
  type JsonObject,
  nameOf,
  unroundedOf,
  valueOf,
} from './reading.ts';

function idOfMusic(music: unknown): string | null {
  return valueOf(firstOf(digitsOf(at(music, 'mid')), digitsOf(at(music, 'id_str')), unroundedOf(at(music, 'id'))));
}

function musicOf(json: unknown): JsonObject | null {
  const found = [at(json, 'music_info'), at(json, 'data', 'music_info')].find(isObject);
  return found && idOfMusic(found) !== null ? found : null;
}

export const douyinMusic = definePayload({
  id: 'douyin-music',
  recognises: (json) => musicOf(json) !== null,
  read: (json, context) => {
    const music = musicOf(json);
    const id = idOfMusic(music);
    if (music === null || id === null) return [];
    const platform = context.platform ?? platformOf({ music });
    return [
      makeMusic(originOf(context, platform, 'music_info', null, music), id, {
        title: nameOf(music['title']),
        author: firstOf(nameOf(music['author']), nameOf(music['owner_nickname'])),
        is_original: firstOf(flagOf(music['is_original_sound']), flagOf(music['is_original'])),
        duration_ms: durationOf(music['duration'], 1000),
        album: nameOf(music['album']),
        post_count: firstOf(countOf(music['post_count']), countOf(music['item_count'])),
        music_url: firstUrlOf(music['play_url']),
      }),
    ];
  },
  status: douyinStatus,
});
