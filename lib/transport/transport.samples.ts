/** A provider on the other end of the line, and the transport that calls it, for tests of the policy. */
import { AppError, type AppErrorDetails, type ErrorCode } from '../core/errors.ts';
import type { HttpRequest, HttpResponse } from '../core/ports.ts';
import type { Limits, Usage } from '../core/usage.ts';
import { createTestClock, createTestStore, type TestClock, type TestStore } from './test-clock.samples.ts';
import { type CallOptions, type CallTools, createTransport, type Policy, type Transport } from './transport.ts';

/** 2026-11-21, 12:00 in Beijing. */
export const noon = Date.UTC(2026, 10, 21, 4);

export const roomy: Limits = { perSecond: 1000, burst: 1000, concurrency: 100, perDay: null, dayZone: 'Asia/Shanghai' };

export interface Sent {
  /** The caller's clock. */
  readonly at: number;
  readonly request: HttpRequest;
  /** What was committed when the request left. */
  readonly kept: Usage | undefined;
  /** What the body of the call read as the provider's time when it made the request. */
  readonly signedAt: number;
}

export interface Line {
  readonly clock: TestClock;
  readonly store: TestStore;
  readonly sent: Sent[];
  /** How many requests are under way. */
  open(): number;
  /** The most that ever were. */
  mostOpen(): number;
  transport: Transport;
  /** What the provider answers from now on: nothing (all is well) or an error, by the number of the request (from 0). */
  answer: (count: number) => AppError | null;
  /** Ms. */
  latency: number;
  /** The provider's clock minus ours. Ms. */
  skew: number;
  headers: Readonly<Record<string, string>>;
  jitter: number;
  policy: Policy;
  /** One call of one request. Resolves with the number of the request that was answered. */
  call(options?: Partial<CallOptions>): Promise<number>;
  /** The worker died: all that is left is what was committed. */
  restart(): void;
}

export function failure(code: ErrorCode, details: AppErrorDetails = {}): AppError {
  return new AppError(code, `Said by the test: ${code}`, details);
}

/** What a promise rejects with; fails the test where it does not. */
export async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

export function createLine(limits: Partial<Limits> = {}): Line {
  const clock = createTestClock(noon);
  const store = createTestStore();
  let open = 0;
  let mostOpen = 0;

  async function http(request: HttpRequest): Promise<HttpResponse> {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    const signedAt = Number(request.body);
    line.sent.push({ at: clock.now(), request, kept: store.kept.get(line.policy.provider), signedAt });
    try {
      await clock.sleep(line.latency, request.signal);
    } finally {
      open -= 1;
    }
    const date = new Date(clock.now() + line.skew).toUTCString();
    return { status: 200, headers: { date, ...line.headers }, body: new Uint8Array(), receivedAt: clock.now() };
  }

  function start(): Transport {
    return createTransport({ http, clock, store, random: () => line.jitter });
  }

  async function make({ http: send, now }: CallTools): Promise<number> {
    const url = 'https://provider.test/';
    const count = line.sent.length;
    await send({ method: 'POST', url, body: String(now()), timeoutMs: 20_000, secrets: ['planted-secret'] });
    const error = line.answer(count);
    if (error) throw error;
    return count;
  }

  const line: Line = {
    clock,
    store,
    sent: [],
    open: () => open,
    mostOpen: () => mostOpen,
    transport: start(),
    answer: () => null,
    latency: 0,
    skew: 0,
    headers: {},
    jitter: 1,
    policy: { provider: 'acme', limits: { ...roomy, ...limits } },
    call: (options = {}) => line.transport.call(line.policy, { name: null, patienceMs: 60_000, ...options }, make),
    restart: () => {
      line.transport = start();
    },
  };
  return line;
}
