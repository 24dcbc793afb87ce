import { useEffect, useMemo, useState } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { PageState } from '../../lib/messaging/protocol.ts';
import { type Entries, HostProvider, useEntries, useExport, usePage, useSettings, useTranslate } from '../hooks.tsx';
import type { PageHost } from '../../lib/messaging/host.ts';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { ExportOutcome } from '../parts/ExportOutcome.tsx';
import { StartFailure } from '../parts/StartFailure.tsx';
import { EntryCard } from './EntryCard.tsx';
import { ItemList } from './ItemList.tsx';
import { NoSite, NothingFound } from './NoPage.tsx';
import { PanelHeader } from './PanelHeader.tsx';
import { CardSkeleton } from './Skeleton.tsx';

/** The side panel: what the active tab shows, one item in full and the rest as a list. */
export function Panel(props: { host: PageHost }) {
  return (
    <HostProvider host={props.host} fallback={StartFailure}>
      <PanelBody />
    </HostProvider>
  );
}

function PanelBody() {
  const t = useTranslate();
  const { settings, change } = useSettings();
  const { value: page, tabId, loading, error, reload } = usePage();
  const refs = useMemo(() => refsOf(page), [page]);
  const entries = useEntries(refs, tabId);
  const exporting = useExport(tabId);
  const { shown, choose, chosen } = useShownItem(page);

  useEffect(() => {
    document.title = t('panel_title');
  }, [t]);

  return (
    <div class="panel" data-testid="panel">
      <PanelHeader page={page} itemCount={refs.length} shown={shown} entries={entries} exporting={exporting} />
      <main class="panel-main">
        <ExportOutcome state={exporting.state} onDismiss={exporting.dismiss} onRetry={() => exporting.run('page')} />
        {settings.paused ? (
          <Notice icon="pause" title={t('paused_title')} testid="paused">
            <p>{t('paused_text')}</p>
            <div>
              <button type="button" class="button" data-testid="resume" onClick={() => change({ paused: false })}>
                {t('paused_resume')}
              </button>
            </div>
          </Notice>
        ) : error ? (
          <ErrorNotice error={error} onRetry={reload} />
        ) : loading ? (
          <CardSkeleton />
        ) : page === null ? (
          <NoSite />
        ) : (
          <PageBody page={page} refs={refs} entries={entries} shown={shown} chosen={chosen} choose={choose} />
        )}
      </main>
    </div>
  );
}

function PageBody(props: {
  page: PageState;
  refs: readonly RefKey[];
  entries: Entries;
  shown: RefKey | null;
  chosen: boolean;
  choose: (ref: RefKey | null) => void;
}) {
  const t = useTranslate();
  const { page, refs, entries, shown } = props;
  if (refs.length === 0) return <NothingFound page={page} />;
  return (
    <>
      {entries.error && <ErrorNotice error={entries.error} />}
      {props.chosen && (
        <p class="row small chosen-note">
          <span class="quiet">{t('panel_chosen_item')}</span>
          <button
            type="button"
            class="button compact plain"
            data-testid="follow-page"
            onClick={() => props.choose(null)}
          >
            {t('panel_follow_page')}
          </button>
        </p>
      )}
      {shown && <EntryCard key={shown} refKey={shown} entry={entries.entries.get(shown)} lookUp={entries.lookUp} />}
      <ItemList page={page} refs={refs} entries={entries.entries} shown={shown} choose={props.choose} />
    </>
  );
}

/** Everything on the page, each once: the page's own things first, then the items in the order of the page. */
function refsOf(page: PageState | null): readonly RefKey[] {
  if (!page) return [];
  const own = page.current ? [page.current] : [];
  return [...new Set([...page.refs, ...own, ...page.items.map((item) => item.ref)])].slice(0, 2_000);
}

/** The item in full: the page's current one, unless one was chosen from the list, until the page moves on. */
function useShownItem(page: PageState | null) {
  const [chosen, setChosen] = useState<RefKey | null>(null);
  const current = page ? (page.current ?? page.refs[0] ?? null) : null;
  useEffect(() => setChosen(null), [current, page?.tabId]);
  const choose = (ref: RefKey | null) => {
    setChosen(ref === current ? null : ref);
    document.querySelector('.panel-main')?.scrollTo({ top: 0 });
    window.scrollTo({ top: 0 });
  };
  return { shown: chosen ?? current, choose, chosen: chosen !== null };
}
