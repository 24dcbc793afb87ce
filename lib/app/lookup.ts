/** Cache → provider → record, one flight per ref. What a page shows of a ref is an `Entry`. */
import { AppError, toAppError, type WireError } from '../core/errors.ts';
import type { Clock, Http } from '../core/ports.ts';
import { type AnyRecord } from '../core/record.ts';
import { toObservation } from '../core/observation.ts';
import { type EntityRef, idTime, parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import type { Entry, EntryStatus, WorkerEvent } from '../messaging/protocol.ts';
import { providersFor } from '../providers/index.ts';
import { redactCredentials } from '../core/redaction.ts';
import { capabilityOf, type Provider, type Quota, secretsOf } from '../providers/provider.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import { getLookup, putLookup, touchLookup } from '../storage/cache.ts';
import { getCredentials, putQuota } from '../storage/credentials.ts';
import type { CachedLookup, CredentialDatabase, DataDatabase, StoredCredential } from '../storage/database.ts';
import { addObservations } from '../storage/records.ts';
import type { SessionDatabase } from '../storage/session-buffer.ts';
import type { Budget } from './budget.ts';
import { readCredential } from './credentials.ts';
import { knownOfOne } from './knowledge.ts';

const minuteMs = 60_000;
/** Refusals of the key, not of the item: the next item would be refused as well. */
const refusesKey: ReadonlySet<string> = new Set(['auth', 'permission', 'quota_exhausted', 'rate_limited']);

export interface LookupDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly session: () => Promise<SessionDatabase>;
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly settings: () => Promise<Settings>;
  readonly http: Http;
  readonly clock: Clock;
  /** Whether the browser lets us call these origins. */
  readonly hasAccess: (origins: readonly string[]) => Promise<boolean>;
  readonly tell: (event: WorkerEvent) => void;
}

export interface LookupOptions {
  /** Past every cache, the provider's too. */
  readonly refresh: boolean;
  /** Nobody clicked: only within what the settings allow, and never again right after a failure. */
  readonly automatic: boolean;
  /** The page that was open, a provenance column. */
  readonly pageUrl: string | null;
  /** The tab whose page this is about; its data counts. */
  readonly tabId: number | null;
  /** What calls are paid from where a page's script asks; without one, nobody counts. */
  readonly budget?: Budget;
}

export interface Lookups {
  /** What is known now, without asking anyone; of the pages' data only what this tab's carried. */
  entry(key: RefKey, tabId: number | null): Promise<Entry>;
  /** Resolves with the entry once the answer is stored; failures are in the entry. */
  lookup(key: RefKey, options: LookupOptions): Promise<Entry>;
  /** A key was saved or deleted: what the former one was refused does not count any more. */
  forgetRefusals(): void;
}

