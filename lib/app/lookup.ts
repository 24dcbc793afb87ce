/** Cache → provider → record, one flight per ref. What a page shows of a ref is an `Entry`. */
import { AppError, redact, toAppError, type WireError } from '../core/errors.ts';
import type { Clock, Http } from '../core/ports.ts';
import { toObservation } from '../core/record.ts';
import { type EntityRef, idTime, parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import type { Entry, EntryStatus, WorkerEvent } from '../messaging/protocol.ts';
import { providersFor } from '../providers/index.ts';
import { capabilityOf, type Provider, secretsOf } from '../providers/provider.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import { getLookup, putLookup, touchLookup } from '../storage/cache.ts';
import { getCredentials, putQuota } from '../storage/credentials.ts';
import type { CachedLookup, CredentialDatabase, DataDatabase, StoredCredential } from '../storage/database.ts';
import { addObservations, getRecord } from '../storage/records.ts';
import { readCredential } from './credentials.ts';

const minuteMs = 60_000;

export interface LookupDependencies {
  readonly data: () => Promise<DataDatabase>;
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
}

export interface Lookups {
  /** What is known now, without asking anyone. */
  entry(key: RefKey): Promise<Entry>;
  /** Resolves with the entry once the answer is stored; failures are in the entry. */
  lookup(key: RefKey, options: LookupOptions): Promise<Entry>;
}

export function createLookups(dependencies: LookupDependencies): Lookups {
  const { clock, tell } = dependencies;
  const flights = new Map<RefKey, Promise<void>>();

  async function entry(key: RefKey): Promise<Entry> {
    const ref = requireRef(key);
    const [settings, database, stored] = await Promise.all([
      dependencies.settings(),
      dependencies.data(),
      credentialsByProvider(),
    ]);
    const [record, cached] = await Promise.all([getRecord(database, key), getLookup(database, key)]);
    const candidates = providersFor(ref).map(({ id, label }) => ({ id, label, hasKey: stored.has(id) }));
    const fetchedAt = cached && !cached.error ? cached.fetched_at : (record?.record.fetched_at ?? null);
    const expiresAt = record && fetchedAt !== null ? fetchedAt + timeToLive(ref, settings) : null;
    const failure = recentFailure(cached, ref, settings);
    return {
      ref: key,
      url: canonicalUrl(ref),
      idTime: ref.kind === 'product' ? null : idTime(ref.id, clock.now()),
      status: statusOf(),
      record: record?.record ?? null,
      error: failure,
      providers: candidates,
      expiresAt,
      observationCount: record?.observation_count ?? 0,
    };

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
    return cached.fetched_at + Math.max(timeToLive(ref, settings), minuteMs) > clock.now() ? cached.error : null;
  }

  async function credentialsByProvider(): Promise<Map<string, StoredCredential>> {
    const all = await getCredentials(await dependencies.credentials());
    return new Map(all.map((credential) => [credential.provider, credential]));
  }

  async function lookup(key: RefKey, options: LookupOptions): Promise<Entry> {
    const running = flights.get(key);
    if (running) {
      await running;
      return entry(key);
    }
    const before = await entry(key);
    if (!options.refresh && before.status === 'fresh') {
      await touchLookup(await dependencies.data(), key, clock.now());
      return before;
    }
    if (options.automatic) {
      const settings = await dependencies.settings();
      if (!settings.automaticLookup || settings.paused || before.status === 'error') return before;
    }
    const chosen = before.providers.find((candidate) => candidate.hasKey);
    if (!chosen) return before;
    // Between the check above and here another call may have taken off.
    let flight = flights.get(key);
    if (!flight) {
      flight = fly(key, chosen.id, options).finally(() => {
        flights.delete(key);
        tell({ event: 'record.changed', ref: key });
      });
      flights.set(key, flight);
      tell({ event: 'record.changed', ref: key });
    }
    await flight;
    return entry(key);
  }

  /** Asks one provider and commits what came of it, before anyone is told. */
  async function fly(key: RefKey, providerId: string, options: LookupOptions): Promise<void> {
    const ref = requireRef(key);
    const database = await dependencies.data();
    let error: WireError | null = null;
    try {
      await ask(ref, providerId, options);
    } catch (thrown) {
      error = toAppError(thrown).toWire();
    }
    const now = clock.now();
    const { cacheEntries } = await dependencies.settings();
    await putLookup(
      database,
      { ref_key: key, provider: providerId, fetched_at: now, used_at: now, error },
      cacheEntries,
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
    try {
      const { records } = await get(
        {
          http: dependencies.http,
          now: () => clock.now(),
          credential,
          fresh: options.refresh,
          reportQuota: (quota) => {
            void dependencies
              .credentials()
              .then((database) => putQuota(database, providerId, quota))
              .then(() => tell({ event: 'credentials.changed' }));
          },
        },
        ref,
      );
      const observations = records.map((record) => toObservation({ ...record, collected_from_url: options.pageUrl }));
      await addObservations(await dependencies.data(), observations);
    } catch (error) {
      throw withoutSecrets(error, provider, secretsOf(provider, credential));
    }
  }

  return { entry, lookup };
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
  return new AppError(known.code, redact(known.message, secrets), {
    ...details,
    provider: details.provider ?? provider.id,
    ...(details.parameters ? { parameters: details.parameters.map((text) => redact(text, secrets)) } : {}),
    ...(details.upstreamMessage ? { upstreamMessage: redact(details.upstreamMessage, secrets) } : {}),
  });
}
