/** How many lookups may be under way at once. */
import { parseRefKey, type RefKey } from '../core/ref.ts';
import { providersFor } from '../providers/index.ts';
import type { Asking } from './asking.ts';
import { isUsable } from './choosing.ts';

/** Of whoever can be asked about these things the most that one allows; at least 1. `stored`: ids of providers with a key. */
export function createConcurrency(
  asking: Pick<Asking, 'concurrency'>,
  stored: () => Promise<ReadonlySet<string>>,
): (refs: readonly RefKey[]) => Promise<number> {
  return async (refs) => {
    const able = new Set(
      refs.flatMap((ref) => {
        const parsed = parseRefKey(ref);
        return parsed ? providersFor(parsed) : [];
      }),
    );
    const known = await stored();
    const asked = [...able].filter((provider) => isUsable(provider, known));
    return Math.max(1, ...(await Promise.all(asked.map((provider) => asking.concurrency(provider)))));
  };
}
