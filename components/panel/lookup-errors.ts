import type { WireError } from '../../lib/core/errors.ts';

/** Reasons that are named; the items themselves say each its own. */
const mostReasons = 3;

/** The errors by what they mean, the most frequent first. */
export function distinctErrors(
  errors: readonly WireError[],
): readonly { readonly error: WireError; readonly times: number }[] {
  return [...Map.groupBy(errors, ({ provider, code, advice }) => `${provider} ${code} ${advice}`).values()]
    .flatMap((group) => (group[0] ? [{ error: group[0], times: group.length }] : []))
    .sort((one, other) => other.times - one.times)
    .slice(0, mostReasons);
}
