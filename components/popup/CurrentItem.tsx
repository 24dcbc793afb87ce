import { formatMoney, formatTime } from '../../lib/analysis/format.ts';
import type { AnyRecord, PostRecord, ProductRecord } from '../../lib/core/record.ts';
import { parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';
import { useHost, useTimeZone, useTranslate } from '../hooks.tsx';
import { bylineOf, nameOf } from '../panel/names.ts';
import { shapeFigures } from '../panel/record-shapes.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { FigureGrid } from '../parts/Figures.tsx';
import { Icon } from '../parts/Icon.tsx';

/** Of what is no post or product: a popup is no taller than 600 px. */
const figuresAtAGlance = 4;

/** The current item at a glance. The whole of it is in the side panel. */
export function CurrentItem(props: {
  refKey: RefKey;
  entry: Entry | undefined;
  lookUp: (ref: RefKey, refresh: boolean) => void;
}) {
  const t = useTranslate();
  const { entry, lookUp } = props;
  const ref = parseRefKey(props.refKey);
  if (!entry || !ref) return <div class="skeleton" style={{ height: '92px' }} />;
  const { record } = entry;
  const busy = entry.status === 'loading';
  return (
    <section class="stack" aria-busy={busy} data-testid="current" data-ref={entry.ref} data-status={entry.status}>
      {record?.record_type === 'post' && <PostGlance record={record} />}
      {record?.record_type === 'product' && <ProductGlance record={record} />}
      {record && record.record_type !== 'post' && record.record_type !== 'product' && (
        <OtherGlance refKey={props.refKey} record={record} />
      )}
      {!record && (
        <p>
          <span class="badge accent">{t(`kind_${ref.kind}`)}</span> <span class="mono user-text">{ref.id}</span>
        </p>
      )}
      {!record && entry.idTime !== null && <IdTime time={entry.idTime} />}
      {entry.status === 'error' && entry.error && (
        <ErrorNotice error={entry.error} onRetry={() => lookUp(entry.ref, true)} />
      )}
      {entry.status === 'no_key' && <NoKey />}
      {!record && entry.status === 'unsupported' && <p class="small quiet">{t('popup_unsupported')}</p>}
      {busy && (
        <p class="row small quiet" role="status">
          <Icon name="refresh" spinning />
          {record ? t('entry_refreshing') : t('loading')}
        </p>
      )}
      {(entry.status === 'none' || entry.status === 'stale') && (
        <div class="row">
          {entry.status === 'stale' && <span class="badge warn">{t('entry_stale')}</span>}
          {entry.providers.some((provider) => provider.hasKey) && (
            <button
              type="button"
              class="button compact"
              data-testid="look-up"
              onClick={() => lookUp(entry.ref, entry.status === 'stale')}
            >
              <Icon name={entry.status === 'stale' ? 'refresh' : 'search'} />
              {entry.status === 'stale' ? t('action_refresh') : t('action_look_up')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function PostGlance(props: { record: PostRecord }) {
  const t = useTranslate();
  const { record } = props;
  const name = record.author_name ?? record.author_handle;
  return (
    <>
      <div>
        <p class="glance-title user-text" dir="auto">
          {record.caption || record.post_id}
        </p>
        {name && (
          <p class="small quiet user-text">
            <bdi>{name}</bdi>
            {record.availability !== 'ok' && <span class="badge bad">{t(`availability_${record.availability}`)}</span>}
          </p>
        )}
      </div>
      <FigureGrid record={record} figures={shapeFigures(record, t.locale)} label={t('figures_title')} />
    </>
  );
}

function ProductGlance(props: { record: ProductRecord }) {
  const t = useTranslate();
  const { record } = props;
  const price = record.price_minor ?? record.price_min_minor;
  return (
    <>
      <div>
        <p class="glance-title user-text" dir="auto">
          {record.product_name ?? record.product_id}
        </p>
        <p class="glance-price number">
          {price === null
            ? (record.price_text ?? '—')
            : record.currency
              ? formatMoney(price, record.currency, t.locale)
              : price}
          {record.price_unit_source !== 'declared' && price !== null && (
            <span class="small price-note"> {t('price_unit_not_declared')}</span>
          )}
        </p>
      </div>
      <FigureGrid record={record} figures={shapeFigures(record, t.locale)} label={t('figures_title')} />
    </>
  );
}

/** An author, a live room …: what the page is about where it is no post or product. */
function OtherGlance(props: { refKey: RefKey; record: AnyRecord }) {
  const t = useTranslate();
  const { record } = props;
  const byline = bylineOf(record);
  return (
    <>
      <div>
        <p class="glance-title user-text" dir="auto">
          {nameOf(props.refKey, record)}
        </p>
        <p class="small quiet user-text">
          {t(`kind_${record.record_type}`)}
          {byline && <bdi> · {byline}</bdi>}
        </p>
      </div>
      <FigureGrid
        record={record}
        figures={shapeFigures(record, t.locale).slice(0, figuresAtAGlance)}
        label={t('figures_title')}
      />
    </>
  );
}

function IdTime(props: { time: number }) {
  const t = useTranslate();
  const zone = useTimeZone();
  return (
    <p class="small quiet" title={t('id_time_help')}>
      <span class="number">≈ {formatTime(props.time, zone, t.locale)}</span>{' '}
      <span class="badge">{t('field_id_time')}</span>
    </p>
  );
}

function NoKey() {
  const t = useTranslate();
  const host = useHost();
  return (
    <div class="row">
      <span class="small quiet">{t('entry_no_key_title')}</span>
      <button type="button" class="button compact" data-testid="add-key" onClick={() => void host.openOptions()}>
        <Icon name="key" />
        {t('action_add_key')}
      </button>
    </div>
  );
}
