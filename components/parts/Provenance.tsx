import type { AnyRecord } from '../../lib/core/record.ts';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { providerName, zoneName } from '../show.ts';
import { Time } from './Time.tsx';

/** Where a record comes from, when it was seen and when it was fetched: what makes it citable. */
export function Provenance(props: { record: AnyRecord; observationCount: number }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { record } = props;
  return (
    <section class="stack provenance" aria-label={t('provenance_title')} data-testid="provenance">
      <h2 class="section-title">{t('provenance_title')}</h2>
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
        <dt>{t('provenance_observations')}</dt>
        <dd class="number">{props.observationCount}</dd>
        <dt>{t('provenance_zone')}</dt>
        <dd>{zoneName(t, zone)}</dd>
      </dl>
    </section>
  );
}
