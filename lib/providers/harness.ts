/** The tests that every provider passes: what it sends, and what it makes of every answer that the world may give. */
import * as z from 'zod/mini';
import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { recordRef } from '../core/observation.ts';
import type { AnyRecord } from '../core/record.ts';
import type { Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import type { EntityRef } from '../core/ref.ts';
import {
  type Credential,
  type ListCapability,
  type ListRequest,
  type LookupCapability,
  type Provider,
  type ProviderAnswer,
  type Quota,
  secretsOf,
} from './provider.ts';

/** 2026-11-21, 12:00 in Beijing. */
export const testTime = Date.UTC(2026, 10, 21, 4);

/** One answer of the stub: a status with a body, or what the Http port throws. */
export type StubAnswer =
  | {
      readonly status?: number;
      readonly body: string | Uint8Array;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly error: AppError };

export interface Stub {
  readonly http: Http;
  readonly requests: HttpRequest[];
}

/** An Http port that gives these answers in turn, the last one again and again. */
export function stubHttp(...answers: readonly StubAnswer[]): Stub {
  const requests: HttpRequest[] = [];
  const http: Http = async (request) => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    if (!answer) throw new Error('The stub has no answer.');
    if ('error' in answer) throw answer.error;
    const { status = 200, headers = {}, body } = answer;
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    return { status, headers, body: bytes, receivedAt: testTime + 250 } satisfies HttpResponse;
  };
  return { http, requests };
}

export interface Asked {
  /** Of a list: one page, with the cursor of the next. */
  readonly answer: (ProviderAnswer & { readonly cursor?: string | null }) | null;
  readonly error: AppError | null;
  readonly requests: readonly HttpRequest[];
  readonly quotas: readonly Quota[];
  /** The part of an answer that each record was read from. */
  readonly raws: ReadonlyMap<AnyRecord, unknown>;
}

export interface Asking {
  readonly capability: LookupCapability | ListCapability;
  /** What is looked up, or what the list is of. */
  readonly ref: EntityRef;
  readonly credential: Credential;
  readonly answers: readonly StubAnswer[];
  readonly fresh?: boolean;
  /** The access token of a provider with a login. */
  readonly token?: string;
  /** Of a list, where `ref` does not say all. */
  readonly request?: ListRequest;
  readonly cursor?: string | null;
}

/** Asks a provider with a stub; anything thrown that is no AppError fails the test. */
export async function askProvider(provider: Provider, asking: Asking): Promise<Asked> {
  const { http, requests } = stubHttp(...asking.answers);
  const quotas: Quota[] = [];
  const raws = new Map<AnyRecord, unknown>();
  const credential = z.parse(provider.credential, asking.credential);
  const context = {
    http,
    now: () => testTime,
    credential,
    token: asking.token ?? null,
    fresh: asking.fresh ?? false,
    reportQuota: (quota: Quota) => void quotas.push(quota),
    made: (record: AnyRecord, raw: unknown) => void raws.set(record, raw),
  };
  const entry = provider.capabilities[asking.capability];
  if (!entry) throw new Error(`No ${asking.capability}.`);
  const request = asking.request ?? { platform: asking.ref.platform, subject: asking.ref, query: {} };
  try {
    const answer = await ('get' in entry
      ? entry.get(context, asking.ref)
      : entry.list(context, request, asking.cursor ?? null));
    return { answer, error: null, requests, quotas, raws };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { answer: null, error, requests, quotas, raws };
  }
}

type Path = readonly (string | number)[];

/** Every path below a value, parents first. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const step = Array.isArray(value) ? Number(key) : key;
    const child: unknown = Reflect.get(value, key);
    return [[...path, step], ...pathsOf(child, [...path, step])];
  });
}

/** A copy with one path removed or replaced. */
function changed(json: unknown, path: Path, replace: { readonly by: unknown } | null): unknown {
  const copy: unknown = structuredClone(json);
  let parent: unknown = copy;
  for (const step of path.slice(0, -1)) parent = Reflect.get(Object(parent), step);
  const last = path.at(-1) ?? '';
  if (replace) Reflect.set(Object(parent), last, replace.by);
  else Reflect.deleteProperty(Object(parent), last);
  return copy;
}

const wrongValues: readonly unknown[] = [
  null,
  '',
  'text',
  '\u{FFFD}',
  -1,
  0,
  1.5,
  1e300,
  true,
  [],
  [null],
  {},
  { url: 5 },
  [[]],
];

export interface ProviderCase {
  readonly name: string;
  readonly provider: Provider;
  readonly capability: LookupCapability | ListCapability;
  /** What is looked up, or what the list is of. */
  readonly ref: EntityRef;
  /** The id of the answer's first record, where it is not that of `ref`. */
  readonly answerId?: string;
  /** Of a list, where `ref` does not say all. */
  readonly list?: ListRequest;
  readonly token?: string;
  /** With secrets long enough to be searched for. */
  readonly credential: Credential;
  /** A full answer of success. */
  readonly success: unknown;
  /** Paths (`item.num_iid`) without which, or with a wrong value of which, the answer is no longer a success. */
  readonly required: readonly string[];
  /** What the request must look like. */
  readonly request: (request: HttpRequest, fresh: boolean) => void;
  /** Errors by name: an answer and what becomes of it. */
  readonly errors: Readonly<
    Record<string, readonly [answer: StubAnswer, code: ErrorCode, advice: string | null, retryAt?: number]>
  >;
  /** The body of an answer with one of the provider's codes and these words. */
  readonly withCode?: (code: string, words: string) => string;
  /** Codes that are an answer to this capability: a search that finds nothing is an empty page. */
  readonly answers?: readonly string[];
}

