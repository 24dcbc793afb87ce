/** Keys: what the options page may see and do. Secrets go in and never come back. */
import { AppError } from '../core/errors.ts';
import type { Clock, Http } from '../core/ports.ts';
import * as z from 'zod/mini';
import type { CredentialState, WorkerEvent } from '../messaging/protocol.ts';
import { providerById, providers } from '../providers/index.ts';
import { type Credential, fieldsOf, type Provider, type Quota, secretsOf } from '../providers/provider.ts';
import { forgetFailures } from '../storage/cache.ts';
import { deleteCredential, getCredential, putCredential, putQuota } from '../storage/credentials.ts';
import { changeTriedOrigins, getTriedOrigins } from '../storage/items.ts';
import type { CredentialDatabase, DataDatabase, StoredCredential } from '../storage/database.ts';
import { missingAccess, withoutSecrets } from './lookup.ts';

type Values = Readonly<Record<string, string | readonly string[]>>;

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

/** An allowance belongs to its key, whatever the other fields say. */
function isSameKey(provider: Provider, one: Credential, other: Credential): boolean {
  return JSON.stringify(secretsOf(provider, one)) === JSON.stringify(secretsOf(provider, other));
}

/** `http://localhost`, whatever the port. */
function hostOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}`;
}

export interface CredentialDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly http: Http;
  readonly clock: Clock;
  readonly hasAccess: (origins: readonly string[]) => Promise<boolean>;
  readonly giveBackAccess: (origins: readonly string[]) => Promise<void>;
  readonly tell: (event: WorkerEvent) => void;
}

export interface Credentials {
  list(): Promise<readonly CredentialState[]>;
  save(providerId: string, values: Values): Promise<CredentialState>;
  test(providerId: string, values: Values): Promise<CredentialState>;
  remove(providerId: string): Promise<CredentialState>;
}

export function createCredentials(dependencies: CredentialDependencies): Credentials {
  function requireProvider(id: string): Provider {
    const provider = providerById(id);
    if (!provider) throw new AppError('bad_request', `No provider is called ${id}.`);
    return provider;
  }

  async function stored(id: string): Promise<StoredCredential | null> {
    return getCredential(await dependencies.credentials(), id);
  }

  /** An empty secret means the stored one: the form never had it. */
  function complete(provider: Provider, values: Values, kept: StoredCredential | null): Values {
    const merged: Record<string, string | readonly string[]> = { ...values };
    for (const field of fieldsOf(provider)) {
      const old = kept?.values[field.name];
      if (field.secret && !merged[field.name]?.length && old !== undefined) merged[field.name] = old;
    }
    return merged;
  }

  async function state(provider: Provider): Promise<CredentialState> {
    const kept = await stored(provider.id);
    const secrets = new Set(fieldsOf(provider).flatMap((field) => (field.secret ? [field.name] : [])));
    const quota = kept?.quota ?? null;
    return {
      provider: provider.id,
      saved: kept !== null,
      values: Object.fromEntries(
        Object.entries(kept?.values ?? {}).map(([name, value]) => [name, secrets.has(name) ? '' : value]),
      ),
      storedSecrets: Object.keys(kept?.values ?? {}).filter((name) => secrets.has(name)),
      quota: quota && { used: quota.used, limit: quota.limit, expires: quota.expires, readAt: quota.read_at },
      usage: {
        limits: { perSecond: 1, burst: 1, concurrency: 1, perDay: null, dayZone: 'UTC' },
        perDay: null,
        callsToday: 0,
        resetsAt: 0,
        restsUntil: null,
        lastError: null,
        skewMs: null,
      },
      login: null,
    };
  }

  /** A mended key must not meet the failures of the broken one. */
  async function changed(provider: Provider): Promise<CredentialState> {
    await forgetFailures(await dependencies.data());
    dependencies.tell({ event: 'credentials.changed' });
    return state(provider);
  }

  return {
    list: () => Promise.all(providers.map(state)),

    async save(providerId, values) {
      const provider = requireProvider(providerId);
      const kept = await stored(provider.id);
      const credential = readCredential(provider, complete(provider, values, kept));
      await putCredential(await dependencies.credentials(), {
        provider: provider.id,
        values: credential,
        quota: kept && isSameKey(provider, kept.values, credential) ? kept.quota : null,
      });
      await giveBackUnused(kept ? provider.origins(kept.values) : []);
      return changed(provider);
    },

    async test(providerId, values) {
      const provider = requireProvider(providerId);
      const kept = await stored(provider.id);
      const credential = readCredential(provider, complete(provider, values, kept));
      const origins = provider.origins(credential);
      if (!(await dependencies.hasAccess(origins))) throw missingAccess(provider, origins);
      await changeTriedOrigins((now) => [...now, ...origins]);
      const quotas: Quota[] = [];
      try {
        await provider.test({
          http: dependencies.http,
          now: () => dependencies.clock.now(),
          credential,
          token: null,
          fresh: false,
          reportQuota: (quota) => void quotas.push(quota),
        });
      } catch (error) {
        throw withoutSecrets(error, provider, secretsOf(provider, credential));
      } finally {
        // Only beside the key that was tested: the form may hold another one than the store.
        const quota = quotas.at(-1);
        const belongs = (now: Credential): boolean => isSameKey(provider, now, credential);
        if (quota) await putQuota(await dependencies.credentials(), provider.id, quota, belongs);
      }
      const now = await state(provider);
      const read = quotas.at(-1);
      return {
        ...now,
        quota: read ? { used: read.used, limit: read.limit, expires: read.expires, readAt: read.read_at } : null,
      };
    },

    async remove(providerId) {
      const provider = requireProvider(providerId);
      const kept = await stored(provider.id);
      await deleteCredential(await dependencies.credentials(), provider.id);
      await giveBackUnused(kept ? provider.origins(kept.values) : []);
      return changed(provider);
    },
  };

  /** Gives back these origins, and those of credentials that were tested and never saved, unless one that is stored needs them. */
  async function giveBackUnused(before: readonly string[]): Promise<void> {
    const tried = await getTriedOrigins();
    const needed = new Set<string>();
    for (const provider of providers) {
      const kept = await stored(provider.id);
      if (kept) for (const origin of provider.origins(kept.values)) needed.add(origin);
    }
    // Match patterns know no ports: an origin whose host is needed under another port stays as well.
    const neededHosts = new Set([...needed].map(hostOf));
    const unused = [...new Set([...before, ...tried])].filter((origin) => !neededHosts.has(hostOf(origin)));
    if (unused.length > 0) await dependencies.giveBackAccess(unused);
    await changeTriedOrigins((now) => now.filter((origin) => !tried.includes(origin)));
  }
}
