/** What a job would do before it is begun: whom it would ask, how often, and what nobody can be asked about. */
import type { JobPlan } from '../core/job.ts';
import { parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import type { JobPreview } from '../messaging/job-models.ts';
import { providers, providersFor } from '../providers/index.ts';
import { capabilityOf, type Provider } from '../providers/provider.ts';
import type { DataDatabase } from '../storage/database.ts';
import { isUsable, pageSource, providersToAsk, sourcesInOrder } from './choosing.ts';
import { freshAmong } from './freshness.ts';

const firstUnanswerable = 10;

export interface PreviewSources {
  readonly database: DataDatabase;
  readonly settings: Settings;
  /** Ids of the providers whose credential is stored. */
  readonly stored: ReadonlySet<string>;
  /** Unix ms. */
  readonly now: number;
}

/** Whom a click on this thing would ask first; null: nobody can be asked. */
export function firstAsked(
  key: RefKey,
  { settings, stored }: Pick<PreviewSources, 'settings' | 'stored'>,
): Provider | null {
  const ref = parseRefKey(key);
  const capability = ref && capabilityOf[ref.kind];
  if (!ref || !capability) return null;
  const [first] = providersToAsk({
    sources: sourcesInOrder(settings.sourceOrder, capability, providersFor(ref)),
    named: (settings.sourceOrder[capability] ?? []).filter((id) => id !== pageSource),
    stored,
    automatic: false,
    pageSuffices: false,
    isRefused: () => false,
  });
  return first ?? null;
}

/** One round of looks; of a watchlist there is one for each turn. Nothing is sent. */
export async function previewJob(
  plan: JobPlan,
  given: readonly RefKey[],
  sources: PreviewSources,
): Promise<JobPreview> {
  if (plan.kind === 'listing') return previewListing(plan.provider, sources);
  const refs = [...new Set(given)];
  const isCached = plan.kind === 'batch' && !plan.refresh;
  const fresh = isCached ? await freshAmong(sources.database, refs, sources.settings, sources.now) : new Set<RefKey>();
  const calls = new Map<Provider, number>();
  const unanswerable: RefKey[] = [];
  for (const ref of refs) {
    if (fresh.has(ref)) continue;
    const provider = firstAsked(ref, sources);
    if (provider) calls.set(provider, (calls.get(provider) ?? 0) + 1);
    else unanswerable.push(ref);
  }
  return {
    count: refs.length,
    calls: providers.flatMap((provider) => {
      const count = calls.get(provider);
      return count === undefined ? [] : [{ provider: provider.id, count }];
    }),
    fresh: fresh.size,
    unanswerable: { count: unanswerable.length, first: unanswerable.slice(0, firstUnanswerable) },
  };
}

/** How many pages there are only the list itself can tell: one call is certain. */
function previewListing(id: string, { stored }: PreviewSources): JobPreview {
  const provider = providers.find((candidate) => candidate.id === id);
  const isAsked = provider !== undefined && isUsable(provider, stored);
  return {
    count: 0,
    calls: isAsked ? [{ provider: provider.id, count: 1 }] : [],
    fresh: 0,
    unanswerable: { count: 0, first: [] },
  };
}
