import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useTranslate } from '../hooks.tsx';
import { CopyButton } from '../parts/basics.tsx';
import { Icon } from '../parts/Icon.tsx';
import { countText } from './cell-text.ts';

/** Rows that are drawn at first, and those that each press adds. */
const atOnce = 100;

export interface ReportColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** How the figure is reckoned. */
  readonly help?: string;
  readonly atEnd?: boolean;
  /** What it is sorted by, and what is copied; null comes last. Absent: it cannot be sorted by. */
  readonly value?: (row: Row) => string | number | null;
  readonly cell: (row: Row) => ComponentChildren;
}

/** A table of a report: sorted by its headings, searched, copied; the rest of a long one is a press away. */
export function ReportTable<Row>(props: {
  label: string;
  rows: readonly Row[];
  /** How many there are, where the rows are the first of them only. */
  distinct?: number;
  columns: readonly ReportColumn<Row>[];
  rowKey: (row: Row) => string;
  /** What a row is searched by. */
  text: (row: Row) => string;
  /** The order at first: a column's id, the greatest first. */
  first: string;
  testid: string;
  children?: ComponentChildren;
}) {
  const t = useTranslate();
  const { rows, columns } = props;
  const [sort, setSort] = useState({ id: props.first, descending: true });
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(atOnce);
  const sorted = useMemo(() => {
    const wanted = search.trim().toLowerCase().replace(/^[#@]/u, '');
    const found = wanted === '' ? rows : rows.filter((row) => props.text(row).toLowerCase().includes(wanted));
    const value = columns.find(({ id }) => id === sort.id)?.value;
    if (!value) return found;
    const collator = new Intl.Collator(t.locale, { numeric: true });
    const keyed = found.map((row) => ({ row, key: value(row) }));
    keyed.sort((a, b) => compare(a.key, b.key, sort.descending, collator));
    return keyed.map(({ row }) => row);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- how rows are read never changes
  }, [rows, search, sort, t]);
  const shown = sorted.slice(0, limit);
  const copied = () => {
    const own = columns.flatMap(({ label, value }) => (value ? [{ label, value }] : []));
    const lines = sorted.map((row) => own.map(({ value }) => String(value(row) ?? '').replaceAll(/[\t\n]/gu, ' ')));
    return [own.map(({ label }) => label), ...lines].map((cells) => cells.join('\t')).join('\n');
  };
  return (
    <section class="report card stack" aria-label={props.label} data-testid={props.testid}>
      <div class="row spread">
        <div class="report-title">
          <h2 class="section-title">{props.label}</h2>
          <span class="small quiet number" role="status">
            {search === '' && (props.distinct ?? 0) <= rows.length
              ? countText(rows.length, t.locale)
              : t(
                  'library_count_of',
                  countText(sorted.length, t.locale),
                  countText(Math.max(rows.length, props.distinct ?? 0), t.locale),
                )}
          </span>
        </div>
        <div class="row nowrap">
          <input
            class="input report-search"
            type="search"
            value={search}
            placeholder={t('library_report_search')}
            aria-label={t('library_report_search_in', props.label)}
            data-testid={`${props.testid}-search`}
            onInput={(event) => {
              setSearch(event.currentTarget.value);
              setLimit(atOnce);
            }}
          />
          <CopyButton text={copied} label={t('library_copy_table')} compact testid={`${props.testid}-copy`} />
        </div>
      </div>
      {props.children}
      <div class="table-scroll">
        <table class="report-table" aria-label={props.label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Heading key={column.id} column={column} sort={sort} onSort={setSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={props.rowKey(row)} data-testid={`${props.testid}-row`}>
                {columns.map(({ id, cell, atEnd }) => (
                  <td key={id} class={atEnd ? 'end number' : undefined}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length === 0 && <p class="quiet small">{t('library_report_none')}</p>}
      {shown.length < sorted.length && (
        <div>
          <button type="button" class="button compact" onClick={() => setLimit(limit + 4 * atOnce)}>
            {t('items_show_rest', countText(Math.min(4 * atOnce, sorted.length - shown.length), t.locale))}
          </button>
        </div>
      )}
    </section>
  );
}

function Heading<Row>(props: {
  column: ReportColumn<Row>;
  sort: { readonly id: string; readonly descending: boolean };
  onSort: (sort: { id: string; descending: boolean }) => void;
}) {
  const { column, sort } = props;
  const sorted = sort.id === column.id ? sort : null;
  return (
    <th
      scope="col"
      class={column.atEnd ? 'end' : undefined}
      title={column.help}
      aria-sort={column.value ? (sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none') : undefined}
    >
      {column.value ? (
        <button
          type="button"
          class="sort-head"
          data-testid={`sort-${column.id}`}
          onClick={() => props.onSort({ id: column.id, descending: sorted ? !sorted.descending : true })}
        >
          {column.label}
          {sorted && <Icon name={sorted.descending ? 'down' : 'up'} />}
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}

/** Null last in either direction. Texts begin with A where figures begin with the greatest. */
function compare(
  a: string | number | null,
  b: string | number | null,
  descending: boolean,
  collator: Intl.Collator,
): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return descending ? b - a : a - b;
  const order = collator.compare(String(a), String(b));
  return descending ? order : -order;
}
