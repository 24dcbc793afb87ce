import type { CredentialState } from '../../lib/messaging/protocol.ts';
import type { Provider } from '../../lib/providers/provider.ts';
import { useNow, useTimeZone, useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { errorText } from '../parts/ErrorNotice.tsx';
import { ageText, clockText, providerName } from '../show.ts';
import { clockOff } from './provider-view.ts';

/** What was used of today's calls, when they come back, and what stands in the way. */
export function UsagePart(props: { provider: Provider; state: CredentialState }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const now = useNow();
  const { provider, state } = props;
  const { usage } = state;
  const name = providerName(t, provider.id);
  const off = clockOff(state);
  const { lastError } = usage;
  const own = lastError && [lastError.error.upstreamCode, lastError.error.upstreamMessage].filter(Boolean).join(' · ');
  return (
    <div
      role="group"
      class="stack provider-part"
      aria-labelledby={`usage-${provider.id}`}
      data-testid={`usage-${provider.id}`}
    >
      <h5 class="section-title" id={`usage-${provider.id}`}>
        {t('usage_title')}
      </h5>
      <CallsToday provider={provider} state={state} />
      {usage.restsUntil !== null && usage.restsUntil > now && (
        <Notice tone="warn" icon="clock" testid={`rests-${provider.id}`}>
          <p>{t('usage_rests', name, clockText(t, usage.restsUntil, zone, now))}</p>
        </Notice>
      )}
      {off !== null && (
        <Notice tone="warn" icon="clock" testid={`clock-${provider.id}`}>
          <p>{t(off > 0 ? 'usage_clock_behind' : 'usage_clock_ahead', Math.abs(off), name)}</p>
        </Notice>
      )}
      {lastError && (
        <div class="small" data-testid={`last-error-${provider.id}`}>
          <p>
            <span class="quiet">{t('usage_last_error', ageText(t, lastError.at, now))}</span>{' '}
            {errorText(t, lastError.error)}
          </p>
          {own && <p class="mono quiet user-text">{own}</p>}
        </div>
      )}
    </div>
  );
}

/** "Calls today: 37 of 600 · 563 left · resets at 18:00 (in 5 h)", with a meter. */
function CallsToday(props: { provider: Provider; state: CredentialState }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const now = useNow();
  const { limits, perDay, callsToday, resetsAt } = props.state.usage;
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  const text =
    perDay === null ? t('usage_today', count(callsToday)) : t('usage_today_of', count(callsToday), count(perDay));
  const share = perDay === null ? null : perDay === 0 ? 1 : Math.min(1, callsToday / perDay);
  return (
    <div class="quota" data-testid={`calls-${props.provider.id}`}>
      <p class="row spread small">
        <span class="number">{text}</span>
        <span class="quiet number">
          {resetsAt > now &&
            t('usage_resets', clockText(t, resetsAt, zone, now), t(`usage_zone_${zoneWord(limits.dayZone)}`))}
        </span>
      </p>
      {share !== null && perDay !== null && (
        <div
          class="quota-bar"
          role="meter"
          aria-label={t('usage_meter')}
          aria-valuemin={0}
          aria-valuemax={perDay}
          aria-valuenow={Math.min(callsToday, perDay)}
          aria-valuetext={text}
        >
          <div
            class={share > 0.9 ? 'quota-used nearly' : 'quota-used'}
            style={{ width: `${callsToday === 0 ? 0 : Math.max(share * 100, 1)}%` }}
          />
        </div>
      )}
      <p class="small quiet">{t('usage_pace', count(limits.perSecond), count(limits.concurrency))}</p>
    </div>
  );
}

function zoneWord(zone: 'UTC' | 'Asia/Shanghai'): 'utc' | 'beijing' {
  return zone === 'UTC' ? 'utc' : 'beijing';
}
