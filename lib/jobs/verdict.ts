/** What an error says of a thing, of its provider, and of whether a job can go on. Pure. */
import type { ErrorCode, WireError } from '../core/errors.ts';
import type { JobPlan } from '../core/job.ts';

export type Verdict =
  /** It is about the thing: the next one may be there. */
  | { readonly kind: 'failed' }
  /** It is about the thing, unless the next ones fail alike: then it is about the provider or the line. */
  | { readonly kind: 'suspect' }
  /** It is not about the thing; it may be asked for again from then on (Unix ms). */
  | { readonly kind: 'later'; readonly until: number }
  /** It is not about the thing; somebody must do something about it. */
  | { readonly kind: 'halt' }
  /** It was stopped. */
  | { readonly kind: 'again' };

const minuteMs = 60_000;
/** A provider whose allowance is used up, and which does not say when there is a new one, is asked again after so long. */
const unnamedQuotaMs = 60 * minuteMs;
const unnamedLimitMs = minuteMs;

/** They are of the provider's health or of the line. */
const ofHealth: ReadonlySet<ErrorCode> = new Set(['upstream', 'timeout', 'network', 'internal']);
const needsSomebody: ReadonlySet<ErrorCode> = new Set(['auth', 'permission', 'storage_full']);

/** Whether an error says something of the provider's health or of the line, and nothing of the thing. */
export function isOfHealth({ code }: WireError): boolean {
  return ofHealth.has(code);
}

/** `now`: Unix ms. */
export function verdictOf(error: WireError, now: number): Verdict {
  const { code, retryAt } = error;
  const named = retryAt !== null && retryAt > now ? retryAt : null;
  if (code === 'cancelled') return { kind: 'again' };
  if (needsSomebody.has(code)) return { kind: 'halt' };
  if (code === 'quota_exhausted') return { kind: 'later', until: named ?? now + unnamedQuotaMs };
  if (code === 'rate_limited') return { kind: 'later', until: named ?? now + unnamedLimitMs };
  if (!ofHealth.has(code)) return { kind: 'failed' };
  // The transport has stopped asking a provider that is down, and says until when.
  return named === null ? { kind: 'suspect' } : { kind: 'later', until: named };
}

/** Failures of the provider's health one after the other that make a job wait. */
export const suspectsToWait = 3;

const firstWaitMs = 30_000;
const longestWaitMs = 10 * minuteMs;

/** Ms to wait after so many things in a row failed, having waited `waits` times already. */
export function waitFor(waits: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** waits);
}

const gone: ReadonlySet<ErrorCode> = new Set(['not_found', 'removed', 'private']);

/** Whether an error says that a thing cannot be seen (any more). */
export function isGone({ code }: WireError): boolean {
  return gone.has(code);
}

/** What a lookup advises where providers know such things, and no key of any is stored. */
export const noKeyAdvice = 'error_no_key_for_it';

/** Whether nobody was asked, since nobody can be. */
export function hasNobodyToAsk({ code, advice }: WireError): boolean {
  return code === 'unsupported' || advice === noKeyAdvice;
}

/** Whether an error is what was asked for: a check of what is still there has found that something is not. */
export function isResult({ kind }: JobPlan, error: WireError): boolean {
  return kind === 'availability' && isGone(error);
}
