import type { RefKey } from '../../lib/core/ref.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';
import type { Entries } from '../entries.ts';
import type { LastChoices } from '../exports.ts';
import { clickText } from '../export/choice-words.ts';
import { type Exporting, useTranslate } from '../hooks.tsx';
import { Icon, Mark } from '../parts/Icon.tsx';
import { LibraryButton } from '../parts/LibraryButton.tsx';
import { OptionsButton } from '../parts/OptionsButton.tsx';
import { siteKey } from '../sites.ts';
import { ExportAs } from './PageExport.tsx';

/** Which site this is, and what can be done with the whole page. */
export function PanelHeader(props: {
  page: PageView | null;
  itemCount: number;
  shown: RefKey | null;
  entries: Entries;
  exporting: Exporting;
  last: LastChoices;
}) {
  const t = useTranslate();
  const { page, shown, entries, exporting, last } = props;
  const site = page?.site;
  const entry = shown ? entries.entries.get(shown) : undefined;
  // Without a record the card itself offers the lookup.
  const canRefresh = entry?.record != null && entry.providers.some((provider) => provider.hasKey);
  const loading = entry?.status === 'loading';
  const running = exporting.state.step === 'running';
  return (
    <div class="panel-header">
      <Mark />
      <h1 class="panel-site" data-testid="panel-site">
        {page && site ? (
          <>
            {t(siteKey(site))}
            <span class="panel-host quiet">{new URL(page.url).hostname}</span>
          </>
        ) : (
          t('extension_name')
        )}
      </h1>
      {canRefresh && shown && (
        <button
          type="button"
          class="button icon-only plain"
          title={t('action_refresh_help')}
          aria-label={t('action_refresh')}
          disabled={loading}
          data-testid="refresh"
          onClick={() => void entries.lookUp(shown, true)}
        >
          <Icon name="refresh" spinning={loading} />
        </button>
      )}
      <LibraryButton />
      <OptionsButton />
      {props.itemCount > 0 && (
        <span class="split-button panel-export">
          <button
            type="button"
            class="button primary split-main"
            disabled={running}
            title={clickText(t, last.choices)}
            data-testid="export-page"
            onClick={() => exporting.run('page')}
          >
            <Icon name={running ? 'refresh' : 'download'} spinning={running} />
            {running ? t('export_running') : t('export_page', props.itemCount)}
          </button>
          {page && (
            <ExportAs
              page={page}
              shown={shown}
              last={last}
              buttonClass="button primary split-more"
              testid="export-as"
            />
          )}
        </span>
      )}
    </div>
  );
}
