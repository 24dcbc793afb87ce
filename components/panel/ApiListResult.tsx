import { useMemo } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { ListState } from '../../lib/messaging/protocol.ts';
import { useEntries } from '../entries.ts';
import { useExport, useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { ExportOutcome } from '../parts/ExportOutcome.tsx';
import { Icon } from '../parts/Icon.tsx';
import { placesOf } from './api-list.ts';
import { EntryList } from './EntryList.tsx';
import { OtherList } from './Others.tsx';
import { listItems } from './page-list.ts';

/** What an API listed, and its export. */
export function ApiListResult(props: {
  tabId: number;
  list: ListState;
  /** Posts and products, with figures in a row; otherwise texts. */
  asItems: boolean;
  open: (ref: RefKey) => void;
}) {
  const t = useTranslate();
  const { tabId, list } = props;
  const exporting = useExport(tabId);
  const run = () => exporting.run('page', undefined, list.key);
  return (
    <>
      <div class="row spread">
        <span class="small quiet number">
          {t('api_listed', new Intl.NumberFormat(t.locale).format(list.refs.length))}
        </span>
        <button
          type="button"
          class="button compact"
          disabled={exporting.state.step === 'running'}
          data-testid="api-export"
          onClick={run}
        >
          <Icon
            name={exporting.state.step === 'running' ? 'refresh' : 'download'}
            spinning={exporting.state.step === 'running'}
          />
          {t('selection_export')}
        </button>
      </div>
      <ExportOutcome state={exporting.state} onDismiss={exporting.dismiss} onRetry={run} />
      {props.asItems ? <Items {...props} /> : <OtherList refs={list.refs} tabId={tabId} open={props.open} />}
    </>
  );
}

function Items(props: { tabId: number; list: ListState; open: (ref: RefKey) => void }) {
  const { refs } = props.list;
  const { entries, error } = useEntries(refs, props.tabId);
  const items = useMemo(() => listItems(placesOf(refs), entries), [refs, entries]);
  return (
    <>
      {error && <ErrorNotice error={error} />}
      <div class="entry-frame">
        <EntryList items={items} shown={null} open={props.open} />
      </div>
    </>
  );
}
