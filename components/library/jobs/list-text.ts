/** What was read of a pasted list, summed up for the form, and files as text; without drawing. */
import { isSecUid, parseRefKey, type RefKey } from '../../../lib/core/ref.ts';
import type { NumberMeaning, ReadList } from '../../../lib/sites/list-input.ts';
import type { LinkOutcome } from '../../jobs.ts';

/** What numbers alone may be, in the order of the choice. */
export const numberMeanings = [
  { platform: 'tiktok', kind: 'post' },
  { platform: 'douyin', kind: 'post' },
  { platform: 'tiktok', kind: 'product' },
  { platform: 'douyin', kind: 'product' },
  { platform: 'tiktok', kind: 'author' },
  { platform: 'douyin', kind: 'author' },
] as const satisfies readonly NumberMeaning[];

/** `tiktok_post`: names a choice and ends its message key. */
export function meaningId({ platform, kind }: NumberMeaning): string {
  return `${platform}_${kind}`;
}

/** Lines that could be read if somebody said what their numbers are. */
export function undecided({ unreadable }: ReadList): number {
  return unreadable.filter(({ reason, text }) => reason === 'number' || (reason === 'unknown' && isSecUid(text)))
    .length;
}

/** The things of a list with those that its short links turned out to lead to, each once. */
export function withResolved(
  reading: Pick<ReadList, 'refs' | 'shortLinks'>,
  outcomes: ReadonlyMap<RefKey, LinkOutcome>,
): readonly RefKey[] {
  const led = reading.shortLinks.flatMap((link) => {
    const outcome = outcomes.get(link);
    return outcome && 'ref' in outcome && outcome.ref !== null ? [outcome.ref] : [];
  });
  return led.length === 0 ? reading.refs : [...new Set([...reading.refs, ...led])];
}

/** The address of a short link, to be opened by hand; its ref holds host and code. */
export function linkAddress(link: RefKey): string {
  const id = parseRefKey(link)?.id ?? '';
  const [host = '', code = ''] = id.split('/');
  return host.startsWith('www.') || host.startsWith('m.') ? `https://${host}/t/${code}/` : `https://${id}/`;
}

/** Bytes: more than a list of a hundred thousand addresses needs. */
export const largestFile = 30_000_000;

/** Texts beyond this (characters) are not put into an input: typing would stall. */
export const mostTyped = 300_000;

/** The formats that spreadsheets keep for themselves. */
export function isSpreadsheet(name: string): boolean {
  return /\.(?:xlsx?|xlsm|ods|numbers)$/iu.test(name);
}

/**
 * The text of a file: UTF-8, UTF-16 by its byte-order mark, else GB 18030, in which spreadsheets in China write CSV.
 * Never throws: bytes that are nothing become replacement characters.
 */
export function decodeText(bytes: Uint8Array<ArrayBuffer>): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
