/** Which providers can be asked. */
import { providers } from '../../../lib/providers/index.ts';
import type { CredentialState } from '../../../lib/messaging/protocol.ts';

/** Ids of the providers whose key is stored, or that need none. */
export function readyProviders(states: readonly CredentialState[]): ReadonlySet<string> {
  const saved = new Set(states.flatMap(({ provider, saved: isSaved }) => (isSaved ? [provider] : [])));
  return new Set(providers.flatMap(({ id, needsCredential }) => (!needsCredential || saved.has(id) ? [id] : [])));
}
