import { useMemo } from 'preact/hooks';
import { parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';
import type { ApiLists as Lists } from '../api-lists.ts';
import { type Entries, useEntries } from '../entries.ts';
import { type Saving, useTranslate } from '../hooks.tsx';
import { Disclosure, Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { ApiLists } from './ApiLists.tsx';
import { EntryCard } from './EntryCard.tsx';
import { NothingFound } from './NoPage.tsx';
import { Icon } from '../parts/Icon.tsx';
import { projectName } from '../parts/StorageLine.tsx';
import { OtherList } from './Others.tsx';
import type { PanelView } from './panel-view.ts';

/** The page's current item in full, or the one that was chosen from the list. */
export function ItemTab(props: { page: PageView; entries: Entries; lists: Lists; saving: Saving; view: PanelView }) {
  const t = useTranslate();
  const { page, view } = props;
  const { shown } = view;
  if (!shown && page.entries.length === 0) return page.status ? null : <NothingFound page={page} />;
  if (!shown) {
    return (
      <Notice icon="eye" title={t('item_none_title')} testid="no-current">
        <p>{t('item_none_text')}</p>
        <div>
          <button type="button" class="button compact" onClick={() => view.setTab('page')}>
            {t('tab_page', page.entries.length)}
          </button>
        </div>
      </Notice>
    );
  }
  return (
    <>
      {view.isChosen && (
        <p class="row small chosen-note">
          <span class="quiet">{t('panel_chosen_item')}</span>
          <button
            type="button"
            class="button compact plain"
            data-testid="follow-page"
            onClick={() => view.choose(null)}
          >
            {t('panel_follow_page')}
          </button>
        </p>
      )}
      <Saved page={page} refKey={shown} saving={props.saving} />
      <ShownEntry key={shown} refKey={shown} page={page} entries={props.entries} open={view.choose} />
      {shown === page.refs[0] && <Reviews page={page} view={view} />}
      <ApiLists
        key={`lists of ${shown}`}
        tabId={page.tabId}
        lists={props.lists}
        entries={props.entries}
        subjects={[shown]}
        searches={false}
        open={view.choose}
      />
    </>
  );
}

/** Whether the item is in the active project, and the button that puts it there. Nothing where there is nothing to save. */
function Saved(props: { page: PageView; refKey: RefKey; saving: Saving }) {
  const t = useTranslate();
  const { page, refKey, saving } = props;
  const place = page.entries.find(({ ref }) => ref === refKey);
  if (!place?.saved && !place?.hasData) return null;
  if (place.saved) {
    return (
      <p class="row tight small quiet entry-note user-text" data-testid="item-saved">
        <Icon name="check" />
        {t('bar_saved', projectName(t, page.project))}
      </p>
    );
  }
  return (
    <div class="row spread small entry-note">
      <span class="quiet">{t('item_not_saved')}</span>
      <button
        type="button"
        class="button compact"
        disabled={saving.state.step === 'running'}
        data-testid="save-item"
        onClick={() => saving.run([refKey])}
      >
        <Icon name="save" />
        {t('action_save')}
      </button>
    </div>
  );
}

/** What is not in the list, such as a comment, is asked for here. */
function ShownEntry(props: { refKey: RefKey; page: PageView; entries: Entries; open: (ref: RefKey) => void }) {
  const { refKey, entries } = props;
  const isListed = entries.entries.has(refKey);
  const extra = useEntries(
    useMemo(() => (isListed ? [] : [refKey]), [isListed, refKey]),
    props.page.tabId,
  );
  const from = isListed ? entries : extra;
  return (
    <>
      {extra.error && <ErrorNotice error={extra.error} />}
      <EntryCard
        refKey={refKey}
        entry={from.entries.get(refKey)}
        tabId={props.page.tabId}
        open={props.open}
        lookUp={(ref, refresh) => void from.lookUp(ref, refresh)}
      />
    </>
  );
}

/** The reviews that a product's page carried. */
function Reviews(props: { page: PageView; view: PanelView }) {
  const t = useTranslate();
  const { page, view } = props;
  const product = view.shown ? parseRefKey(view.shown) : null;
  const refs = useMemo(() => page.others.filter((ref) => parseRefKey(ref)?.kind === 'review'), [page.others]);
  if (product?.kind !== 'product' || refs.length === 0) return null;
  return (
    <section class="card" data-testid="product-reviews">
      <Disclosure summary={t('kinds_count', t('kinds_review'), refs.length)}>
        <OtherList
          refs={refs}
          tabId={page.tabId}
          open={view.choose}
          keep={(record) => record.record_type === 'review' && [null, product.id].includes(record.product_id)}
        />
      </Disclosure>
    </section>
  );
}
