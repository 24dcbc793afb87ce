/** Consents that were asked for in a tab and have not come back yet: as secret as what they lead to. */
import type { CredentialDatabase, PendingConsent } from './database.ts';
import { committing } from './writing.ts';

export type { PendingConsent } from './database.ts';

export async function getConsent(database: CredentialDatabase, provider: string): Promise<PendingConsent | null> {
  return (await database.get('consents', provider)) ?? null;
}

export function getConsents(database: CredentialDatabase): Promise<PendingConsent[]> {
  return database.getAll('consents');
}

/** Keeps it instead of any former one of this provider. On the disk before this resolves: its redirect may come any time. */
export async function putConsent(database: CredentialDatabase, consent: PendingConsent): Promise<void> {
  const transaction = database.transaction('consents', 'readwrite', { durability: 'strict' });
  await committing(transaction, () => transaction.store.put(consent));
}

/** Changes the one of this state; nothing happens where it has ended or another one was begun. */
export async function changeConsent(
  database: CredentialDatabase,
  { provider, state }: Pick<PendingConsent, 'provider' | 'state'>,
  change: (consent: PendingConsent) => PendingConsent,
): Promise<void> {
  const transaction = database.transaction('consents', 'readwrite');
  await committing(transaction, async () => {
    const consent = await transaction.store.get(provider);
    if (consent?.state === state) await transaction.store.put(change(consent));
  });
}

export async function deleteConsent(database: CredentialDatabase, provider: string): Promise<void> {
  await database.delete('consents', provider);
}
