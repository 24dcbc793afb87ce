/** Digests over the UTF-8 bytes of a text. MD5 is a library's: WebCrypto has none. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** MD5 in upper-case hex, as both signing schemes write it. The text must be well-formed (no lone surrogates). */
export function md5UpperHex(text: string): string {
  return bytesToHex(md5(utf8ToBytes(text))).toUpperCase();
}
