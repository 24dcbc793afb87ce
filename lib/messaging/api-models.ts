/** What the worker tells of APIs: their credentials, allowances, logins and lists. Types only, since the pages carry them. */
import type { ListCapability } from '../core/capabilities.ts';
import type { WireError } from '../core/errors.ts';
import type { RefKey } from '../core/ref.ts';
import type { Limits } from '../core/usage.ts';

/** A provider's credential as the options page sees it: secrets never come back. */
export interface CredentialState {
  readonly provider: string;
  readonly saved: boolean;
  /** Field name → value; a stored secret is the empty text. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Names of the secret fields that have a stored value. */
  readonly storedSecrets: readonly string[];
  readonly quota: {
    readonly used: number | null;
    readonly limit: number | null;
    readonly expires: string | null;
    readonly readAt: number;
  } | null;
  readonly usage: UsageView;
  /** Null: this provider has no login. */
  readonly login: LoginView | null;
}

/** What a provider allows with this credential, and what was used of it. */
export interface UsageView {
  readonly limits: Limits;
  /** The smaller of the provider's and the researcher's own daily limit; null: none is known. */
  readonly perDay: number | null;
  readonly callsToday: number;
  /** Unix ms of the next midnight of the allowance. */
  readonly resetsAt: number;
  /** Unix ms until which nothing is sent, since the provider refused or is down; null: it is asked. */
  readonly restsUntil: number | null;
  readonly lastError: { readonly error: WireError; readonly at: number } | null;
  /** The provider's clock minus this computer's, in ms; null: not known. */
  readonly skewMs: number | null;
}

/**
 * `none`: nobody logged in yet. `pending`: a tab shows the consent. `active`: there is a token, or one can be got without
 * asking anybody. `ended`: a new consent is needed.
 */
export interface LoginView {
  readonly state: 'none' | 'pending' | 'active' | 'ended';
  /** Whether somebody must consent in a tab; false: the application's own key suffices. */
  readonly consent: boolean;
  readonly account: string | null;
  readonly scopes: readonly string[];
  /** Unix ms of the end of the access token, and of the login as a whole; null: not known. */
  readonly expiresAt: number | null;
  readonly endsAt: number | null;
  /** Exactly what must be registered with the app; null without consent. */
  readonly redirectUri: string | null;
  /** Why the last consent came to nothing; null: it did not, or none was asked for. */
  readonly error: WireError | null;
}

/** One list that an API can give, here and now. */
export interface ListOffer {
  readonly capability: ListCapability;
  readonly provider: string;
  /** What it is a list of; null: a search. */
  readonly subject: RefKey | null;
  readonly hasKey: boolean;
}

/** A list that an API gave or is giving: what came is stored, and is in the tab's list of this key. */
export interface ListState {
  /** Names it within the tab; `file.create` and `export.run` take it as a list key. */
  readonly key: string;
  readonly capability: ListCapability;
  readonly provider: string;
  readonly subject: RefKey | null;
  readonly query: Readonly<Record<string, string>>;
  readonly state: 'running' | 'paused' | 'ended';
  /** Pages asked for so far: each is at least one call. */
  readonly pages: number;
  readonly refs: readonly RefKey[];
  /** Why it stopped before its end; the next page can be asked for again. */
  readonly error: WireError | null;
}
