/** The one way from a stored credential to a provider's answer: permission, limits, token, redaction and quota in one place. */
import * as z from 'zod/mini';
import { AppError, toAppError } from '../core/errors.ts';
import { redactCredentials } from '../core/redaction.ts';
import type { AnyRecord } from '../core/record.ts';
import type { Settings } from '../core/settings.ts';
import type { Credential, Provider, ProviderContext, Quota } from '../providers/provider.ts';
import { secretsOf } from '../providers/provider.ts';
import type { StoredCredential } from '../storage/database.ts';
import type { Transport } from '../transport/transport.ts';
import { policyOf } from './choosing.ts';
import { noteRaw } from './raw-texts.ts';

type Values = StoredCredential['values'];

/** Waited for a turn by somebody who clicked and looks on; ms. */
export const shortPatienceMs = 20_000;
/** Waited for a turn by a run that a person has started and left to itself; ms. */
export const longPatienceMs = 10 * 60_000;

/** Access tokens of providers with a login. */
export interface TokenSource {
  /** A token that is still good for a while; renewed where it is not. Throws AppError `auth` where somebody must log in. */
  tokenFor(provider: Provider): Promise<string | null>;
  /** A token in place of one that the provider did not accept; null: there is none. */
  renewAfter(provider: Provider, refused: string): Promise<string | null>;
}

export interface AskingDependencies {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly settings: () => Promise<Settings>;
  readonly stored: (provider: string) => Promise<StoredCredential | null>;
  /** Whether the browser lets us call these origins. */
  readonly hasAccess: (origins: readonly string[]) => Promise<boolean>;
  /** Keeps a reading beside the credential that it belongs to. */
  readonly keepQuota: (provider: string, quota: Quota, belongs: (values: Values) => boolean) => Promise<void>;
  /** A provider was asked: what was used of its allowance is not what it was. */
  readonly asked: () => void;
}

export interface Question {
  /** Names what is asked for, see CallOptions of the transport; null: never shared with another. */
  readonly name: string | null;
  readonly patienceMs: number;
  /** Past the provider's own cache. */
  readonly fresh?: boolean;
  /** See CallOptions of the transport. */
  readonly insists?: boolean;
  readonly signal?: AbortSignal;
}

export interface Asking {
  /**
   * Asks a provider with its stored credential. `make` may be called again, after a renewed token or by the transport's
   * retries. Throws AppError without any secret in it.
   */
  ask<Value>(
    provider: Provider,
    question: Question,
    make: (context: ProviderContext) => Promise<Value>,
  ): Promise<Value>;
  /** How many calls of this provider may be under way at once; 1 where its credential is not readable. */
  concurrency(provider: Provider): Promise<number>;
}

export function createAsking(dependencies: AskingDependencies): Asking {
  const { transport, tokens } = dependencies;

  async function ask<Value>(
    provider: Provider,
    { name, patienceMs, fresh = false, insists = false, signal }: Question,
    make: (context: ProviderContext) => Promise<Value>,
  ): Promise<Value> {
    const values = (await dependencies.stored(provider.id))?.values ?? {};
    const credential = readCredential(provider, values);
    const origins = provider.origins(credential);
    if (!(await dependencies.hasAccess(origins))) throw missingAccess(provider, origins);
    const policy = policyOf(provider, credential, (await dependencies.settings()).dailyLimits);
    const options = { name: name === null ? null : `${name}${fresh ? ' fresh' : ''}`, patienceMs, insists };
    const secrets = new Set(secretsOf(provider, credential));
    const quotas: Quota[] = [];

    const call = (token: string | null): Promise<Value> => {
      if (token !== null) secrets.add(token);
      const reportQuota = (quota: Quota): void => void quotas.push(quota);
      const made = (record: AnyRecord, raw: unknown): void => noteRaw(record, raw, [...secrets]);
      return transport.call(policy, { ...options, ...(signal ? { signal } : {}) }, ({ http, now }) =>
        make({ http, now, credential, token, fresh, reportQuota, made }),
      );
    };

    try {
      const token = provider.login ? await tokens.tokenFor(provider) : null;
      try {
        return await call(token);
      } catch (error) {
        // The server may have ended a token before its time: a new one is worth one more try, and no more.
        if (token === null || toAppError(error).code !== 'auth') throw error;
        const renewed = await tokens.renewAfter(provider, token);
        if (renewed === null) throw error;
        return await call(renewed);
      }
    } catch (error) {
      throw withoutSecrets(error, provider, [...secrets]);
    } finally {
      const quota = quotas.at(-1);
      const text = JSON.stringify(values);
      // A reading that cannot be kept must not cost the answer; the next one brings a newer one.
      if (quota)
        await dependencies.keepQuota(provider.id, quota, (now) => JSON.stringify(now) === text).catch(() => undefined);
      dependencies.asked();
    }
  }

  async function concurrency(provider: Provider): Promise<number> {
    try {
      const stored = await dependencies.stored(provider.id);
      return provider.limits(readCredential(provider, stored?.values ?? {})).concurrency;
    } catch {
      return 1;
    }
  }

  return { ask, concurrency };
}

/** Validates and trims; throws AppError `auth` that names the fields, never their values. */
export function readCredential(provider: Provider, values: Values): Credential {
  const parsed = z.safeParse(provider.credential, values);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')))].join(', ');
  throw new AppError('auth', `The credential of ${provider.id} is incomplete or unreadable: ${fields}.`, {
    advice: 'error_credential_incomplete',
    parameters: [provider.label, fields],
    provider: provider.id,
  });
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
