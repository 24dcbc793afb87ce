/** Pseudonyms by a project's key: HMAC-SHA-256, so that nobody without the key can try out who is behind one. */
import type { Platform } from '../core/ref.ts';
import type { Pseudonyms } from '../exporters/exporter.ts';
import { hmacSha256Hex, sha256Hex } from '../signing/digest.ts';

/** 128 bits: no two people of a study meet. */
const digits = 32;
/** As many people as are kept in mind: a file of a million must not fill the memory. */
const mostKnown = 50_000;

/** `key`: hex, as the file of the project's key has it. The text under the HMAC is `platform:person`. */
export function createPseudonyms(key: string): Pseudonyms {
  const sign = hmacSha256Hex(key);
  const known = new Map<string, string>();
  return {
    scheme: `hmac-sha256:${sha256Hex(key).slice(0, 8)}`,
    of(platform: Platform, person: string): string {
      const text = `${platform}:${person}`;
      const before = known.get(text);
      if (before !== undefined) return before;
      const made = sign(text).slice(0, digits);
      if (known.size >= mostKnown) known.clear();
      known.set(text, made);
      return made;
    },
  };
}
