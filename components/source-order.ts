/** The order in which sources are asked, as the researcher sets it, without its drawing. */
import type { LookupCapability } from '../lib/core/capabilities.ts';
import type { Settings } from '../lib/core/settings.ts';
import type { Provider } from '../lib/providers/provider.ts';

/** What the page itself carries, among the providers' ids. */
export const pageSource = 'page';

/**
 * All sources of a capability in the order of the settings. What they do not name follows as the worker asks it: the page,
 * then the providers with a key as in the registry, then those that need none. What nobody offers any more is left out.
 */
export function sourcesInOrder(
  providers: readonly Provider[],
  capability: LookupCapability,
  order: Settings['sourceOrder'],
): readonly string[] {
  const able = providers.filter(({ capabilities }) => capabilities[capability]);
  const all = [
    pageSource,
    ...able.filter(({ needsCredential }) => needsCredential).map(({ id }) => id),
    ...able.filter(({ needsCredential }) => !needsCredential).map(({ id }) => id),
  ];
  const named = [...new Set(order[capability] ?? [])].filter((source) => all.includes(source));
  return [...named, ...all.filter((source) => !named.includes(source))];
}

/** The list with this source at another place (from 0), or the same list where there is no such place. */
export function moveSource(sources: readonly string[], source: string, place: number): readonly string[] {
  const from = sources.indexOf(source);
  if (from < 0 || place < 0 || place >= sources.length || from === place) return sources;
  const others = sources.filter((candidate) => candidate !== source);
  return [...others.slice(0, place), source, ...others.slice(place)];
}