export function createLookups(dependencies: LookupDependencies): Lookups {
  const { clock, tell } = dependencies;
  const flights = new Map<RefKey, { readonly landing: Promise<void>; readonly refresh: boolean }>();
  let landings = 0;
  /** Unix ms until which a provider is not asked unasked, since it refused the key; by provider and kind of thing. */
  const refusals = new Map<string, number>();

  async function entry(key: RefKey, tabId: number | null): Promise<Entry> {
    const ref = requireRef(key);
    const [settings, database, stored] = await Promise.all([
      dependencies.settings(),
      dependencies.data(),
      credentialsByProvider(),
    ]);
    const [known, cached] = await Promise.all([knownOfOne(dependencies, key, tabId), getLookup(database, key)]);
    const { record, skus } = known;
    const candidates = providersFor(ref).map(({ id, label }) => ({ id, label, hasKey: stored.has(id) }));
    const expiresAt = record && lookedUpAt() !== null ? (lookedUpAt() ?? 0) + timeToLive(ref, settings) : null;
    const failure = recentFailure(cached, ref, settings);
    return {
      ref: key,
      url: canonicalUrl(ref),
      idTime: ref.kind === 'product' ? null : idTime(ref.id, clock.now()),
      status: statusOf(),
      record,
      ...(skus.length > 0 ? { skus } : {}),
      error: failure,
      providers: candidates,
      expiresAt,
      observationCount: known.observationCount,
    };

    /** Unix ms of the last lookup that gave a record. What a page carried is none, and never goes stale. */
    function lookedUpAt(): number | null {
      if (cached && !cached.error) return cached.fetched_at;
      return record?.collected_via === 'api' ? record.fetched_at : null;
    }

    function statusOf(): EntryStatus {
      if (flights.has(key)) return 'loading';
      if (failure) return 'error';
      if (expiresAt !== null) return expiresAt > clock.now() ? 'fresh' : 'stale';
      if (candidates.length === 0) return 'unsupported';
      return candidates.some((candidate) => candidate.hasKey) ? 'none' : 'no_key';
    }
  }

  /** A failure is shown, and kept from being repeated unasked, for as long as a success would be. */
  function recentFailure(cached: CachedLookup | null, ref: EntityRef, settings: Settings): WireError | null {
    if (!cached?.error) return null;
    const rested = cached.fetched_at + Math.max(timeToLive(ref, settings), minuteMs);
    return Math.max(rested, cached.error.retryAt ?? 0) > clock.now() ? cached.error : null;
  }

  /** A key as it is stored now, for comparing. */
  function valuesOf(stored: StoredCredential | undefined): string {
    return JSON.stringify(stored?.values ?? null);
  }

  async function credentialsByProvider(): Promise<Map<string, StoredCredential>> {
    const all = await getCredentials(await dependencies.credentials());
    return new Map(all.map((credential) => [credential.provider, credential]));
  }

  async function lookup(key: RefKey, options: LookupOptions): Promise<Entry> {
    for (;;) {
      const running = flights.get(key);
      if (running) {
        await running.landing;
        // A flight that may be answered from the provider's cache is not what a refresh asked for.
        if (running.refresh || !options.refresh) return entry(key, options.tabId);
        continue;
      }
      const landed = landings;
      const before = await entry(key, options.tabId);
      if (!options.refresh && before.status === 'fresh') {
        await touchLookup(await dependencies.data(), key, clock.now());
        return before;
      }
      const chosen = before.providers.find((candidate) => candidate.hasKey);
      if (!chosen) return before;
      if (options.automatic && !(await mayAskUnasked(before, chosen.id))) return before;
      // While this was considered, another call may have taken off or even come back.
      if (flights.has(key) || landed !== landings) continue;
      const nextAt = options.budget?.take() ?? null;
      if (nextAt !== null) {
        if (options.automatic) return before;
        throw new AppError('rate_limited', 'This page asked for too much.', {
          advice: 'error_page_asks_too_much',
          retryAt: nextAt,
        });
      }
      await takeOff(key, chosen.id, options);
      return entry(key, options.tabId);
    }
  }

  async function mayAskUnasked(before: Entry, providerId: string): Promise<boolean> {
    const settings = await dependencies.settings();
    if (!settings.automaticLookup || settings.paused || before.status === 'error') return false;
    if (pageSaysAll(before.record, clock.now() - timeToLive(requireRef(before.ref), settings))) return false;
    return (refusals.get(refusalName(providerId, requireRef(before.ref))) ?? 0) <= clock.now();
  }

  function takeOff(key: RefKey, providerId: string, options: LookupOptions): Promise<void> {
    const landing = fly(key, providerId, options).finally(() => {
      landings += 1;
      flights.delete(key);
      tell({ event: 'record.changed', ref: key });
    });
    flights.set(key, { landing, refresh: options.refresh });
    tell({ event: 'record.changed', ref: key });
    return landing;
  }

  /** Asks one provider and commits what came of it, before anyone is told. */
  async function fly(key: RefKey, providerId: string, options: LookupOptions): Promise<void> {
    const ref = requireRef(key);
    const values = valuesOf((await credentialsByProvider()).get(providerId));
    let error: WireError | null = null;
    try {
      await ask(ref, providerId, options);
      refusals.delete(refusalName(providerId, ref));
    } catch (thrown) {
      error = toAppError(thrown).toWire();
    }
    const now = clock.now();
    const settings = await dependencies.settings();
    // The failure of a key that was mended meanwhile says nothing of the new one.
    if (error && values !== valuesOf((await credentialsByProvider()).get(providerId))) return;
    if (error && refusesKey.has(error.code)) {
      const rested = now + Math.max(timeToLive(ref, settings), minuteMs);
      refusals.set(refusalName(providerId, ref), error.retryAt ?? rested);
    }
    await putLookup(
      await dependencies.data(),
      { ref_key: key, provider: providerId, fetched_at: now, used_at: now, error },
      settings.cacheEntries,
    );
  }

  async function ask(ref: EntityRef, providerId: string, options: LookupOptions): Promise<void> {
    const provider = providersFor(ref).find((candidate) => candidate.id === providerId);
    const capability = capabilityOf[ref.kind];
    const get = capability && provider?.capabilities[capability]?.get;
    if (!provider || !get) throw new AppError('unsupported', `${providerId} cannot look up ${ref.kind}.`);
    const stored = (await credentialsByProvider()).get(providerId);
    const credential = readCredential(provider, stored?.values ?? {});
    const origins = provider.origins(credential);
    if (!(await dependencies.hasAccess(origins))) throw missingAccess(provider, origins);
    const quotas: Quota[] = [];
    try {
      const { records } = await get(
        {
          http: dependencies.http,
          now: () => clock.now(),
          credential,
          token: null,
          fresh: options.refresh,
          reportQuota: (quota) => void quotas.push(quota),
        },
        ref,
      );
      const observations = records.map((record) => toObservation({ ...record, collected_from_url: options.pageUrl }));
      await addObservations(await dependencies.data(), observations);
    } catch (error) {
      throw withoutSecrets(error, provider, secretsOf(provider, credential));
    } finally {
      const quota = quotas.at(-1);
      if (quota) await keepQuota(provider, valuesOf(stored), quota);
    }
  }

  /** A reading that cannot be kept must not cost the answer. */
  async function keepQuota(provider: Provider, values: string, quota: Quota): Promise<void> {
    try {
      const belongs = (now: StoredCredential['values']): boolean => JSON.stringify(now) === values;
      await putQuota(await dependencies.credentials(), provider.id, quota, belongs);
      tell({ event: 'quota.changed' });
    } catch {
      // The next answer brings a newer one.
    }
  }

  return { entry, lookup, forgetRefusals: () => refusals.clear() };
}

