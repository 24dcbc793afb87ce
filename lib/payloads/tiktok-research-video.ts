/**
 * Videos as TikTok's Research API gives them: counts as numbers, duration and time in seconds, ids as bare 64-bit
 * numbers. Shape and meaning: TikTok's "Query Videos" of 2026-09-01. Older pages and programs write `favourites_count`.
 */
import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { type ListedHashtag, mergeHashtags, mergeMentions } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import { rawFlags } from './raw-flags.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  durationOf,
  firstOf,
  flagOf,
  handleOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  listReading,
  nameOf,
  namesIn,
  numberOf,
  postIdOf,
  secondsOf,
  textOf,
  textReading,
  unreadable,
  valueOf,
} from './reading.ts';

/** Names that only these videos have. */
const telling = [
  'region_code',
  'hashtag_names',
  'favorites_count',
  'favourites_count',
  'is_stem_verified',
  'voice_to_text',
  'hashtag_info_list',
  'video_mention_list',
  'effect_ids',
];
/** What other answers of TikTok for developers have: those of the Display API. */
const foreign = ['share_url', 'embed_link', 'embed_html', 'cover_image_url', 'aweme_id', 'video'];

function isVideo(json: unknown): json is JsonObject {
  return (
    isObject(json) &&
    postIdOf(json['id']) !== null &&
    telling.some((name) => json[name] !== undefined) &&
    !foreign.some((name) => json[name] !== undefined)
  );
}

/** The lists of the API's calls for videos: a query, and the liked, pinned and reposted ones of an account. */
const lists = ['videos', 'user_liked_videos', 'pinned_videos_list', 'user_reposted_videos', 'reposted_videos'];

function listedIn(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  const data = at(json, 'data');
  const listed = lists.flatMap((name) => listOf(at(isObject(data) ? data : json, name)));
  return listed.length > 0 ? listed : [json];
}

/** What is asked of the API itself is a video as soon as it has its id. */
function videosIn(json: unknown, context: PayloadContext | null): readonly JsonObject[] {
  if (context?.provider === 'tiktok-research')
    return listedIn(json).filter((entry): entry is JsonObject => isObject(entry) && postIdOf(entry['id']) !== null);
  return listedIn(json).filter(isVideo);
}

/** Names are one list and ids another, "all the unique ids for each name"; only an entry that has both pairs them. */
function listedHashtags(video: JsonObject): readonly ListedHashtag[] {
  const named = listOf(video['hashtag_info_list']).flatMap((entry): ListedHashtag[] => {
    const name = valueOf(nameOf(at(entry, 'hashtag_name')));
    return name === null ? [] : [{ name, id: valueOf(digitsOf(at(entry, 'hashtag_id'))) }];
  });
  return [...namesIn(video['hashtag_names']).map((name) => ({ name, id: null })), ...named];
}

function wordsOf(video: JsonObject): Readings<PostFields> {
  const caption = textOf(video['video_description']);
  const words = valueOf(caption);
  const hashtags = mergeHashtags(listedHashtags(video), words);
  const mentioned = namesIn(video['video_mention_list']).map((account) => ({
    account: account.replace(/^@/u, ''),
    start: null,
  }));
  const mentions = mergeMentions(mentioned, words);
  const transcript = textOf(video['voice_to_text']);
  const hasWords = 'value' in caption;
  return {
    caption,
    hashtags: hasWords || hashtags.length > 0 ? { value: hashtags } : listReading(video['hashtag_names'], hashtags),
    mentions:
      hasWords || mentions.length > 0 ? { value: mentions } : listReading(video['video_mention_list'], mentions),
    transcript,
    transcript_kind: 'value' in transcript ? { value: 'asr' } : absent,
    sticker_text: textReading(namesIn(video['sticker_info_list'], 'sticker_name')),
  };
}

/** A struct, or a list of such. */
function structsIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : isObject(value) ? [value] : [];
}

