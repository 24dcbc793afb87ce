/** How a provider stands in the options, without its drawing: what it gives, in what state its key is, how much is left. */
import type { CredentialState } from '../../lib/messaging/protocol.ts';
import type { Provider } from '../../lib/providers/provider.ts';

/** What a provider is asked for in the first place, in the order of the page. */
export const providerGroups = ['tiktok_posts', 'douyin_posts', 'products', 'account', 'research', 'other'] as const;
export type ProviderGroup = (typeof providerGroups)[number];

/** Where a provider stands: a login of a person gives their own account, one of an application alone is for research. */
export function groupOf(provider: Provider): ProviderGroup {
  if (provider.login) return provider.login.consent ? 'account' : 'research';
  const { capabilities } = provider;
  const ofPosts = [capabilities['post.get'], capabilities['post.list'], capabilities['post.search']].flatMap(
    (entry) => entry?.platforms ?? [],
  );
  if (ofPosts.includes('tiktok')) return 'tiktok_posts';
  if (ofPosts.includes('douyin')) return 'douyin_posts';
  return capabilities['product.get'] || capabilities['product.search'] ? 'products' : 'other';
}

/** The providers by what they give, each once, groups without any left out. */
export function groupProviders(
  providers: readonly Provider[],
): readonly { readonly group: ProviderGroup; readonly providers: readonly Provider[] }[] {
  return providerGroups.flatMap((group) => {
    const found = providers.filter((provider) => groupOf(provider) === group);
    return found.length > 0 ? [{ group, providers: found }] : [];
  });
}

/** The word of the badge, by importance; its message is `provider_state_<state>`. */
export type ProviderState =
  | 'needs_no_key'
  | 'no_key'
  | 'resting'
  | 'login_ended'
  | 'login_pending'
  | 'login_needed'
  | 'logged_in'
  | 'used_up'
  | 'error'
  | 'saved';

export const stateTones: Readonly<Record<ProviderState, 'good' | 'warn' | 'bad' | 'plain'>> = {
  needs_no_key: 'good',
  no_key: 'plain',
  resting: 'warn',
  login_ended: 'bad',
  login_pending: 'warn',
  login_needed: 'warn',
  logged_in: 'good',
  used_up: 'warn',
  error: 'bad',
  saved: 'good',
};

/** Refusals that last until somebody mends the key; all other errors pass by themselves. */
const lastingErrors: ReadonlySet<string> = new Set(['auth', 'permission']);

/** How it stands with this provider now (Unix ms). */
export function providerState(provider: Provider, state: CredentialState | null, now: number): ProviderState {
  const isReady = state?.saved === true || !provider.needsCredential;
  if (!state || !isReady) return 'no_key';
  const { usage, login } = state;
  if (login?.state === 'ended') return 'login_ended';
  if (login?.state === 'pending') return 'login_pending';
  if (login?.consent && login.state === 'none') return 'login_needed';
  if (usage.lastError && lastingErrors.has(usage.lastError.error.code)) return 'error';
  if (isUsedUp(state)) return 'used_up';
  if (usage.restsUntil !== null && usage.restsUntil > now) return 'resting';
  if (login?.consent) return 'logged_in';
  return state.saved ? 'saved' : 'needs_no_key';
}

/** Calls that may still be made today; null: no daily limit is known. */
export function callsLeft(state: CredentialState): number | null {
  const { perDay, callsToday } = state.usage;
  return perDay === null ? null : Math.max(0, perDay - callsToday);
}

function isUsedUp(state: CredentialState): boolean {
  return callsLeft(state) === 0;
}

/** A difference of clocks below this is of no consequence: signed calls may be minutes off. */
const worthSayingMs = 60_000;

/** Whole minutes by which this computer's clock is behind (positive) or ahead of the provider's; null: it fits, or is not known. */
export function clockOff(state: CredentialState): number | null {
  const { skewMs } = state.usage;
  return skewMs === null || Math.abs(skewMs) < worthSayingMs ? null : Math.round(skewMs / 60_000);
}
