/** The library's own worker as its views see it: what there is, whether it is ready, and when to ask again. */
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { RecordType } from '../../lib/core/record.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type {
  LibraryColumn,
  LibraryFacts,
  LibraryRow,
  LibraryService,
  Progress,
} from '../../lib/messaging/protocol.ts';
import { useSurroundings } from '../hooks.tsx';

/** Records change in bursts, as while a page is scrolled or a job runs: so long (ms) they are gathered. */
const gatherMs = 700;

/** Rows that are shown before the index is ready. */
export const firstRows = 60;

/** More changed things than this are read anew all together. */
const mostRefreshed = 2_000;

export interface Library {
  readonly service: LibraryService;
  /** Null until the index is ready. */
  readonly facts: LibraryFacts | null;
  /** How far the index is; null while nothing is read. */
  readonly progress: Progress | null;
  readonly error: WireError | null;
  /** Counts up whenever what is stored has changed: results are asked for again. */
  readonly version: number;
  /** Reads these again, or with null everything. Never rejects: an error is in `error`. */
  readonly refresh: (refs: readonly RefKey[] | null) => Promise<void>;
  readonly columns: (type: RecordType) => Promise<readonly LibraryColumn[]>;
  /** The first rows of a table, before the index is ready. */
  readonly first: (type: RecordType) => Promise<readonly LibraryRow[]>;
}

const LibraryContext = createContext<Library | null>(null);

/** What LibraryProvider gives. */
export function useLibrary(): Library {
  const library = useContext(LibraryContext);
  if (!library) throw new Error('A view stands outside LibraryProvider');
  return library;
}

/**
 * Opens the index once, and reads again what the worker in the background says has changed. `begin`: the table that is
 * shown at first; its first rows are asked for before the index, which keeps the worker busy for seconds.
 */
export function LibraryProvider(props: {
  service: LibraryService;
  begin: RecordType | null;
  children: ComponentChildren;
}) {
  const { service, begin } = props;
  const { host } = useSurroundings();
  const [facts, setFacts] = useState<LibraryFacts | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [version, setVersion] = useState(0);
  const known = useRef(new Map<RecordType, Promise<readonly LibraryColumn[]>>());
  const reading = useRef<Promise<void>>(Promise.resolve());

  /** One reading after the other, so that an older one never overwrites a newer. */
  const read = useCallback((ask: (progress: (progress: Progress) => void) => Promise<LibraryFacts>): Promise<void> => {
    reading.current = reading.current.then(async () => {
      // What the worker tells of its progress may arrive after its answer.
      let isReading = true;
      try {
        setFacts(await ask((progress) => isReading && setProgress(progress)));
        setError(null);
        setVersion((count) => count + 1);
      } catch (problem) {
        setError(toAppError(problem).toWire());
      }
      isReading = false;
      setProgress(null);
    });
    return reading.current;
  }, []);
  const refresh = useCallback(
    (refs: readonly RefKey[] | null) =>
      read((progress) => service.refresh(refs, refs === null ? progress : () => undefined)),
    [read, service],
  );
  const started = useRef(new Map<RecordType, Promise<readonly LibraryRow[]>>());
  const first = useCallback(
    (type: RecordType) => {
      const rows = started.current.get(type) ?? service.first(type, firstRows);
      // Asked for once ahead; who asks again wants what there is then.
      started.current.delete(type);
      return rows;
    },
    [service],
  );
  useEffect(() => {
    setProgress({ done: 0, total: null });
    void read(async (tell) => {
      if (begin) {
        const rows = service.first(begin, firstRows);
        started.current.set(begin, rows);
        await rows.catch(() => undefined);
      }
      return service.open(tell);
    });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it begins once
  }, [read, service]);

  useEffect(() => {
    const refs = new Set<RefKey>();
    let everything = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = host.subscribe((event) => {
      if (event.event === 'record.changed') refs.add(event.ref);
      else if (['library.changed', 'data.deleted', 'projects.changed'].includes(event.event)) everything = true;
      else return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void refresh(everything || refs.size > mostRefreshed ? null : [...refs]);
        refs.clear();
        everything = false;
      }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [host, refresh]);

  const columns = useCallback(
    (type: RecordType) => {
      const asked = known.current.get(type) ?? service.columns(type);
      known.current.set(type, asked);
      asked.catch(() => known.current.delete(type));
      return asked;
    },
    [service],
  );
  const library = useMemo(
    () => ({ service, facts, progress, error, version, refresh, columns, first }),
    [service, facts, progress, error, version, refresh, columns, first],
  );
  return <LibraryContext.Provider value={library}>{props.children}</LibraryContext.Provider>;
}

/** The columns of a table; empty until they came. */
export function useColumns(type: RecordType): readonly LibraryColumn[] {
  const { columns } = useLibrary();
  const [found, setFound] = useState<{ readonly type: RecordType; readonly columns: readonly LibraryColumn[] } | null>(
    null,
  );
  useEffect(() => {
    let current = true;
    columns(type).then(
      (answer) => current && setFound({ type, columns: answer }),
      // The index does not open either, and says why.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [columns, type]);
  return found?.type === type ? found.columns : none;
}

const none: readonly LibraryColumn[] = [];

export interface Report<Answer> {
  readonly value: Answer | null;
  readonly error: WireError | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** One question to the library's worker, asked again when what is stored has changed; waits for the index. */
export function useReport<Answer>(
  key: string | null,
  ask: (service: LibraryService) => Promise<Answer>,
): Report<Answer> {
  const { service, facts, version } = useLibrary();
  const [answer, setAnswer] = useState<{ key: string | null; value: Answer | null; error: WireError | null }>({
    key: null,
    value: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  const ready = facts !== null;
  useEffect(() => {
    if (key === null || !ready) return;
    let current = true;
    latest.current(service).then(
      (value) => current && setAnswer({ key, value, error: null }),
      (problem: unknown) => current && setAnswer({ key, value: null, error: toAppError(problem).toWire() }),
    );
    return () => {
      current = false;
    };
  }, [service, key, ready, version, round]);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  const isKnown = answer.key === key && key !== null;
  return {
    value: isKnown ? answer.value : null,
    error: isKnown ? answer.error : null,
    loading: key !== null && !isKnown,
    reload,
  };
}
