import type { WireError } from '../../lib/core/errors.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { useHost, useNow, useTimeZone, useTranslate } from '../hooks.tsx';
import { clockText, providerName } from '../show.ts';
import { Notice } from './basics.tsx';
import { Icon } from './Icon.tsx';

/** Codes that only the options page can mend. */
const mendedInOptions = new Set(['auth', 'permission', 'quota_exhausted']);

/** Codes that only we can mend. */
const toBeReported = new Set(['internal', 'bad_request', 'schema']);

/** What happened and what to do, in words: the provider's own case where it has a message, else the code's. */
export function errorText(t: Translate, error: WireError): string {
  const key = error.advice && t.has(error.advice) ? error.advice : `error_${error.code}`;
  return t(key, ...error.parameters);
}

/** An error with its way out: words, the provider's own code, and retry as soon as that can help. `inOptions`: it already stands where keys are mended. */
export function ErrorNotice(props: { error: WireError; onRetry?: (() => void) | undefined; inOptions?: boolean }) {
  const t = useTranslate();
  const host = useHost();
  const zone = useTimeZone();
  const now = useNow(1_000);
  const { error } = props;
  const waitSeconds = error.retryAt === null ? 0 : Math.max(0, Math.ceil((error.retryAt - now) / 1000));
  const retry = props.onRetry && (error.retryable || error.retryAt !== null) ? props.onRetry : null;
  const sendToOptions = !props.inOptions && mendedInOptions.has(error.code);
  const own = [error.upstreamCode, error.upstreamMessage].filter(Boolean).join(' · ');
  // To be quoted in a report; where people can help themselves the English text would only confuse.
  const technical = !own && toBeReported.has(error.code) ? error.message : '';
  return (
    <Notice tone="bad" title={t(`error_title_${error.code}`)} live testid="error">
      <p data-testid="error-text" data-code={error.code}>
        {errorText(t, error)}
      </p>
      {own && (
        <p class="small quiet user-text" data-testid="error-details">
          {error.provider && t('error_from', providerName(t, error.provider))} <span class="mono">{own}</span>
        </p>
      )}
      {technical && (
        <p class="small quiet user-text" data-testid="error-details">
          {t('error_own_message')} <span class="mono">{technical}</span>
        </p>
      )}
      {(retry || sendToOptions) && (
        <div class="row">
          {retry && (
            <button
              type="button"
              class="button compact"
              disabled={waitSeconds > 0}
              data-testid="error-retry"
              onClick={retry}
            >
              <Icon name={waitSeconds > 0 ? 'clock' : 'refresh'} />
              <span class="number">{waitSeconds === 0 ? t('action_retry') : waitText(waitSeconds)}</span>
            </button>
          )}
          {sendToOptions && (
            <button
              type="button"
              class="button compact"
              data-testid="error-options"
              onClick={() => void host.openOptions()}
            >
              <Icon name="key" />
              {t('action_open_options')}
            </button>
          )}
        </div>
      )}
    </Notice>
  );

  function waitText(seconds: number): string {
    if (seconds < 600)
      return t('error_retry_in', `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
    return t('error_retry_at', clockText(t, error.retryAt ?? now, zone, now));
  }
}
