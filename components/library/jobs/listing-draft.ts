/** The part of the form of a new job that is about a list of an API, without its drawing: whom to ask, of what, how far. */
import { type ListCapability, listCapabilities } from '../../../lib/core/capabilities.ts';
import { type EntityKind, isSecUid, parseRefKey, type Platform, refKey, type RefKey } from '../../../lib/core/ref.ts';
import { providers } from '../../../lib/providers/index.ts';
import type { ListEntry, Provider } from '../../../lib/providers/provider.ts';
import { detectUrl } from '../../../lib/sites/index.ts';
import type { Texts } from '../../fields.ts';
import { readWhole } from './watch-rules.ts';

export type ListEnd = 'end' | 'most' | 'since';

/** What the form of a listing holds. */
export interface ListingDraft {
  readonly capability: ListCapability;
  /** Null: the first that has a key. */
  readonly provider: string | null;
  /** Where neither the address nor the provider says it. */
  readonly platform: Platform;
  /** An address, a name or an id, as typed. */
  readonly subject: string;
  /** Null: as the form of the query begins. */
  readonly texts: Texts | null;
  readonly end: ListEnd;
  readonly most: string;
  /** A day (`2026-11-01`). */
  readonly since: string;
}

export const newListing: ListingDraft = {
  capability: 'post.list',
  provider: null,
  platform: 'tiktok',
  subject: '',
  texts: null,
  end: 'end',
  most: '200',
  since: '',
};

/** A provider that can give a kind of list. */
export interface ListProvider {
  readonly provider: Provider;
  readonly entry: ListEntry;
  readonly hasKey: boolean;
}

/** Whoever can give this kind of list, those with a key first. `ready`: ids of the providers that can be asked. */
export function providersOf(capability: ListCapability, ready: ReadonlySet<string>): readonly ListProvider[] {
  const able = providers.flatMap((provider) => {
    const entry = provider.capabilities[capability];
    return entry ? [{ provider, entry, hasKey: ready.has(provider.id) }] : [];
  });
  return [...able.filter(({ hasKey }) => hasKey), ...able.filter(({ hasKey }) => !hasKey)];
}

/** The kinds of lists that any provider gives, in the order of the form. */
export function offeredCapabilities(): readonly ListCapability[] {
  return listCapabilities.filter((capability) => providersOf(capability, new Set()).length > 0);
}

/** The provider that the form asks: the chosen one where it can give this list, else the first. */
export function chosenProvider(draft: ListingDraft, ready: ReadonlySet<string>): ListProvider | null {
  const able = providersOf(draft.capability, ready);
  return able.find(({ provider }) => provider.id === draft.provider) ?? able[0] ?? null;
}

/** Whether the things of a list come with their day, the newest first: only then can it end at one. */
export function canEndAtDay(capability: ListCapability): boolean {
  return capability === 'post.list';
}

/**
 * What a list is of: an address of the platform, or a bare name or id. Null for what names no such thing on these
 * platforms. `platform`: of a bare one.
 */
export function readSubject(
  text: string,
  kind: EntityKind,
  platforms: readonly Platform[],
  platform: Platform,
): RefKey | null {
  const plain = text.trim();
  if (plain === '') return null;
  const address = /^https?:\/\//iu.test(plain) ? plain : `https://${plain}`;
  const found = detectUrl(address).find((ref) => ref.kind === kind);
  if (found) return platforms.includes(found.platform) ? refKey(found) : null;
  if (/[/:]/u.test(plain)) return null;
  const [first] = platforms;
  const own = platforms.includes(platform) ? platform : first;
  const id = own && bareId(plain, kind, own);
  return own && id ? `${own}:${kind}:${id}` : null;
}

function bareId(text: string, kind: EntityKind, platform: Platform): string | null {
  if (kind !== 'author') return /^\d{5,20}$/u.test(text) ? text : null;
  if (isSecUid(text)) return text;
  const handle = text.replace(/^[@＠]/u, '');
  return platform === 'tiktok' && /^[\w.]{2,30}$/u.test(handle) ? handle.toLowerCase() : null;
}

/** Where a list ends, or the message key of what is wrong with it. `zone` begins the day. */
export function readEnd(
  draft: ListingDraft,
  dayStart: (day: string) => number | null,
): { readonly most: number | null; readonly since: number | null } | { readonly problem: string } {
  if (draft.end === 'most') {
    const most = readWhole(draft.most);
    return most === null || most === 0 ? { problem: 'rule_problem_count' } : { most, since: null };
  }
  if (draft.end === 'since' && canEndAtDay(draft.capability)) {
    const since = dayStart(draft.since);
    return since === null ? { problem: 'job_problem_day' } : { most: null, since };
  }
  return { most: null, since: null };
}

/** Whether the API knows the subject by this name; it may know it by another, which what was collected can tell. */
export function isAccepted(entry: ListEntry, subject: RefKey): boolean {
  const ref = parseRefKey(subject);
  return ref !== null && (entry.accepts?.(ref) ?? true);
}
