/** What the pseudonyms of each project are made with. Beside the credentials: as secret as they, and in no backup. */
import type { CredentialDatabase, PseudonymKey } from './database.ts';
import { committing } from './writing.ts';

const keyBytes = 32;

/** The key of a project; made when it is first asked for. `now`: Unix ms. */
export async function pseudonymKey(database: CredentialDatabase, project: string, now: number): Promise<PseudonymKey> {
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes));
  const key = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const fresh: PseudonymKey = { project, key, made_at: now };
  let kept = fresh;
  const transaction = database.transaction('pseudonym_keys', 'readwrite', { durability: 'strict' });
  await committing(transaction, async () => {
    const before = await transaction.store.get(project);
    if (before) kept = before;
    else await transaction.store.put(fresh);
  });
  return kept;
}

/** Deletes the key of a project, or with null every key: nobody can tell any more who was behind its pseudonyms. */
export async function deletePseudonymKey(database: CredentialDatabase, project: string | null): Promise<void> {
  const transaction = database.transaction('pseudonym_keys', 'readwrite', { durability: 'strict' });
  await committing(transaction, () =>
    project === null ? transaction.store.clear() : transaction.store.delete(project),
  );
}
