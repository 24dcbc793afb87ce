/** Keys and logins as the views see them: asked of the worker, which keeps every secret. */
import type { CredentialState } from '../lib/messaging/protocol.ts';
import { type Query, useQuery, useSurroundings } from './hooks.tsx';

export type CredentialValues = Readonly<Record<string, string | string[]>>;

/** The stored credentials without their secrets, and what can be done with them; every action rejects with AppError. */
export interface Credentials extends Query<readonly CredentialState[]> {
  readonly save: (provider: string, values: CredentialValues) => Promise<CredentialState>;
  readonly test: (provider: string, values: CredentialValues) => Promise<CredentialState>;
  readonly remove: (provider: string) => Promise<CredentialState>;
  /** Opens the consent in a tab. The credential is saved, and its permission granted, before. */
  readonly logIn: (provider: string) => Promise<CredentialState>;
  /** The address that the consent ended at, pasted by hand. */
  readonly pasteLogin: (provider: string, url: string) => Promise<CredentialState>;
  readonly logOut: (provider: string) => Promise<CredentialState>;
}

/** All credentials, told anew when a key, a login or what is left of an allowance changes. */
export function useCredentials(): Credentials {
  const { host } = useSurroundings();
  const query = useQuery(
    host,
    'credentials',
    () => host.send('credential.list', {}),
    (event) =>
      event.event === 'credentials.changed' ||
      event.event === 'quota.changed' ||
      // A limit of the researcher's own is part of what is left.
      event.event === 'settings.changed',
  );
  return {
    ...query,
    save: (provider, values) => host.send('credential.save', { provider, values }),
    test: (provider, values) => host.send('credential.test', { provider, values }),
    remove: (provider) => host.send('credential.delete', { provider }),
    logIn: (provider) => host.send('login.begin', { provider }),
    pasteLogin: (provider, url) => host.send('login.paste', { provider, url }),
    logOut: (provider) => host.send('login.end', { provider }),
  };
}
