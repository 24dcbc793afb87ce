/** What a project holds that can be looked up, asked of the library's own worker. */
import { useEffect, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../../lib/core/errors.ts';
import type { RefKey } from '../../../lib/core/ref.ts';
import type { LibraryService } from '../../../lib/messaging/protocol.ts';
import { useLibrary } from '../service.tsx';

/** The kinds that providers look up. */
const types = ['post', 'product', 'author'] as const;

export interface ProjectRefs {
  /** Null while they are read, and without a project. */
  readonly refs: readonly RefKey[] | null;
  readonly error: WireError | null;
  readonly reload: () => void;
}

/**
 * The posts, products and authors of a project, once the library's index is ready. Not asked again while jobs store more:
 * what a form is about does not change under the hand. Null asks nothing.
 */
export function useProjectRefs(service: LibraryService, project: string | null): ProjectRefs {
  const [answer, setAnswer] = useState<{
    project: string | null;
    refs: readonly RefKey[] | null;
    error: WireError | null;
  }>({ project: null, refs: null, error: null });
  const [round, setRound] = useState(0);
  const ready = useLibrary().facts !== null;
  useEffect(() => {
    if (project === null || !ready) return;
    let current = true;
    const ask = async (): Promise<readonly RefKey[]> => {
      const found: RefKey[] = [];
      // One after the other: the service holds one result at a time.
      for (const type of types) {
        const { generation } = await service.query({ type, project, text: '', filters: [], sort: null });
        found.push(...(await service.refs(generation)));
      }
      return found;
    };
    ask().then(
      (refs) => current && setAnswer({ project, refs, error: null }),
      (error: unknown) => current && setAnswer({ project, refs: null, error: toAppError(error).toWire() }),
    );
    return () => {
      current = false;
    };
  }, [service, project, ready, round]);
  const known = project !== null && answer.project === project;
  return {
    refs: known ? answer.refs : null,
    error: known ? answer.error : null,
    reload: () => setRound((count) => count + 1),
  };
}