function textsOf(error: AppError): string {
  return `${JSON.stringify(error.toWire())} ${error.stack ?? ''}`;
}

function idOf(answer: ProviderAnswer | null): string | undefined {
  const record = answer?.records[0];
  return record && recordRef(record).id;
}

/** Declares the tests of one capability of a provider. Call it inside a `describe`. */
export function testProvider(given: ProviderCase): void {
  const { provider, capability, ref, credential } = given;
  const secrets = [
    ...secretsOf(provider, z.parse(provider.credential, credential)),
    ...(given.token ? [given.token] : []),
  ];
  const ask = (answers: readonly StubAnswer[], fresh = false): Promise<Asked> =>
    askProvider(provider, {
      capability,
      ref,
      credential,
      answers,
      fresh,
      ...(given.list ? { request: given.list } : {}),
      ...(given.token ? { token: given.token } : {}),
    });
  const answerId = given.answerId ?? ref.id;

  for (const fresh of [false, true]) {
    test(`${given.name}: the request is as expected${fresh ? ', past the cache' : ''}`, async () => {
      const { requests, answer } = await ask([{ body: JSON.stringify(given.success) }], fresh);
      expect(requests).toHaveLength(1);
      const [request] = requests;
      if (!request) return;
      expect(request.timeoutMs).toBe(provider.timeoutMs);
      expect([...request.secrets].sort()).toEqual([...secrets].sort());
      given.request(request, fresh);
      expect(idOf(answer)).toBe(answerId);
    });
  }

  test(`${given.name}: no field but the id is needed, and none may be of a wrong type`, async () => {
    const optional = pathsOf(given.success).filter((path) => !given.required.includes(path.join('.')));
    expect(optional.length).toBeGreaterThan(10);
    for (const path of optional) {
      for (const replace of [null, ...wrongValues.map((by) => ({ by }))]) {
        const { answer, error } = await ask([{ body: JSON.stringify(changed(given.success, path, replace)) }]);
        const change = `${path.join('.')} ${replace ? `= ${JSON.stringify(replace.by)}` : 'removed'}`;
        expect(error?.message ?? idOf(answer), change).toBe(answerId);
      }
    }
  }, 30_000);

  test(`${given.name}: a record names only what it may`, async () => {
    const { answer } = await ask([{ body: JSON.stringify(given.success) }]);
    const text = JSON.stringify(answer);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test(`${given.name}: tells of each record which part of the answer it was read from`, async () => {
    const { answer, raws } = await ask([{ body: JSON.stringify(given.success) }]);
    const untold = (answer?.records ?? []).filter((record) => !raws.has(record));
    expect(untold.map((record) => record.record_type)).toEqual([]);
    for (const raw of raws.values()) expect(raw).toBeTypeOf('object');
  });

  for (const [name, [answer, code, advice, retryAt]] of Object.entries(given.errors)) {
    test(`${given.name}: ${name} → ${code}`, async () => {
      const { error } = await ask([answer]);
      expect(error?.code).toBe(code);
      expect(error?.details.advice ?? null).toBe(advice);
      if (retryAt !== undefined) expect(error?.details.retryAt).toBe(retryAt);
    });
  }

  const { withCode } = given;
  const refusals = Object.entries(provider.errors).filter(([code]) => !given.answers?.includes(code));
  if (withCode) {
    for (const [upstreamCode, meaning] of refusals) {
      test(`${given.name}: code ${upstreamCode} → ${meaning.code}`, async () => {
        const { error } = await ask([{ body: withCode(upstreamCode, 'words') }]);
        expect(error).toMatchObject({
          code: meaning.code,
          details: { advice: meaning.advice, upstreamCode, provider: provider.id },
        });
      });
    }
  }

  test(`${given.name}: no error holds a credential, whatever the upstream says`, async () => {
    const leak = `Key[${secrets.join('] Secret[')}] https://host/?key=${secrets.map(encodeURIComponent).join('&secret=')}`;
    const forms = secrets.flatMap((secret) => [
      secret.toUpperCase(),
      new URLSearchParams({ secret }).toString(),
      JSON.stringify(secret),
    ]);
    const bodies = [
      leak,
      forms.join(' '),
      `<html>${leak}</html>`,
      `{"msg":"${'x'.repeat(10)}${leak}`,
      ...(withCode
        ? [...refusals.map(([code]) => code), '9999', leak].map((code) => withCode(code, `${leak} ${forms.join(' ')}`))
        : []),
    ];
    const answers: StubAnswer[] = [200, 400, 401, 403, 404, 429, 500, 503].flatMap((status) =>
      bodies.map((body) => ({ status, body })),
    );
    for (const answer of [...answers, ...Object.values(given.errors).map(([first]) => first)]) {
      const { error } = await ask([answer]);
      expect(error).not.toBeNull();
      const texts = error ? textsOf(error).toLowerCase() : '';
      // One expectation for all: one each would take most of the time.
      const leaked = [...secrets, ...forms].filter((secret) => texts.includes(secret.toLowerCase()));
      expect(leaked).toEqual([]);
    }
  }, 30_000);
}
