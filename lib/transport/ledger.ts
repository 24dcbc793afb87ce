/** The kept usage, changed by one at a time: between reading and writing nobody else may count. */
import type { Usage, UsageStore } from '../core/usage.ts';

export interface Ledger {
  /**
   * Reads the provider's usage, lets it be changed, and resolves once the change is committed. `change` answers with what
   * is to be kept (null: as it is) and with what the caller wants to know.
   */
  change<Value>(
    provider: string,
    change: (kept: Usage | null) => readonly [keep: Usage | null, value: Value],
  ): Promise<Value>;
}

export function createLedger(store: UsageStore): Ledger {
  const last = new Map<string, Promise<unknown>>();
  return {
    change(provider, change) {
      const before = last.get(provider) ?? Promise.resolve();
      const mine = before.then(async () => {
        // Read anew each time: a new key forgets what the former one used.
        const kept = await store.read(provider);
        const [keep, value] = change(kept);
        if (keep !== null && keep !== kept) await store.write(keep);
        return value;
      });
      last.set(
        provider,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}
