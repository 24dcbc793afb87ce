/** One account of one platform, by every name that is known of it: whose things are deleted when it asks for that. */
import type { AnyRecord } from './record.ts';
import { type EntityRef, isSecUid, type Platform, refKey, type RefKey } from './ref.ts';

export interface Person {
  readonly platform: Platform;
  readonly ids: ReadonlySet<string>;
  readonly secIds: ReadonlySet<string>;
  /** Lower-cased, without @. */
  readonly handles: ReadonlySet<string>;
}

/** What a record calls the account that it is of. */
interface Names {
  readonly id: string | null;
  readonly secId: string | null;
  readonly handle: string | null;
}

function handleOf(text: string | null): string | null {
  const handle = text?.trim().replace(/^@/u, '').toLowerCase();
  return handle ? handle : null;
}

/** Null: the record is of no account. Reviews have nothing but a name, which counts where it is the handle. */
function namesOf(record: AnyRecord): Names | null {
  switch (record.record_type) {
    case 'post':
    case 'author':
    case 'comment':
      return { id: record.author_id, secId: record.author_sec_id, handle: handleOf(record.author_handle) };
    case 'collection':
      return { id: record.author_id, secId: null, handle: handleOf(record.author_handle) };
    case 'live': {
      // On TikTok a live is called by the handle of who gives it.
      const own = record.platform === 'tiktok' ? record.live_id : null;
      return { id: record.author_id, secId: null, handle: handleOf(record.author_handle ?? own) };
    }
    case 'review':
      return { id: null, secId: null, handle: handleOf(record.author_name) };
    default:
      return null;
  }
}

function set(text: string | null): ReadonlySet<string> {
  return new Set(text === null ? [] : [text]);
}

/** The account that a ref names; null: it names none. */
export function personOfRef({ platform, kind, id }: EntityRef): Person | null {
  const nobody = { platform, ids: set(null), secIds: set(null), handles: set(null) };
  if (kind === 'live')
    return platform === 'tiktok' && !id.includes('/') ? { ...nobody, handles: set(handleOf(id)) } : null;
  if (kind !== 'author') return null;
  if (id.startsWith('uid/')) return { ...nobody, ids: set(id.slice('uid/'.length)) };
  return isSecUid(id) || platform === 'douyin'
    ? { ...nobody, secIds: set(id) }
    : { ...nobody, handles: set(handleOf(id)) };
}

/** The account that a record is of; null: of none. */
export function personOfRecord(record: AnyRecord): Person | null {
  const names = namesOf(record);
  if (!names || record.record_type === 'review') return null;
  const { id, secId, handle } = names;
  if (id === null && secId === null && handle === null) return null;
  return { platform: record.platform, ids: set(id), secIds: set(secId), handles: set(handle) };
}

/**
 * Whether a record is of this account. Numbers never change hands, handles do: where both sides know a number, that alone
 * decides.
 */
export function isOfPerson(person: Person, record: AnyRecord): boolean {
  const names = record.platform === person.platform ? namesOf(record) : null;
  if (!names) return false;
  const { id, secId, handle } = names;
  if (id !== null && person.ids.size > 0) return person.ids.has(id);
  if (secId !== null && person.secIds.size > 0) return person.secIds.has(secId);
  return handle !== null && person.handles.has(handle);
}

/** The account with the names that a record of it adds. */
export function withNamesOf(person: Person, record: AnyRecord): Person {
  const names = record.record_type === 'review' ? null : namesOf(record);
  if (!names) return person;
  const add = (known: ReadonlySet<string>, name: string | null): ReadonlySet<string> =>
    name === null || known.has(name) ? known : new Set([...known, name]);
  const ids = add(person.ids, names.id);
  const secIds = add(person.secIds, names.secId);
  const handles = add(person.handles, names.handle);
  const isSame = ids === person.ids && secIds === person.secIds && handles === person.handles;
  return isSame ? person : { ...person, ids, secIds, handles };
}

/** Every ref that names the account itself. */
export function refsOfPerson({ platform, ids, secIds, handles }: Person): readonly RefKey[] {
  const authors = [...[...ids].map((id) => `uid/${id}`), ...secIds, ...(platform === 'tiktok' ? handles : [])];
  const lives = platform === 'tiktok' ? [...handles] : [];
  return [
    ...authors.map((id) => refKey({ platform, kind: 'author', id })),
    ...lives.map((id) => refKey({ platform, kind: 'live', id })),
  ];
}

/** Whether a word stands in a text and is no part of a longer one. */
function hasWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`;
    if (!/[\w.]/u.test(around)) return true;
  }
  return false;
}

/** Whether a text (JSON, as sources give it) names the account: by a number of its own, or by its handle as a value or in an address. */
export function namesPerson({ ids, secIds, handles }: Person, text: string): boolean {
  if ([...ids, ...secIds].some((id) => hasWord(text, id))) return true;
  const lower = text.toLowerCase();
  return [...handles].some((handle) => lower.includes(`"${handle}"`) || hasWord(lower, `@${handle}`));
}
