import { isoUtc } from '../analysis/time.ts';
import type { Platform } from '../core/ref.ts';

/**
 * `clipscope_tiktok_posts_20250618T020605Z.csv`. Letters and digits of every script stay in `what`; all else becomes a
 * hyphen, so that the name is good on every file system and in every shell.
 */
export function exportFileName(platform: Platform | 'mixed', what: string, now: number, extension = 'csv'): string {
  const time = (isoUtc(now) ?? '').replaceAll(/[-:]/gu, '');
  const words = what.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}_]+/gu, '-');
  // 40 code points are at most 160 bytes: with the rest of the name within the 255 that file systems take.
  const safe = Array.from(words)
    .slice(0, 40)
    .join('')
    .replaceAll(/^-+|-+$/gu, '');
  return `clipscope_${platform}_${safe || 'records'}_${time}.${extension}`;
}
