import { useEffect, useMemo } from 'preact/hooks';
import type { PageHost } from '../../lib/messaging/host.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';
import { useEntries } from '../entries.ts';
import { choicesText, clickText } from '../export/choice-words.ts';
import { useLastChoices } from '../exports.ts';
import {
  HostProvider,
  useExport,
  useHost,
  usePage,
  useProjects,
  useSave,
  useSettings,
  useTranslate,
} from '../hooks.tsx';
import { CopyButton } from '../parts/basics.tsx';
import { Coverage } from '../parts/Coverage.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { ExportOutcome } from '../parts/ExportOutcome.tsx';
import { Icon, Mark } from '../parts/Icon.tsx';
import { LibraryButton } from '../parts/LibraryButton.tsx';
import { OptionsButton } from '../parts/OptionsButton.tsx';
import { SaveOutcome } from '../parts/SaveOutcome.tsx';
import { AutomaticLookupSwitch, OverlaySwitch, PauseSwitch } from '../parts/SettingSwitches.tsx';
import { StartFailure } from '../parts/StartFailure.tsx';
import { SaveAllButton, StorageLine } from '../parts/StorageLine.tsx';
import { siteKey } from '../sites.ts';
import { CurrentItem } from './CurrentItem.tsx';
import { copyText } from './copy-text.ts';

/** The toolbar button's popup: the current item at a glance, and the switches. */
export function Popup(props: { host: PageHost }) {
  return (
    <HostProvider host={props.host} fallback={StartFailure}>
      <PopupBody />
    </HostProvider>
  );
}

function PopupBody() {
  const t = useTranslate();
  const host = useHost();
  const { settings } = useSettings();
  const { value: page, tabId, loading, error, reload } = usePage();
  const shown = page ? (page.current ?? page.refs[0] ?? null) : null;
  const refs = useMemo(() => (shown ? [shown] : []), [shown]);
  const entries = useEntries(refs, tabId);
  const exporting = useExport(tabId);
  const { choices } = useLastChoices();
  const saving = useSave(tabId, page?.project.id ?? null);
  const projects = useProjects();
  const entry = shown ? entries.entries.get(shown) : undefined;
  const count = useMemo(() => (page ? itemCount(page) : 0), [page]);
  const site = page?.site;

  useEffect(() => {
    document.title = t('extension_name');
  }, [t]);

  const openPanel = () => {
    if (tabId === null) return;
    // Called before anything asynchronous: browsers open the panel from a click only.
    void host.openPanel(tabId).then(() => window.close());
  };
  const running = exporting.state.step === 'running';
  return (
    <div class="popup" data-testid="popup">
      <header class="popup-header">
        <Mark />
        <h1>{t('extension_name')}</h1>
        <span class="quiet small popup-site">{site ? t(siteKey(site)) : ''}</span>
        <LibraryButton />
        <OptionsButton />
      </header>
      <main class="popup-main">
        {settings.paused ? (
          <p class="popup-note" data-testid="paused">
            {t('paused_text')}
          </p>
        ) : error ? (
          <ErrorNotice error={error} onRetry={reload} />
        ) : loading ? (
          <div class="skeleton" style={{ height: '92px' }} />
        ) : shown ? (
          <CurrentItem refKey={shown} entry={entry} lookUp={(ref, refresh) => void entries.lookUp(ref, refresh)} />
        ) : (
          <p class="popup-note quiet" data-testid="nothing">
            {count > 0
              ? t('popup_none_open', count)
              : page
                ? t('nothing_found_title')
                : `${t('no_site_short')} ${t('no_site_reload')}`}
          </p>
        )}
        {page && !settings.paused && (
          <div class="stack popup-page">
            {page.entries.length > 0 && <Coverage page={page} />}
            <StorageLine page={page} projects={projects} />
          </div>
        )}
        <SaveOutcome saving={saving} project={page?.project ?? null} />
        <ExportOutcome state={exporting.state} onDismiss={exporting.dismiss} onRetry={() => exporting.run('page')} />
        <div class="popup-actions">
          {!settings.paused && count > 0 && (
            <button
              type="button"
              class="button"
              disabled={running}
              title={clickText(t, choices)}
              data-testid="export-page"
              onClick={() => exporting.run('page')}
            >
              <Icon name={running ? 'refresh' : 'download'} spinning={running} />
              {running ? t('export_running') : t('export_page', count)}
              {!running && choices && (
                <span class="quiet small popup-format" data-testid="one-click">
                  {choicesText(t, choices)}
                </span>
              )}
            </button>
          )}
          {!settings.paused && page && count > 0 && <SaveAllButton page={page} saving={saving} />}
          {!settings.paused && entry && (
            <CopyButton text={() => copyText(entry)} label={t('action_copy')} testid="copy" />
          )}
          <button
            type="button"
            class="button primary"
            disabled={tabId === null}
            data-testid="open-panel"
            onClick={openPanel}
          >
            <Icon name="panel" />
            {t('action_open_panel')}
          </button>
        </div>
      </main>
      <Switches page={page} />
    </div>
  );
}

function Switches(props: { page: PageView | null }) {
  const t = useTranslate();
  const site = props.page?.site;
  return (
    <section class="popup-switches" aria-label={t('switches_title')}>
      {site && <OverlaySwitch site={site} label={t('switch_overlay_here', t(siteKey(site)))} testid="switch-overlay" />}
      <AutomaticLookupSwitch help={t('switch_automatic_short')} />
      <PauseSwitch />
    </section>
  );
}

/** What an export holds: the list, or where there is none the page's own things. */
function itemCount(page: PageView): number {
  const own = new Set([...page.refs, ...(page.current ? [page.current] : [])]);
  return page.entries.length || own.size;
}
