/** Digests over the UTF-8 bytes of a text. MD5 is a library's: WebCrypto has none. */
import { hmac } from '@noble/hashes/hmac.js';
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** MD5 in upper-case hex, as both signing schemes write it. The text must be well-formed (no lone surrogates). */
export function md5UpperHex(text: string): string {
  return bytesToHex(md5(utf8ToBytes(text))).toUpperCase();
}

/** SHA-256 in lower-case hex. A lone surrogate counts as U+FFFD, as in any UTF-8 file of the text. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text.toWellFormed())));
}

/** HMAC-SHA-256 of a text in upper-case hex; key and text as UTF-8, both well-formed (no lone surrogates). */
export function hmacSha256UpperHex(key: string, text: string): string {
  return bytesToHex(hmac(sha256, utf8ToBytes(key), utf8ToBytes(text))).toUpperCase();
}

/** HMAC-SHA-256 of texts in lower-case hex, under one key of bytes (given in hex). A lone surrogate counts as U+FFFD. */
export function hmacSha256Hex(keyHex: string): (text: string) => string {
  const key = hexToBytes(keyHex);
  return (text) => bytesToHex(hmac(sha256, key, utf8ToBytes(text.toWellFormed())));
}
