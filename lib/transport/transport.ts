/**
 * The one way to a provider: waits for its turn, counts, retries what may be retried, and stops asking who is down.
 * What is decided is in the files beside this one; here is the order in which it happens. A worker may die at any
 * point: everything that must outlive it is in the usage, which is committed before a request leaves.
 */
import { AppError, toAppError } from '../core/errors.ts';
import type { Http, HttpRequest, WaitingClock } from '../core/ports.ts';
import type { Limits, Usage, UsageStore } from '../core/usage.ts';
import { admit, noTurnError, settle, takenBack } from './admission.ts';
import { endOfRest, isResting } from './breaker.ts';
import { isClockToBlame, measureSkew } from './clock-skew.ts';
import { createFlights, type Passengers } from './flights.ts';
import { createLedger } from './ledger.ts';
import { createPatience, type Patience } from './patience.ts';
import { retryDelay } from './retry.ts';
import { createLine, type Line } from './turns.ts';

/** Whose limits count, and what they are. */
export interface Policy {
  readonly provider: string;
  readonly limits: Limits;
}

export interface CallOptions {
  /** Names what is asked for: two calls under way with the same name share one answer. Null: never shared. */
  readonly name: string | null;
  readonly signal?: AbortSignal;
  /**
   * Waiting longer than this for a turn or before a retry is an error, which says when to try again; and no call that has
   * taken so long in all is made again. Ms.
   */
  readonly patienceMs: number;
  /**
   * A person asks for this very call, to see whether the provider works again (the test of a connection): neither a
   * refusal that is remembered nor an open breaker holds it back. Limits do.
   */
  readonly insists?: boolean;
}

/** What a call is given: requests that keep the limits, and the provider's own time, by which requests are signed. */
export interface CallTools {
  /** Sends one request after the other, however many are asked for at once. */
  readonly http: Http;
  /** Unix ms of the provider's clock, as far as its answers told. */
  readonly now: () => number;
}

export interface Transport {
  /**
   * Runs one call, which may send several requests, each counted. Throws what the call throws at last, or AppError
   * `quota_exhausted` (nothing left today: nothing was sent), `rate_limited` (waiting would exceed the patience),
   * `upstream` (the breaker is open), `cancelled`.
   */
  call<Value>(policy: Policy, options: CallOptions, make: (tools: CallTools) => Promise<Value>): Promise<Value>;
  usage(provider: string): Promise<Usage | null>;
}

export interface TransportDependencies {
  readonly http: Http;
  readonly clock: WaitingClock;
  readonly store: UsageStore;
  /** From 0 to 1, for the jitter. */
  readonly random: () => number;
}

/** What this worker knows of the calls to one provider that are under way; nothing is lost with it. */
interface Lane {
  /** As many as may be under way at once. */
  readonly calls: Line;
  /** The first in line for a token; whoever is behind waits for it, so that nobody is overtaken. */
  readonly tokens: Line;
  /** The call that tries whether the provider is up again. */
  probe: object | null;
}

interface Call {
  readonly policy: Policy;
  readonly lane: Lane;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly insists: boolean;
}

/** One try of a call. */
interface Try {
  /** Unix ms at which the first request left; null: none did. */
  sentAt: number | null;
  /** Ms. What the call was signed with, and what its answers told since. */
  signedWith: number;
  learned: number | null;
  /** Why we did not send one of its requests. */
  refusal: AppError | null;
  readonly secrets: Set<string>;
}

type Outcome<Value> =
  | { readonly value: Value }
  | { readonly error: AppError; readonly mayRetry: boolean; readonly clockToBlame: boolean };

