/**
 * Logins: a consent in a tab, the token that calls are made with, and its renewal. What is under way is committed before
 * it begins, since the worker may end between any two steps; tokens are got by login-exchange.ts.
 */
import { type Browser, browser } from 'wxt/browser';
import * as z from 'zod/mini';
import { AppError, toAppError } from '../core/errors.ts';
import type { Clock, Http } from '../core/ports.ts';
import type { LoginView } from '../messaging/protocol.ts';
import { providerById } from '../providers/index.ts';
import type { Consent, Credential, Provider } from '../providers/provider.ts';
import {
  changeConsent,
  deleteConsent,
  getConsent,
  getConsents,
  type PendingConsent,
  putConsent,
} from '../storage/consents.ts';
import { getCredential, putLogin, type StoredLogin } from '../storage/credentials.ts';
import type { CredentialDatabase } from '../storage/database.ts';
import { missingAccess, readCredential, type TokenSource } from './asking.ts';
import { exchangeTokens, failConsent, notBegun } from './login-exchange.ts';
import { isRedirectOf, readRedirect } from './login-redirect.ts';
import { askOffscreen, holdingOffscreen, keepingOffscreen } from './offscreen.ts';

/** A token that ends so soon is renewed before its next use: the call has to arrive with it. */
const renewAheadMs = 60_000;
/** A consent that did not come back by then was given up. */
const consentLifetimeMs = 30 * 60_000;

export interface LoginDependencies {
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly http: Http;
  readonly clock: Clock;
  readonly hasAccess: (origins: readonly string[]) => Promise<boolean>;
  /** Told when somebody has logged in, or the consent came to nothing, in a tab. */
  readonly changed: (providerId: string) => Promise<unknown>;
}

export interface Logins extends TokenSource {
  /** Registers the listeners that follow the tabs. Must be called synchronously when the worker starts. */
  watch(): void;
  /** Opens the consent in a tab, beside `openerTabId` where there is one. */
  begin(providerId: string, openerTabId: number | null): Promise<void>;
  /** The address that the consent ended at, pasted by hand. */
  paste(providerId: string, address: string): Promise<void>;
  /** Forgets the login, and tells the server so as far as it listens. */
  end(providerId: string): Promise<void>;
  /**
   * A token to call with, renewed where it is about to end. Null: the provider has no login, or a (new) consent is
   * needed. Throws what the provider says of a renewal.
   */
  tokenFor(provider: Provider): Promise<string | null>;
  /** Another token than this one, which the provider has refused; null: somebody must log in. Throws as `tokenFor`. */
  renewAfter(provider: Provider, refused: string): Promise<string | null>;
  /** Null: this provider has no login. */
  view(provider: Provider): Promise<LoginView | null>;
}

