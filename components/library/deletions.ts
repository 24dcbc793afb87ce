/** Deleting from the library, moving things between projects, and the log of what was deleted. */
import { useCallback, useMemo } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { DeletionEntry, DeletionOutcome } from '../../lib/messaging/protocol.ts';
import { type Query, useQuery, useSurroundings } from '../hooks.tsx';

export interface Deletions {
  /** With all that is known of them, from every project. Rejects with AppError, as do the others. */
  readonly deleteRefs: (refs: readonly RefKey[]) => Promise<DeletionOutcome>;
  /** The account with its posts, comments, reviews and lives, in every project. */
  readonly deletePerson: (ref: RefKey) => Promise<DeletionOutcome>;
  readonly addTo: (project: string, refs: readonly RefKey[]) => Promise<null>;
  readonly removeFrom: (project: string, refs: readonly RefKey[]) => Promise<null>;
}

export function useDeletions(): Deletions {
  const { host } = useSurroundings();
  return useMemo(
    () => ({
      deleteRefs: (refs) => host.send('data.delete_refs', { refs: [...refs] }),
      deletePerson: (ref) => host.send('person.delete', { ref }),
      addTo: (id, refs) => host.send('project.add', { id, refs: [...refs] }),
      removeFrom: (id, refs) => host.send('project.remove', { id, refs: [...refs] }),
    }),
    [host],
  );
}

/** What was deleted when, the newest first. */
export function useDeletionLog(): Query<readonly DeletionEntry[]> {
  const { host } = useSurroundings();
  const concerns = useCallback(
    ({ event }: { readonly event: string }) => event === 'library.changed' || event === 'data.deleted',
    [],
  );
  return useQuery(host, 'deletions', () => host.send('deletion.list', {}), concerns);
}