/** What a researcher looks at first. A page that has all of it, exactly, leaves nothing to pay for. */
const mainCounts = ['view_count', 'like_count', 'comment_count', 'share_count'] as const;

/**
 * Whether pages gave all main counts of a post, as counted, since this time (Unix ms). Rounded ones do not suffice: the
 * provider may know better. Douyin's pages never do: the web shows no views there.
 */
function pageSaysAll(record: AnyRecord | null, since: number): boolean {
  if (record?.record_type !== 'post') return false;
  return mainCounts.every((field) => {
    const note = record.figures[field];
    if (note?.precision !== 'exact' || note.source.startsWith('api:')) return false;
    return (note.observed_at ?? note.fetched_at) > since;
  });
}

/** The APIs of a provider are allowed and counted one by one. */
function refusalName(providerId: string, { kind }: EntityRef): string {
  return `${providerId} ${kind}`;
}

function requireRef(key: RefKey): EntityRef {
  const ref = parseRefKey(key);
  if (!ref) throw new AppError('bad_request', `Not a ref key: ${key}`);
  return ref;
}

function timeToLive(ref: EntityRef, settings: Settings): number {
  return (ref.kind === 'product' ? settings.cacheMinutes.product : settings.cacheMinutes.post) * minuteMs;
}

/** The error for a provider whose host the browser does not let us call. */
export function missingAccess(provider: Provider, origins: readonly string[]): AppError {
  return new AppError('permission', `No permission to call ${origins.join(', ')}.`, {
    advice: 'error_host_permission',
    parameters: [origins.join(', '), provider.label],
    provider: provider.id,
  });
}

/**
 * Providers redact what they say; this is the second lock on the same door, for whatever a library or a server
 * put into a text.
 */
export function withoutSecrets(error: unknown, provider: Provider, secrets: readonly string[]): AppError {
  const known = toAppError(error);
  const { details } = known;
  const clean = (text: string): string => redactCredentials(text, secrets);
  return new AppError(known.code, clean(known.message), {
    ...details,
    provider: details.provider ?? provider.id,
    ...(details.parameters ? { parameters: details.parameters.map(clean) } : {}),
    ...(details.upstreamCode ? { upstreamCode: clean(details.upstreamCode) } : {}),
    ...(details.upstreamMessage ? { upstreamMessage: clean(details.upstreamMessage) } : {}),
  });
}