export function createLogins(dependencies: LoginDependencies): Logins {
  const { clock } = dependencies;
  /** States whose redirect is being dealt with: the browser reports one address more than once. */
  const redeeming = new Set<string>();

  /** In a document that outlives the worker: the answer is committed there, whatever becomes of this worker. */
  function exchange(provider: Provider, code: string | null, notAfter: number): Promise<null> {
    const input = { provider: provider.id, code, notAfter };
    return keepingOffscreen(() =>
      askOffscreen('login.exchange', input, (given) =>
        exchangeTokens({ ...dependencies, inTurn: holdingOffscreen }, given),
      ),
    );
  }

  async function storedLogin(provider: Provider): Promise<StoredLogin | null> {
    return (await getCredential(await dependencies.credentials(), provider.id))?.login ?? null;
  }

  async function storedValues(provider: Provider): Promise<Credential | null> {
    const stored = await getCredential(await dependencies.credentials(), provider.id);
    return z.safeParse(provider.credential, stored?.values).data ?? null;
  }

  function requireConsent(providerId: string): { readonly provider: Provider; readonly consent: Consent } {
    const provider = providerById(providerId);
    const consent = provider?.login?.consent;
    if (!provider || !consent) throw new AppError('bad_request', `${providerId} has no login by consent.`);
    return { provider, consent };
  }

  function isPending(consent: PendingConsent | null): consent is PendingConsent {
    return consent !== null && consent.state !== '' && consent.begun_at > clock.now() - consentLifetimeMs;
  }

  /** Deals with the address that a consent ended at. Throws where it did not end well. */
  async function finish(provider: Provider, pending: PendingConsent, address: string, redirectUri: string) {
    const database = await dependencies.credentials();
    let code: string;
    try {
      code = readRedirect(provider, redirectUri, pending.state, address);
    } catch (error) {
      const failure = toAppError(error);
      // An address that is not of this consent says nothing of it: anybody can open one.
      if (failure.details.upstreamCode) await failConsent(database, pending, failure.toWire());
      throw failure;
    }
    await exchange(provider, code, 0);
  }

  async function follow(tabId: number, address: string): Promise<void> {
    for (const pending of await getConsents(await dependencies.credentials())) {
      const provider = providerById(pending.provider);
      const consent = provider?.login?.consent;
      const values = provider && (await storedValues(provider));
      if (!provider || !consent || !values || !isPending(pending) || redeeming.has(pending.state)) continue;
      const redirectUri = consent.redirectUri(values);
      // Another's address, or one of ours with another state, is none of this consent: nothing is done about it.
      if (!isRedirectOf(address, redirectUri, pending.state)) continue;
      redeeming.add(pending.state);
      const finished = finish(provider, pending, address, redirectUri);
      // The address holds the code: it is not left open, even while the code is traded.
      const closed = browser.tabs.remove(tabId);
      // What failed is kept with the consent, for the surfaces.
      await Promise.allSettled([finished, closed]);
      redeeming.delete(pending.state);
      await dependencies.changed(provider.id);
    }
  }

  /** The number may be another tab's after a restart of the browser: only one that shows the redirect is closed. */
  async function closeTabOf({ tab: tabId, state }: PendingConsent, redirectUri: string): Promise<void> {
    const tab = tabId === null ? null : await browser.tabs.get(tabId).catch(() => null);
    if (tabId !== null && isRedirectOf(tab?.url ?? '', redirectUri, state)) await browser.tabs.remove(tabId);
  }

  return {
    watch() {
      // Browsers tell an address only where we have the host's permission; most updates end here.
      browser.tabs.onUpdated.addListener((tabId, change: Browser.tabs.OnUpdatedInfo) => {
        if (change.url && /[?&]state=/u.test(change.url)) void follow(tabId, change.url);
      });
    },

    async begin(providerId, openerTabId) {
      const { provider, consent } = requireConsent(providerId);
      const stored = await getCredential(await dependencies.credentials(), provider.id);
      const values = readCredential(provider, stored?.values ?? {});
      const origins = [...new Set([...provider.origins(values), new URL(consent.redirectUri(values)).origin])];
      if (!(await dependencies.hasAccess(origins))) throw missingAccess(provider, origins);
      const database = await dependencies.credentials();
      const challenge = { state: randomHex(), verifier: randomHex() };
      const begun = { provider: provider.id, ...challenge, begun_at: clock.now(), tab: null };
      await putConsent(database, begun);
      const tab = await browser.tabs.create({
        url: consent.address(values, challenge),
        active: true,
        ...(openerTabId === null ? {} : { openerTabId }),
      });
      await changeConsent(database, begun, (now) => ({ ...now, tab: tab.id ?? null }));
    },

    async paste(providerId, address) {
      const { provider, consent } = requireConsent(providerId);
      const values = await storedValues(provider);
      const pending = await getConsent(await dependencies.credentials(), provider.id);
      if (!values || !isPending(pending) || redeeming.has(pending.state)) throw notBegun(provider);
      redeeming.add(pending.state);
      try {
        await finish(provider, pending, address, consent.redirectUri(values));
        await closeTabOf(pending, consent.redirectUri(values));
      } finally {
        redeeming.delete(pending.state);
      }
    },

    async end(providerId) {
      const { provider } = requireConsent(providerId);
      const database = await dependencies.credentials();
      const values = await storedValues(provider);
      const login = await storedLogin(provider);
      await deleteConsent(database, provider.id);
      await putLogin(database, provider.id, null, () => true, 'ends');
      if (!values || !login || login.expires_at <= clock.now()) return;
      const { http } = dependencies;
      const context = { http, now: () => clock.now(), credential: values, token: null, fresh: true };
      // It is forgotten here in any case; a server that cannot be reached lets the token run out by itself.
      await provider.login?.revoke?.({ ...context, reportQuota: () => undefined }, login).catch(() => undefined);
    },

    async tokenFor(provider) {
      if (!provider.login) return null;
      const login = await storedLogin(provider);
      if (provider.login.consent && !login) return null;
      if (login && login.expires_at > clock.now() + renewAheadMs) return login.access_token;
      if (provider.login.consent && login && isOver(login)) return null;
      await exchange(provider, null, login?.expires_at ?? 0);
      return (await storedLogin(provider))?.access_token ?? null;
    },

    async renewAfter(provider, refused) {
      const login = await storedLogin(provider);
      if (!provider.login) return null;
      if (login && login.access_token !== refused) return login.access_token;
      if (provider.login.consent && (!login || isOver(login))) return null;
      await exchange(provider, null, login?.expires_at ?? 0);
      const renewed = await storedLogin(provider);
      return renewed && renewed.access_token !== refused ? renewed.access_token : null;
    },

    async view(provider) {
      if (!provider.login) return null;
      const { consent } = provider.login;
      const values = await storedValues(provider);
      const login = await storedLogin(provider);
      const asked = consent && (await getConsent(await dependencies.credentials(), provider.id));
      return {
        state: stateOf(),
        consent: consent !== null,
        account: login?.account ?? null,
        scopes: login?.scopes ?? [],
        expiresAt: login?.expires_at ?? null,
        endsAt: login?.refresh_expires_at ?? null,
        redirectUri: consent && values ? consent.redirectUri(values) : null,
        error: asked?.error ?? null,
      };

      function stateOf(): LoginView['state'] {
        if (isPending(asked)) return 'pending';
        if (!consent) return values ? 'active' : 'none';
        if (!login) return 'none';
        return isOver(login) && login.expires_at <= clock.now() ? 'ended' : 'active';
      }
    },
  };

  /** Whether no renewal is possible any more. */
  function isOver({ refresh_token: token, refresh_expires_at: end }: StoredLogin): boolean {
    return token === null || (end !== null && end <= clock.now());
  }
}

/** 256 random bits as 64 characters, which suits both a state and a verifier (43 to 128 unreserved characters). */
function randomHex(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
