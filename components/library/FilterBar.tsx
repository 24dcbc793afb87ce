import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LibraryColumn, LibraryFilter, LibraryQuery } from '../../lib/messaging/protocol.ts';
import { useProjects, useTimeZone, useTranslate } from '../hooks.tsx';
import { ColumnSearch } from '../parts/ColumnSearch.tsx';
import { Icon } from '../parts/Icon.tsx';
import { projectName } from '../parts/StorageLine.tsx';
import { columnLabel } from './column-words.ts';
import { FilterEditor } from './FilterEditor.tsx';
import { filterText, isNarrowed, queryCurrency, withFilters, withoutFilters } from './filter-words.ts';
import { Popover } from './Popover.tsx';

/** So long (ms) after the last letter the search is made. */
const typingMs = 60;

/** What researchers filter by most, in the order in which it is offered; of these the ones that the table has. */
const usual = [
  'platform',
  'author_handle',
  'author_name',
  'hashtags',
  'created_at',
  'duration_ms',
  'view_count',
  'like_count',
  'price_minor',
  'sold_count',
  'category_l1',
  'shop_name',
  'tags',
  'sources',
  'collected_via',
  'availability',
];

/** What is shown of a table: search, project, and a chip for each condition. */
export function FilterBar(props: {
  query: LibraryQuery;
  columns: readonly LibraryColumn[];
  onQuery: (query: LibraryQuery) => void;
}) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { query, columns, onQuery } = props;
  const byName = useMemo(() => new Map(columns.map((column) => [column.name, column])), [columns]);
  const units = { zone, currency: queryCurrency(query) };
  return (
    <div class="filter-bar" role="search" aria-label={t('library_filters')}>
      <SearchField query={query} onQuery={onQuery} />
      <ProjectChoice query={query} onQuery={onQuery} />
      {query.filters.map((filter) => (
        <span key={filter.column} class="filter-chip" data-testid="filter-chip">
          <Popover
            label={<span class="user-text">{filterText(t, filter, byName.get(filter.column), units, query.type)}</span>}
            name={t('library_filter_edit')}
            buttonClass="filter-edit"
            testid={`filter-${filter.column}`}
          >
            {(close) => {
              const column = byName.get(filter.column);
              return column ? (
                <Editor query={query} column={column} filter={filter} onQuery={onQuery} close={close} />
              ) : (
                <p class="small quiet">{t('library_filter_unknown')}</p>
              );
            }}
          </Popover>
          <button
            type="button"
            class="filter-remove"
            aria-label={t('library_filter_remove', filterText(t, filter, byName.get(filter.column), units, query.type))}
            title={t('library_filter_take_away')}
            data-testid={`filter-remove-${filter.column}`}
            onClick={() => onQuery(withFilters(query, filter.column, []))}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      <Popover
        label={t('library_filter_add')}
        name={t('library_filter_add')}
        icon="filter"
        testid="filter-add"
        disabled={columns.length === 0}
      >
        {(close) => <NewFilter query={query} columns={columns} onQuery={onQuery} close={close} />}
      </Popover>
      {isNarrowed(query) && (
        <button
          type="button"
          class="button compact plain"
          data-testid="filters-clear"
          onClick={() => onQuery(withoutFilters(query))}
        >
          {t('library_filter_clear')}
        </button>
      )}
    </div>
  );
}

function SearchField(props: { query: LibraryQuery; onQuery: (query: LibraryQuery) => void }) {
  const t = useTranslate();
  const [draft, setDraft] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <label class="search-field">
      <Icon name="search" />
      <input
        class="input"
        type="search"
        value={draft ?? props.query.text}
        placeholder={t('library_search')}
        aria-label={t('library_search')}
        data-testid="search"
        onInput={(event) => {
          const text = event.currentTarget.value;
          setDraft(text);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            setDraft(null);
            const { query, onQuery } = latest.current;
            if (text !== query.text) onQuery({ ...query, text });
          }, typingMs);
        }}
      />
    </label>
  );
}

function ProjectChoice(props: { query: LibraryQuery; onQuery: (query: LibraryQuery) => void }) {
  const t = useTranslate();
  const projects = useProjects();
  const { query, onQuery } = props;
  return (
    <select
      class="input project-choice"
      aria-label={t('library_project')}
      title={t('library_project')}
      value={query.project ?? ''}
      data-testid="project-filter"
      onChange={(event) => onQuery({ ...query, project: event.currentTarget.value || null })}
    >
      <option value="">{t('library_project_any')}</option>
      {(projects.value ?? []).map((project) => (
        <option key={project.id} value={project.id}>
          {projectName(t, project)}
        </option>
      ))}
    </select>
  );
}

function Editor(props: {
  query: LibraryQuery;
  column: LibraryColumn;
  filter: LibraryFilter | null;
  onQuery: (query: LibraryQuery) => void;
  close: () => void;
}) {
  const { query, column } = props;
  return (
    <FilterEditor
      type={query.type}
      column={column}
      filter={props.filter}
      currency={queryCurrency(query)}
      onFilters={(filters) => {
        props.onQuery(withFilters(query, column.name, filters));
        props.close();
      }}
    />
  );
}

/** First which column, then its condition. */
function NewFilter(props: {
  query: LibraryQuery;
  columns: readonly LibraryColumn[];
  onQuery: (query: LibraryQuery) => void;
  close: () => void;
}) {
  const t = useTranslate();
  const { query, columns } = props;
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<LibraryColumn | null>(null);
  const ordered = useMemo(() => {
    const rank = ({ name }: LibraryColumn) => (usual.includes(name) ? usual.indexOf(name) : usual.length);
    return [...columns].sort((a, b) => rank(a) - rank(b));
  }, [columns]);
  if (chosen) {
    const filter = query.filters.find(({ column }) => column === chosen.name) ?? null;
    return <Editor query={query} column={chosen} filter={filter} onQuery={props.onQuery} close={props.close} />;
  }
  const wanted = search.trim().toLowerCase();
  const listed = ordered.filter(
    (column) => wanted === '' || `${columnLabel(t, column, query.type)} ${column.name}`.toLowerCase().includes(wanted),
  );
  return (
    <div class="stack new-filter">
      <ColumnSearch
        testId="filter-search"
        value={search}
        onInput={setSearch}
        onChosen={() => listed[0] && setChosen(listed[0])}
      />
      <ul class="filter-columns">
        {listed.map((column) => (
          <li key={column.name}>
            <button
              type="button"
              class="filter-column"
              title={column.description[t.language]}
              data-testid={`filter-by-${column.name}`}
              onClick={() => setChosen(column)}
            >
              {columnLabel(t, column, query.type)}
              <span class="mono quiet small">{column.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {listed.length === 0 && <p class="quiet small">{t('library_columns_none')}</p>}
    </div>
  );
}
