import { useEffect, useMemo } from 'preact/hooks';
import type { PageHost } from '../../lib/messaging/host.ts';
import type { LibraryService } from '../../lib/messaging/protocol.ts';
import { HostProvider, useTranslate } from '../hooks.tsx';
import { Mark } from '../parts/Icon.tsx';
import { OptionsButton } from '../parts/OptionsButton.tsx';
import { StartFailure } from '../parts/StartFailure.tsx';
import { TabPanel, Tabs } from '../parts/Tabs.tsx';
import { AuthorsView } from './AuthorsView.tsx';
import { CompareView } from './CompareView.tsx';
import { HashtagsView } from './HashtagsView.tsx';
import { ImportView } from './ImportView.tsx';
import { JobsTab } from './JobsTab.tsx';
import { KeywordsView } from './KeywordsView.tsx';
import { RecordsView } from './RecordsView.tsx';
import { parseRoute, type Route, type View, views } from './route.ts';
import { LibraryProvider } from './service.tsx';
import { useWorkspace, WorkspaceProvider } from './workspace.tsx';

/** The library, in a tab of its own: everything that is stored, as tables, reports and files. */
export function Library(props: { host: PageHost; service: LibraryService }) {
  const begin = useMemo(() => {
    const route = parseRoute(location.hash);
    return route.view === 'records' ? route.type : null;
  }, []);
  return (
    <HostProvider host={props.host} fallback={StartFailure}>
      <LibraryProvider service={props.service} begin={begin}>
        <WorkspaceProvider>
          <LibraryBody />
        </WorkspaceProvider>
      </LibraryProvider>
    </HostProvider>
  );
}

function LibraryBody() {
  const t = useTranslate();
  const { route, go } = useWorkspace();
  useEffect(() => {
    document.title = t('library_title_page');
  }, [t]);
  return (
    <div class={route.view === 'records' ? 'library is-table' : 'library'} data-testid="library">
      <header class="library-header">
        <Mark />
        <h1>{t('library_title')}</h1>
        <Tabs
          name="view"
          label={t('tabs_label')}
          tabs={views.map((id) => ({ id, label: t(`library_view_${id}`) }))}
          active={route.view}
          onChange={(view) => go(routeOf(view))}
        />
        <OptionsButton />
      </header>
      <main class="library-main">
        <TabPanel name="view" id={route.view}>
          <Shown route={route} />
        </TabPanel>
      </main>
    </div>
  );
}

function routeOf(view: View): Route {
  if (view === 'records') return { view, type: 'post', open: null };
  return view === 'compare' ? { view, refs: [] } : { view };
}

function Shown(props: { route: Route }) {
  const { route } = props;
  switch (route.view) {
    case 'records':
      return <RecordsView key={route.type} type={route.type} open={route.open} />;
    case 'hashtags':
      return <HashtagsView />;
    case 'keywords':
      return <KeywordsView />;
    case 'authors':
      return <AuthorsView />;
    case 'compare':
      return <CompareView refs={route.refs} />;
    case 'jobs':
      return <JobsTab />;
    case 'import':
      return <ImportView />;
  }
}
