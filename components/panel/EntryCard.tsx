import { type EntityRef, parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';
import { useHost, useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { providerName } from '../show.ts';
import { PostCard } from './PostCard.tsx';
import { ProductCard } from './ProductCard.tsx';
import { RecordCard } from './RecordCard.tsx';
import { RefFacts } from './RefFacts.tsx';
import { CardSkeleton } from './Skeleton.tsx';

/** One item in full, in whatever state its record is. */
export function EntryCard(props: {
  refKey: RefKey;
  entry: Entry | undefined;
  lookUp: (ref: RefKey, refresh: boolean) => void;
}) {
  const { entry, lookUp } = props;
  const ref = parseRefKey(props.refKey);
  if (!ref) return null;
  if (!entry) return <CardSkeleton />;
  return (
    <article class="entry" data-testid="entry" data-ref={entry.ref} data-status={entry.status}>
      <StatusNotice entry={entry} lookUp={lookUp} />
      {entry.record?.record_type === 'post' ? (
        <PostCard record={entry.record} entry={entry} />
      ) : entry.record?.record_type === 'product' ? (
        <ProductCard record={entry.record} entry={entry} />
      ) : entry.record ? (
        <RecordCard record={entry.record} entry={entry} />
      ) : (
        <WithoutRecord refOf={ref} entry={entry} lookUp={lookUp} />
      )}
    </article>
  );
}

/** What is to be said above a record: that it is old, that it is being fetched again, or that this failed. */
function StatusNotice(props: { entry: Entry; lookUp: (ref: RefKey, refresh: boolean) => void }) {
  const t = useTranslate();
  const { entry } = props;
  if (entry.status === 'error' && entry.error) {
    return (
      <>
        <ErrorNotice error={entry.error} onRetry={() => props.lookUp(entry.ref, true)} />
        {entry.record && <p class="small quiet entry-note">{t('entry_error_keeps_record')}</p>}
      </>
    );
  }
  if (!entry.record) return null;
  if (entry.status === 'loading') {
    return (
      <p class="row small quiet entry-note" role="status" data-testid="refreshing">
        <Icon name="refresh" spinning />
        {t('entry_refreshing')}
      </p>
    );
  }
  if (entry.status !== 'stale') return null;
  const canRefresh = entry.providers.some((provider) => provider.hasKey);
  return (
    <div class="row small entry-note" data-testid="stale">
      <span class="badge warn">
        <Icon name="clock" />
        {t('entry_stale')}
      </span>
      {canRefresh && (
        <button
          type="button"
          class="button compact plain"
          data-testid="stale-refresh"
          onClick={() => props.lookUp(entry.ref, true)}
        >
          <Icon name="refresh" />
          {t('action_refresh')}
        </button>
      )}
    </div>
  );
}

function WithoutRecord(props: { refOf: EntityRef; entry: Entry; lookUp: (ref: RefKey, refresh: boolean) => void }) {
  const t = useTranslate();
  const host = useHost();
  const { refOf, entry } = props;
  const provider = entry.providers.find((candidate) => candidate.hasKey);
  return (
    <>
      {entry.status === 'loading' && <CardSkeleton provider={provider && providerName(t, provider.id)} />}
      {(entry.status === 'none' || entry.status === 'fresh' || entry.status === 'stale') && (
        <Notice icon="search" title={t('entry_none_title')} testid="not-asked">
          <p>{provider ? t('entry_none_text', providerName(t, provider.id)) : t('entry_none_text_plain')}</p>
          <div>
            <button
              type="button"
              class="button primary"
              data-testid="look-up"
              onClick={() => props.lookUp(entry.ref, false)}
            >
              <Icon name="search" />
              {t('action_look_up')}
            </button>
          </div>
        </Notice>
      )}
      {entry.status === 'no_key' && (
        <Notice icon="key" title={t('entry_no_key_title')} testid="no-key">
          <p>
            {t('entry_no_key_text', entry.providers.map(({ id }) => providerName(t, id)).join(t('list_separator')))}
          </p>
          <p class="quiet small">{t('entry_no_key_works')}</p>
          <div>
            <button type="button" class="button primary" data-testid="add-key" onClick={() => void host.openOptions()}>
              <Icon name="key" />
              {t('action_add_key')}
            </button>
          </div>
        </Notice>
      )}
      {entry.status === 'unsupported' && (
        <Notice title={t('entry_unsupported_title')} testid="unsupported">
          <p>{t('entry_unsupported_text')}</p>
        </Notice>
      )}
      <RefFacts refOf={refOf} entry={entry} />
    </>
  );
}