export function createTransport(dependencies: TransportDependencies): Transport {
  const { http, clock, store, random } = dependencies;
  const ledger = createLedger(store);
  const flights = createFlights();
  const lanes = new Map<string, Lane>();

  function laneOf(provider: string): Lane {
    const lane = lanes.get(provider) ?? { calls: createLine(), tokens: createLine(), probe: null };
    lanes.set(provider, lane);
    return lane;
  }

  async function run<Value>(
    policy: Policy,
    insists: boolean,
    { signal, patienceMs }: Passengers,
    make: (tools: CallTools) => Promise<Value>,
  ): Promise<Value> {
    const patience = createPatience(clock, patienceMs, signal);
    const call: Call = { policy, lane: laneOf(policy.provider), patience, signal, insists };
    const begunAt = clock.now();
    let retries = 0;
    let isTimeCorrected = false;
    let failed: AppError | null = null;
    for (;;) {
      const outcome = await tryOnce(call, make);
      if ('value' in outcome) return outcome.value;
      const error = moreTelling(failed, outcome.error);
      failed = error;
      if (signal.aborted) throw new AppError('cancelled', 'The call was cancelled.');
      if (outcome.clockToBlame && !isTimeCorrected) {
        isTimeCorrected = true;
        continue;
      }
      const delay = outcome.mayRetry ? retryDelay(outcome.error, retries, clock.now(), random) : null;
      if (delay === null) throw error;
      if (delay > patience.left()) throw withRetryAt(error, clock.now() + delay);
      // Whoever has looked on for so long, be it while the provider was silent, is not made to wait for another try.
      if (clock.now() - begunAt + delay > patienceMs()) throw error;
      retries += 1;
      await patience.rest(delay);
    }
  }

  async function tryOnce<Value>(call: Call, make: (tools: CallTools) => Promise<Value>): Promise<Outcome<Value>> {
    const { policy, lane, patience } = call;
    const self: Try = { sentAt: null, signedWith: 0, learned: null, refusal: null, secrets: new Set() };
    await refuseEarly(call, self);
    const leave = await patience.queue(
      (signal) => lane.calls.enter(policy.limits.concurrency, signal),
      () => outOfTurn(policy),
    );
    try {
      // The turn of the first request comes before the call is made: a request that was signed must not wait until its
      // time is stale.
      self.signedWith = await takeTurn(call, self);
      let value: Value | undefined;
      let thrown: AppError | null = null;
      try {
        value = await make({ http: requests(call, self), now: () => clock.now() + self.signedWith });
      } catch (error) {
        thrown = toAppError(error);
      }
      const restsUntil = await end(call, self, thrown);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing was thrown, so this is what the call resolved with
      if (thrown === null) return { value: value as Value };
      if (self.refusal) return { error: self.refusal, mayRetry: false, clockToBlame: false };
      return {
        error: restsUntil !== null && thrown.retryable ? withRetryAt(thrown, restsUntil) : thrown,
        mayRetry: restsUntil === null,
        clockToBlame: isClockToBlame(thrown, self.signedWith, self.learned),
      };
    } finally {
      leave();
      if (lane.probe === self) lane.probe = null;
    }
  }

  /** Refuses at once what would be refused, or would have lost its patience, at the end of the line. */
  async function refuseEarly({ policy, lane, patience, insists }: Call, self: Try): Promise<void> {
    const now = clock.now();
    const ahead = lane.calls.waiting + lane.tokens.waiting;
    const isProbed = lane.probe !== null && lane.probe !== self;
    const asking = { now, isProbe: false, isProbed, insists, ahead };
    const admission = admit(await store.read(policy.provider), policy, asking);
    if (admission.kind === 'refuse') throw admission.error;
    if (admission.kind === 'wait' && admission.ms > patience.left()) throw admission.error;
  }

  /** Waits for a token, and resolves with the skew (ms) once the request is counted and that is committed. */
  async function takeTurn(call: Call, self: Try): Promise<number> {
    const { policy, lane, patience } = call;
    const leave = await patience.queue(
      (signal) => lane.tokens.enter(1, signal),
      () => outOfTurn(policy),
    );
    try {
      for (;;) {
        if (call.signal.aborted) throw new AppError('cancelled', 'The call was cancelled before its turn.');
        const { admission, skew } = await ledger.change(policy.provider, (kept) => {
          const admission = admit(kept, policy, {
            now: clock.now(),
            isProbe: lane.probe === self,
            isProbed: lane.probe !== null,
            insists: call.insists,
            ahead: 0,
          });
          // At once, not after the commit: the next in line may ask in between.
          if (admission.kind === 'go' && admission.isProbe) lane.probe = self;
          return [admission.usage, { admission, skew: kept?.skew_ms ?? 0 }];
        });
        if (admission.kind === 'go') return skew;
        if (admission.kind === 'refuse') throw admission.error;
        if (admission.ms > patience.left()) throw admission.error;
        await patience.rest(admission.ms);
      }
    } finally {
      leave();
    }
  }

  /** The Http port that a call is given. Its first request has its turn already. */
  function requests(call: Call, self: Try): Http {
    const line = createLine();
    return async (request: HttpRequest) => {
      const signal = request.signal ? AbortSignal.any([call.signal, request.signal]) : call.signal;
      const leave = await line.enter(1, signal);
      try {
        if (self.sentAt !== null) await takeAnotherTurn(call, self);
        for (const secret of request.secrets) self.secrets.add(secret);
        const sentAt = clock.now();
        self.sentAt ??= sentAt;
        const response = await http({ ...request, signal });
        self.learned = measureSkew(response, sentAt) ?? self.learned;
        return response;
      } finally {
        leave();
      }
    };
  }

  /** For a further request of the same call. That we did not send it is not for the provider's code to explain. */
  async function takeAnotherTurn(call: Call, self: Try): Promise<void> {
    try {
      await takeTurn(call, self);
    } catch (error) {
      self.refusal = toAppError(error);
      throw error;
    }
  }

  /** Keeps what a try said of its provider. Resolves with the time (Unix ms) until which that rests; null: it does not. */
  async function end({ policy, lane }: Call, self: Try, error: AppError | null): Promise<number | null> {
    const { sentAt } = self;
    try {
      return await ledger.change(policy.provider, (kept) => {
        // Nothing is kept where another key took the place of the one that was called with.
        if (kept === null) return [null, null];
        if (sentAt === null) return [takenBack(kept), null];
        const now = clock.now();
        const usage = settle(kept, policy, {
          now,
          sentAt,
          error: self.refusal ? new AppError('cancelled', 'It was not sent in full.') : error,
          isProbe: lane.probe === self,
          skewMs: self.learned,
          secrets: [...self.secrets],
        });
        return [usage, isResting(usage, now) ? endOfRest(usage) : null];
      });
    } catch {
      // What cannot be kept must not cost the answer.
      return null;
    }
  }

  function outOfTurn({ provider, limits }: Policy): AppError {
    return noTurnError(provider, clock.now() + Math.ceil(1000 / limits.perSecond));
  }

  return {
    call: (policy, options, make) =>
      flights.join(options.name === null ? null : `${policy.provider} ${options.name}`, options, (passengers) =>
        run(policy, options.insists ?? false, passengers, make),
      ),
    usage: (provider) => store.read(provider),
  };
}

/**
 * What to say of a call that failed more than once: an answer of the provider says more than a connection that failed
 * after it. Chromium holds back what an extension sends after some answers of 5xx, and calls that a network error
 * (net::ERR_TEMPORARILY_THROTTLED). When to try again is the last one's to say.
 */
function moreTelling(before: AppError | null, last: AppError): AppError {
  if (last.code !== 'network' || (before?.code !== 'upstream' && before?.code !== 'schema')) return last;
  return new AppError(before.code, before.message, { ...before.details, retryAt: last.details.retryAt ?? null });
}

/** The same error, which says when to try again at the earliest (Unix ms). */
function withRetryAt(error: AppError, time: number): AppError {
  const { details } = error;
  return new AppError(error.code, error.message, { ...details, retryAt: Math.max(details.retryAt ?? 0, time) });
}
