/** Whether a request may leave now, and what one that left says of its provider. Pure: usage in, usage out. */
import { AppError, type ErrorCode, type WireError } from '../core/errors.ts';
import { redactCredentials } from '../core/redaction.ts';
import type { Limits, Usage } from '../core/usage.ts';
import { afterOutcome, isResting, outcomeOf, endOfRest } from './breaker.ts';
import { callsOn, nextMidnight } from './quota.ts';
import { refill, timeToTokens } from './rate-limit.ts';
import type { Policy } from './transport.ts';

/** Of a provider that names no time after it was asked too much. */
const shortestRefusalMs = 1_000;
/** Others are told to come back then while one call tries whether the provider is up again. */
const probeMs = 5_000;

/** Facts about an item: the provider works, and the next item may be there. */
const itemCodes: ReadonlySet<ErrorCode> = new Set(['not_found', 'removed', 'private', 'region_blocked']);
const ownCodes: ReadonlySet<ErrorCode> = new Set(['cancelled', 'internal', 'storage_full']);

/** What is known of a provider that was never asked. */
export function unused({ provider, limits }: Policy, now: number): Usage {
  return {
    provider,
    tokens: Math.max(1, limits.burst),
    tokens_at: now,
    ...callsOn({ day: '', calls: 0 }, now, limits.dayZone),
    refused_until: null,
    failures: 0,
    opened_at: null,
    skew_ms: null,
    last_error: null,
  };
}

export type Admission =
  /** `usage` counts the request and must be kept before it leaves. */
  | { readonly kind: 'go'; readonly usage: Usage; readonly isProbe: boolean }
  /** `error`: what is thrown where nobody waits so long. `usage`: to be kept; null: as it is. */
  | { readonly kind: 'wait'; readonly usage: Usage | null; readonly ms: number; readonly error: AppError }
  | { readonly kind: 'refuse'; readonly usage: null; readonly error: AppError };

export interface Asking {
  /** Unix ms, ours. */
  readonly now: number;
  /** This very call tries already whether the provider is up again. */
  readonly isProbe: boolean;
  /** Another one does. */
  readonly isProbed: boolean;
  /** A person wants to know what the provider says now, whatever it said before. */
  readonly insists: boolean;
  /** How many wait before this one. */
  readonly ahead: number;
}

/** Decides about one request. */
export function admit(kept: Usage | null, policy: Policy, asking: Asking): Admission {
  const { now } = asking;
  const { provider, limits } = policy;
  const usage = kept ?? unused(policy, now);
  const skew = usage.skew_ms ?? 0;
  const refuse = (error: AppError): Admission => ({ kind: 'refuse', usage: null, error });

  const mayProbe = asking.isProbe || asking.insists || (!asking.isProbed && !isResting(usage, now));
  if (usage.opened_at !== null && !mayProbe) return refuse(restingError(usage, now));

  const refusedFor = (usage.refused_until ?? 0) - now;
  const refusal = usage.last_error?.error ?? null;
  if (refusedFor > 0 && refusal?.code === 'quota_exhausted' && !asking.insists) {
    return refuse(remembered(refusal, usage.refused_until));
  }
  // The provider's own day: its midnight counts, by its clock.
  const { day, calls } = callsOn(usage, now + skew, limits.dayZone);
  if (limits.perDay !== null && calls >= limits.perDay) {
    return refuse(
      new AppError('quota_exhausted', `The ${limits.perDay} calls of ${day} to ${provider} are used up.`, {
        advice: 'error_quota_used_up',
        parameters: [String(limits.perDay)],
        provider,
        retryAt: nextMidnight(now + skew, limits.dayZone) - skew,
      }),
    );
  }
  // What a provider asks for is kept also by those who insist: the key may be blocked otherwise.
  if (refusedFor > 0 && refusal?.code === 'rate_limited') {
    return { kind: 'wait', usage: null, ms: refusedFor, error: remembered(refusal, usage.refused_until) };
  }

  const bucket = bucketOf(usage, limits, now);
  const ms = timeToTokens(bucket, limits, 1 + asking.ahead);
  if (ms > 0) {
    // A clock that was set back is waited for by its new time, and only once.
    const corrected = usage.tokens_at > now ? { ...usage, ...bucket } : null;
    return { kind: 'wait', usage: corrected, ms, error: noTurnError(provider, now + ms) };
  }
  return {
    kind: 'go',
    usage: { ...usage, ...bucket, tokens: bucket.tokens - 1, day, calls: calls + 1 },
    isProbe: usage.opened_at !== null,
  };
}

