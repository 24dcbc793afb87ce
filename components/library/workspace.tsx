/** Where the researcher is in the library, and how each table is shown there: what outlives a change of views. */
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JobKind } from '../../lib/core/job.ts';
import type { RecordType } from '../../lib/core/record.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import { formatRoute, parseRoute, type Route } from './route.ts';
import { type SavedViews, useSavedViews } from './saved-views.ts';
import { nothingSelected, type Selection } from './selection.ts';
import { firstView, lastView, type TableView } from './view-state.ts';

/** What the library hands over to its jobs: things, and what is to be done with them. */
export interface Handover {
  readonly kind: JobKind;
  readonly refs: readonly RefKey[];
}

export interface Workspace {
  readonly route: Route;
  /** `instead`: it takes the place of the present one in the browser's history. */
  readonly go: (route: Route, instead?: boolean) => void;
  /** Null until it is known how the table was last shown. */
  readonly viewOf: (type: RecordType) => TableView | null;
  readonly changeView: (type: RecordType, view: TableView) => void;
  readonly selectionOf: (type: RecordType) => Selection;
  readonly select: (type: RecordType, selection: Selection) => void;
  /** What is selected in any table. */
  readonly selected: readonly RefKey[];
  readonly saved: SavedViews;
  /** What was handed to the jobs and not taken up there yet. */
  readonly handover: Handover | null;
  readonly handOver: (handover: Handover | null) => void;
}

const WorkspaceContext = createContext<Workspace | null>(null);

/** What WorkspaceProvider gives. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('A view stands outside WorkspaceProvider');
  return workspace;
}

export function WorkspaceProvider(props: { children: ComponentChildren }) {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  const [shown, setShown] = useState<ReadonlyMap<RecordType, TableView>>(new Map());
  const [selections, setSelections] = useState<ReadonlyMap<RecordType, Selection>>(new Map());
  const [handover, setHandover] = useState<Handover | null>(null);
  const saved = useSavedViews();
  const { stored, keepLast } = saved;

  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  const go = useCallback((next: Route, instead = false) => {
    const hash = formatRoute(next);
    // Told at once: the event comes only where the address changes, and a moment later.
    setRoute(next);
    if (hash === location.hash) return;
    if (instead) history.replaceState(null, '', hash);
    else location.hash = hash;
  }, []);

  // Each made once: a view that is another one whenever it is asked for would be another question.
  const firsts = useRef(new Map<RecordType, TableView>());
  const viewOf = useCallback(
    (type: RecordType) => {
      const known = shown.get(type) ?? firsts.current.get(type);
      if (known || !stored) return known ?? null;
      const first = lastView(stored, type) ?? firstView(type);
      firsts.current.set(type, first);
      return first;
    },
    [shown, stored],
  );
  const changeView = useCallback(
    (type: RecordType, view: TableView) => {
      setShown((before) => new Map(before).set(type, view));
      keepLast(type, view);
    },
    [keepLast],
  );
  const selectionOf = useCallback((type: RecordType) => selections.get(type) ?? nothingSelected, [selections]);
  const select = useCallback(
    (type: RecordType, selection: Selection) => setSelections((before) => new Map(before).set(type, selection)),
    [],
  );
  const selected = useMemo(() => [...selections.values()].flatMap(({ refs }) => [...refs]), [selections]);
  const handOver = useCallback(
    (next: Handover | null) => {
      setHandover(next);
      if (next) go({ view: 'jobs' });
    },
    [go],
  );
  const workspace = useMemo(
    () => ({ route, go, viewOf, changeView, selectionOf, select, selected, saved, handover, handOver }),
    [route, go, viewOf, changeView, selectionOf, select, selected, saved, handover, handOver],
  );
  return <WorkspaceContext.Provider value={workspace}>{props.children}</WorkspaceContext.Provider>;
}
