/** What an aweme says about itself: labels, permissions, flags and places, as given and not interpreted. */
import type { PostFields } from '../core/record-defaults.ts';
import type { Reading, Readings } from '../core/record-factory.ts';
import type { RawFlags } from '../core/record.ts';
import { rawFlags } from './raw-flags.ts';
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
  ordinalOf,
} from './reading.ts';

/** Douyin sends the object without words where there is no warning. */
function warningsOf(item: JsonObject): Reading<readonly string[]> {
  const risks = item['risk_infos'];
  if (risks === undefined || risks === null) return absent;
  return { value: namesIn(Array.isArray(risks) ? risks : [risks], 'content') };
}

/** The scalars of a block, under their full names (`commerce_info.branded_content_type`). */
function scalarsOf(item: JsonObject, block: string): Record<string, unknown> {
  const held = item[block];
  if (!isObject(held)) return {};
  return Object.fromEntries(
    Object.entries(held).flatMap(([name, value]): [string, unknown][] =>
      typeof value === 'object' ? [] : [[`${block}.${name}`, value]],
    ),
  );
}

/** What the platform or the author says of AI; Douyin's notes (`risk_infos`) say it in words, beside a number. */
function aiFlagsOf(item: JsonObject): Reading<RawFlags> {
  return rawFlags({
    aigc_info: item['aigc_info'],
    'risk_infos.type': at(item, 'risk_infos', 'type'),
    is_aigc: item['is_aigc'],
    aigc_label_type: item['aigc_label_type'],
  });
}

/** Of the whole advertisement (`raw_ad_data`) only that there is one: the rest is about the viewer. */
function paidFlagsOf(item: JsonObject): Reading<RawFlags> {
  const hasAd = item['raw_ad_data'] !== undefined && item['raw_ad_data'] !== null && item['raw_ad_data'] !== '';
  return rawFlags({
    is_ads: item['is_ads'],
    is_ad: item['is_ad'],
    ...scalarsOf(item, 'commerce_info'),
    ad_aweme_source: item['ad_aweme_source'],
    ad_link_type: item['ad_link_type'],
    has_raw_ad_data: hasAd ? true : undefined,
    has_star_atlas_info: isObject(item['star_atlas_info']) ? true : undefined,
    star_atlas_order_id: item['star_atlas_order_id'],
    cooperation_info: item['cooperation_info'],
  });
}

/** The label's number where there is one, or else whether it was created by AI. */
function aiLabelOf(item: JsonObject): Reading<string> {
  const type = numberOf(at(item, 'aigc_info', 'aigc_label_type'));
  if ('value' in type) return { value: String(type.value) };
  const flag = flagOf(at(item, 'aigc_info', 'created_by_ai'));
  return 'value' in flag ? { value: String(flag.value) } : absent;
}

function placeOf(item: JsonObject): Readings<PostFields> {
  const place = [item['poi_info'], item['poi_data'], item['anchor_poi']].find(isObject);
  const address = at(place, 'address_info');
  return {
    poi_id: firstOf(digitsOf(at(place, 'poi_id')), digitsOf(at(place, 'poi_id_str'))),
    poi_name: nameOf(at(place, 'poi_name')),
    poi_city: nameOf(at(address, 'city')),
    poi_address: nameOf(at(address, 'address')),
    poi_country: firstOf(nameOf(at(address, 'country')), nameOf(at(address, 'country_code'))),
  };
}

/** The mix or series that the post is a part of. A series that is a mix too has one id for both (2026-01). */
function collectionOf(item: JsonObject): Readings<PostFields> {
  const mix = item['mix_info'];
  const series = item['series_info'];
  return {
    collection_id: firstOf(
      digitsOf(at(mix, 'mix_id')),
      digitsOf(at(series, 'series_id')),
      digitsOf(at(item, 'series_basic_info', 'series_id')),
      digitsOf(at(item, 'playlist_info', 'mix_id')),
    ),
    collection_name: firstOf(
      nameOf(at(mix, 'mix_name')),
      nameOf(at(series, 'series_name')),
      nameOf(at(item, 'playlist_info', 'name')),
    ),
    collection_position: firstOf(
      ordinalOf(at(mix, 'statis', 'current_episode')),
      ordinalOf(at(series, 'stats', 'current_episode')),
    ),
  };
}

/** Labels, permissions, flags, place and collection. */
export function awemeLabels(item: JsonObject): Readings<PostFields> {
  const tags = item['video_tag'];
  const words = at(item, 'suggest_words', 'suggest_words');
  return {
    platform_labels: listReading(tags, namesIn(tags, 'tag_name')),
    suggested_words: listReading(words, [
      ...new Set(listOf(words).flatMap((group) => namesIn(at(group, 'words'), 'word'))),
    ]),
    warning_labels: warningsOf(item),
    is_ad: flagOf(item['is_ads'] ?? item['is_ad']),
    is_paid_partnership: flagOf(at(item, 'commerce_info', 'is_paid_partnership')),
    is_pinned: flagOf(item['is_top']),
    ai_generated_label: aiLabelOf(item),
    ai_flags: aiFlagsOf(item),
    paid_flags: paidFlagsOf(item),
    duet_enabled: flagOf(at(item, 'video_control', 'allow_duet')),
    stitch_enabled: flagOf(at(item, 'video_control', 'allow_stitch')),
    share_enabled: firstOf(flagOf(at(item, 'aweme_control', 'can_share')), flagOf(at(item, 'status', 'allow_share'))),
    comment_enabled: firstOf(
      flagOf(at(item, 'aweme_control', 'can_comment')),
      flagOf(at(item, 'status', 'allow_comment')),
    ),
    duet_of_post_id: digitsOf(item['duet_origin_item_id']),
    ...collectionOf(item),
    ...placeOf(item),
    ratio: nameOf(at(item, 'video', 'ratio')),
  };
}
