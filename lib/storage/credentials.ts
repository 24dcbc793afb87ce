/** The one home of secrets. Nothing in here logs, and no value leaves but to the provider's call. */
import type { CredentialDatabase, StoredCredential, StoredLogin } from './database.ts';
import { committing } from './writing.ts';

export type { StoredCredential, StoredLogin } from './database.ts';

type Values = StoredCredential['values'];

export async function getCredential(database: CredentialDatabase, provider: string): Promise<StoredCredential | null> {
  return (await database.get('credentials', provider)) ?? null;
}

export function getCredentials(database: CredentialDatabase): Promise<StoredCredential[]> {
  return database.getAll('credentials');
}

/**
 * Keeps a credential. Where `isSame` says that the stored one is of the same key, its quota and its login stay, as they
 * are at this very moment: a login may be renewed at any time.
 */
export async function putCredential(
  database: CredentialDatabase,
  provider: string,
  values: Values,
  isSame: (stored: Values) => boolean,
): Promise<void> {
  const transaction = database.transaction('credentials', 'readwrite', { durability: 'strict' });
  await committing(transaction, async () => {
    const stored = await transaction.store.get(provider);
    const former = stored && isSame(stored.values) ? stored : null;
    await transaction.store.put({ provider, values, quota: former?.quota ?? null, login: former?.login ?? null });
  });
}

/** Keeps the newest quota reading beside the key it belongs to; nothing happens when that key is gone or another one. */
export async function putQuota(
  database: CredentialDatabase,
  provider: string,
  quota: StoredCredential['quota'],
  belongs: (values: Values) => boolean,
): Promise<void> {
  const transaction = database.transaction('credentials', 'readwrite');
  await committing(transaction, async () => {
    const credential = await transaction.store.get(provider);
    if (!credential || !belongs(credential.values)) return;
    // Two answers may be read in another order than they were given.
    if (credential.quota && quota && credential.quota.read_at > quota.read_at) return;
    await transaction.store.put({ ...credential, quota });
  });
}

/**
 * Keeps a login beside the key that it was got with, or forgets it (null), and ends the consent that it came of: both or
 * neither, on the disk before this resolves. False: that key is gone or another one, and nothing was kept.
 */
export async function putLogin(
  database: CredentialDatabase,
  provider: string,
  login: StoredLogin | null,
  belongs: (values: Values) => boolean,
  consent: 'ends' | 'stays',
): Promise<boolean> {
  const transaction = database.transaction(['credentials', 'consents'], 'readwrite', { durability: 'strict' });
  let isKept = false;
  await committing(transaction, async () => {
    const credentials = transaction.objectStore('credentials');
    const credential = await credentials.get(provider);
    if (consent === 'ends') await transaction.objectStore('consents').delete(provider);
    if (!credential || !belongs(credential.values)) return;
    await credentials.put({ ...credential, login });
    isKept = true;
  });
  return isKept;
}

/** Forgets a key, its login, and a consent under way. */
export async function deleteCredential(database: CredentialDatabase, provider: string): Promise<void> {
  const transaction = database.transaction(['credentials', 'consents'], 'readwrite', { durability: 'strict' });
  await committing(transaction, async () => {
    await transaction.objectStore('credentials').delete(provider);
    await transaction.objectStore('consents').delete(provider);
  });
}
