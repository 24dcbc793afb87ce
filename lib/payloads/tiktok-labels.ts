/** What TikTok's web items say about themselves: labels, permissions and places, as given and not interpreted. */
import type { PostFields } from '../core/record-defaults.ts';
import type { Reading, Readings } from '../core/record-factory.ts';
import {
  absent,
  at,
  digitsOf,
  firstOf,
  flagOf,
  isObject,
  type JsonObject,
  listOf,
  listReading,
  nameOf,
  namesIn,
  numberOf,
  textReading,
} from './reading.ts';

/** A list of texts, or the groups of `video_suggest_words_struct` in newer items. */
function suggestedWords(item: JsonObject): Reading<readonly string[]> {
  const plain = item['suggestedWords'];
  if (Array.isArray(plain)) return { value: namesIn(plain) };
  const groups = at(item, 'videoSuggestWordsList', 'video_suggest_words_struct');
  return listReading(
    groups,
    listOf(groups).flatMap((group) => namesIn(at(group, 'words'), 'word')),
  );
}

/** Seen: 0 everybody (74 of 75 items, 2022 to 2025), 3 nobody. What else there is counts as unknown. */
function commentsOf(value: unknown): Reading<boolean> {
  const status = numberOf(value);
  if ('missing' in status) return status;
  if (status.value === 0) return { value: true };
  return status.value === 3 ? { value: false } : absent;
}

/** Labels, permissions and place of an item. */
export function tiktokLabels(item: JsonObject): Readings<PostFields> {
  const labels = item['diversificationLabels'];
  const effects = item['effectStickers'];
  const warnings = item['warnInfo'];
  const stickers = listOf(item['stickersOnItem']).flatMap((sticker) => namesIn(at(sticker, 'stickerText')));
  const place = isObject(item['poi']) ? item['poi'] : null;
  return {
    platform_labels: listReading(labels, namesIn(labels)),
    suggested_words: suggestedWords(item),
    sticker_text: textReading(stickers),
    effects: listReading(effects, namesIn(effects, 'name')),
    warning_labels: listReading(warnings, namesIn(warnings, 'text')),
    is_original_item: flagOf(item['originalItem']),
    // Spelt so upstream.
    is_official_item: firstOf(flagOf(item['officalItem']), flagOf(item['officialItem'])),
    duet_enabled: flagOf(item['duetEnabled']),
    stitch_enabled: flagOf(item['stitchEnabled']),
    share_enabled: flagOf(item['shareEnabled']),
    comment_enabled: commentsOf(item['itemCommentStatus']),
    duet_of_post_id: digitsOf(at(item, 'duetInfo', 'duetFromId')),
    poi_name: nameOf(at(place, 'name')),
    poi_city: nameOf(at(place, 'city')),
    poi_address: nameOf(at(place, 'address')),
    ratio: nameOf(at(item, 'video', 'ratio')),
    definition: nameOf(at(item, 'video', 'definition')),
    author_region: nameOf(at(item, 'author', 'region')),
  };
}
