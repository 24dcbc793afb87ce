import { type AnyRecord, precisionOrder } from '../../lib/core/record.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { useNow, useTimeZone, useTranslate } from '../hooks.tsx';
import { clockText, providerName, sourceName, zoneName } from '../show.ts';
import { Time } from './Time.tsx';

/** Where a record comes from, when it was seen and when it was fetched: what makes it citable. */
export function Provenance(props: { record: AnyRecord; observationCount: number }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const now = useNow();
  const { record } = props;
  return (
    <section class="stack provenance" aria-label={t('provenance_title')} data-testid="provenance">
      <h2 class="section-title">{t('provenance_title')}</h2>
      <p class="small" data-testid="provenance-line">
        {provenanceLine(t, record, zone, now)}
      </p>
      <dl class="facts">
        <dt>{t('provenance_source')}</dt>
        <dd>
          {record.api_provider ? providerName(t, record.api_provider) : t(`collected_via_${record.collected_via}`)}
          {record.api_endpoint && <p class="mono quiet">{record.api_endpoint}</p>}
        </dd>
        <dt>{t('provenance_observed')}</dt>
        <dd>
          {record.observed_at === null ? t('provenance_observed_unknown') : <Time at={record.observed_at} withAge />}
        </dd>
        <dt>{t('provenance_fetched')}</dt>
        <dd>
          <Time at={record.fetched_at} withAge />
        </dd>
        {record.collected_from_url && (
          <>
            <dt>{t('provenance_page')}</dt>
            <dd class="mono">{record.collected_from_url}</dd>
          </>
        )}
        {record.query_type && (
          <>
            <dt>{t('provenance_met')}</dt>
            <dd class="user-text" data-testid="provenance-met">
              {metText(t, record)}
            </dd>
          </>
        )}
        <dt>{t('provenance_observations')}</dt>
        <dd class="number">{props.observationCount}</dd>
        <dt>{t('provenance_zone')}</dt>
        <dd>{zoneName(t, zone)}</dd>
      </dl>
    </section>
  );
}

/** "Data inside the page · page data (statsV2) · rounded · seen 12:03". */
function provenanceLine(t: Translate, record: AnyRecord, zone: string, now: number): string {
  const notes = Object.values(record.figures);
  const sources = [...new Set(notes.map(({ source }) => sourceName(t, source)))];
  const worst = precisionOrder[Math.max(...notes.map(({ precision }) => precisionOrder.indexOf(precision)))];
  const who = record.api_provider ? providerName(t, record.api_provider) : t(`collected_via_${record.collected_via}`);
  return [
    who,
    ...sources.filter((source) => source !== who),
    worst && t(`precision_${worst}`),
    t('provenance_seen', clockText(t, record.observed_at ?? record.fetched_at, zone, now)),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** "Search “harbour” · place 12", or that the page loaded it without showing it. */
function metText(t: Translate, record: AnyRecord): string {
  const type = t(`page_type_${record.query_type}`);
  return [
    record.query_text ? t('provenance_met_query', type, record.query_text) : type,
    record.result_rank !== null && t('list_rank', record.result_rank),
    record.shown_on_page === false && t('provenance_not_shown'),
  ]
    .filter(Boolean)
    .join(' · ');
}
