/** Places that files are sent to as the views see them: asked of the worker, which keeps every secret. */
import type { DestinationState } from '../lib/messaging/protocol.ts';
import type { CredentialValues } from './credentials.ts';
import { type Query, useQuery, useSurroundings } from './hooks.tsx';

/** The stored credentials without their secrets, and what can be done with them; every action rejects with AppError. */
export interface Destinations extends Query<readonly DestinationState[]> {
  readonly save: (destination: string, values: CredentialValues) => Promise<DestinationState>;
  readonly test: (destination: string, values: CredentialValues) => Promise<DestinationState>;
  readonly remove: (destination: string) => Promise<DestinationState>;
}

/** All places, told anew when a key changes. */
export function useDestinations(): Destinations {
  const { host } = useSurroundings();
  const query = useQuery(
    host,
    'destinations',
    () => host.send('destination.list', {}),
    (event) => event.event === 'credentials.changed',
  );
  return {
    ...query,
    save: (destination, values) => host.send('destination.save', { destination, values }),
    test: (destination, values) => host.send('destination.test', { destination, values }),
    remove: (destination) => host.send('destination.delete', { destination }),
  };
}
