/** The words of an aweme: tags and mentions, subtitles, and text that the platform read off the picture. */
import type { PostFields } from '../core/record-defaults.ts';
import type { Reading, Readings } from '../core/record-factory.ts';
import type { Subtitle } from '../core/record.ts';
import type { Platform } from '../core/ref.ts';
import { type ListedHashtag, type ListedMention, mergeHashtags, mergeMentions } from '../core/text.ts';
import {
  absent,
  at,
  countOf,
  firstOf,
  firstUrlOf,
  flagOf,
  idOf,
  isObject,
  type JsonObject,
  listOf,
  nameOf,
  textOf,
  unroundedOf,
  valueOf,
} from './reading.ts';

/**
 * `text_extra` holds tags, mentions (no `hashtag_name`) and search words (Douyin, type 5) side by side. Its
 * `hashtag_id` is a bare number that share pages have rounded (2026-01); `cid` is a text.
 */
function listedHashtags(item: unknown): readonly ListedHashtag[] {
  const entries = [
    ...listOf(at(item, 'text_extra')).map((extra) => [at(extra, 'hashtag_name'), at(extra, 'hashtag_id')] as const),
    ...listOf(at(item, 'cha_list')).map((tag) => [at(tag, 'cha_name'), at(tag, 'cid')] as const),
  ];
  return entries.flatMap(([title, id]): ListedHashtag[] => {
    const name = valueOf(nameOf(title));
    return name === null ? [] : [{ name, id: valueOf(unroundedOf(id)) }];
  });
}

function listedMentions(item: unknown, platform: Platform): readonly ListedMention[] {
  return listOf(at(item, 'text_extra')).flatMap((extra): ListedMention[] => {
    if (valueOf(nameOf(at(extra, 'hashtag_name'))) !== null) return [];
    const handle =
      platform === 'tiktok' ? firstOf(nameOf(at(extra, 'user_unique_id')), nameOf(at(extra, 'unique_id'))) : absent;
    const account = valueOf(firstOf(handle, idOf(at(extra, 'sec_uid'))));
    return account === null ? [] : [{ account, start: valueOf(countOf(at(extra, 'start'))) }];
  });
}

/** Seen in app answers (yt-dlp 2026-08); Douyin's web sends the block as null (2026-01). */
function subtitleOf(track: unknown): readonly Subtitle[] {
  if (!isObject(track)) return [];
  const isAutomatic = valueOf(flagOf(track['is_auto_generated']));
  const isOriginal = valueOf(flagOf(track['is_original_caption']));
  const kind =
    isAutomatic === null ? 'unknown' : !isAutomatic ? 'creator' : isOriginal === false ? 'translated' : 'asr';
  const language = firstOf(nameOf(track['lang']), nameOf(track['language_code']), nameOf(track['language']));
  const url = firstOf(firstUrlOf(track['url']), firstUrlOf(track['url_list']));
  if ('missing' in url && 'missing' in language) return [];
  const format = firstOf(nameOf(track['caption_format']), nameOf(track['format']));
  return [{ language: valueOf(language), kind, format: valueOf(format), url: valueOf(url) }];
}

function subtitlesOf(item: JsonObject): Reading<readonly Subtitle[]> {
  const lists = [
    at(item, 'video', 'cla_info', 'caption_infos'),
    at(item, 'cla_info', 'caption_infos'),
    at(item, 'video', 'subtitle_infos'),
    at(item, 'video', 'subtitle', 'subtitle_infos'),
    ...listOf(item['interaction_stickers']).map((sticker) => at(sticker, 'auto_video_caption_info', 'auto_captions')),
  ].filter((list) => Array.isArray(list));
  return lists.length > 0 ? { value: lists.flat().flatMap(subtitleOf) } : absent;
}

/** Caption, tags, mentions, subtitles and transcript. */
export function awemeText(item: JsonObject, platform: Platform): Readings<PostFields> {
  const caption = firstOf(textOf(item['desc']), textOf(item['caption']));
  const hasTags = 'value' in caption || Array.isArray(item['text_extra']) || Array.isArray(item['cha_list']);
  const words = valueOf(caption);
  const seen = textOf(at(item, 'seo_info', 'ocr_content'));
  return {
    caption,
    caption_language: nameOf(item['desc_language']),
    hashtags: hasTags ? { value: mergeHashtags(listedHashtags(item), words) } : absent,
    mentions: hasTags ? { value: mergeMentions(listedMentions(item, platform), words) } : absent,
    subtitles: subtitlesOf(item),
    transcript: seen,
    transcript_kind: 'value' in seen ? { value: 'ocr' } : absent,
  };
}
