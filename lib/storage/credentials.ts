/** The one home of secrets. Nothing in here logs, and no value leaves but to the provider's call. */
import type { CredentialDatabase, StoredCredential } from './database.ts';

export type { StoredCredential } from './database.ts';

export async function getCredential(database: CredentialDatabase, provider: string): Promise<StoredCredential | null> {
  return (await database.get('credentials', provider)) ?? null;
}

export function getCredentials(database: CredentialDatabase): Promise<StoredCredential[]> {
  return database.getAll('credentials');
}

export async function putCredential(database: CredentialDatabase, credential: StoredCredential): Promise<void> {
  const transaction = database.transaction('credentials', 'readwrite', { durability: 'strict' });
  await transaction.store.put(credential);
  await transaction.done;
}

/** Keeps the newest quota reading beside the key it belongs to; nothing happens when that key is gone. */
export async function putQuota(
  database: CredentialDatabase,
  provider: string,
  quota: StoredCredential['quota'],
): Promise<void> {
  const transaction = database.transaction('credentials', 'readwrite');
  const credential = await transaction.store.get(provider);
  if (credential) await transaction.store.put({ ...credential, quota });
  await transaction.done;
}

export async function deleteCredential(database: CredentialDatabase, provider: string): Promise<void> {
  await database.delete('credentials', provider);
}
