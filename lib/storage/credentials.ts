/** The one home of secrets. Nothing in here logs, and no value leaves but to the provider's call. */
import type { CredentialDatabase, StoredCredential } from './database.ts';
import { committing } from './writing.ts';

export type { StoredCredential } from './database.ts';

export async function getCredential(database: CredentialDatabase, provider: string): Promise<StoredCredential | null> {
  return (await database.get('credentials', provider)) ?? null;
}

export function getCredentials(database: CredentialDatabase): Promise<StoredCredential[]> {
  return database.getAll('credentials');
}

export async function putCredential(database: CredentialDatabase, credential: StoredCredential): Promise<void> {
  const transaction = database.transaction('credentials', 'readwrite', { durability: 'strict' });
  await committing(transaction, () => transaction.store.put(credential));
}

/** Keeps the newest quota reading beside the key it belongs to; nothing happens when that key is gone or another one. */
export async function putQuota(
  database: CredentialDatabase,
  provider: string,
  quota: StoredCredential['quota'],
  belongs: (values: StoredCredential['values']) => boolean,
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

export async function deleteCredential(database: CredentialDatabase, provider: string): Promise<void> {
  await database.delete('credentials', provider);
}
