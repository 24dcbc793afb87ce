/** What every provider does with an HTTP answer before its own codes count: decode it, and word what is no answer at all. */
import { AppError, type AppErrorDetails } from '../core/errors.ts';
import type { HttpResponse } from '../core/ports.ts';
import { redactCredentials } from '../core/redaction.ts';

/** Whose answer it is, and what must not appear in any text about it. */
export interface Party {
  readonly provider: string;
  /** The name that people know. */
  readonly label: string;
  readonly secrets: readonly string[];
}

export interface DecodedBody {
  readonly text: string;
  /** False where the bytes were not UTF-8 and were read as GB 18030. */
  readonly isUtf8: boolean;
}

/** The body as text. The gateway sends GBK under the label UTF-8, so the bytes decide, not the header. */
export function decodeBody(body: Uint8Array): DecodedBody {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(body), isUtf8: true };
  } catch {
    return { text: new TextDecoder('gb18030').decode(body), isUtf8: false };
  }
}

const longestExcerpt = 300;
const longestCode = 60;
/** No more of a page than this is read for its words: an answer may have megabytes. */
const longestRead = 100_000;

/** An upstream's words for people: one line, short, without secrets, markup or signed query values. */
export function cleanWords(text: string, { secrets }: Party): string {
  const plain = redactCredentials(text.slice(0, longestRead), secrets)
    .replace(/([?&](?:key|secret|sign|token|app_key)=)[^&\s"'<>]*/giu, '$1[redacted]')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  // Once more: what was taken out may have stood in the middle of a secret.
  return redactCredentials(plain, secrets).slice(0, longestExcerpt);
}

const dayMs = 86_400_000;

/**
 * Unix ms before which another call is useless, from `Retry-After` (seconds or an HTTP date), else `fallbackMs` after
 * the answer. At most a day: a longer wait is a fault of the header.
 */
export function retryTime({ headers, receivedAt }: HttpResponse, fallbackMs: number): number {
  const header = headers['retry-after']?.trim() ?? '';
  const wait = /^\d+(?:\.\d+)?$/u.test(header) ? Number(header) * 1000 : Date.parse(header) - receivedAt;
  const isUsable = Number.isFinite(wait) && wait >= 0;
  return receivedAt + Math.min(isUsable ? Math.ceil(wait) : fallbackMs, dayMs);
}

/** An error of this party; its words are cleaned. */
export function partyError(
  party: Party,
  code: ConstructorParameters<typeof AppError>[0],
  message: string,
  details: AppErrorDetails = {},
): AppError {
  const clean = (text: string): string => cleanWords(text, party);
  return new AppError(code, clean(message), {
    provider: party.provider,
    ...details,
    // A server may put any text where its code belongs.
    ...(details.upstreamCode ? { upstreamCode: clean(details.upstreamCode).slice(0, longestCode) } : {}),
    ...(details.parameters ? { parameters: details.parameters.map(clean) } : {}),
    ...(details.upstreamMessage ? { upstreamMessage: clean(details.upstreamMessage) } : {}),
  });
}

/** What an HTTP status says by itself, where the body explains nothing. */
export function statusError(party: Party, response: HttpResponse, fallbackMs: number): AppError {
  const { status } = response;
  const parameters = [party.label, String(status)];
  const upstreamCode = `HTTP ${status}`;
  const message = `${party.label} answered with HTTP ${status}.`;
  if (status === 429) {
    return partyError(party, 'rate_limited', message, {
      upstreamCode,
      parameters,
      retryAt: retryTime(response, fallbackMs),
    });
  }
  if (status === 401 || status === 403) {
    return partyError(party, 'auth', message, { upstreamCode, parameters, advice: 'error_http_auth' });
  }
  if (status === 404 || status === 405 || status === 410) {
    return partyError(party, 'upstream', message, {
      upstreamCode,
      parameters,
      advice: 'error_http_address',
      retryable: false,
    });
  }
  const retryAt = response.headers['retry-after'] ? { retryAt: retryTime(response, fallbackMs) } : {};
  return partyError(party, 'upstream', message, {
    upstreamCode,
    parameters,
    advice: 'error_http_status',
    retryable: status >= 500,
    ...retryAt,
  });
}

/** What is wrong with a body that should have been JSON: empty, a web page, cut off, or something else. */
export function notJsonError(party: Party, text: string): AppError {
  const body = text.trim();
  const parameters = [party.label];
  if (body === '') {
    return partyError(party, 'upstream', `${party.label} sent an empty answer.`, {
      advice: 'error_answer_empty',
      parameters,
    });
  }
  if (body.startsWith('<')) {
    return partyError(party, 'upstream', `${party.label} sent a web page instead of data.`, {
      advice: 'error_answer_html',
      parameters,
      upstreamMessage: body.replace(/<(script|style)\b[^]*?<\/\1\s*>/giu, ' '),
    });
  }
  if (/^[{[]/u.test(body)) {
    // Retrying is cheap here: a cut connection is the usual cause.
    return partyError(party, 'schema', `${party.label} sent an answer that is cut off or damaged.`, {
      advice: 'error_answer_truncated',
      parameters,
      retryable: true,
    });
  }
  return partyError(party, 'upstream', `${party.label} sent text that is no data.`, {
    advice: 'error_answer_not_json',
    parameters,
    upstreamMessage: body,
  });
}

/** The upstream answered about another thing than the one that was asked for: its cache is polluted. */
export function wrongItemError(party: Party, asked: string, answered: string): AppError {
  return partyError(
    party,
    'upstream',
    `${party.label} answered about ${answered}, not about ${asked}; nothing was saved.`,
    {
      advice: 'error_wrong_item',
      parameters: [party.label, asked, answered],
      retryable: false,
    },
  );
}

/** The upstream says that all is well, but what it sent has no readable id. */
export function unreadableError(party: Party): AppError {
  return partyError(party, 'schema', `The answer of ${party.label} has no readable id.`, {
    advice: 'error_answer_unreadable',
    parameters: [party.label],
  });
}
