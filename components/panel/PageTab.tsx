import { useMemo, useState } from 'preact/hooks';
import { hashtagFrequency } from '../../lib/analysis/hashtags.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';
import type { ApiLists as Lists } from '../api-lists.ts';
import type { Entries } from '../entries.ts';
import type { LastChoices } from '../exports.ts';
import { type Exporting, type Projects, type Saving, useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { Coverage } from '../parts/Coverage.tsx';
import { SaveAllButton } from '../parts/StorageLine.tsx';
import { type Tab, TabPanel, Tabs } from '../parts/Tabs.tsx';
import { offeredLists } from './api-list.ts';
import { ApiLists } from './ApiLists.tsx';
import { EntryList } from './EntryList.tsx';
import { ListControls, type Sorting } from './ListControls.tsx';
import { NothingFound } from './NoPage.tsx';
import { Others } from './Others.tsx';
import { PageHashtags } from './PageHashtags.tsx';
import {
  filterItems,
  type ListItem,
  listItems,
  noFilter,
  noSelection,
  selectedRefs,
  sortItems,
  toggle,
  toggleAll,
  usefulSorts,
} from './page-list.ts';
import { ProjectPicker } from './ProjectPicker.tsx';
import { SelectionBar } from './SelectionBar.tsx';

type Part = 'items' | 'hashtags' | 'others' | 'api';

/** Everything on the page: how much of it is known, the list, its hashtags, what else it carried, and what APIs list. */
export function PageTab(props: {
  page: PageView;
  entries: Entries;
  lists: Lists;
  projects: Projects;
  exporting: Exporting;
  last: LastChoices;
  saving: Saving;
  shown: RefKey | null;
  open: (ref: RefKey) => void;
}) {
  const t = useTranslate();
  const { page, entries } = props;
  const [chosen, setPart] = useState<Part>('items');
  const [filter, setFilter] = useState(noFilter);
  const items = useMemo(() => listItems(page.entries, entries.entries), [page.entries, entries.entries]);
  const posts = useMemo(
    () => items.flatMap(({ entry }) => (entry?.record?.record_type === 'post' ? [entry.record] : [])),
    [items],
  );
  const hashtags = useMemo(() => hashtagFrequency(posts), [posts]);
  const offered = useMemo(
    () => offeredLists(props.lists.offers.value ?? [], page.refs, true),
    [props.lists.offers.value, page.refs],
  );
  const known: readonly (Tab<Part> & { readonly there: boolean })[] = [
    { id: 'items', label: t('part_items', items.length), there: items.length > 0 },
    { id: 'hashtags', label: t('part_hashtags', hashtags.length), there: hashtags.length > 0 },
    { id: 'others', label: t('part_others', page.others.length), there: page.others.length > 0 },
    { id: 'api', label: t('api_tab'), there: offered.length > 0 },
  ];
  const parts = known.filter(({ there }) => there);
  const part = parts.find(({ id }) => id === chosen)?.id ?? parts[0]?.id;
  const hasOwn = parts.some(({ id }) => id !== 'api');
  return (
    <>
      {items.length > 0 && <Coverage page={page} />}
      <ProjectPicker active={page.project} projects={props.projects}>
        <SaveAllButton page={page} saving={props.saving} />
      </ProjectPicker>
      {parts.length > 1 && part && (
        <Tabs name="part" label={t('parts_label')} tabs={parts} active={part} small onChange={setPart} />
      )}
      {!hasOwn && <NothingFound page={page} />}
      {part && (
        <TabPanel name="part" id={part} plain={parts.length === 1}>
          {part === 'items' && <Items {...props} items={items} filter={filter} onFilter={setFilter} />}
          {part === 'hashtags' && (
            <PageHashtags
              hashtags={hashtags}
              posts={posts.length}
              choose={(hashtag) => {
                setFilter({ ...noFilter, hashtag });
                setPart('items');
              }}
            />
          )}
          {part === 'others' && <Others refs={page.others} tabId={page.tabId} open={props.open} />}
          {part === 'api' && (
            <ApiLists
              tabId={page.tabId}
              lists={props.lists}
              entries={entries}
              subjects={page.refs}
              searches
              open={props.open}
            />
          )}
        </TabPanel>
      )}
    </>
  );
}

function Items(props: {
  page: PageView;
  items: readonly ListItem[];
  entries: Entries;
  exporting: Exporting;
  last: LastChoices;
  saving: Saving;
  shown: RefKey | null;
  filter: typeof noFilter;
  onFilter: (filter: typeof noFilter) => void;
  open: (ref: RefKey) => void;
}) {
  const t = useTranslate();
  const { items, filter } = props;
  const [sorting, setSorting] = useState<Sorting>({ key: 'page', ascending: false });
  const [selection, setSelection] = useState(noSelection);
  const listed = useMemo(
    () => sortItems(filterItems(items, filter), sorting.key, sorting.ascending),
    [items, filter, sorting],
  );
  const refs = useMemo(() => listed.map(({ ref }) => ref), [listed]);
  const selected = useMemo(() => selectedRefs(selection, items), [selection, items]);
  const told = items.filter(({ entry }) => entry).length;
  const hasNoData = items.every(({ place }) => !place.hasData);
  return (
    <>
      {hasNoData && told === items.length && (
        <Notice title={t('list_no_data_title')} testid="no-data">
          <p>{t('list_no_data_text')}</p>
        </Notice>
      )}
      <ListControls
        filter={filter}
        sorting={sorting}
        sorts={useMemo(() => usefulSorts(items), [items])}
        onFilter={props.onFilter}
        onSorting={setSorting}
      />
      {listed.length === 0 ? (
        <Notice icon="search" title={t('list_empty_title')} testid="list-empty">
          <div>
            <button
              type="button"
              class="button compact"
              data-testid="filter-reset"
              onClick={() => props.onFilter(noFilter)}
            >
              {t('filter_reset')}
            </button>
          </div>
        </Notice>
      ) : (
        <div class="entry-frame">
          <label class="select-all small">
            <input
              type="checkbox"
              checked={refs.every((ref) => selection.refs.has(ref))}
              data-testid="select-all"
              onChange={() => setSelection(toggleAll(selection, refs))}
            />
            <span>{t('select_all')}</span>
            <span class="quiet number" role="status">
              {told < items.length
                ? t('list_loading', told, items.length)
                : t('list_shown', listed.length, items.length)}
            </span>
          </label>
          <EntryList
            items={listed}
            selected={selection.refs}
            shown={props.shown}
            open={props.open}
            toggle={(ref, range) => setSelection(toggle(selection, refs, ref, range))}
          />
        </div>
      )}
      {selected.length > 0 && (
        <SelectionBar
          refs={selected}
          page={props.page}
          shown={props.shown}
          last={props.last}
          entries={props.entries}
          exporting={props.exporting}
          saving={props.saving}
          clear={() => setSelection(noSelection)}
        />
      )}
    </>
  );
}
