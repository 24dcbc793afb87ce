import type { Translate } from '../../lib/i18n/index.ts';
import type { CredentialState } from '../../lib/messaging/protocol.ts';
import { useNow, useTranslate } from '../hooks.tsx';
import { ageText } from '../show.ts';

/** What is left of an allowance by the provider's own words. */
export function QuotaLine(props: { quota: NonNullable<CredentialState['quota']> }) {
  const t = useTranslate();
  const now = useNow();
  const { used, limit } = props.quota;
  const share = used !== null && limit ? Math.min(1, used / limit) : null;
  return (
    <div class="quota" data-testid="quota">
      <p class="small">
        <span class="number">{quotaText(t, props.quota)}</span>
        <span class="quiet"> · {t('quota_read', ageText(t, props.quota.readAt, now))}</span>
      </p>
      {share !== null && (
        <div class="quota-bar" aria-hidden="true">
          <div
            class={share > 0.9 ? 'quota-used nearly' : 'quota-used'}
            style={{ width: `${Math.max(share * 100, 1)}%` }}
          />
        </div>
      )}
    </div>
  );
}

/** "Quota: 60 of 10,100 used, expires 2030-12-31", with whatever of it the provider reports. */
export function quotaText(t: Translate, quota: NonNullable<CredentialState['quota']>): string {
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  const used =
    quota.used !== null && quota.limit !== null
      ? t('quota_used_of', count(quota.used), count(quota.limit))
      : quota.used !== null
        ? t('quota_used', count(quota.used))
        : quota.limit !== null
          ? t('quota_limit', count(quota.limit))
          : t('quota_unknown');
  return quota.expires ? `${used}${t('list_separator')}${t('quota_expires', quota.expires)}` : used;
}