/** What TikTok writes below a video (an election's notice), and its class of science content. Names as the source has them. */
function labelsOf(video: JsonObject): Reading<readonly string[]> {
  const label = video['video_label'];
  const texts = structsIn(label).flatMap(
    (entry) => valueOf(firstOf(nameOf(at(entry, 'content')), nameOf(at(entry, 'label_name')))) ?? [],
  );
  const plain = valueOf(nameOf(typeof label === 'string' ? label : null));
  const isStem = flagOf(video['is_stem_verified']);
  const labels = [
    ...texts,
    ...(plain === null ? [] : [plain]),
    ...(valueOf(isStem) === true ? ['is_stem_verified'] : []),
  ];
  return labels.length > 0 || 'value' in isStem || Array.isArray(label) ? { value: labels } : absent;
}

/**
 * `video_tag_type` and `video_tag_number` in TikTok's words: AIGC 1 "AI-Generated", 2 "Creator Labelled as AI-Generated";
 * Branded 1 "Paid Partnership", 7 "Creator Earns Commission" (2026-09).
 */
function tagsOf(video: JsonObject): Readings<PostFields> {
  const tags = structsIn(video['video_tag']).flatMap((entry) => {
    const type = valueOf(nameOf(at(entry, 'video_tag_type')));
    const number = valueOf(numberOf(at(entry, 'video_tag_number')));
    return type === null ? [] : [{ entry, isAi: /aigc/iu.test(type), isBrand: /brand/iu.test(type), number }];
  });
  const ai = tags.filter(({ isAi }) => isAi);
  const brand = tags.filter(({ isBrand }) => isBrand);
  const words: Readonly<Record<string, string>> = { 1: 'AI-Generated', 2: 'Creator Labelled as AI-Generated' };
  const named = ai.flatMap(({ number }) => words[String(number)] ?? []);
  return {
    ai_generated_label: known(named[0]),
    ai_flags: ai.length > 0 ? rawFlags({ video_tag: ai.map(({ entry }) => entry) }) : absent,
    is_paid_partnership: brand.some(({ number }) => number === 1) ? { value: true } : absent,
    paid_flags: brand.length > 0 ? rawFlags({ video_tag: brand.map(({ entry }) => entry) }) : absent,
  };
}

/** Names where they are given, or else the ids. */
function effectsOf(video: JsonObject): Reading<readonly string[]> {
  const names = namesIn(video['effect_info_list'], 'effect_name');
  if (names.length > 0) return { value: names };
  const ids = listOf(video['effect_ids']).flatMap((id) => valueOf(digitsOf(id)) ?? []);
  return listReading(video['effect_ids'] ?? video['effect_info_list'], ids);
}

function readVideo(video: JsonObject, context: PayloadContext): readonly AnyRecord[] {
  const id = postIdOf(video['id']);
  if (id === null) return [];
  const origin = originOf(context, 'tiktok', 'api:tiktok-research', null, video);
  const handle = handleOf(video['username']);
  const duration = durationOf(video['video_duration'], 1000);
  const region = nameOf(video['region_code']);
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress('tiktok', id, 'video', valueOf(handle)) },
    // Photo posts are in the answers as well and have no duration; nothing else tells.
    post_type: 'value' in duration ? { value: 'video' } : absent,
    ...wordsOf(video),
    created_at: secondsOf(video['create_time']),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    duration_ms: duration,
    view_count: countOf(video['view_count']),
    like_count: countOf(video['like_count']),
    comment_count: countOf(video['comment_count']),
    share_count: countOf(video['share_count']),
    save_count: firstOf(countOf(video['favorites_count']), countOf(video['favourites_count'])),
    platform_labels: labelsOf(video),
    ...tagsOf(video),
    effects: effectsOf(video),
    music_id: digitsOf(video['music_id']),
    collection_id: digitsOf(video['playlist_id']),
    author_handle: handle,
    author_url: known(authorAddress('tiktok', valueOf(handle), null)),
    // "The country where the video creator registered their account": not where the post was made.
    author_region: 'value' in region && !/^[A-Za-z]{2}$/u.test(region.value) ? unreadable : region,
  };
  return [makePost(origin, id, 'ok', readings)];
}

export const tiktokResearchVideo = definePayload({
  id: 'tiktok-research-video',
  recognises: (json) => videosIn(json, null).length > 0,
  read: (json, context) => videosIn(json, context).flatMap((video) => readVideo(video, context)),
});
