/** Raw texts that come from elsewhere: nothing that they say of themselves is believed. */
import { Inflate } from 'fflate';
import type { KeptRaw } from './database.ts';

/** Packed bytes that are unpacked at once: they become a thousand times as many at most. */
const piece = 4096;

/** The bytes of the text; null: they are damaged, or not as many as it says. No more of them than that are ever held. */
function unpacked({ deflated, size }: KeptRaw): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length <= size) bytes.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let start = 0; start < deflated.length; start += piece) {
      inflate.push(deflated.subarray(start, start + piece), start + piece >= deflated.length);
      if (filled > size) return null;
    }
  } catch {
    return null;
  }
  return filled === size ? bytes : null;
}

/** Whether a kept text is whole and the one that its hash names. */
export async function isSound(raw: KeptRaw): Promise<boolean> {
  const bytes = unpacked(raw);
  if (!bytes) return false;
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hash === raw.sha256;
}
