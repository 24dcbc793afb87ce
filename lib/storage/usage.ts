/** What was used of each provider's allowance, beside the keys: it goes where they go, and is no secret itself. */
import type { UsageStore } from '../core/usage.ts';
import type { CredentialDatabase } from './database.ts';
import { committing } from './writing.ts';

/**
 * The store of usage. A write resolves once it is committed, so that a worker that dies has counted what it sent; that
 * the disk has it too would cost more than a token is worth. Throws AppError `storage_full`.
 */
export function usageStore(connect: () => Promise<CredentialDatabase>): UsageStore {
  return {
    async read(provider) {
      return (await (await connect()).get('usage', provider)) ?? null;
    },
    async write(usage) {
      const transaction = (await connect()).transaction('usage', 'readwrite', { durability: 'relaxed' });
      await committing(transaction, () => transaction.store.put(usage));
    },
    async forget(provider) {
      await (await connect()).delete('usage', provider);
    },
  };
}
