/** Gives host permissions back that nothing which is stored needs. */
import { destinations } from '../destinations/index.ts';
import { providers } from '../providers/index.ts';
import type { StoredCredential } from '../storage/database.ts';
import { changeTriedOrigins, getTriedOrigins } from '../storage/items.ts';
import { readCredential } from './asking.ts';

export interface OriginDependencies {
  readonly stored: (id: string) => Promise<StoredCredential | null>;
  readonly giveBackAccess: (origins: readonly string[]) => Promise<void>;
}

/** `http://localhost`, whatever the port. */
function hostOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}`;
}

/** Gives back these origins, and those of credentials that were tested and never saved, unless one that is stored needs them. */
export async function giveBackUnused(
  { stored, giveBackAccess }: OriginDependencies,
  before: readonly string[],
): Promise<void> {
  const tried = await getTriedOrigins();
  const needed = new Set<string>();
  for (const provider of providers) {
    const kept = await stored(provider.id);
    // Who needs no key is asked without one.
    const values = kept?.values ?? (provider.needsCredential ? null : readCredential(provider, {}));
    if (values) for (const origin of provider.origins(values)) needed.add(origin);
  }
  for (const destination of destinations) {
    const kept = await stored(destination.id);
    if (kept) for (const origin of destination.origins(kept.values)) needed.add(origin);
  }
  // Match patterns know no ports: an origin whose host is needed under another port stays as well.
  const neededHosts = new Set([...needed].map(hostOf));
  const unused = [...new Set([...before, ...tried])].filter((origin) => !neededHosts.has(hostOf(origin)));
  if (unused.length > 0) await giveBackAccess(unused);
  await changeTriedOrigins((now) => now.filter((origin) => !tried.includes(origin)));
}
