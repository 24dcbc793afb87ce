import type { ComponentChildren } from 'preact';
import type { RecordType } from '../../lib/core/record.ts';
import type { LibraryQuery } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { FilterBar } from './FilterBar.tsx';
import { IndexProgress } from './IndexProgress.tsx';
import { type Report, useColumns, useLibrary } from './service.tsx';
import { EmptyLibrary } from './EmptyLibrary.tsx';
import { useWorkspace } from './workspace.tsx';

/** What a report reckons with: the filters of the table of its records, which are the same ones. */
export function useReportQuery(type: RecordType): LibraryQuery | null {
  const { viewOf } = useWorkspace();
  return viewOf(type)?.query ?? null;
}

/** Key of a report's question; a sort changes no report. */
export function reportKey(name: string, query: LibraryQuery | null): string | null {
  return query && `${name} ${JSON.stringify({ ...query, sort: null })}`;
}

/** Shows only the records of a table that fulfil this condition, and the table. */
export function useShowOnly(type: RecordType): (column: string, value: string, platform?: string) => void {
  const { viewOf, changeView, go } = useWorkspace();
  return (column, value, platform) => {
    const view = viewOf(type);
    if (!view) return;
    const others = view.query.filters.filter(
      (filter) => filter.column !== column && !(platform && filter.column === 'platform'),
    );
    const of = platform ? [{ kind: 'one_of' as const, column: 'platform', values: [platform] }] : [];
    const filters = [...others, ...of, { kind: 'one_of' as const, column, values: [value] }];
    changeView(type, { ...view, query: { ...view.query, filters } });
    go({ view: 'records', type, open: null });
  };
}

/** The frame of a report: its filters, what it is made of, and how far it is. */
export function ReportFrame<Answer>(props: {
  type: RecordType;
  report: Report<Answer>;
  /** "Of 1,234 posts". */
  basis: (answer: Answer) => string;
  help: string;
  testid: string;
  before?: ComponentChildren;
  children: (answer: Answer) => ComponentChildren;
}) {
  const t = useTranslate();
  const { facts } = useLibrary();
  const { changeView, viewOf } = useWorkspace();
  const { type, report } = props;
  const columns = useColumns(type);
  const view = viewOf(type);
  if (facts && Object.values(facts.counts).every((some) => !some)) return <EmptyLibrary />;
  return (
    <div class="report-frame" data-testid={props.testid}>
      {props.before}
      {view && (
        <FilterBar query={view.query} columns={columns} onQuery={(query) => changeView(type, { ...view, query })} />
      )}
      <IndexProgress />
      <p class="small quiet">
        <span class="number" data-testid="report-basis">
          {report.value ? props.basis(report.value) : t('library_reckoning')}
        </span>{' '}
        {props.help}
      </p>
      {report.error && <ErrorNotice error={report.error} onRetry={report.reload} />}
      {report.value ? props.children(report.value) : report.loading && <div class="skeleton report-skeleton" />}
    </div>
  );
}
