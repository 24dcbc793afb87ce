import { useCallback, useRef, useState } from 'preact/hooks';
import { type RecordType, recordTypes } from '../../lib/core/record.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type { DeletionOutcome, LibraryFacts, LibraryQuery } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { TabPanel, Tabs } from '../parts/Tabs.tsx';
import { countText } from './cell-text.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { Drawer } from './Drawer.tsx';
import { EmptyLibrary, NothingFits } from './EmptyLibrary.tsx';
import { FilterBar } from './FilterBar.tsx';
import { isNarrowed, withoutFilters } from './filter-words.ts';
import { Grid } from './Grid.tsx';
import { fittedLayout, type TableLayout } from './layout.ts';
import { deletedText, SelectionActions } from './SelectionActions.tsx';
import { IndexProgress } from './IndexProgress.tsx';
import { type Exportable, LibraryExport } from './LibraryExport.tsx';
import { nothingSelected } from './selection.ts';
import { useColumns, useLibrary } from './service.tsx';
import { type Result, useResult } from './use-result.ts';
import { ViewMenu } from './ViewMenu.tsx';
import { useWorkspace } from './workspace.tsx';

/** One table of the library with everything to search, order and choose from it. */
export function RecordsView(props: { type: RecordType; open: RefKey | null }) {
  const t = useTranslate();
  const { type, open } = props;
  const { facts } = useLibrary();
  const { go, viewOf, changeView, selectionOf, select } = useWorkspace();
  const columns = useColumns(type);
  const view = viewOf(type);
  const inSight = useRef({ first: 0, end: 60 });
  const [deleted, setDeleted] = useState<DeletionOutcome | null>(null);
  const query = view?.query ?? null;
  const { result, error, loading, reload } = useResult(query, () => inSight.current);
  const shown = result?.query.type === type ? result : null;
  const selection = selectionOf(type);
  const layout = fittedLayout(view?.layout ?? null, columns);
  const count = facts?.counts[type] ?? null;
  const found: Exportable = {
    count: shown?.complete ? shown.total : 0,
    refs: () => shown?.refs() ?? Promise.resolve([]),
  };
  const selectedThings: Exportable = {
    count: selection.refs.size,
    refs: () => Promise.resolve([...selection.refs]),
  };
  const isEmpty = facts !== null && Object.values(facts.counts).every((some) => !some);

  const setQuery = (next: LibraryQuery) => view && changeView(type, { ...view, query: next });
  const setLayout = (next: TableLayout) => view && changeView(type, { ...view, layout: next });
  const openRecord = useCallback((ref: RefKey | null) => go({ view: 'records', type, open: ref }, true), [go, type]);
  const sortBy = (name: string) => {
    if (!query) return;
    const column = columns.find((candidate) => candidate.name === name);
    setQuery({ ...query, sort: nextSort(query.sort, name, column?.type !== 'text' && column?.type !== 'list') });
  };
  const removed = (outcome: DeletionOutcome) => {
    setDeleted(outcome);
    openRecord(null);
    select(type, nothingSelected);
  };

  if (isEmpty) return <EmptyLibrary />;
  return (
    <div class="records" data-testid="records">
      <div class="records-top">
        <TypeTabs type={type} facts={facts} />
        <div class="row nowrap records-tools">
          {view && <ViewMenu type={type} view={view} />}
          <ColumnMenu type={type} columns={columns} layout={layout} onLayout={setLayout} />
          <LibraryExport selection={selectedThings} result={found} begin="result" testid="export-result" />
        </div>
      </div>
      <div class="records-filters">
        {query && <FilterBar query={query} columns={columns} onQuery={setQuery} />}
        <p class="records-count number quiet" role="status" data-testid="result-count" data-loading={loading}>
          {countLine(t, shown, count, query)}
        </p>
      </div>
      <IndexProgress />
      {deleted && (
        <Notice tone="good" live testid="deleted" onClose={() => setDeleted(null)}>
          <p class="number">{deletedText(t, deleted)}</p>
        </Notice>
      )}
      {error && <ErrorNotice error={error} onRetry={reload} />}
      <TabPanel name="type" id={type}>
        <div class={open ? 'records-main with-drawer' : 'records-main'}>
          <div class="records-table">
            {shown && columns.length > 0 && shown.total > 0 ? (
              <Grid
                label={t(`kinds_${type}`)}
                result={shown}
                columns={columns}
                layout={layout}
                sort={query?.sort ?? null}
                selection={selection}
                open={open}
                inSight={inSight}
                onLayout={setLayout}
                onSort={sortBy}
                onSelect={(next) => select(type, next)}
                onOpen={openRecord}
              />
            ) : shown && !loading && query ? (
              <NothingFits type={type} narrowed={isNarrowed(query)} onClear={() => setQuery(withoutFilters(query))} />
            ) : (
              !error && <TableSkeleton />
            )}
            {selection.refs.size > 0 && (
              <SelectionActions
                type={type}
                selected={selection.refs}
                found={found}
                onClear={() => select(type, nothingSelected)}
                onDeleted={removed}
              />
            )}
          </div>
          {open && <Drawer refKey={open} onClose={() => openRecord(null)} onDeleted={removed} />}
        </div>
      </TabPanel>
    </div>
  );
}

/** None → the way one asks for first → the other → none. */
function nextSort(sort: LibraryQuery['sort'], column: string, greatestFirst: boolean): LibraryQuery['sort'] {
  if (sort?.column !== column) return { column, descending: greatestFirst };
  return sort.descending === greatestFirst ? { column, descending: !greatestFirst } : null;
}

/** "1,234 of 100,000". */
function countLine(
  t: ReturnType<typeof useTranslate>,
  result: Result | null,
  count: number | null,
  query: LibraryQuery | null,
): string {
  if (!result?.complete) return '';
  const total = countText(result.total, t.locale);
  if (count === null || (query && !isNarrowed(query))) return total;
  return t('library_count_of', total, countText(count, t.locale));
}

/** The tables that hold something, with their counts; posts and products always. */
function TypeTabs(props: { type: RecordType; facts: LibraryFacts | null }) {
  const t = useTranslate();
  const { go } = useWorkspace();
  const { type, facts } = props;
  const there = recordTypes.filter(
    (candidate) =>
      candidate === type || candidate === 'post' || candidate === 'product' || (facts?.counts[candidate] ?? 0) > 0,
  );
  return (
    <Tabs
      name="type"
      label={t('library_types')}
      small
      tabs={there.map((id) => {
        const count = facts?.counts[id];
        const label = t(`kinds_${id}`);
        return { id, label: count === undefined ? label : t('kinds_count', label, countText(count, t.locale)) };
      })}
      active={type}
      onChange={(id) => go({ view: 'records', type: id, open: null })}
    />
  );
}

function TableSkeleton() {
  return (
    <div class="table-skeleton" aria-hidden="true">
      {Array.from({ length: 12 }, (_value, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- all alike
        <div key={index} class="skeleton" />
      ))}
    </div>
  );
}
