/** Which source is asked for what, in which order, and when the next one is. Pure. */
import type { Capability } from '../core/capabilities.ts';
import { AppError, type ErrorCode, toAppError, type WireError } from '../core/errors.ts';
import type { AnyRecord } from '../core/record.ts';
import type { Settings } from '../core/settings.ts';
import type { Credential, Provider } from '../providers/provider.ts';
import type { Policy } from '../transport/transport.ts';

/** What the page itself carries, as a source among the providers. */
export const pageSource = 'page';

/** What the provider cannot help now and another may: its allowance, its health, its key. Another error is an answer. */
const fallsOverOn: ReadonlySet<ErrorCode> = new Set([
  'quota_exhausted',
  'rate_limited',
  'upstream',
  'network',
  'timeout',
  'auth',
]);

/**
 * The sources of one capability in the order in which they are asked: as the settings name them; then the page; then
 * whoever else can, in the registry's order, those that need no key last: they tell least.
 */
export function sourcesInOrder(
  order: Settings['sourceOrder'],
  capability: Capability,
  able: readonly Provider[],
): readonly (Provider | typeof pageSource)[] {
  const named = [...new Set(order[capability] ?? [])];
  const byId = new Map(able.map((provider) => [provider.id, provider]));
  const first = named.flatMap((id) => (id === pageSource ? pageSource : (byId.get(id) ?? [])));
  const rest = able.filter(({ id }) => !named.includes(id));
  return [
    ...first,
    ...(named.includes(pageSource) ? [] : ([pageSource] as const)),
    ...rest.filter(({ needsCredential }) => needsCredential),
    ...rest.filter(({ needsCredential }) => !needsCredential),
  ];
}

/** The same without the page. */
export function providersInOrder(
  order: Settings['sourceOrder'],
  capability: Capability,
  able: readonly Provider[],
): readonly Provider[] {
  return sourcesInOrder(order, capability, able).filter((source) => source !== pageSource);
}

/** Whether a provider can be asked: its credential is stored, or it needs none. */
export function isUsable(provider: Provider, stored: { has(id: string): boolean }): boolean {
  return !provider.needsCredential || stored.has(provider.id);
}

/** Whether it tells only of the account that consented: of anything else "not found" says nothing. */
export function knowsOwnAccountOnly({ login }: Provider): boolean {
  return Boolean(login?.consent);
}

/** What decides whom a lookup asks. */
export interface Choice {
  readonly sources: readonly (Provider | typeof pageSource)[];
  /** Those among them, by id, that the researcher has put into an order. */
  readonly named: readonly string[];
  readonly stored: { has(id: string): boolean };
  /** Nobody clicked. */
  readonly automatic: boolean;
  /** Whether the page has said all that matters, see `pageSaysAll`. */
  readonly pageSuffices: boolean;
  /** Whether a provider refused such a question a moment ago. */
  readonly isRefused: (provider: Provider) => boolean;
}

/**
 * The providers to ask, first choice first, each after the one before it has failed. A click asks whoever can be asked.
 * Without a click the page counts in its place in the order: where it suffices, nobody behind it is asked; and who refused
 * the key a moment ago is left out, and so is who knows the own account only, unless the researcher put it into the order.
 *
 * Who needs no key (oEmbed) is asked on a click only, since it may be the platform itself, to which Clipscope sends
 * nothing that nobody asked for; and only where nobody with a key can be asked, or where the researcher put it into the
 * order: it knows no counts, and its answer would hide that a paid source failed.
 */
export function providersToAsk(choice: Choice): readonly Provider[] {
  const { sources, named, stored, automatic, pageSuffices, isRefused } = choice;
  const place = automatic && pageSuffices ? sources.indexOf(pageSource) : -1;
  const before = place === -1 ? sources : sources.slice(0, place);
  const usable = before.filter((source) => source !== pageSource).filter((provider) => isUsable(provider, stored));
  const keyed = usable.filter(({ needsCredential }) => needsCredential);
  if (automatic) {
    return keyed.filter(
      (provider) => !isRefused(provider) && (!knowsOwnAccountOnly(provider) || named.includes(provider.id)),
    );
  }
  return usable.filter(({ id, needsCredential }) => needsCredential || keyed.length === 0 || named.includes(id));
}

/** What a researcher looks at first. A page that has all of it, exactly, leaves nothing to pay for. */
const mainCounts = ['view_count', 'like_count', 'comment_count', 'share_count'] as const;

/**
 * Whether pages gave all main counts of a post, as counted, since this time (Unix ms). Rounded ones do not suffice: the
 * provider may know better. Douyin's pages never do: the web shows no views there.
 */
export function pageSaysAll(record: AnyRecord | null, since: number): boolean {
  if (record?.record_type !== 'post') return false;
  return mainCounts.every((field) => {
    const note = record.figures[field];
    if (note?.precision !== 'exact' || note.source.startsWith('api:')) return false;
    return (note.observed_at ?? note.fetched_at) > since;
  });
}

export interface Failure {
  readonly provider: string;
  readonly error: WireError;
}

export interface Outcome<Value> {
  /** Null: nobody gave an answer. */
  readonly answered: { readonly provider: Provider; readonly value: Value } | null;
  /** In the order in which they were asked. */
  readonly failures: readonly Failure[];
}

/**
 * Asks one provider after the other until one answers, as long as the failure is one that another may not have. Never
 * throws; all failures are in the outcome. `mayGoOn` is asked before each provider but the first.
 */
export async function askInOrder<Value>(
  providers: readonly Provider[],
  ask: (provider: Provider) => Promise<Value>,
  mayGoOn: () => boolean = () => true,
): Promise<Outcome<Value>> {
  const failures: Failure[] = [];
  for (const provider of providers) {
    if (failures.length > 0 && !mayGoOn()) break;
    try {
      return { answered: { provider, value: await ask(provider) }, failures };
    } catch (thrown) {
      const error = toAppError(thrown).toWire();
      failures.push({ provider: provider.id, error });
      if (!fallsOverOn.has(error.code) && !knowsOwnAccountOnly(provider)) break;
    }
  }
  return { answered: null, failures };
}

/** The error to show where nobody answered: the first choice's. */
export function firstError(failures: readonly Failure[]): AppError {
  const error = failures[0]?.error;
  return error
    ? new AppError(error.code, error.message, error)
    : new AppError('unsupported', 'No provider can be asked.');
}

/** What a provider's calls must keep: its own limits, and the researcher's daily one where that is lower. */
export function policyOf(provider: Provider, credential: Credential, dailyLimits: Settings['dailyLimits']): Policy {
  const limits = provider.limits(credential);
  const own = dailyLimits[provider.id];
  const perDay = own === undefined ? limits.perDay : Math.min(own, limits.perDay ?? own);
  return { provider: provider.id, limits: { ...limits, perDay } };
}
