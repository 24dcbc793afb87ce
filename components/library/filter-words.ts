/** Filters in words, for the chips above the table; and the changes that editing one makes to a query. Pure. */
import { formatDuration } from '../../lib/analysis/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { LibraryColumn, LibraryFilter, LibraryQuery } from '../../lib/messaging/protocol.ts';
import { countText, moneyText, ratioText } from './cell-text.ts';
import { columnLabel, valueWord } from './column-words.ts';
import type { Units } from './filter-input.ts';
import { dayOf } from './zoned.ts';

/** "Views: 1,000 – 5,000", "Platform: TikTok", "Caption: contains “bread”", "Views: not known". */
export function filterText(
  t: Translate,
  filter: LibraryFilter,
  column: LibraryColumn | undefined,
  units: Units,
  type?: LibraryQuery['type'],
): string {
  const label = column ? columnLabel(t, column, type) : filter.column;
  return t('library_filter_chip', label, conditionText(t, filter, column, units));
}

function conditionText(t: Translate, filter: LibraryFilter, column: LibraryColumn | undefined, units: Units): string {
  switch (filter.kind) {
    case 'between': {
      const text = (value: number) => rawText(t, column?.type ?? 'integer', value, units);
      if (filter.from !== null && filter.to !== null) {
        const [from, to] = [text(filter.from), text(filter.to)];
        return from === to ? from : t('library_filter_range', from, to);
      }
      const isTime = column?.type === 'time';
      if (filter.from !== null) return t(isTime ? 'library_filter_since' : 'library_filter_from', text(filter.from));
      if (filter.to !== null) return t(isTime ? 'library_filter_until' : 'library_filter_to', text(filter.to));
      return t('library_filter_present');
    }
    case 'one_of':
      return filter.values.map((value) => filterValueText(t, filter.column, column, value)).join(t('list_separator'));
    case 'contains':
      return t('library_filter_contains', filter.text);
    case 'missing':
      return t(filter.missing ? 'library_filter_missing' : 'library_filter_present');
  }
}

/** A value of `one_of` in words. */
export function filterValueText(t: Translate, name: string, column: LibraryColumn | undefined, value: string): string {
  if (column?.type === 'boolean') return t(value === 'true' ? 'yes' : 'no');
  return valueWord(t, name, value);
}

function rawText(t: Translate, type: LibraryColumn['type'], value: number, units: Units): string {
  switch (type) {
    case 'time':
      return dayOf(value, units.zone);
    case 'duration':
      return formatDuration(value);
    case 'money':
      return moneyText(value, units.currency, t.locale);
    case 'number':
      return ratioText(value, t.locale);
    default:
      return countText(value, t.locale);
  }
}

/** The one currency that a query is about; null: none, or several, so that amounts have no common decimals. */
export function queryCurrency({ filters }: LibraryQuery): string | null {
  const filter = filters.find((candidate) => candidate.column === 'currency');
  const [only, ...others] = filter?.kind === 'one_of' ? filter.values : [];
  return only === undefined || others.length > 0 ? null : only.toUpperCase();
}

/** Puts filters in the place of all that the query has on these columns; null takes them away. */
export function withFilters(query: LibraryQuery, column: string, filters: readonly LibraryFilter[]): LibraryQuery {
  const columns = new Set([column, ...filters.map((filter) => filter.column)]);
  const at = query.filters.findIndex((filter) => columns.has(filter.column));
  const kept = query.filters.filter((filter) => !columns.has(filter.column));
  const place =
    at < 0 ? kept.length : query.filters.slice(0, at).filter((filter) => !columns.has(filter.column)).length;
  return { ...query, filters: [...kept.slice(0, place), ...filters, ...kept.slice(place)] };
}

/** Whether the query leaves anything out. */
export function isNarrowed({ project, text, filters }: LibraryQuery): boolean {
  return project !== null || text.trim() !== '' || filters.length > 0;
}

/** The query that leaves nothing out, in the same order. */
export function withoutFilters(query: LibraryQuery): LibraryQuery {
  return { ...query, project: null, text: '', filters: [] };
}
