import { useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';
import { dataFilters, type ListFilter, type SortKey, typeFilters } from './page-list.ts';

export interface Sorting {
  readonly key: SortKey;
  readonly ascending: boolean;
}

/** Search, sort and filter of the page's list. */
export function ListControls(props: {
  filter: ListFilter;
  sorting: Sorting;
  sorts: readonly SortKey[];
  onFilter: (filter: ListFilter) => void;
  onSorting: (sorting: Sorting) => void;
}) {
  const t = useTranslate();
  const { filter, sorting } = props;
  // What is chosen stays a choice while the figures that it goes by are still on their way.
  const sorts = props.sorts.includes(sorting.key) ? props.sorts : [...props.sorts, sorting.key];
  const direction = sorting.ascending ? 'ascending' : 'descending';
  return (
    <div class="list-controls" role="search" aria-label={t('list_controls')}>
      <input
        class="input"
        type="search"
        placeholder={t('list_search')}
        aria-label={t('list_search')}
        value={filter.text}
        data-testid="list-search"
        onInput={(event) => props.onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <div class="list-selects">
        <div class="list-sort">
          <Choice
            label={t('sort_label')}
            testid="list-sort"
            value={sorting.key}
            choices={sorts}
            text={(key) => t(`sort_${key}`)}
            onChange={(key) => props.onSorting({ key, ascending: false })}
          />
          <button
            type="button"
            class="button icon-only"
            aria-label={t(`sort_${direction}`)}
            title={t(`sort_${direction}`)}
            data-testid="list-direction"
            onClick={() => props.onSorting({ ...sorting, ascending: !sorting.ascending })}
          >
            <Icon name={direction} />
          </button>
        </div>
        <Choice
          label={t('filter_type_label')}
          testid="list-type"
          value={filter.type}
          choices={typeFilters}
          text={(type) => t(`filter_type_${type}`)}
          onChange={(type) => props.onFilter({ ...filter, type })}
        />
        <Choice
          label={t('filter_data_label')}
          testid="list-data"
          value={filter.data}
          choices={dataFilters}
          text={(data) => t(`filter_data_${data}`)}
          onChange={(data) => props.onFilter({ ...filter, data })}
        />
      </div>
      {filter.hashtag !== null && (
        <button
          type="button"
          class="tag tag-filter"
          title={t('filter_hashtag_remove', filter.hashtag)}
          aria-label={t('filter_hashtag_remove', filter.hashtag)}
          data-testid="hashtag-filter"
          onClick={() => props.onFilter({ ...filter, hashtag: null })}
        >
          <bdi class="user-text">#{filter.hashtag}</bdi>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function Choice<Value extends string>(props: {
  label: string;
  testid: string;
  value: Value;
  choices: readonly Value[];
  text: (value: Value) => string;
  onChange: (value: Value) => void;
}) {
  return (
    <select
      class="input"
      aria-label={props.label}
      title={props.label}
      data-testid={props.testid}
      value={props.value}
      onChange={(event) => {
        const chosen = props.choices.find((choice) => choice === event.currentTarget.value);
        if (chosen) props.onChange(chosen);
      }}
    >
      {props.choices.map((choice) => (
        <option key={choice} value={choice}>
          {props.text(choice)}
        </option>
      ))}
    </select>
  );
}
