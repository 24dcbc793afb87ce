/** What a researcher may name: one thing on one platform. Pure and without dependencies, so that the content script can carry it. */

export const platforms = ['tiktok', 'douyin'] as const;
export type Platform = (typeof platforms)[number];

export const entityKinds = [
  'post',
  'author',
  'hashtag',
  'music',
  'live',
  'product',
  'shop',
  'collection',
  'comment',
  'review',
  'short_link',
] as const;
/**
 * `post` is a video or photo post; `collection` a playlist or mix; `short_link` a link whose target only the network
 * knows. No address names a `comment` or a `review`: they are refs because each has figures and a history of its own.
 */
export type EntityKind = (typeof entityKinds)[number];

export interface EntityRef {
  readonly platform: Platform;
  readonly kind: EntityKind;
  /** Always a string: 19 digits exceed 2^53. The forms per kind are in docs/glossary.md. */
  readonly id: string;
}

/** `tiktok:post:7240568259186019630`; the id may itself hold colons and slashes. */
export type RefKey = `${Platform}:${EntityKind}:${string}`;

export function refKey(ref: EntityRef): RefKey {
  return `${ref.platform}:${ref.kind}:${ref.id}`;
}

/** Reads a ref key back; null for anything that is not one. */
export function parseRefKey(key: string): EntityRef | null {
  const match = /^([a-z]+):([a-z_]+):(.+)$/su.exec(key);
  if (!match) return null;
  const platform = platforms.find((candidate) => candidate === match[1]);
  const kind = entityKinds.find((candidate) => candidate === match[2]);
  return platform && kind && match[3] ? { platform, kind, id: match[3] } : null;
}

/** Whether this is the secUid of an account and not a handle or a number (captures of both platforms, 2020 to 2026). */
export function isSecUid(id: string): boolean {
  return /^MS4wLjABAAAA[\w-]{20,100}$/u.test(id);
}

const earliest = Date.UTC(2014, 0, 1);
const dayMs = 86_400_000;

/**
 * The time that a post, live or music id carries in its high 32 bits, in Unix ms; null where it carries none.
 * It is an estimate (median 9 s before the publishing time, up to days for scheduled posts; 340 items, 2026-08),
 * so it is shown as "ID time", never as the publishing time. Product ids are not time ids and fall out by the range.
 * Source: Evil0ctal/Douyin-TikTok-Video-ID-Decoder; arXiv 2504.13279.
 */
export function idTime(id: string, now: number): number | null {
  if (!/^\d{15,20}$/u.test(id)) return null;
  const time = Number(BigInt(id) >> 32n) * 1000;
  return time >= earliest && time <= now + dayMs ? time : null;
}
