/**
 * How the script in the page's own world hands answers over: events of the document whose detail is one string, since
 * strings cross between worlds in every browser. The page hears these events and can make them up; whoever receives one
 * checks it.
 */
import { maximumRelayed, type RelayedAnswer } from '../core/page-data.ts';

export const tapEvents = {
  /** From the tap: it is there, and wants to know what to do. */
  ready: 'clipscope:tap',
  /** To the tap: hand over what waits, and everything from now on. */
  listen: 'clipscope:listen',
  /** To the tap: read nothing any more, and drop what waits. */
  silence: 'clipscope:silence',
  /** From the tap: one answer. */
  answer: 'clipscope:answer',
} as const;

/** Two addresses; longer ones do not occur (signed addresses of 2026 have about 2,500 characters). */
const longestHeader = 32_000;

/** One line about the answer, then its text as it is: text of megabytes is not turned into JSON twice. */
export function wrapAnswer({ text, ...header }: RelayedAnswer): string {
  return `${JSON.stringify(header)}\n${text}`;
}

/** What an event's detail says; null for anything that the tap would not have sent. Never throws. */
export function unwrapAnswer(detail: unknown): RelayedAnswer | null {
  if (typeof detail !== 'string' || detail.length > maximumRelayed + longestHeader) return null;
  const end = detail.slice(0, longestHeader).indexOf('\n');
  const header = end < 0 ? null : parse(detail.slice(0, end));
  const text = detail.slice(end + 1);
  if (typeof header !== 'object' || header === null || text === '' || text.length > maximumRelayed) return null;
  if (!('url' in header && 'pageUrl' in header && 'digitsLost' in header)) return null;
  const { url, pageUrl, digitsLost } = header;
  if (typeof url !== 'string' || typeof pageUrl !== 'string' || typeof digitsLost !== 'boolean') return null;
  return { url, pageUrl, text, digitsLost };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
