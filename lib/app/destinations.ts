/** The places that files are sent to: what the options page may see and do. Secrets go in and never come back. */
import { AppError } from '../core/errors.ts';
import type { Http, WaitingClock } from '../core/ports.ts';
import { type Destination, destinationFields } from '../destinations/destination.ts';
import { destinations } from '../destinations/index.ts';
import type { DestinationState, WorkerEvent } from '../messaging/protocol.ts';
import type { Handlers } from '../messaging/server.ts';
import { deleteCredential, getCredential, putCredential } from '../storage/credentials.ts';
import type { CredentialDatabase, StoredCredential } from '../storage/database.ts';
import { changeTriedOrigins } from '../storage/items.ts';
import { giveBackUnused } from './unused-origins.ts';
import { readDestinationCredential, requireDestination, withDestination } from './upload.ts';

export interface DestinationDependencies {
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly http: Http;
  readonly clock: WaitingClock;
  readonly hasAccess: (origins: readonly string[]) => Promise<boolean>;
  readonly giveBackAccess: (origins: readonly string[]) => Promise<void>;
  readonly tell: (event: WorkerEvent) => void;
}

type Names = 'destination.list' | 'destination.ready' | 'destination.save' | 'destination.test' | 'destination.delete';

export interface Destinations {
  readonly handlers: Handlers<Names>;
  /**
   * To be called in the worker before a file is made for a destination: rejects with AppError `auth` without a readable
   * credential, `permission` where the browser does not let us call it.
   */
  readonly ensureReady: (id: string) => Promise<void>;
}

export function createDestinations(dependencies: DestinationDependencies): Destinations {
  const stored = async (id: string): Promise<StoredCredential | null> =>
    getCredential(await dependencies.credentials(), id);
  const origins = { stored, giveBackAccess: dependencies.giveBackAccess };

  async function state(destination: Destination): Promise<DestinationState> {
    const values = (await stored(destination.id))?.values ?? null;
    const secrets = new Set(destinationFields(destination).flatMap(({ secret, name }) => (secret ? [name] : [])));
    const entries = Object.entries(values ?? {});
    return {
      destination: destination.id,
      saved: values !== null,
      values: Object.fromEntries(entries.map(([name, value]) => [name, secrets.has(name) ? '' : value])),
      storedSecrets: entries.flatMap(([name]) => (secrets.has(name) ? [name] : [])),
    };
  }

  /** What was typed, an empty secret being the stored one: the form never had it. */
  async function typed(destination: Destination, values: Readonly<Record<string, string | readonly string[]>>) {
    const kept = await stored(destination.id);
    const secrets = destinationFields(destination).filter(({ secret, name }) => secret && !values[name]?.length);
    const former = secrets.flatMap(({ name }) => {
      const value = kept?.values[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    return { kept, credential: readDestinationCredential(destination, { ...values, ...Object.fromEntries(former) }) };
  }

  async function requireAccess(destination: Destination, called: readonly string[]): Promise<void> {
    if (await dependencies.hasAccess(called)) return;
    throw new AppError('permission', `No permission to call ${called.join(', ')}.`, {
      advice: 'error_host_permission',
      parameters: [called.join(', '), destination.label],
      provider: destination.id,
    });
  }

  function changed(destination: Destination): Promise<DestinationState> {
    dependencies.tell({ event: 'credentials.changed' });
    return state(destination);
  }

  async function ensureReady(id: string): Promise<void> {
    const destination = requireDestination(id);
    const credential = readDestinationCredential(destination, (await stored(id))?.values ?? {});
    await requireAccess(destination, destination.origins(credential));
  }

  return {
    ensureReady,
    handlers: {
      'destination.ready': async ({ destination }) => {
        await ensureReady(destination);
        return null;
      },
      'destination.list': () => Promise.all(destinations.map(state)),
      'destination.save': async ({ destination: id, values }) => {
        const destination = requireDestination(id);
        const { kept, credential } = await typed(destination, values);
        await putCredential(await dependencies.credentials(), id, credential, () => false);
        await giveBackUnused(origins, kept ? destination.origins(kept.values) : []);
        return changed(destination);
      },
      'destination.test': async ({ destination: id, values }) => {
        const destination = requireDestination(id);
        const { credential } = await typed(destination, values);
        const called = destination.origins(credential);
        await requireAccess(destination, called);
        await changeTriedOrigins((now) => [...now, ...called]);
        await withDestination(destination, credential, dependencies, (context) => destination.test(context));
        return state(destination);
      },
      'destination.delete': async ({ destination: id }) => {
        const destination = requireDestination(id);
        const kept = await stored(id);
        await deleteCredential(await dependencies.credentials(), id);
        await giveBackUnused(origins, kept ? destination.origins(kept.values) : []);
        return changed(destination);
      },
    },
  };
}
