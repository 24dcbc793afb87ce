/**
 * A record as it may leave, whatever the format: the last door, behind what each source's reader leaves out already.
 *
 * - Addresses of pictures, sounds and pages hold tokens, ids of devices and requests, even the viewer's own address
 *   (captures of 2020 to 2026): such parameters are taken out, in every export.
 * - The title of an original sound is "original sound - lily" in many languages: it is left out where people are not named.
 */
import { isViewersParameter } from '../core/scrub-names.ts';
import { requestId, scrub } from '../core/scrub.ts';
import type { AnyRecord } from '../core/record.ts';
import type { ExportContext } from './exporter.ts';

/** Addresses have the same few names, row after row. */
const remembered = 1000;
const judged = new Map<string, boolean>();

function isViewers(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  if (judged.size >= remembered) judged.clear();
  const verdict = isViewersParameter(name);
  if (name.length <= 60) judged.set(name, verdict);
  return verdict;
}

/**
 * Another address within this one, a fragment, or a code that names who shared it: more is to be looked at than its own
 * parameters. A signature may have %2F and %3D, but none of these. Looked for one by one, which is the fastest.
 */
const intricate = ['%3F', '%3f', '%26', '%253', '%2526', '#', ';', 'u_code'] as const;

/** Whether a parameter, which ends at `end`, speaks of the viewer. */
function isViewersAt(address: string, start: number, end: number): boolean {
  const equals = address.indexOf('=', start);
  if (equals < 0 || equals >= end) return false;
  if (isViewers(address.slice(start, equals))) return true;
  return address.startsWith('20', equals + 1) && requestId.test(address.slice(equals + 1, end));
}

/** Where the parameters of an address begin that speak of the viewer. */
function viewersParameters(address: string): readonly number[] {
  const found: number[] = [];
  const query = address.indexOf('?');
  if (query < 0) return found;
  for (let start = query + 1; start <= address.length; ) {
    const next = address.indexOf('&', start);
    const end = next < 0 ? address.length : next;
    if (isViewersAt(address, start, end)) found.push(start);
    start = end + 1;
  }
  return found;
}

/** The address without tokens, ids of devices and requests, and addresses of the viewer. */
export function publicAddress(address: string): string {
  if (intricate.some((sign) => address.includes(sign))) {
    const clean = scrub(address);
    return typeof clean === 'string' ? clean : '';
  }
  const found = new Set(viewersParameters(address));
  if (found.size === 0) return address;
  let at = address.indexOf('?') + 1;
  const path = address.slice(0, at - 1);
  const kept = address
    .slice(at)
    .split('&')
    .filter((parameter) => {
      const isKept = !found.has(at);
      at += parameter.length + 1;
      return isKept;
    });
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** Fields that hold an address, by the types that have them; a list of them ends with an s. */
const addressFields: Readonly<Partial<Record<AnyRecord['record_type'], readonly string[]>>> = {
  post: [
    'post_url',
    'author_url',
    'author_avatar_url',
    'music_url',
    'cover_url',
    'media_url',
    'image_urls',
    'collected_from_url',
  ],
  product: ['product_url', 'image_urls', 'collected_from_url'],
  author: ['author_url', 'author_avatar_url', 'author_bio_url', 'collected_from_url'],
  music: ['music_url', 'collected_from_url'],
  comment: ['author_avatar_url', 'image_urls', 'sticker_url', 'collected_from_url'],
  review: ['image_urls', 'collected_from_url'],
};
const noMore: readonly string[] = ['collected_from_url'];

/** Whether the sound's title is to be left out. `names`: whose it may be, where the source does not say that it is original. */
function namesSomebody(title: string, isOriginal: boolean | null, names: readonly (string | null)[]): boolean {
  if (isOriginal !== null) return isOriginal;
  const folded = title.toLowerCase();
  return names.some((name) => name !== null && name !== '' && folded.includes(name.toLowerCase()));
}

/** Whether the record's own title of a sound names a person. */
function hasNamingTitle(record: AnyRecord): boolean {
  if (record.record_type === 'music')
    return record.title !== null && namesSomebody(record.title, record.is_original, [record.author]);
  if (record.record_type !== 'post' || record.music_title === null) return false;
  const names = [record.music_author, record.author_name, record.author_handle];
  return namesSomebody(record.music_title, record.music_is_original, names);
}

/** What an address field holds, or a list of them, without what may not leave; the very same where there is nothing of it. */
function publicValue(value: unknown): unknown {
  if (typeof value === 'string') return publicAddress(value);
  if (!Array.isArray(value) || value.length === 0) return value;
  const clean = value.map((one: unknown) => (typeof one === 'string' ? publicAddress(one) : one));
  return clean.every((one, index) => one === value[index]) ? value : clean;
}

/**
 * The record without what may not leave; the very same where there is nothing of it. `written`: the fields that are read of
 * it, where that is known: the others are not looked at, which takes most of the time.
 */
export function publicRecord<R extends AnyRecord>(
  record: R,
  { choices }: Pick<ExportContext, 'choices'>,
  written: ReadonlySet<string> | null = null,
): R {
  const changes: [field: string, value: unknown][] = [];
  for (const field of addressFields[record.record_type] ?? noMore) {
    if (written && !written.has(field)) continue;
    const value: unknown = Reflect.get(record, field);
    const clean = publicValue(value);
    if (clean !== value) changes.push([field, clean]);
  }
  const hasSubtitles = record.record_type === 'post' && (!written || written.has('subtitle_urls'));
  if (hasSubtitles && record.subtitles.some(({ url }) => publicValue(url) !== url)) {
    changes.push(['subtitles', record.subtitles.map((one) => ({ ...one, url: publicValue(one.url) }))]);
  }
  // By its own rule it has no query; whatever writes one against the rule is stopped here.
  const endpoint = record.api_endpoint;
  if (endpoint !== null && /[?#&;]/u.test(endpoint))
    changes.push(['api_endpoint', endpoint.replace(/[?#&;][^]*$/u, '')]);
  if (choices.personal !== 'include' && hasNamingTitle(record)) {
    changes.push([record.record_type === 'post' ? 'music_title' : 'title', null]);
  }
  return changes.length === 0 ? record : { ...record, ...Object.fromEntries(changes) };
}
