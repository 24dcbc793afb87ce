/** What an aweme says about itself: labels, permissions and places, as given and not interpreted. */
import type { PostFields } from '../core/record-defaults.ts';
import type { Reading, Readings } from '../core/record-factory.ts';
import {
  absent,
  at,
  digitsOf,
  firstOf,
  flagOf,
  type JsonObject,
  listOf,
  listReading,
  nameOf,
  namesIn,
  ordinalOf,
} from './reading.ts';

/** Douyin sends the object without words where there is no warning. */
function warningsOf(item: JsonObject): Reading<readonly string[]> {
  const risks = item['risk_infos'];
  if (risks === undefined || risks === null) return absent;
  return { value: namesIn(Array.isArray(risks) ? risks : [risks], 'content') };
}

/** Labels, permissions, place and position in a mix. */
export function awemeLabels(item: JsonObject): Readings<PostFields> {
  const tags = item['video_tag'];
  const words = at(item, 'suggest_words', 'suggest_words');
  const place = item['poi_info'];
  return {
    platform_labels: listReading(tags, namesIn(tags, 'tag_name')),
    suggested_words: listReading(words, [
      ...new Set(listOf(words).flatMap((group) => namesIn(at(group, 'words'), 'word'))),
    ]),
    warning_labels: warningsOf(item),
    duet_enabled: flagOf(at(item, 'video_control', 'allow_duet')),
    stitch_enabled: flagOf(at(item, 'video_control', 'allow_stitch')),
    share_enabled: firstOf(flagOf(at(item, 'aweme_control', 'can_share')), flagOf(at(item, 'status', 'allow_share'))),
    comment_enabled: firstOf(
      flagOf(at(item, 'aweme_control', 'can_comment')),
      flagOf(at(item, 'status', 'allow_comment')),
    ),
    duet_of_post_id: digitsOf(item['duet_origin_item_id']),
    collection_position: ordinalOf(at(item, 'mix_info', 'statis', 'current_episode')),
    poi_name: nameOf(at(place, 'poi_name')),
    poi_city: nameOf(at(place, 'address_info', 'city')),
    poi_address: nameOf(at(place, 'address_info', 'address')),
    ratio: nameOf(at(item, 'video', 'ratio')),
    author_region: nameOf(at(item, 'author', 'region')),
  };
}
