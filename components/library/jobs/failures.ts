/** What failed and why, without its drawing. */
import type { WireError } from '../../../lib/core/errors.ts';
import type { RefKey } from '../../../lib/core/ref.ts';
import type { JobItem } from '../../../lib/messaging/protocol.ts';

/** Things that failed for the same reason. */
export interface FailureGroup {
  /** The error of the latest of them. */
  readonly error: WireError;
  readonly count: number;
  readonly refs: readonly RefKey[];
}

/** The failed ones by provider, code and advice, the most frequent reason first, then the latest. */
export function groupFailures(items: readonly JobItem[]): readonly FailureGroup[] {
  const failed = items.flatMap(({ ref, error, changed_at: at }) => (error ? [{ ref, error, at }] : []));
  const groups = Map.groupBy(failed, ({ error: { provider, code, advice } }) => `${provider} ${code} ${advice}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [latest] = group.toSorted((one, other) => other.at - one.at);
      if (!latest) return [];
      return [{ error: latest.error, count: group.length, refs: group.map(({ ref }) => ref), at: latest.at }];
    })
    .sort((one, other) => other.count - one.count || other.at - one.at)
    .map(({ error, count, refs }) => ({ error, count, refs }));
}
