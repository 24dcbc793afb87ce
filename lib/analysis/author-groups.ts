/** Which posts are of the same author, where some sources name an author by number and others by handle only. */
import { type Platform, platforms } from '../core/ref.ts';

export interface AuthorName {
  readonly platform: Platform;
  readonly id: string | null;
  readonly secId: string | null;
  readonly handle: string | null;
}

const contested = -2;

/** The authors of one platform, by what they are called. */
interface Known {
  readonly ids: Map<string, number>;
  readonly secIds: Map<string, number>;
  readonly handles: Map<string, number>;
  /** Those of whom nothing but a handle is known. */
  readonly strangers: Map<string, number>;
}

function nobody(): Known {
  return { ids: new Map(), secIds: new Map(), handles: new Map(), strangers: new Map() };
}

/**
 * A number for the author of each of `count` things, from 0; −1: nobody is named. The platform's number decides, then the
 * secUid. A handle, which an author can change and another can take, only where neither is known: it then means the one
 * author who is seen with it, and where there are several an author of its own.
 */
export function authorGroups(count: number, nameOf: (place: number) => AuthorName): Int32Array {
  const groups = new Int32Array(count).fill(-1);
  const names = Array.from({ length: count }, (_, place) => nameOf(place));
  const known = new Map(platforms.map((platform) => [platform, nobody()]));
  let next = 0;
  const numberOf = (authors: Map<string, number>, key: string): number => {
    const group = authors.get(key) ?? next++;
    authors.set(key, group);
    return group;
  };
  const learn = (group: number, { secIds, handles }: Known, { secId, handle }: AuthorName): void => {
    if (secId !== null && !secIds.has(secId)) secIds.set(secId, group);
    if (handle === null) return;
    const key = handle.toLowerCase();
    handles.set(key, (handles.get(key) ?? group) === group ? group : contested);
  };

  names.forEach((name, place) => {
    const own = known.get(name.platform);
    if (!own || name.id === null) return;
    const group = numberOf(own.ids, name.id);
    groups[place] = group;
    learn(group, own, name);
  });
  names.forEach((name, place) => {
    const own = known.get(name.platform);
    if (!own || name.id !== null || name.secId === null) return;
    const group = numberOf(own.secIds, name.secId);
    groups[place] = group;
    learn(group, own, name);
  });
  names.forEach(({ platform, id, secId, handle }, place) => {
    const own = known.get(platform);
    if (!own || id !== null || secId !== null || handle === null) return;
    const key = handle.toLowerCase();
    const group = own.handles.get(key) ?? contested;
    groups[place] = group >= 0 ? group : numberOf(own.strangers, key);
  });
  return groups;
}
