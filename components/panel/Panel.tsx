import { useEffect, useMemo } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { PageHost } from '../../lib/messaging/host.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';
import { useApiLists } from '../api-lists.ts';
import { type Entries, useEntries } from '../entries.ts';
import { type LastChoices, useLastChoices } from '../exports.ts';
import {
  type Exporting,
  HostProvider,
  type Projects,
  type Saving,
  useExport,
  usePage,
  useProjects,
  useSave,
  useSettings,
  useTranslate,
} from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { ExportOutcome } from '../parts/ExportOutcome.tsx';
import { SaveOutcome } from '../parts/SaveOutcome.tsx';
import { StartFailure } from '../parts/StartFailure.tsx';
import { StorageLine } from '../parts/StorageLine.tsx';
import { TabPanel, Tabs } from '../parts/Tabs.tsx';
import { ItemTab } from './ItemTab.tsx';
import { NoSite } from './NoPage.tsx';
import { PageStatus } from './PageStatus.tsx';
import { PageTab } from './PageTab.tsx';
import { PanelHeader } from './PanelHeader.tsx';
import { type PanelView, usePanelView } from './panel-view.ts';
import { CardSkeleton } from './Skeleton.tsx';

/** The side panel: what the active tab shows, one item in full and the whole page as a list. */
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
  const { value, tabId, loading, error, reload } = usePage();
  const page = settings.paused ? null : value;
  const refs = useMemo(() => refsOf(page), [page]);
  const withData = useMemo(() => refsWithData(page), [page]);
  const entries = useEntries(refs, tabId, withData);
  const exporting = useExport(tabId);
  const last = useLastChoices();
  const saving = useSave(tabId, page?.project.id ?? null);
  const projects = useProjects();
  const view = usePanelView(page);

  useEffect(() => {
    document.title = t('panel_title');
  }, [t]);

  return (
    <div class="panel" data-testid="panel">
      <header class="panel-top">
        <PanelHeader
          page={page}
          itemCount={page?.entries.length || refs.length}
          shown={view.tab === 'item' ? view.shown : null}
          entries={entries}
          exporting={exporting}
          last={last}
        />
        {page && <StorageLine page={page} projects={projects} />}
        {page && (
          <Tabs
            name="view"
            label={t('tabs_label')}
            tabs={[
              { id: 'item', label: t('tab_item') },
              { id: 'page', label: t('tab_page', page.entries.length) },
            ]}
            active={view.tab}
            onChange={view.setTab}
          />
        )}
      </header>
      <main class="panel-main">
        <ExportOutcome state={exporting.state} onDismiss={exporting.dismiss} onRetry={() => exporting.run('page')} />
        <SaveOutcome saving={saving} project={page?.project ?? null} />
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
          <PageBody {...{ page, entries, projects, exporting, last, saving, view }} />
        )}
      </main>
    </div>
  );
}

function PageBody(props: {
  page: PageView;
  entries: Entries;
  projects: Projects;
  exporting: Exporting;
  last: LastChoices;
  saving: Saving;
  view: PanelView;
}) {
  const { page, entries, view } = props;
  const lists = useApiLists(page.tabId);
  return (
    <>
      {entries.error && <ErrorNotice error={entries.error} />}
      <PageStatus page={page} />
      <TabPanel name="view" id={view.tab}>
        {view.tab === 'item' ? (
          <ItemTab page={page} entries={entries} lists={lists} saving={props.saving} view={view} />
        ) : (
          <PageTab {...props} lists={lists} shown={view.shown} open={view.choose} />
        )}
      </TabPanel>
    </>
  );
}

/** What is asked for at once: the page's own things and its list. The rest is asked for where it is shown. */
function refsOf(page: PageView | null): readonly RefKey[] {
  if (!page) return [];
  const own = page.current ? [page.current] : [];
  return [...new Set([...own, ...page.refs, ...page.entries.map(({ ref }) => ref)])];
}

function refsWithData(page: PageView | null): ReadonlySet<RefKey> {
  return new Set(page?.entries.flatMap(({ ref, hasData }) => (hasData ? [ref] : [])));
}