/** Too many calls wait for a turn. `retryAt`: Unix ms. */
export function noTurnError(provider: string, retryAt: number): AppError {
  return new AppError('rate_limited', `The call to ${provider} had no turn in time; it was not sent.`, {
    advice: 'error_no_turn',
    provider,
    retryAt,
  });
}

/** The bucket as it is now. While the provider refuses, nothing flows in: what it heard last was too much. */
function bucketOf(usage: Usage, limits: Limits, now: number) {
  const { tokens, tokens_at, refused_until } = usage;
  const flowsSince = refused_until !== null && refused_until <= now ? Math.max(tokens_at, refused_until) : tokens_at;
  return refill({ tokens, tokens_at: flowsSince }, limits, now);
}

/** A request that was counted and then not sent. */
export function takenBack(usage: Usage): Usage {
  return { ...usage, tokens: usage.tokens + 1, calls: Math.max(0, usage.calls - 1) };
}

function restingError(usage: Usage, now: number): AppError {
  const until = Math.max(endOfRest(usage) ?? now, now + (isResting(usage, now) ? 0 : probeMs));
  const seconds = Math.ceil((until - now) / 1000);
  return new AppError('upstream', `${usage.provider} failed ${usage.failures} times in a row and rests.`, {
    advice: 'error_provider_resting',
    parameters: [String(usage.failures), String(seconds)],
    provider: usage.provider,
    retryable: true,
    retryAt: until,
  });
}

/** What the provider said when it refused, said again without asking it. */
function remembered({ code, message, ...details }: WireError, retryAt: number | null): AppError {
  return new AppError(code, message, { ...details, retryAt });
}

/** How one try of a call ended. */
export interface Ending {
  readonly now: number;
  /** Unix ms at which its first request left. */
  readonly sentAt: number;
  /** Null: it succeeded. */
  readonly error: AppError | null;
  readonly isProbe: boolean;
  /** What its answers told of the provider's clock; null: nothing. */
  readonly skewMs: number | null;
  /** Of all its requests. */
  readonly secrets: readonly string[];
}

/** The usage after it; the same object where nothing changed. */
export function settle(usage: Usage, { limits }: Policy, ending: Ending): Usage {
  const { now, error } = ending;
  const breaker = afterOutcome(usage, outcomeOf(error), ending.isProbe, now);
  const skewMs = ending.skewMs ?? usage.skew_ms;
  const changes: Partial<Usage> = {
    ...(breaker.failures === usage.failures && breaker.opened_at === usage.opened_at ? {} : breaker),
    ...(skewMs === usage.skew_ms ? {} : { skew_ms: skewMs }),
    ...afterError(usage, limits, ending, skewMs ?? 0),
  };
  return Object.keys(changes).length === 0 ? usage : { ...usage, ...changes };
}

function afterError(usage: Usage, limits: Limits, ending: Ending, skew: number): Partial<Usage> {
  const { now, error, sentAt } = ending;
  const isRefused = (usage.refused_until ?? 0) > now;
  if (error === null || itemCodes.has(error.code)) {
    // A call that had left before the refusal came says nothing against it.
    const isNewer = sentAt >= (usage.last_error?.at ?? 0);
    const stands = usage.refused_until !== null || usage.last_error !== null;
    // A provider that answers again has taken the key: what it said before is over.
    return stands && isNewer ? { refused_until: null, last_error: null } : {};
  }
  if (ownCodes.has(error.code)) return {};
  const last_error = { error: redacted(error, ending.secrets), at: now };
  const named = Math.max(error.details.retryAt ?? 0, 0);
  if (error.code === 'quota_exhausted') {
    const until = named > now ? named : nextMidnight(now + skew, limits.dayZone) - skew;
    return { refused_until: until, last_error };
  }
  // What the provider refused with is what the next call is refused with: no other error takes its place meanwhile.
  if (isRefused && usage.last_error?.error.code === 'quota_exhausted') return {};
  if (error.code === 'rate_limited') {
    const until = Math.max(named, now + shortestRefusalMs, isRefused ? (usage.refused_until ?? 0) : 0);
    const tokens = Math.min(0, bucketOf(usage, limits, now).tokens);
    return { refused_until: until, tokens, tokens_at: now, last_error };
  }
  return isRefused ? {} : { last_error };
}

/** Providers redact what they say; this is the lock of the store. */
function redacted(error: AppError, secrets: readonly string[]): WireError {
  const wire = error.toWire();
  const clean = (text: string | null): string | null => (text === null ? null : redactCredentials(text, secrets));
  return {
    ...wire,
    message: clean(wire.message) ?? '',
    parameters: wire.parameters.map((parameter) => clean(parameter) ?? ''),
    upstreamCode: clean(wire.upstreamCode),
    upstreamMessage: clean(wire.upstreamMessage),
  };
}
