/** The rows that a query finds, fetched as they come into sight. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type { LibraryQuery, LibraryRow } from '../../lib/messaging/protocol.ts';
import { createRowBlocks, type RowBlocks } from './row-blocks.ts';
import { firstRows, useLibrary } from './service.tsx';
import { isNarrowed } from './filter-words.ts';

export interface Result {
  /** The query that this answers: a newer one may be under way. */
  readonly query: LibraryQuery;
  readonly total: number;
  readonly blocks: RowBlocks;
  /** False: the first rows only, in the library's own order. */
  readonly complete: boolean;
  /** All refs, in the result's order; asked for once. */
  readonly refs: () => Promise<readonly RefKey[]>;
  /** Calls back when rows came; returns the unsubscribe function. The table alone is drawn again for them. */
  readonly onRows: (listener: () => void) => () => void;
}

export interface ResultState {
  /** The last one stays while a newer one is asked for. */
  readonly result: Result | null;
  readonly error: WireError | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** Asks for `query` (null: not known yet). `inSight`: the rows that are drawn now, loaded first when a result is renewed. */
export function useResult(
  query: LibraryQuery | null,
  inSight: () => { readonly first: number; readonly end: number },
): ResultState {
  const { service, facts, version, first } = useLibrary();
  const [result, setResult] = useState<Result | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [loading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const sight = useRef(inSight);
  sight.current = inSight;
  const before = useRef<LibraryQuery | null>(null);
  const ready = facts !== null;

  useEffect(() => {
    if (!query) return;
    let current = true;
    const ask = async (): Promise<Result | null> => {
      if (!ready) {
        if (isNarrowed(query)) return null;
        const rows = await first(query.type);
        return { query, ...fixed(rows), complete: false };
      }
      const { generation, total } = await service.query(query);
      const { listen, tell } = createListeners();
      const blocks = createRowBlocks(total, (from, to) => service.rows(generation, from, to), tell);
      const sighted = before.current === query ? sight.current() : { first: 0, end: firstRows };
      if (current) await blocks.load(sighted.first, Math.min(sighted.end, total));
      let refs: Promise<readonly RefKey[]> | null = null;
      return { query, total, blocks, complete: true, refs: () => (refs ??= service.refs(generation)), onRows: listen };
    };
    setLoading(true);
    ask().then(
      (found) => {
        if (!current) return;
        before.current = query;
        setResult(found);
        setError(null);
        setLoading(!ready);
      },
      (problem: unknown) => {
        if (!current) return;
        setError(toAppError(problem).toWire());
        setLoading(false);
      },
    );
    return () => {
      current = false;
    };
  }, [service, first, query, ready, version, round]);

  return { result, error, loading, reload: useCallback(() => setRound((count) => count + 1), []) };
}

function createListeners() {
  const listeners = new Set<() => void>();
  return {
    listen: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: () => {
      for (const listener of listeners) listener();
    },
  };
}

function fixed(rows: readonly LibraryRow[]): Pick<Result, 'total' | 'blocks' | 'refs' | 'onRows'> {
  const blocks: RowBlocks = {
    row: (index) => rows[index] ?? null,
    want: () => undefined,
    load: () => Promise.resolve(),
  };
  const refs = rows.map(({ ref }) => ref);
  return { total: rows.length, blocks, refs: () => Promise.resolve(refs), onRows: () => () => undefined };
}
