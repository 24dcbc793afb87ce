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
import { ShortLink } from './ShortLink.tsx';
import { CardSkeleton } from './Skeleton.tsx';

/** One item in full, in whatever state its record is. */
export function EntryCard(props: {
  refKey: RefKey;
  entry: Entry | undefined;
  tabId: number;
  /** Shows another thing in full. */
  open: (ref: RefKey) => void;
  lookUp: (ref: RefKey, refresh: boolean) => void;
}) {
  const { entry, lookUp } = props;
  const ref = parseRefKey(props.refKey);
  if (!ref) return null;
  if (!entry) return <CardSkeleton />;
  return (
    <article class="entry" data-testid="entry" data-ref={entry.ref} data-status={entry.status}>
      <StatusNotice entry={entry} lookUp={lookUp} />
      <FallOver entry={entry} />
      {entry.record?.record_type === 'post' ? (
        <PostCard record={entry.record} entry={entry} />
      ) : entry.record?.record_type === 'product' ? (
        <ProductCard record={entry.record} entry={entry} />
      ) : entry.record ? (
        <RecordCard record={entry.record} entry={entry} />
      ) : (
        <WithoutRecord refOf={ref} entry={entry} tabId={props.tabId} open={props.open} lookUp={lookUp} />
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

function WithoutRecord(props: {
  refOf: EntityRef;
  entry: Entry;
  tabId: number;
  open: (ref: RefKey) => void;
  lookUp: (ref: RefKey, refresh: boolean) => void;
}) {
  const t = useTranslate();
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
      {entry.status === 'no_key' && <NoKey entry={entry} lookUp={props.lookUp} />}
      {entry.status === 'unsupported' && refOf.kind !== 'short_link' && (
        <Notice title={t('entry_unsupported_title')} testid="unsupported">
          <p>{t('entry_unsupported_text')}</p>
        </Notice>
      )}
      {refOf.kind === 'short_link' && <ShortLink refOf={refOf} entry={entry} tabId={props.tabId} open={props.open} />}
      <RefFacts refOf={refOf} entry={entry} />
    </>
  );
}

/** A key is missing; a provider that needs none can still be asked, on a click. */
function NoKey(props: { entry: Entry; lookUp: (ref: RefKey, refresh: boolean) => void }) {
  const t = useTranslate();
  const host = useHost();
  const { entry } = props;
  const keyed = entry.providers.filter(({ needsKey }) => needsKey !== false);
  const keyless = entry.providers.find(({ hasKey }) => hasKey);
  return (
    <Notice icon="key" title={t('entry_no_key_title')} testid="no-key">
      <p>{t('entry_no_key_text', keyed.map(({ id }) => providerName(t, id)).join(t('list_separator')))}</p>
      <p class="quiet small">{t('entry_no_key_works')}</p>
      <div class="row">
        <button type="button" class="button primary" data-testid="add-key" onClick={() => void host.openOptions()}>
          <Icon name="key" />
          {t('action_add_key')}
        </button>
        {keyless && (
          <button type="button" class="button" data-testid="look-up" onClick={() => props.lookUp(entry.ref, false)}>
            <Icon name="search" />
            {t('entry_ask_keyless', providerName(t, keyless.id))}
          </button>
        )}
      </div>
    </Notice>
  );
}

/** Who was asked in vain before the one whose answer is shown: "TikHub: the allowance is used up." */
function FallOver(props: { entry: Entry }) {
  const t = useTranslate();
  const { entry } = props;
  const failed = entry.fallenOver ?? [];
  const answered = entry.record?.api_provider;
  if (failed.length === 0 || entry.status === 'loading') return null;
  return (
    <div class="small quiet entry-note fall-over" data-testid="fall-over">
      <Icon name="refresh" />
      <div>
        {failed.map(({ provider, error }) => (
          <p key={provider}>{t('fall_over', providerName(t, provider), t(`error_title_${error.code}`))}</p>
        ))}
        {answered && entry.status !== 'error' && <p>{t('fall_over_asked', providerName(t, answered))}</p>}
      </div>
    </div>
  );
}
