/** What TikTok's web items say about themselves: labels, permissions and places, as given and not interpreted. */
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
  idOf,
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

/** `maskType` 3 is sensitive, 4 photosensitive (4CAT 2026-08); neither is published, so the number is kept as it is. */
function warningsOf(item: JsonObject): Reading<readonly string[]> {
  const warnings = item['warnInfo'];
  const mask = numberOf(item['maskType']);
  if ('missing' in mask) return listReading(warnings, namesIn(warnings, 'text'));
  return { value: [...namesIn(warnings, 'text'), ...(mask.value === 0 ? [] : [`maskType ${mask.value}`])] };
}

function aiFlagsOf(item: JsonObject): Reading<RawFlags> {
  return rawFlags({
    IsAigc: item['IsAigc'],
    AIGCDescription: item['AIGCDescription'],
    aigcLabelType: item['aigcLabelType'],
    moderationAigcLabelType: item['moderationAigcLabelType'],
    ShowAIGC: item['ShowAIGC'],
  });
}

function paidFlagsOf(item: JsonObject): Reading<RawFlags> {
  return rawFlags({
    isAd: item['isAd'],
    adAuthorization: item['adAuthorization'],
    adLabelVersion: item['adLabelVersion'],
    BAInfo: item['BAInfo'],
    brandOrganicType: item['brandOrganicType'],
    isECVideo: item['isECVideo'],
    'author.isADVirtual': at(item, 'author', 'isADVirtual'),
  });
}

/** Labels, permissions and place of an item. */
export function tiktokLabels(item: JsonObject): Readings<PostFields> {
  const labels = item['diversificationLabels'];
  const effects = item['effectStickers'];
  const stickers = listOf(item['stickersOnItem']).flatMap((sticker) => namesIn(at(sticker, 'stickerText')));
  const place = isObject(item['poi']) ? item['poi'] : null;
  const address = at(item, 'contentLocation', 'address');
  return {
    platform_labels: listReading(labels, namesIn(labels)),
    suggested_words: suggestedWords(item),
    sticker_text: textReading(stickers),
    effects: listReading(effects, namesIn(effects, 'name')),
    warning_labels: warningsOf(item),
    ai_flags: aiFlagsOf(item),
    paid_flags: paidFlagsOf(item),
    is_original_item: flagOf(item['originalItem']),
    // Spelt so upstream.
    is_official_item: firstOf(flagOf(item['officalItem']), flagOf(item['officialItem'])),
    duet_enabled: flagOf(item['duetEnabled']),
    stitch_enabled: flagOf(item['stitchEnabled']),
    share_enabled: flagOf(item['shareEnabled']),
    comment_enabled: commentsOf(item['itemCommentStatus']),
    duet_of_post_id: digitsOf(at(item, 'duetInfo', 'duetFromId')),
    poi_id: idOf(at(place, 'id')),
    poi_name: nameOf(at(place, 'name')),
    poi_city: firstOf(nameOf(at(place, 'city')), nameOf(at(address, 'addressLocality'))),
    poi_address: firstOf(nameOf(at(place, 'address')), nameOf(at(address, 'streetAddress'))),
    poi_country: firstOf(nameOf(at(place, 'country')), nameOf(at(address, 'addressCountry'))),
    ratio: nameOf(at(item, 'video', 'ratio')),
    definition: nameOf(at(item, 'video', 'definition')),
    author_region: nameOf(at(item, 'author', 'region')),
  };
}
