/** The views that the researcher has named, and the way each table was last shown. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { RecordType } from '../../lib/core/record.ts';
import type { LibraryView } from '../../lib/messaging/protocol.ts';
import { useSurroundings } from '../hooks.tsx';
import { lastViewId, namedViews, type TableView, writeView } from './view-state.ts';

/** So long (ms) after the last change the way a table is shown is kept. */
const settleMs = 800;

export interface SavedViews {
  /** Null until they came. */
  readonly stored: readonly LibraryView[] | null;
  readonly named: readonly (LibraryView & TableView)[];
  readonly error: WireError | null;
  /** Never reject: an error is in `error`. */
  readonly save: (id: string, name: string, view: TableView) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Keeps how a table is shown, a moment after the last change. */
  readonly keepLast: (type: RecordType, view: TableView) => void;
}

export function useSavedViews(): SavedViews {
  const { host } = useSurroundings();
  const [stored, setStored] = useState<readonly LibraryView[] | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const after = useCallback(async (answer: Promise<readonly LibraryView[]>) => {
    try {
      setStored(await answer);
      setError(null);
    } catch (problem) {
      setError(toAppError(problem).toWire());
      setStored((before) => before ?? []);
    }
  }, []);
  useEffect(() => void after(host.send('view.list', {})), [host, after]);

  const save = useCallback(
    (id: string, name: string, view: TableView) => after(host.send('view.save', { id, name, state: writeView(view) })),
    [host, after],
  );
  /** What is not kept yet, by its id. */
  const waiting = useRef(
    new Map<string, { readonly timer: ReturnType<typeof setTimeout>; readonly keep: () => void }>(),
  );
  const keepLast = useCallback(
    (type: RecordType, view: TableView) => {
      const id = lastViewId(type);
      clearTimeout(waiting.current.get(id)?.timer);
      const keep = () => {
        waiting.current.delete(id);
        void save(id, id, view);
      };
      waiting.current.set(id, { timer: setTimeout(keep, settleMs), keep });
    },
    [save],
  );
  useEffect(() => {
    // Who closes or reloads the page at once has changed it nevertheless.
    const leave = () => {
      for (const { timer, keep } of waiting.current.values()) {
        clearTimeout(timer);
        keep();
      }
    };
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, []);
  const remove = useCallback((id: string) => after(host.send('view.delete', { id })), [host, after]);
  return { stored, named: namedViews(stored ?? []), error, save, remove, keepLast };
}
