/** Keys: what the options page may see and do. Secrets go in and never come back. */
import { AppError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import type { Limits, UsageStore } from '../core/usage.ts';
import type { CredentialState, LoginView, WorkerEvent } from '../messaging/protocol.ts';
import { providerById, providers } from '../providers/index.ts';
import { type Credential, fieldsOf, type Provider, type Quota, secretsOf } from '../providers/provider.ts';
import { forgetFailures } from '../storage/cache.ts';
import { deleteCredential, getCredential, putCredential, putQuota } from '../storage/credentials.ts';
import { changeTriedOrigins } from '../storage/items.ts';
import type { CredentialDatabase, DataDatabase, StoredCredential } from '../storage/database.ts';
import type { Policy, Transport } from '../transport/transport.ts';
import { missingAccess, readCredential, type TokenSource, withoutSecrets } from './asking.ts';
import { policyOf } from './choosing.ts';
import { giveBackUnused } from './unused-origins.ts';
import { usageView } from './usage-view.ts';

export { readCredential } from './asking.ts';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** An allowance belongs to its key, whatever the other fields say; a login to all that its application is known by. */
export function isSameKey(provider: Provider, one: Credential, other: Credential): boolean {
  if (provider.login) return fieldsOf(provider).every(({ name }) => one[name] === other[name]);
  return JSON.stringify(secretsOf(provider, one)) === JSON.stringify(secretsOf(provider, other));
}

/** A person looks on: nothing is waited for that takes longer. */
const testPatienceMs = 5_000;

function strangerOf({ id }: Provider): string {
  return `${id} (test)`;
}

/** The limits of the stored credential; without one, or with an unreadable one, those of an empty form. */
function limitsOf(provider: Provider, kept: StoredCredential | null): Limits {
  const choices = fieldsOf(provider).map(({ name, input, choices: [first = ''] = [] }) => [
    name,
    input === 'url_list' ? [] : first,
  ]);
  try {
    return provider.limits({ ...Object.fromEntries(choices), ...kept?.values });
  } catch {
    return { perSecond: 1, burst: 1, concurrency: 1, perDay: null, dayZone: 'UTC' };
  }
}

export interface CredentialDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly transport: Transport;
  readonly usage: UsageStore;
  readonly tokens: TokenSource;
  readonly settings: () => Promise<Settings>;
  readonly clock: Clock;
  /** How it stands with the login of a provider that has one. */
  readonly login: (provider: Provider) => Promise<LoginView | null>;
  readonly hasAccess: (origins: readonly string[]) => Promise<boolean>;
  readonly giveBackAccess: (origins: readonly string[]) => Promise<void>;
  readonly tell: (event: WorkerEvent) => void;
}

export interface Credentials {
  list(): Promise<readonly CredentialState[]>;
  save(providerId: string, values: Values): Promise<CredentialState>;
  test(providerId: string, values: Values): Promise<CredentialState>;
  remove(providerId: string): Promise<CredentialState>;
  /** The state now, after a failure of a key or a login has been seen to: nothing is held against it any more. */
  changed(providerId: string): Promise<CredentialState>;
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
      usage: usageView(
        limitsOf(provider, kept),
        (await dependencies.settings()).dailyLimits[provider.id] ?? null,
        await dependencies.usage.read(provider.id),
        dependencies.clock.now(),
      ),
      login: await dependencies.login(provider),
    };
  }

  /** What the provider refused with before the researcher saw to it; what was used and counted stays. */
  async function forgetRefusal(provider: Provider): Promise<void> {
    const usage = await dependencies.usage.read(provider.id);
    if (!usage || (usage.refused_until === null && usage.opened_at === null)) return;
    await dependencies.usage.write({ ...usage, refused_until: null, failures: 0, opened_at: null });
  }

  /** What another key than the stored one uses is counted for itself, and forgotten with the test. */
  async function policyOfTest(provider: Provider, credential: Credential, isSame: boolean): Promise<Policy> {
    const policy = policyOf(provider, credential, (await dependencies.settings()).dailyLimits);
    return isSame ? policy : { ...policy, provider: strangerOf(provider) };
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
      const isSame = kept !== null && isSameKey(provider, kept.values, credential);
      await putCredential(await dependencies.credentials(), provider.id, credential, (now) =>
        isSameKey(provider, now, credential),
      );
      await (isSame ? forgetRefusal(provider) : dependencies.usage.forget(provider.id));
      await giveBackUnused(
        { stored, giveBackAccess: dependencies.giveBackAccess },
        kept ? provider.origins(kept.values) : [],
      );
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
      const isSame = kept !== null && isSameKey(provider, kept.values, credential);
      const secrets = new Set(secretsOf(provider, credential));
      try {
        // A login is of the stored key; another key has none before it is saved.
        const token = provider.login && isSame ? await dependencies.tokens.tokenFor(provider) : null;
        if (token !== null) secrets.add(token);
        await dependencies.transport.call(
          await policyOfTest(provider, credential, isSame),
          { name: null, patienceMs: testPatienceMs, insists: true },
          async ({ http, now }) => {
            const reportQuota = (quota: Quota): void => void quotas.push(quota);
            const context = { http, now, credential, token, fresh: false, reportQuota };
            // Nobody needs to consent to a token of the application itself: getting one is a part of the proof.
            if (token !== null || provider.login?.consent !== null) return provider.test(context);
            const { access_token: own } = await provider.login.renew(context, null);
            secrets.add(own);
            return provider.test({ ...context, token: own });
          },
        );
        if (isSame) await forgetRefusal(provider);
      } catch (error) {
        throw withoutSecrets(error, provider, [...secrets]);
      } finally {
        if (!isSame) await dependencies.usage.forget(strangerOf(provider));
        // Only beside the key that was tested: the form may hold another one than the store.
        const quota = quotas.at(-1);
        const belongs = (now: Credential): boolean => isSameKey(provider, now, credential);
        if (quota) await putQuota(await dependencies.credentials(), provider.id, quota, belongs);
        dependencies.tell({ event: 'quota.changed' });
      }
      const now = await state(provider);
      const read = quotas.at(-1);
      return {
        ...now,
        quota: read ? { used: read.used, limit: read.limit, expires: read.expires, readAt: read.read_at } : null,
      };
    },

    async changed(providerId) {
      const provider = requireProvider(providerId);
      await forgetRefusal(provider);
      return changed(provider);
    },

    async remove(providerId) {
      const provider = requireProvider(providerId);
      const kept = await stored(provider.id);
      await deleteCredential(await dependencies.credentials(), provider.id);
      await dependencies.usage.forget(provider.id);
      await giveBackUnused(
        { stored, giveBackAccess: dependencies.giveBackAccess },
        kept ? provider.origins(kept.values) : [],
      );
      return changed(provider);
    },
  };
}
