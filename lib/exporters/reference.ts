/**
 * A post as something to cite: what RIS, BibTeX and CSL-JSON have in common, under the same rules about people as every
 * file. Written by hand: citation-js asks for a synchronous `fetch`, which neither a worker nor this project has, and the
 * three formats are a page each.
 *
 * - The title is the first line of the caption, cut at a word; the whole caption is the abstract. Where texts are withheld
 *   or there is none, the title is a description in brackets, as APA 7 asks for.
 * - The author is `Name [@handle]` (APA 7) on TikTok, the name on Douyin, or the pseudonym, or nobody.
 * - The address names the author only where people may be named: both platforms find a post by its id alone.
 * - Dates are days in UTC. The time that an id carries is an estimate and never taken for the date of publishing.
 */
import { isoUtc } from '../analysis/time.ts';
import type { PostRecord } from '../core/record.ts';
import type { ExportContext, ExportTable } from './exporter.ts';
import { openColumns, postsOf } from './posts.ts';
import { pseudonymOf } from './pseudonym.ts';

export interface Reference {
  /** Unique and the same in every file: `tiktok7528963259874125698`. */
  readonly key: string;
  readonly id: string;
  /** The site's own name. */
  readonly site: 'TikTok' | 'Douyin';
  /** What it is, in a word that may be printed. */
  readonly medium: 'Video' | 'Photo post' | 'Live' | 'Story' | 'Post';
  readonly title: string;
  readonly caption: string | null;
  readonly author: string | null;
  /** `2026-09-01`; null: not known. */
  readonly published: string | null;
  readonly accessed: string | null;
  readonly url: string | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly hashtags: readonly string[];
  /** How it was collected, for whoever checks it. */
  readonly note: string;
}

const longestTitle = 100;

/** Words of every script: Chinese has no spaces, and an emoji may be many characters. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

function shortened(line: string): string {
  if (line.length <= longestTitle) return line;
  let text = '';
  for (const { segment } of segmenter.segment(line.slice(0, 2 * longestTitle))) {
    if (text.length + segment.length >= longestTitle) break;
    text += segment;
  }
  // A single "word" of that length: an address, or nonsense.
  const cut = text === '' ? line.slice(0, longestTitle - 1) : text;
  return `${cut.toWellFormed().trimEnd()}…`;
}

/** The first line that says something. */
function titleOf(caption: string | null): string | null {
  const line = caption
    ?.split(/[\n\r\u{2028}\u{2029}]+/u)
    .map((text) => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim())
    .find((text) => text !== '');
  return line === undefined ? null : shortened(line);
}

const media: Readonly<Record<PostRecord['post_type'], Reference['medium']>> = {
  video: 'Video',
  photo: 'Photo post',
  live: 'Live',
  story: 'Story',
  unknown: 'Post',
};

function addressOf({ platform, post_id: id, post_type: type }: PostRecord): string | null {
  if (!/^\d+$/u.test(id)) return null;
  const isPhoto = type === 'photo';
  if (platform === 'douyin') return `https://www.douyin.com/${isPhoto ? 'note' : 'video'}/${id}`;
  return `https://www.tiktok.com/@/${isPhoto ? 'photo' : 'video'}/${id}`;
}

function authorOf(post: PostRecord, open: ReadonlySet<string>, context: ExportContext): string | null {
  const name = open.has('author_name') ? post.author_name : null;
  const handle = open.has('author_handle') ? post.author_handle : null;
  if (post.platform === 'douyin') return name ?? handle ?? pseudonymOf(post, context);
  if (handle === null) return name ?? pseudonymOf(post, context);
  return name === null ? `@${handle}` : `${name} [@${handle}]`;
}

function dayOf(ms: number | null): string | null {
  return isoUtc(ms)?.slice(0, 10) ?? null;
}

function noteOf(post: PostRecord, open: ReadonlySet<string>, { extensionVersion }: ExportContext): string {
  const endpoint = open.has('api_endpoint') ? post.api_endpoint : null;
  const hash = open.has('raw_sha256') ? post.raw_sha256 : null;
  return [
    `Collected with Clipscope ${extensionVersion}`,
    ...(open.has('collected_via') ? [`via ${post.collected_via}${endpoint === null ? '' : ` (${endpoint})`}`] : []),
    ...(hash === null ? [] : [`SHA-256 of the answer: ${hash}`]),
  ].join('; ');
}

function referenceOf(post: PostRecord, open: ReadonlySet<string>, context: ExportContext): Reference {
  const site = post.platform === 'tiktok' ? 'TikTok' : 'Douyin';
  const medium = open.has('post_type') ? media[post.post_type] : 'Post';
  const caption = open.has('caption') ? post.caption : null;
  const own = open.has('post_url') ? post.post_url : null;
  return {
    key: `${post.platform}${post.post_id.replaceAll(/[^A-Za-z\d]/gu, '')}`,
    id: post.post_id,
    site,
    medium,
    title: titleOf(caption) ?? `[${site} ${medium.toLowerCase()} ${post.post_id}]`,
    caption: caption === '' ? null : caption,
    author: authorOf(post, open, context),
    published: open.has('created_at_utc') ? dayOf(post.created_at) : null,
    accessed: open.has('observed_at_utc') ? dayOf(post.observed_at ?? post.fetched_at) : null,
    url: own ?? addressOf(open.has('post_type') ? post : { ...post, post_type: 'unknown' }),
    language: open.has('caption_language') ? post.caption_language : null,
    hashtags: open.has('hashtags') ? post.hashtags.map(({ name }) => name) : [],
    note: noteOf(post, open, context),
  };
}

/** The posts of the only table, as references. Throws AppError `unsupported` for a table of other things. */
export async function* referencesOf(tables: readonly ExportTable[], context: ExportContext): AsyncGenerator<Reference> {
  const open = openColumns(context);
  for await (const post of postsOf(tables, context)) yield referenceOf(post, open, context);
}

/** A text on one line without control characters, for formats that have no others; `change` is told where that alters it. */
export function oneLine(text: string, change: () => void): string {
  const line = text
    .toWellFormed()
    .replaceAll(/\s*[\n\r\u{2028}\u{2029}]\s*|\t/gu, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
  if (line !== text) change();
  return line;
}
