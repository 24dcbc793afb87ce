import { estimateRun } from '../../../lib/analysis/estimate.ts';
import type { CredentialState, JobPreview } from '../../../lib/messaging/protocol.ts';
import { priceText } from '../../estimate.ts';
import { type Query, useHost, useSettings, useTranslate } from '../../hooks.tsx';
import { nameOf } from '../../panel/names.ts';
import { Notice, Switch } from '../../parts/basics.tsx';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { EstimateLine } from '../../parts/EstimateLine.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { providerName } from '../../show.ts';
import type { CheckedJob, JobDraft } from './new-job.ts';

const dayMs = 86_400_000;

/** What a job would ask of whom, what that costs and how long it takes, before anything is asked. */
export function JobPreviewPart(props: {
  draft: JobDraft;
  checked: CheckedJob;
  /** What the job is of is being read. */
  reading: boolean;
  preview: Query<JobPreview>;
  states: readonly CredentialState[];
  onRefresh: (refresh: boolean) => void;
}) {
  const t = useTranslate();
  const { draft, checked, preview } = props;
  const refreshes = draft.kind === 'batch' && (
    <Switch
      label={t('job_refresh')}
      help={t('job_refresh_help')}
      checked={draft.refresh}
      testid="job-refresh"
      onChange={props.onRefresh}
    />
  );
  if (!checked.plan || !checked.refs) {
    return <p class="small quiet">{t(props.reading ? 'job_preview_reading' : 'job_preview_none')}</p>;
  }
  if (preview.error) return <ErrorNotice error={preview.error} onRetry={preview.reload} />;
  if (!preview.value) return <p class="small quiet">{t('job_preview_reading')}</p>;
  return (
    <div class="stack" role="status" data-testid="job-preview">
      {checked.plan.kind === 'listing' ? (
        <ListingPreview plan={checked.plan} value={preview.value} states={props.states} />
      ) : (
        <ThingsPreview
          value={preview.value}
          states={props.states}
          everyMs={checked.plan.kind === 'watchlist' ? checked.plan.everyMs : null}
        />
      )}
      {refreshes}
    </div>
  );
}

/** By provider what a round of calls takes; of a watchlist also what a day takes. */
function ThingsPreview(props: { value: JobPreview; states: readonly CredentialState[]; everyMs: number | null }) {
  const t = useTranslate();
  const { value, states, everyMs } = props;
  const count = (of: number): string => new Intl.NumberFormat(t.locale).format(of);
  return (
    <>
      {value.calls.map(({ provider, count: calls }) => {
        const state = states.find((candidate) => candidate.provider === provider);
        const what = t('estimate_items', count(calls));
        return (
          <div key={provider} data-testid={`job-calls-${provider}`}>
            <p class="quiet small">
              {t(everyMs === null ? 'api_asks' : 'job_preview_asks_each', providerName(t, provider))}
            </p>
            {state ? <EstimateLine what={what} calls={calls} state={state} /> : <p class="number">{what}</p>}
            {everyMs !== null && <PerDay calls={calls} everyMs={everyMs} provider={provider} />}
          </div>
        );
      })}
      {value.calls.length === 0 && value.unanswerable.count === 0 && <p>{t('job_preview_no_calls')}</p>}
      {value.fresh > 0 && (
        <p class="small quiet number" data-testid="job-fresh">
          {t('job_preview_fresh', count(value.fresh))}
        </p>
      )}
      {value.unanswerable.count > 0 && <Unanswerable unanswerable={value.unanswerable} watched={everyMs !== null} />}
      <NoPrice calls={value.calls.map(({ provider }) => provider)} />
    </>
  );
}

/** Calls of a day, with what they cost. */
function PerDay(props: { calls: number; everyMs: number; provider: string }) {
  const t = useTranslate();
  const { settings } = useSettings();
  const perDay = (props.calls * dayMs) / props.everyMs;
  const { calls, cost } = estimateRun({
    count: Math.ceil(perDay),
    perSecond: 1,
    burst: 1,
    callsPerItem: 1,
    price: settings.callPrices[props.provider] ?? null,
    callsLeft: null,
  });
  const number = new Intl.NumberFormat(t.locale).format(calls);
  return (
    <p class="small number" data-testid="job-per-day">
      {cost
        ? t('job_preview_day_cost', number, priceText(cost.amount, cost.currency, t.locale))
        : t('job_preview_day', number)}
    </p>
  );
}

/** How many pages a list has is known at its end only: what a page takes is said instead. */
function ListingPreview(props: {
  plan: { readonly provider: string };
  value: JobPreview;
  states: readonly CredentialState[];
}) {
  const t = useTranslate();
  const { settings } = useSettings();
  const { plan, value, states } = props;
  const state = states.find(({ provider }) => provider === plan.provider);
  const price = settings.callPrices[plan.provider];
  const limits = state?.usage.limits;
  const number = (of: number): string => new Intl.NumberFormat(t.locale).format(of);
  const known = value.calls.find(({ provider }) => provider === plan.provider)?.count ?? 0;
  return (
    <>
      <p class="quiet small">{t('api_asks', providerName(t, plan.provider))}</p>
      {known > 1 && state && <EstimateLine what={t('estimate_pages', number(known))} calls={known} state={state} />}
      <p class="small">{t('job_preview_pages')}</p>
      {price && (
        <p class="small number">{t('job_preview_page_cost', priceText(price.amount, price.currency, t.locale))}</p>
      )}
      {limits && <p class="small quiet number">{t('usage_pace', number(limits.perSecond), number(limits.burst))}</p>}
      <NoPrice calls={[plan.provider]} />
    </>
  );
}

/** What nobody can be asked about, why, and the way to the keys. */
function Unanswerable(props: { unanswerable: JobPreview['unanswerable']; watched: boolean }) {
  const t = useTranslate();
  const host = useHost();
  const { count, first } = props.unanswerable;
  const number = (of: number): string => new Intl.NumberFormat(t.locale).format(of);
  const names = first.map((ref) => nameOf(ref, null)).join(t('list_separator'));
  return (
    <Notice tone="warn" title={t('job_unanswerable_title', number(count))} testid="job-unanswerable">
      <p class="small">{t(props.watched ? 'job_unanswerable_watch' : 'job_unanswerable_text')}</p>
      {first.length > 0 && (
        <p class="small quiet user-text">
          {count > first.length ? t('job_unanswerable_more', names, number(count - first.length)) : names}
        </p>
      )}
      <div class="row">
        <button type="button" class="button compact" data-testid="job-add-key" onClick={() => void host.openOptions()}>
          <Icon name="key" />
          {t('action_add_key')}
        </button>
      </div>
    </Notice>
  );
}

/** Where a price of the researcher's own would tell the cost. */
function NoPrice(props: { calls: readonly string[] }) {
  const t = useTranslate();
  const { settings } = useSettings();
  const unpriced = props.calls.filter((provider) => !settings.callPrices[provider]);
  if (unpriced.length === 0) return null;
  return <p class="small quiet">{t('job_preview_no_price')}</p>;
}
