/** Cache → providers in their order → record, one flight per ref. What a page shows of a ref is an `Entry`. */
import { AppError, type WireError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { type EntityRef, idTime, parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import type { Entry, EntryStatus, WorkerEvent } from '../messaging/protocol.ts';
import { providersFor } from '../providers/index.ts';
import { capabilityOf, type LookupCapability, type Provider } from '../providers/provider.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import { getLookup, putLookup, touchLookup } from '../storage/cache.ts';
import { getCredentials } from '../storage/credentials.ts';
import type { CachedLookup, CredentialDatabase, DataDatabase, StoredCredential } from '../storage/database.ts';
import { addObservations } from '../storage/records.ts';
import type { SessionDatabase } from '../storage/session-buffer.ts';
import { type Asking, longPatienceMs, shortPatienceMs } from './asking.ts';
import type { Budget } from './budget.ts';
import {
  askInOrder,
  type Failure,
  isUsable,
  pageSaysAll,
  pageSource,
  providersToAsk,
  sourcesInOrder,
} from './choosing.ts';
import { lookedUpAt, timeToLive } from './freshness.ts';
import { knownOfOne } from './knowledge.ts';
import { observeAll } from './raw-texts.ts';

export { missingAccess, withoutSecrets } from './asking.ts';

const minuteMs = 60_000;
/** Refusals of the key, not of the item: the next item would be refused as well. */
const refusesKey: ReadonlySet<string> = new Set(['auth', 'permission', 'quota_exhausted', 'rate_limited']);

export interface LookupDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly session: () => Promise<SessionDatabase>;
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly settings: () => Promise<Settings>;
  readonly asking: Asking;
  readonly clock: Clock;
  readonly tell: (event: WorkerEvent) => void;
  /** Whether a project (null: the active one) keeps the texts of answers; absent: none does. */
  readonly keepsRaw?: (project: string | null) => Promise<boolean>;
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
  /** One of many: it may wait long for its turn. */
  readonly batch?: boolean;
  /** The project that it is for; absent: the active one. */
  readonly project?: string;
  readonly signal?: AbortSignal;
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
  const { asking, clock, tell } = dependencies;
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
    const { record, skus, differences } = known;
    const candidates = sourcesOf(ref, settings).filter((source) => source !== pageSource);
    const lookedUp = lookedUpAt(record, cached);
    const expiresAt = record && lookedUp !== null ? lookedUp + timeToLive(ref, settings) : null;
    const failure = recentFailure(cached, ref, settings);
    return {
      ref: key,
      url: canonicalUrl(ref),
      idTime: ref.kind === 'product' ? null : idTime(ref.id, clock.now()),
      status: statusOf(),
      record,
      ...(skus.length > 0 ? { skus } : {}),
      error: failure,
      providers: candidates.map((provider) => ({
        id: provider.id,
        label: provider.label,
        hasKey: isUsable(provider, stored),
        needsKey: provider.needsCredential,
      })),
      ...(cached?.fallen_over ? { fallenOver: cached.fallen_over } : {}),
      ...(differences.length > 0 ? { differences } : {}),
      expiresAt,
      observationCount: known.observationCount,
    };

    function statusOf(): EntryStatus {
      if (flights.has(key)) return 'loading';
      if (failure) return 'error';
      if (expiresAt !== null) return expiresAt > clock.now() ? 'fresh' : 'stale';
      if (candidates.length === 0) return 'unsupported';
      // Who needs no key gives no counts: a key is still what is missing.
      const keyed = candidates.filter(({ needsCredential }) => needsCredential);
      return keyed.length === 0 || keyed.some(({ id }) => stored.has(id)) ? 'none' : 'no_key';
    }
  }

  function sourcesOf(ref: EntityRef, settings: Settings): readonly (Provider | typeof pageSource)[] {
    const capability = capabilityOf[ref.kind];
    return capability ? sourcesInOrder(settings.sourceOrder, capability, providersFor(ref)) : [];
  }

  /** A failure is shown, and kept from being repeated unasked, for as long as a success would be. */
  function recentFailure(cached: CachedLookup | null, ref: EntityRef, settings: Settings): WireError | null {
    if (!cached?.error) return null;
    const rested = cached.fetched_at + Math.max(timeToLive(ref, settings), minuteMs);
    return Math.max(rested, cached.error.retryAt ?? 0) > clock.now() ? cached.error : null;
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
      const chosen = await choose(before, options.automatic);
      if (chosen.length === 0 || options.signal?.aborted) return before;
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
      await takeOff(key, chosen, options);
      return entry(key, options.tabId);
    }
  }

  /** Whom to ask, first choice first; nobody where the settings or a recent failure forbid to ask unasked. */
  async function choose(before: Entry, automatic: boolean): Promise<readonly Provider[]> {
    const ref = requireRef(before.ref);
    if (before.providers.length === 0) return [];
    const [settings, stored] = await Promise.all([dependencies.settings(), credentialsByProvider()]);
    if (automatic && (!settings.automaticLookup || settings.paused || before.status === 'error')) return [];
    const now = clock.now();
    return providersToAsk({
      sources: sourcesOf(ref, settings),
      named: settings.sourceOrder[requireCapability(ref)] ?? [],
      stored,
      automatic,
      pageSuffices: pageSaysAll(before.record, now - timeToLive(ref, settings)),
      isRefused: (provider) => (refusals.get(refusalName(provider.id, ref)) ?? 0) > now,
    });
  }

  function takeOff(key: RefKey, chosen: readonly Provider[], options: LookupOptions): Promise<void> {
    const landing = fly(key, chosen, options).finally(() => {
      landings += 1;
      flights.delete(key);
      tell({ event: 'record.changed', ref: key });
    });
    flights.set(key, { landing, refresh: options.refresh });
    tell({ event: 'record.changed', ref: key });
    return landing;
  }

  /** Asks one provider after the other and commits what came of it, before anyone is told. */
  async function fly(key: RefKey, chosen: readonly Provider[], options: LookupOptions): Promise<void> {
    const ref = requireRef(key);
    const before = await credentialsByProvider();
    const isSameKey = (now: ReadonlyMap<string, StoredCredential>, provider: string): boolean =>
      JSON.stringify(now.get(provider)?.values ?? null) === JSON.stringify(before.get(provider)?.values ?? null);
    // Who is alone has nobody to fall over to: a person who clicks wants to know what it says now.
    const insists = !options.automatic && options.batch !== true && chosen.length === 1;
    const { answered, failures: all } = await askInOrder(
      chosen,
      (provider) => ask(ref, provider, { ...options, insists }),
      () => (options.budget?.take() ?? null) === null,
    );
    const now = clock.now();
    const [settings, stored] = await Promise.all([dependencies.settings(), credentialsByProvider()]);
    // The failure of a key that was mended meanwhile says nothing of the new one; a cancelled call says nothing at all.
    const failures = all.filter(({ provider, error }) => error.code !== 'cancelled' && isSameKey(stored, provider));
    if (answered) refusals.delete(refusalName(answered.provider.id, ref));
    for (const failure of failures) noteRefusal(failure, ref, now + Math.max(timeToLive(ref, settings), minuteMs));
    const [first, ...others] = failures;
    const told = answered ? failures : others;
    const provider = answered?.provider.id ?? first?.provider;
    if (provider === undefined || (!answered && failures.length < all.length)) return;
    await putLookup(
      await dependencies.data(),
      {
        ref_key: key,
        provider,
        fetched_at: now,
        used_at: now,
        error: answered ? null : (first?.error ?? null),
        ...(told.length > 0 ? { fallen_over: told } : {}),
      },
      settings.cacheEntries,
    );
  }

  function noteRefusal({ provider, error }: Failure, ref: EntityRef, restsUntil: number): void {
    if (refusesKey.has(error.code)) refusals.set(refusalName(provider, ref), error.retryAt ?? restsUntil);
  }

  async function ask(
    ref: EntityRef,
    provider: Provider,
    { refresh, pageUrl, batch, project, signal, insists }: LookupOptions & { readonly insists: boolean },
  ): Promise<void> {
    const capability = requireCapability(ref);
    const get = provider.capabilities[capability]?.get;
    if (!get) throw new AppError('unsupported', `${provider.id} cannot look up ${ref.kind}.`);
    const { records } = await asking.ask(
      provider,
      {
        name: `${capability} ${ref.platform}:${ref.id}`,
        patienceMs: batch ? longPatienceMs : shortPatienceMs,
        fresh: refresh,
        insists,
        ...(signal ? { signal } : {}),
      },
      (context) => get(context, ref),
    );
    const keepRaw = (await dependencies.keepsRaw?.(project ?? null)) ?? false;
    const observations = await observeAll(records, { keepRaw, pageUrl });
    await addObservations(await dependencies.data(), observations);
  }

  return { entry, lookup, forgetRefusals: () => refusals.clear() };
}

/** The APIs of a provider are allowed and counted one by one. */
function refusalName(providerId: string, { kind }: EntityRef): string {
  return `${providerId} ${kind}`;
}

function requireCapability({ kind }: EntityRef): LookupCapability {
  const capability = capabilityOf[kind];
  if (!capability) throw new AppError('unsupported', `Nobody looks up ${kind}.`);
  return capability;
}

function requireRef(key: RefKey): EntityRef {
  const ref = parseRefKey(key);
  if (!ref) throw new AppError('bad_request', `Not a ref key: ${key}`);
  return ref;
}
