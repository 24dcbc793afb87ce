import { useMemo } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { ApiLists as Lists } from '../api-lists.ts';
import { useCredentials } from '../credentials.ts';
import type { Entries } from '../entries.ts';
import { useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { ApiList } from './ApiList.tsx';
import { offeredLists } from './api-list.ts';
import { nameOf } from './names.ts';

/** The lists that APIs can give of these things, and with `searches` what can be searched for. Nothing where there are none. */
export function ApiLists(props: {
  tabId: number;
  lists: Lists;
  entries: Entries;
  subjects: readonly RefKey[];
  searches: boolean;
  open: (ref: RefKey) => void;
}) {
  const t = useTranslate();
  const { lists, subjects, searches } = props;
  const credentials = useCredentials();
  const offered = useMemo(
    () => offeredLists(lists.offers.value ?? [], subjects, searches),
    [lists.offers.value, subjects.join(), searches],
  );
  if (offered.length === 0) return lists.offers.error ? <ErrorNotice error={lists.offers.error} /> : null;
  return (
    <section class="stack api-lists" aria-labelledby="api-lists-title" data-testid="api-lists">
      <h2 class={searches ? 'unseen' : 'section-title'} id="api-lists-title">
        {t('api_title')}
      </h2>
      <p class="small quiet">{t('api_help')}</p>
      {lists.lists.error && <ErrorNotice error={lists.lists.error} onRetry={lists.lists.reload} />}
      {offered.map((one) => (
        <ApiList
          key={`${one.capability} ${one.subject ?? ''}`}
          tabId={props.tabId}
          offered={one}
          subjectName={
            one.subject !== null && searches
              ? nameOf(one.subject, props.entries.entries.get(one.subject)?.record)
              : null
          }
          lists={lists}
          states={credentials.value ?? []}
          open={props.open}
        />
      ))}
    </section>
  );
}
