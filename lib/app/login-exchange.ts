/**
 * Asks a provider's server for tokens and commits them before anything else is done with them. It runs where nobody ends
 * it between the answer and the store: a renewal kills the former refresh token, so a lost answer would be a lost login.
 */
import { AppError, type WireError } from '../core/errors.ts';
import type { Clock, Http } from '../core/ports.ts';
import type { Input } from '../messaging/protocol.ts';
import { listen } from '../messaging/server.ts';
import { providerById } from '../providers/index.ts';
import { type Credential, type Login, type Provider, type ProviderContext, secretsOf } from '../providers/provider.ts';
import { changeConsent, getConsent, type PendingConsent } from '../storage/consents.ts';
import { getCredential, putLogin, type StoredLogin } from '../storage/credentials.ts';
import { connectCredentials, type CredentialDatabase } from '../storage/database.ts';
import { createSystemClock } from '../transport/clock.ts';
import { createHttp } from '../transport/http.ts';
import { readCredential, withoutSecrets } from './asking.ts';
import { isSameKey } from './credentials.ts';
import { holdingOffscreen } from './offscreen.ts';

export interface ExchangeDependencies {
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly http: Http;
  readonly clock: Clock;
  /** Runs one at a time under this name, over all documents. */
  readonly inTurn: <Value>(name: string, work: () => Promise<Value>) => Promise<Value>;
}

type ExchangeInput = Input<'login.exchange'>;

/** What the document beside the worker does: get tokens when the worker asks. */
export function serveLogins(): void {
  const clock = createSystemClock();
  const dependencies: ExchangeDependencies = {
    credentials: connectCredentials(),
    http: createHttp(clock),
    clock,
    inTurn: holdingOffscreen,
  };
  listen({ 'login.exchange': (input) => exchangeTokens(dependencies, input) }, () => false);
}

/**
 * With a `code`, trades it by the consent under way. Without one, renews the stored tokens where they end at `notAfter`
 * (Unix ms) at the latest: whoever came first in turn has renewed them for the others. Resolves once all is committed;
 * throws AppError, whose texts hold no token.
 */
export function exchangeTokens(dependencies: ExchangeDependencies, input: ExchangeInput): Promise<null> {
  const provider = providerById(input.provider);
  if (!provider?.login) throw new AppError('bad_request', `${input.provider} has no login.`);
  const { login } = provider;
  return dependencies.inTurn(`login-${provider.id}`, async () => {
    const database = await dependencies.credentials();
    const stored = await getCredential(database, provider.id);
    const credential = readCredential(provider, stored?.values ?? {});
    const work: Work = { database, provider, login, credential, former: stored?.login ?? null };
    if (input.code !== null) await redeem(dependencies, work, input.code);
    else if (work.former === null || work.former.expires_at <= input.notAfter) await renew(dependencies, work);
    return null;
  });
}

interface Work {
  readonly database: CredentialDatabase;
  readonly provider: Provider;
  readonly login: Login;
  readonly credential: Credential;
  readonly former: StoredLogin | null;
}

async function redeem(dependencies: ExchangeDependencies, work: Work, code: string): Promise<void> {
  const { database, provider, login, credential, former } = work;
  const consent = await getConsent(database, provider.id);
  // The same redirect may be reported twice; its code is good for once.
  if (!login.consent || !consent || consent.state === '') throw notBegun(provider);
  const { verifier } = consent;
  try {
    const tokens = await login.consent.redeem(contextOf(dependencies, credential), { code, verifier });
    await keep(work, tokens, 'ends');
  } catch (error) {
    const clean = withoutSecrets(error, provider, secretsIn(provider, credential, former, [code, verifier]));
    await failConsent(database, consent, clean.toWire());
    throw clean;
  }
}

async function renew(dependencies: ExchangeDependencies, work: Work): Promise<void> {
  const { provider, login, credential, former } = work;
  if (login.consent && (former?.refresh_token ?? null) === null) throw loginNeeded(provider);
  try {
    await keep(work, await login.renew(contextOf(dependencies, credential), former), 'stays');
  } catch (error) {
    const clean = withoutSecrets(error, provider, secretsIn(provider, credential, former, []));
    // What was refused once is refused again: a new consent is needed, and the surfaces say so.
    if (former && login.consent && clean.code === 'auth') {
      const ended = {
        ...former,
        refresh_token: null,
        expires_at: Math.min(former.expires_at, dependencies.clock.now()),
      };
      await keep(work, ended, 'stays');
    }
    throw clean;
  }
}

async function keep({ database, provider, credential }: Work, login: StoredLogin, consent: 'ends' | 'stays') {
  const belongs = (values: Credential): boolean => isSameKey(provider, values, credential);
  if (!(await putLogin(database, provider.id, login, belongs, consent))) throw otherCredential(provider);
}

function contextOf({ http, clock }: ExchangeDependencies, credential: Credential): ProviderContext {
  return { http, now: () => clock.now(), credential, token: null, fresh: true, reportQuota: () => undefined };
}

/** What must appear in no text about a login. */
function secretsIn(
  provider: Provider,
  credential: Credential,
  login: StoredLogin | null,
  more: readonly string[],
): readonly string[] {
  const tokens = [login?.access_token, login?.refresh_token].filter((token) => typeof token === 'string');
  return [...secretsOf(provider, credential), ...tokens, ...more].filter((text) => text !== '');
}

/** Ends a consent; why is kept for the surfaces until the next one. */
export function failConsent(database: CredentialDatabase, consent: PendingConsent, error: WireError): Promise<void> {
  return changeConsent(database, consent, (now) => ({ ...now, state: '', verifier: '', tab: null, error }));
}

/** The key that this was begun with is gone or another one: its tokens are of no use. */
function otherCredential(provider: Provider): AppError {
  return new AppError('cancelled', `The key of ${provider.id} was changed meanwhile.`, { provider: provider.id });
}

/** Nobody has logged in, or the login has ended for good. */
function loginNeeded(provider: Provider): AppError {
  return new AppError('auth', `Nobody has logged in to ${provider.id}.`, {
    advice: 'error_login_needed',
    parameters: [provider.label],
    provider: provider.id,
  });
}

/** No consent of ours is under way. */
export function notBegun(provider: Provider): AppError {
  return new AppError('bad_request', `No login to ${provider.id} is under way.`, {
    advice: 'error_login_not_begun',
    provider: provider.id,
  });
}
