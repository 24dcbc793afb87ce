/** Pure readers of text: captions, HTML that is only ever read, and addresses. */
import type { HashtagUse, Mention } from './record.ts';

/**
 * A # and what follows up to white space, punctuation or another #. Emoji belong to the name, as they do in the
 * platforms' own tag lists: over 96 captured captions (2020–2026) this finds exactly their 200-odd tags. Not after
 * `/` or `&`, where it is part of an address or of an HTML entity; and a keycap (#️⃣) is no tag.
 */
const hashtagPattern =
  /(?<![/&])[#＃](?=[\p{L}\p{N}_\p{Extended_Pictographic}\p{Regional_Indicator}])((?:[\p{L}\p{M}\p{N}_\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u{200D})+)/gu;

/** The hashtags of a caption in their order, without #, NFC, case as written, each once (case is ignored for that). */
export function captionHashtags(caption: string): string[] {
  if (!/[#＃]/u.test(caption)) return [];
  const names = new Map<string, string>();
  for (const match of caption.matchAll(hashtagPattern)) {
    const name = (match[1] ?? '').normalize('NFC');
    const key = name.toLowerCase();
    if (name && !names.has(key)) names.set(key, name);
  }
  return [...names.values()];
}

/** One entry of a platform's own tag list. */
export interface ListedHashtag {
  readonly name: string;
  readonly id: string | null;
}

/**
 * The platform's tag list and the caption's #tags as one list: those of the list first, each name once and as the
 * caption writes it. Names that differ only in case are the same tag on both platforms.
 */
export function mergeHashtags(listed: readonly ListedHashtag[], caption: string | null): HashtagUse[] {
  const inCaption = captionHashtags(caption ?? '');
  const written = new Map(inCaption.map((name) => [name.toLowerCase(), name]));
  const merged = new Map<string, HashtagUse>();
  for (const { name: title, id } of listed) {
    const name = title
      .normalize('NFC')
      .replace(/^[#＃]/u, '')
      .trim();
    const key = name.toLowerCase();
    if (!name) continue;
    const known = merged.get(key);
    merged.set(key, {
      name: written.get(key) ?? known?.name ?? name,
      id: known?.id ?? id,
      origin: written.has(key) ? 'both' : 'tag_list',
    });
  }
  for (const name of inCaption) {
    if (!merged.has(name.toLowerCase())) merged.set(name.toLowerCase(), { name, id: null, origin: 'caption' });
  }
  return [...merged.values()];
}

/**
 * An @ and the letters, digits, underscores and inner dots after it. Not after what may be the first half of an e-mail
 * address, and not after `/`, where it is part of a profile's address; Chinese needs no space before it.
 */
const mentionPattern = /(?<![A-Za-z0-9_%+/-])[@＠]([\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.]*[\p{L}\p{M}\p{N}_])?)/gu;

/** A name in a caption, without @ and in NFC, and where its @ stands (UTF-16 units). */
export interface WrittenMention {
  readonly name: string;
  readonly start: number;
}

/** Every @name of a caption in its order. */
export function captionMentions(caption: string): WrittenMention[] {
  if (!/[@＠]/u.test(caption)) return [];
  return [...caption.matchAll(mentionPattern)].map((match) => ({
    name: (match[1] ?? '').normalize('NFC'),
    start: match.index,
  }));
}

/** One entry of a platform's own list of named accounts. */
export interface ListedMention {
  readonly account: string;
  /** Where its @ stands in the caption (UTF-16 units); null: the list does not say. */
  readonly start: number | null;
}

/**
 * The accounts that the platform lists and the caption's @names as one list, each once, the listed first. A caption
 * often writes another name than the account's (an earlier handle, a display name), so the place tells first whether
 * both mean the same (seen in 3 of 8 mentions, 2022 to 2025).
 */
export function mergeMentions(listed: readonly ListedMention[], caption: string | null): Mention[] {
  const written = captionMentions(caption ?? '');
  const told = new Set<WrittenMention>();
  const merged = new Map<string, Mention>();
  for (const { account, start } of listed) {
    const key = account.toLowerCase();
    const same = written.filter((mention) => mention.start === start || mention.name.toLowerCase() === key);
    for (const mention of same) told.add(mention);
    const isWritten = same.length > 0 || merged.get(key)?.origin === 'both';
    merged.set(key, { account: merged.get(key)?.account ?? account, origin: isWritten ? 'both' : 'tag_list' });
  }
  for (const mention of written) {
    const key = mention.name.toLowerCase();
    if (!told.has(mention) && !merged.has(key)) merged.set(key, { account: mention.name, origin: 'caption' });
  }
  return [...merged.values()];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntity(whole: string, body: string): string {
  if (!body.startsWith('#')) return entities[body.toLowerCase()] ?? whole;
  const code = /^#x/iu.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : whole;
}

/**
 * The words of an HTML description: tags, comments, scripts and styles removed, entities decoded, blocks as lines.
 * For reading and exporting only; it is no sanitizer, and its result must never be inserted as HTML.
 */
export function htmlToText(html: string): string {
  return (
    html
      .replace(/<!--[^]*?(?:-->|$)/gu, ' ')
      // Not beyond the next <: a text of nothing but opened tags would cost its length squared.
      .replace(/<(script|style)\b[^<>]*>[^]*?(?:<\/\1\s*>|$)/giu, ' ')
      .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]*>/giu, '\n')
      .replace(/<\/?[a-z!?][^>]*(?:>|$)/giu, ' ')
      .replace(/&(#?\w{1,31});/gu, decodeEntity)
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n[ \n]*/gu, '\n')
      .trim()
  );
}

/**
 * A shared link without what tracks its sharer: only scheme, host and path stay (Douyin's share links carry `did`,
 * `iid`, `u_code`, `sec_user_id`, `ts` …). Null where it is no http(s) address.
 */
export function withoutTracking(address: string): string | null {
  const text = address.startsWith('//') ? `https:${address}` : address;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? `${url.protocol}//${url.host}${url.pathname}` : null;
}

/** Unix ms at which a signed image or video link expires (`x-expires`, in s); null where it does not say. */
export function linkExpiry(address: string): number | null {
  const seconds = /[?&]x-expires=(\d{10})(?:&|$)/u.exec(address)?.[1];
  return seconds ? Number(seconds) * 1000 : null;
}
