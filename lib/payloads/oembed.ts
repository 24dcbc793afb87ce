/**
 * TikTok's oEmbed answer (developers.tiktok.com/doc/embed-videos, 2026-10): words, author and thumbnail of a post. It has
 * no counts and no time, and its `html` is only ever searched for the post's id: it is neither kept nor inserted.
 */
import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord, PostRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { mergeHashtags, mergeMentions } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  firstOf,
  firstPostId,
  handleOf,
  isObject,
  known,
  nameOf,
  textOf,
  urlOf,
  valueOf,
} from './reading.ts';

/** Longer than any embed code seen (2 kB): what comes after is not searched. */
const longestHtml = 20_000;

function match(value: unknown, pattern: RegExp): string | null {
  return typeof value === 'string' ? (pattern.exec(value.slice(0, longestHtml))?.[1] ?? null) : null;
}

/** The post's id: older answers have it in their embed code only. */
function postId(json: unknown): string | null {
  const html = at(json, 'html');
  return firstPostId(
    at(json, 'embed_product_id'),
    match(html, /data-video-id="(\d{15,20})"/u),
    match(html, /\/(?:video|photo)\/(\d{15,20})/u),
  );
}

function postType(json: unknown): Reading<PostRecord['post_type']> {
  const type = valueOf(nameOf(at(json, 'embed_type')));
  return type === 'video' || type === 'photo' ? { value: type } : absent;
}

function readPost(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const id = postId(json);
  if (id === null || !isObject(json)) return [];
  const { html: _html, ...raw } = json;
  const type = postType(json);
  const caption = textOf(at(json, 'title'));
  const words = valueOf(caption);
  const handle = firstOf(
    handleOf(at(json, 'author_unique_id')),
    handleOf(match(at(json, 'author_url'), /tiktok\.com\/@([^/?#]+)/u)),
  );
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress('tiktok', id, valueOf(type) ?? 'video', valueOf(handle)) },
    post_type: type,
    caption,
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    hashtags: words === null ? absent : { value: mergeHashtags([], words) },
    mentions: words === null ? absent : { value: mergeMentions([], words) },
    // Its width and height are those of the thumbnail, not of the video.
    cover_url: urlOf(at(json, 'thumbnail_url')),
    author_handle: handle,
    author_name: nameOf(at(json, 'author_name')),
    author_url: known(authorAddress('tiktok', valueOf(handle), null)),
  };
  return [makePost(originOf(context, 'tiktok', 'oembed', null, raw), id, 'ok', readings)];
}

function isTiktoks(json: unknown): boolean {
  return at(json, 'provider_name') === 'TikTok' || match(at(json, 'provider_url'), /(tiktok\.com)/u) !== null;
}

export const oembed = definePayload({
  id: 'oembed',
  recognises: (json) => isObject(json) && isTiktoks(json) && postId(json) !== null,
  read: readPost,
});
