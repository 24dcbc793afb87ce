/** How jobs ask: through the same lookups and lists as a click, and what comes is saved into the job's project. */
import { AppError, type ErrorCode, type WireError } from '../core/errors.ts';
import { deriveRecord } from '../core/derive.ts';
import type { Job, ListingPlan } from '../core/job.ts';
import type { WaitingClock } from '../core/ports.ts';
import { toObservation } from '../core/observation.ts';
import { type AnyRecord, type Availability, noSighting, type Sighting } from '../core/record.ts';
import { parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import { lookAt } from '../jobs/batch.ts';
import type { JobWork, ListedPage } from '../jobs/job-ports.ts';
import { providers } from '../providers/index.ts';
import type { ProviderPage } from '../providers/provider.ts';
import type { Membership } from '../storage/database.ts';
import { getJobItems } from '../storage/jobs.ts';
import { addObservations, getObservations } from '../storage/records.ts';
import { listedKind, newApiList } from './api-list.ts';
import type { Asking } from './asking.ts';
import { errorOf } from './batch.ts';
import { isUsable, providersInOrder } from './choosing.ts';
import type { Sources } from './knowledge.ts';
import { acceptedName, askPage, prepareList, type PreparedList } from './list-page.ts';
import type { Lookups } from './lookup.ts';
import { observeAll } from './raw-texts.ts';
import { unavailableRecord } from './unavailable.ts';

export interface JobWorkDependencies extends Sources {
  readonly lookups: Pick<Lookups, 'lookup'>;
  readonly asking: Asking;
  readonly settings: () => Promise<Settings>;
  /** Ids of the providers whose credential is stored. */
  readonly stored: () => Promise<ReadonlySet<string>>;
  /** How many calls about these things may be under way at once. */
  readonly concurrency: (refs: readonly RefKey[]) => Promise<number>;
  readonly clock: WaitingClock;
  /** Whether a project (null: the active one) keeps the texts of answers; absent: none does. */
  readonly keepsRaw?: (project: string | null) => Promise<boolean>;
  /** These things were saved into the job's project, and are known better. */
  readonly saved: (refs: readonly RefKey[]) => void;
}

const availabilities: Partial<Record<ErrorCode, Availability>> = {
  removed: 'removed',
  private: 'private',
  not_found: 'not_available',
};

function publishedAt(record: AnyRecord): number | null {
  if (record.record_type === 'post') return record.created_at ?? record.created_at_from_id;
  return record.record_type === 'comment' ? record.created_at : null;
}

export function createJobWork(dependencies: JobWorkDependencies): JobWork {
  const { data, lookups, asking, clock } = dependencies;

  /** Saves what was found, once it is stored, as it was met: by a job, and on no page. */
  function membership(job: Job, ref: RefKey, pageUrl: string | null, sighting: Partial<Sighting>): Membership {
    const now = clock.now();
    return {
      project: job.project,
      ref_key: ref,
      saved_at: now,
      sighting: { ...noSighting, first_seen_at: now, last_seen_at: now, ...sighting },
      page_url: pageUrl,
    };
  }

  async function lookup(
    { project }: Job,
    ref: RefKey,
    { refresh, signal }: { readonly refresh: boolean; readonly signal: AbortSignal },
  ): Promise<WireError | null> {
    const how = { refresh, automatic: false, pageUrl: null, tabId: null, batch: true, project, signal };
    return errorOf(await lookups.lookup(ref, how), signal.aborted);
  }

  async function keep(job: Job, ref: RefKey): Promise<void> {
    await addObservations(await data(), [], [membership(job, ref, null, {})]);
    dependencies.saved([ref]);
  }

  async function noteGone(job: Job, key: RefKey, { code, provider }: WireError): Promise<void> {
    const ref = parseRefKey(key);
    const availability = availabilities[code];
    // What no provider has said is no observation.
    if (!ref || !availability || provider === null) return;
    const now = clock.now();
    const provenance = {
      collected_via: 'api',
      api_provider: provider,
      api_endpoint: null,
      collected_from_url: null,
      observed_at: now,
      fetched_at: now,
      raw_sha256: null,
    } as const;
    const record = unavailableRecord(ref, availability, {
      platform: ref.platform,
      provenance,
      figureSource: `api:${provider}`,
    });
    if (!record) return;
    await addObservations(await data(), [toObservation(record)], [membership(job, key, null, {})]);
    dependencies.saved([key]);
  }

  async function knownAt(ref: RefKey, before: number): Promise<AnyRecord | null> {
    const observations = (await getObservations(await data(), ref)).filter(({ fetched_at: at }) => at < before);
    const own = observations.filter(({ record }) => record.record_type !== 'sku');
    const record = deriveRecord(own);
    // Whether it is there only the last look says.
    const last = own.at(-1)?.record.availability;
    return record && last ? { ...record, availability: last } : record;
  }

  async function knownAmong(refs: readonly RefKey[], before: number): Promise<ReadonlySet<RefKey>> {
    const database = await data();
    const found = await Promise.all(
      refs.map(async (ref) => {
        const observations = await getObservations(database, ref);
        return observations.some(({ fetched_at: at }) => at < before) ? [ref] : [];
      }),
    );
    return new Set(found.flat());
  }

  /** A page as the runner reads it, which it stores once it is known what is wanted of it. */
  async function listed(
    job: Job,
    list: PreparedList,
    { records, cursor }: ProviderPage,
    pageUrl: string | null,
  ): Promise<ListedPage> {
    const kind = listedKind(list.plan.capability);
    const keepRaw = (await dependencies.keepsRaw?.(job.project)) ?? false;
    const observations = await observeAll(records, { keepRaw, pageUrl });
    const isListed = (ref: RefKey): boolean => parseRefKey(ref)?.kind === kind;
    const things = observations.flatMap(({ ref_key: ref, record }) =>
      isListed(ref) && record.record_type !== 'sku' ? [{ ref, published_at: publishedAt(record) }] : [],
    );
    const { context } = newApiList(list.plan, { url: pageUrl ?? '', words: list.words });
    return {
      things,
      cursor,
      async keep(refs) {
        const wanted = observations.filter(({ ref_key: ref }) => refs.has(ref) || !isListed(ref));
        const ranks = new Map([...refs].map((ref, place) => [ref, job.counts.total + place + 1]));
        const met = { query_type: context.type, query_text: context.query };
        const saved = [...new Set(wanted.map(({ ref_key: ref }) => ref))];
        const memberships = saved.map((ref) =>
          membership(job, ref, pageUrl, { ...met, result_rank: ranks.get(ref) ?? null }),
        );
        await addObservations(await data(), wanted, memberships);
        dependencies.saved(saved);
      },
    };
  }

  async function pageOf(job: Job, plan: ListingPlan, signal: AbortSignal): Promise<ListedPage> {
    const list = await prepareList(dependencies, { ...plan, tabId: null });
    return listed(job, list, await askPage(asking, list, job.cursor, signal), list.subjectUrl);
  }

  /** The first provider, in the researcher's order, that lists the posts of this author. */
  async function newestPosts(job: Job, author: RefKey, signal: AbortSignal): Promise<ListedPage | null> {
    const ref = parseRefKey(author);
    const [{ sourceOrder }, stored] = await Promise.all([dependencies.settings(), dependencies.stored()]);
    const able = providers.filter(
      (provider) =>
        ref !== null &&
        isUsable(provider, stored) &&
        provider.capabilities['post.list']?.subject === 'author' &&
        provider.capabilities['post.list'].platforms.includes(ref.platform),
    );
    for (const provider of providersInOrder(sourceOrder, 'post.list', able)) {
      const entry = provider.capabilities['post.list'];
      if (!ref || !entry || !(await acceptedName(dependencies, entry, ref, null))) continue;
      const wish = { provider: provider.id, capability: 'post.list', subject: author, query: {} } as const;
      const list = await prepareList(dependencies, { ...wish, platform: ref.platform, tabId: null });
      return listed(job, list, await askPage(asking, list, null, signal), list.subjectUrl);
    }
    return null;
  }

  const ports = { keep, noteGone, knownAt, knownAmong, newestPosts, clock };
  return {
    async concurrency(job) {
      const sample = await getJobItems(await data(), job.id, null, -1);
      return dependencies.concurrency(sample.map(({ ref }) => ref));
    },
    look: (job, item, signal) => lookAt({ ...ports, lookup: (ref, how) => lookup(job, ref, how) }, job, item, signal),
    page(job, signal) {
      if (job.plan.kind !== 'listing') throw new AppError('internal', `${job.id} is no listing.`);
      return pageOf(job, job.plan, signal);
    },
  };
}
