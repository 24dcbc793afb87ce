/** The forms of ids and names in addresses, shared by the sites. Nothing here throws. */

import type { EntityKind, EntityRef, Platform } from '../core/ref.ts';

/** One path shape: its first group is the id, before which the prefix is put (`room/`, `uid/`). */
export type Shape = readonly [kind: EntityKind, pattern: RegExp, prefix?: string];

/** Posts of both platforms: decimal, in practice 19 digits. */
export const postId = /^\d{15,20}$/;

/** The platform's own name of an account; upper and lower case matter. */
export const secUid = /^MS4wLjABAAAA[\w-]{32,64}$/;

/** The path without repeated and trailing slashes, and with a plain @. Still percent-encoded: %2F is no separator. */
export function cleanPath(url: URL): string {
  return `/${url.pathname.split('/').filter(Boolean).join('/')}`.replace(/%40/g, '@');
}

/** The ref of the first shape that fits. The shapes are strict: a longer path than a shape knows is another page. */
export function matchShape(platform: Platform, path: string, shapes: readonly Shape[]): EntityRef | null {
  for (const [kind, pattern, prefix = ''] of shapes) {
    const id = pattern.exec(path)?.[1];
    if (id) return { platform, kind, id: prefix + id };
  }
  return null;
}

/** A percent-encoded name as people write it, in NFC; null where it is broken or cannot be one. */
export function decodeName(text: string): string | null {
  let name: string;
  try {
    name = decodeURIComponent(text).normalize('NFC');
  } catch {
    return null;
  }
  // No white space, control or path characters. U+FFFD is what URL parsers leave of a lone surrogate.
  return /^[^\p{Cc}\p{Cs}\p{Z}/?#%\\\uFFFD]{1,200}$/u.test(name) ? name : null;
}

/** The ref of a link whose target only the network knows; host and code are kept as they are. */
export function shortLink(platform: Platform, url: URL, code: string | undefined): EntityRef | null {
  return code ? { platform, kind: 'short_link', id: `${url.hostname}/${code}` } : null;
}

/** The only element of a list, or none: what `detect` answers. */
export function refList(ref: EntityRef | null): readonly EntityRef[] {
  return ref ? [ref] : [];
}
